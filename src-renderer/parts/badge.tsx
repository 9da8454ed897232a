import type { LucideIcon } from 'lucide-react'
import type { ReactElement } from 'react'
import './badge.css'

type BadgeProps = {
  readonly tone: 'plain' | 'accent' | 'good' | 'bad'
  readonly icon?: LucideIcon
  readonly children: string
}

/** A word or two beside a name. */
export const Badge = ({ tone, icon: Icon, children }: BadgeProps): ReactElement => (
  <span className={`badge badge-${tone}`}>
    {Icon && <Icon size={13} aria-hidden />}
    {children}
  </span>
)
