import { Bookmark, Eye, FileText, Images, ListOrdered, MessageSquareQuote, Tag } from 'lucide-react'
import type { LucideIcon } from 'lucide-react'
import type { ReasonKind } from '../../src-preload/contract/search-nouns.ts'

/** The picture of each reason, the same wherever one is told. */
export const reasonIcons: Readonly<Record<ReasonKind, LucideIcon>> = {
  'looks-like': Eye,
  said: MessageSquareQuote,
  named: FileText,
  similar: Images,
  'in-order': ListOrdered,
  tagged: Tag,
  chapter: Bookmark,
}
