import { X } from 'lucide-react'
import type { MouseEvent, ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../parts/button.tsx'
import { useCard } from '../../state/cards.ts'
import { isNegative, weightOf } from '../../state/query-parts.ts'
import type { QueryPart } from '../../state/query-parts.ts'
import type { ChipActs } from './chip-actions.ts'
import { chipIcon, chipWords, spokenChip } from './chip-words.ts'
import { LikePicture } from './like-picture.tsx'

type ChipProps = {
  readonly part: QueryPart
  readonly text: string
  readonly acts: ChipActs
  readonly isRoving: boolean
  readonly hintId: string
  readonly onFocus: () => void
  readonly onMenu: (event: MouseEvent<HTMLElement>) => void
}

/** Draws the chip again when the film that it points at becomes known. */
const useLikedFilm = (part: QueryPart): void => {
  const reference = part.kind === 'like' ? part.like.reference : null
  useCard(reference?.kind === 'frame' ? reference.video : '')
}

/** One part of the query. Keys are heard by the row (query-chips.tsx); the pointer edits by a double click. */
export const Chip = (props: ChipProps): ReactElement => {
  const { part, text, acts, isRoving, hintId, onFocus, onMenu } = props
  const { t, i18n } = useTranslation()
  useLikedFilm(part)
  const { name, value } = chipWords(t, part, text)
  const spoken = spokenChip(t, part, text)
  const Icon = chipIcon(part)
  const weight = weightOf(part)
  const suggestion = part.kind === 'error' ? part.error.suggestion : ''
  const isMinus = isNegative(part)
  return (
    <li className={`chip chip-${part.kind} ${isMinus ? 'chip-minus' : ''}`}>
      <button
        type="button"
        className="chip-main"
        aria-label={spoken}
        aria-describedby={hintId}
        tabIndex={isRoving ? 0 : -1}
        onFocus={onFocus}
        onDoubleClick={acts.edit}
        onContextMenu={onMenu}
      >
        {part.kind === 'like' && !isMinus ? null : <Icon size={13} aria-hidden />}
        {part.kind === 'like' && <LikePicture reference={part.like.reference} />}
        {isMinus && part.kind === 'filter' && <span className="chip-name">{t('chips.not')}</span>}
        {name !== '' && <span className="chip-name">{name}</span>}
        <span className="chip-text">{value}</span>
        {part.kind === 'error' && <span className="chip-why">{t(`queryError.${part.error.code}`)}</span>}
        {weight !== 1 && (
          <span className="chip-weight">
            {t('chips.times', { weight: weight.toLocaleString(i18n.language) })}
          </span>
        )}
      </button>
      {suggestion !== '' && (
        <Button kind="quiet" onPress={() => acts.put(suggestion)}>
          {t('chips.use', { text: suggestion })}
        </Button>
      )}
      {/* By keys it is Delete: one chip is one stop. */}
      <button
        type="button"
        className="chip-remove"
        tabIndex={-1}
        aria-label={t('chips.remove', { text: spoken })}
        onClick={acts.remove}
      >
        <X size={13} aria-hidden />
      </button>
    </li>
  )
}
