import { Tag, X } from 'lucide-react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../../parts/button.tsx'
import { fineClock } from '../../parts/format.ts'
import { firstKey } from '../../parts/key-names.ts'
import { rangeOf, useRange } from '../../state/film-range.ts'
import './range-line.css'

type LineProps = {
  readonly duration: number
  readonly onSeek: (seconds: number) => void
  readonly onTag: () => void
}

/** The stretch that is marked, how long it is, and what can be done with it; nothing where no mark is set. */
export const RangeLine = ({ duration, onSeek, onTag }: LineProps): ReactElement | null => {
  const { t, i18n } = useTranslation()
  const { from, to, clear } = useRange()
  const range = rangeOf({ from, to }, duration)
  if (range === null) return null
  const seconds = range.end - range.start
  const length =
    seconds >= 60
      ? fineClock(seconds)
      : new Intl.NumberFormat(i18n.language, {
          style: 'unit',
          unit: 'second',
          unitDisplay: 'narrow',
          minimumFractionDigits: 1,
          maximumFractionDigits: 1,
        }).format(seconds)
  return (
    <span className="range-line" role="group" aria-label={t('range.label')}>
      <button
        type="button"
        className="range-times"
        aria-label={t('range.goTo', { start: fineClock(range.start), end: fineClock(range.end), length })}
        onClick={() => onSeek(range.start)}
      >
        {length}
      </button>
      <IconButton icon={Tag} size="small" label={t('range.tag')} keys={firstKey('tag')} onPress={onTag} />
      <IconButton icon={X} size="small" label={t('range.clear')} keys={firstKey('back')} onPress={clear} />
    </span>
  )
}
