import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Reason } from '../../src-preload/contract/search-nouns.ts'
import { ReasonLine } from './reason-line.tsx'
import './reason-list.css'

type ListProps = {
  readonly reasons: readonly Reason[]
  /** All of them, a line each; else the first, and how many more there are. */
  readonly isWhole: boolean
}

/** Why a moment is an answer: every reason, or the best with a sign that there are more. */
export const ReasonList = ({ reasons, isWhole }: ListProps): ReactElement => {
  const { t } = useTranslation()
  const shown = isWhole ? reasons : reasons.slice(0, 1)
  const more = reasons.length - shown.length
  return (
    <span className="reason-list">
      {shown.map((reason) => (
        <ReasonLine key={`${reason.kind} ${reason.text}`} reason={reason} />
      ))}
      {more > 0 && (
        <span className="reason-more" aria-hidden>
          {t('moment.more', { number: more })}
        </span>
      )}
      {more > 0 && (
        <span className="hidden">
          {reasons
            .slice(1)
            .map(({ kind, text }) => t(`reason.${kind}`, { text }))
            .join(', ')}
        </span>
      )}
    </span>
  )
}
