import { Bookmark, Eye, FileText, Images, ListOrdered, MessageSquareQuote, Tag } from 'lucide-react'
import type { LucideIcon } from 'lucide-react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Reason, ReasonKind } from '../../src-preload/contract/search-nouns.ts'
import './reason-line.css'

const icons: Readonly<Record<ReasonKind, LucideIcon>> = {
  'looks-like': Eye,
  said: MessageSquareQuote,
  named: FileText,
  similar: Images,
  'in-order': ListOrdered,
  tagged: Tag,
  chapter: Bookmark,
}

/** Why a moment is an answer, in words. */
export const ReasonLine = ({ reason }: { readonly reason: Reason }): ReactElement => {
  const { t } = useTranslation()
  const Icon = icons[reason.kind]
  return (
    <span className="reason">
      <Icon size={13} aria-hidden />
      <span className="reason-text">{t(`reason.${reason.kind}`, { text: reason.text })}</span>
    </span>
  )
}
