import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Reason } from '../../src-preload/contract/search-nouns.ts'
import { reasonIcons } from './reason-icons.ts'
import './reason-line.css'

/** Why a moment is an answer, in words. */
export const ReasonLine = ({ reason }: { readonly reason: Reason }): ReactElement => {
  const { t } = useTranslation()
  const Icon = reasonIcons[reason.kind]
  return (
    <span className="reason">
      <Icon size={13} aria-hidden />
      <span className="reason-text">{t(`reason.${reason.kind}`, { text: reason.text })}</span>
    </span>
  )
}

type ReasonsProps = {
  readonly reasons: readonly Reason[]
  /** All of them, over what is above: a card never moves its neighbours. */
  readonly isOpen: boolean
}

/** Why a moment is an answer: the first reason in full, how many others there are, and those when it is looked at. */
export const Reasons = ({ reasons, isOpen }: ReasonsProps): ReactElement | null => {
  const { t, i18n } = useTranslation()
  const [first, ...others] = reasons
  if (first === undefined) return null
  if (others.length === 0) return <ReasonLine reason={first} />
  return (
    <span className="reasons">
      <ReasonLine reason={first} />
      <span className="reasons-count" aria-hidden>
        {t('results.moreReasons', { number: others.length.toLocaleString(i18n.language) })}
      </span>
      {isOpen && (
        <span className="reasons-all">
          {reasons.map((reason) => (
            <ReasonLine key={`${reason.kind} ${reason.text}`} reason={reason} />
          ))}
        </span>
      )}
    </span>
  )
}
