import {
  CalendarDays,
  CircleCheck,
  FileText,
  FileVideo,
  Folder,
  HardDrive,
  Layers,
  ListFilter,
  Proportions,
  Star,
  Tag,
  Timer,
} from 'lucide-react'
import type { LucideIcon } from 'lucide-react'

const icons: Readonly<Record<string, LucideIcon>> = {
  in: Folder,
  name: FileText,
  tag: Tag,
  longer: Timer,
  shorter: Timer,
  after: CalendarDays,
  before: CalendarDays,
  on: CalendarDays,
  res: Proportions,
  size: HardDrive,
  rating: Star,
  codec: FileVideo,
  is: CircleCheck,
  has: Layers,
}

/** The picture of a filter, on its chip and in the list under the box. */
export const filterIcon = (name: string): LucideIcon =>
  (Object.hasOwn(icons, name) ? icons[name] : undefined) ?? ListFilter
