import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import './confidence.css'

const levels = ['sure', 'likely', 'maybe', 'weak'] as const
export type ConfidenceLevel = (typeof levels)[number]

/** How sure, in a word; the outer borders are those of a search's verdict (catalog/search.ts: 0.8 and 0.2). */
export const confidenceLevel = (confidence: number): ConfidenceLevel => {
  if (confidence >= 0.8) return 'sure'
  if (confidence >= 0.5) return 'likely'
  return confidence >= 0.2 ? 'maybe' : 'weak'
}

/** How sure Kinora is, in words, with dots for the eye. */
export const Confidence = ({ confidence }: { readonly confidence: number }): ReactElement => {
  const { t } = useTranslation()
  const level = confidenceLevel(confidence)
  const dots = levels.length - 1 - levels.indexOf(level)
  return (
    <span className="confidence">
      <span className="confidence-dots" aria-hidden>
        {[0, 1, 2].map((dot) => (
          <i key={dot} className={dot < dots ? 'on' : ''} />
        ))}
      </span>
      {t(`confidence.${level}`)}
    </span>
  )
}
