import { Star, X } from 'lucide-react'
import { useState } from 'react'
import type { KeyboardEvent, ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from './button.tsx'
import './stars.css'

const most = 5

type StarsProps = {
  /** 0 to 5; null where nobody has rated. */
  readonly rating: number | null
  /** Null takes the rating away. */
  readonly onRate: (rating: number | null) => void
}

/** The rating that a key leads to, or undefined where it means something else. */
const ratingBy = (key: string, rating: number | null): number | null | undefined => {
  const now = rating ?? 0
  switch (key) {
    case 'ArrowRight':
    case 'ArrowUp':
      return Math.min(most, now + 1)
    case 'ArrowLeft':
    case 'ArrowDown':
      return now <= 1 ? null : now - 1
    case 'End':
      return most
    case 'Home':
    case 'Delete':
    case 'Backspace':
      return null
    default:
      return undefined
  }
}

/** Five stars to click, or to change by arrow keys; the same star again, or Delete, takes the rating away. */
export const Stars = ({ rating, onRate }: StarsProps): ReactElement => {
  const { t } = useTranslation()
  const [pointed, setPointed] = useState<number | null>(null)
  const lit = pointed ?? rating ?? 0
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return
    const next = ratingBy(event.key, rating)
    if (next === undefined) return
    event.preventDefault()
    onRate(next)
  }
  return (
    <span className="stars">
      <span
        className="stars-row"
        role="slider"
        tabIndex={0}
        aria-label={t('rating.label')}
        aria-valuemin={0}
        aria-valuemax={most}
        aria-valuenow={rating ?? 0}
        aria-valuetext={rating === null ? t('rating.none') : t('rating.stars', { count: rating })}
        onKeyDown={onKeyDown}
        onPointerLeave={() => setPointed(null)}
      >
        {Array.from({ length: most }, (_, i) => i + 1).map((star) => (
          <span
            key={star}
            className={star <= lit ? 'star star-on' : 'star'}
            onPointerMove={() => setPointed(star)}
            onClick={() => {
              setPointed(null)
              onRate(star === rating ? null : star)
            }}
          >
            <Star size={19} strokeWidth={1.6} aria-hidden />
          </span>
        ))}
      </span>
      {rating !== null && (
        <IconButton icon={X} size="small" label={t('rating.clear')} onPress={() => onRate(null)} />
      )}
    </span>
  )
}
