import { memo, useState } from 'react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { VideoCard } from '../../src-preload/contract/nouns.ts'
import type { Moment } from '../../src-preload/contract/search-nouns.ts'
import { Confidence, confidenceLevel } from '../parts/confidence.tsx'
import { menuPointOf } from '../parts/context-menu.tsx'
import type { MenuPoint } from '../parts/context-menu.tsx'
import { clock, clockRange, filmName } from '../parts/format.ts'
import { MomentPicture, MomentPreview } from '../parts/moment-picture.tsx'
import { Reasons } from '../parts/reason-line.tsx'
import { momentKey } from '../state/same-answer.ts'
import { MomentActions } from './moment-actions.tsx'
import './moment-card.css'

export type MomentHandlers = {
  readonly onOpen: (moment: Moment) => void
  readonly onFocus: (moment: Moment) => void
  readonly onMenu: (moment: Moment, point: MenuPoint) => void
}

type MomentCardProps = MomentHandlers & {
  readonly moment: Moment
  readonly card: VideoCard | undefined
  readonly base: string
  /** Where films are not told apart by a heading, each moment says which it is of. */
  readonly isNamed: boolean
  readonly isRoving: boolean
}

const MomentCardBase = (props: MomentCardProps): ReactElement => {
  const { moment, card, base, isNamed, isRoving, onOpen, onFocus, onMenu } = props
  const { t } = useTranslation()
  const [isPointed, setPointed] = useState(false)
  const [isWithin, setWithin] = useState(false)
  const range = clockRange(moment.start, moment.end)
  const spoken = [
    filmName(moment.path),
    t('moment.from', { start: clock(moment.start), end: clock(moment.end) }),
    ...moment.reasons.map(({ kind, text }) => t(`reason.${kind}`, { text })),
    t(`confidence.${confidenceLevel(moment.confidence)}`),
  ].join(', ')
  return (
    <div
      className="moment-cell"
      onPointerEnter={() => setPointed(true)}
      onPointerLeave={() => setPointed(false)}
      onFocus={() => setWithin(true)}
      onBlur={({ currentTarget, relatedTarget }) => setWithin(currentTarget.contains(relatedTarget))}
      onContextMenu={(event) => {
        event.preventDefault()
        onMenu(moment, menuPointOf(event, event.currentTarget))
      }}
    >
      <button
        type="button"
        className="moment"
        aria-label={spoken}
        data-moment={momentKey(moment)}
        data-roving={isRoving}
        tabIndex={isRoving ? 0 : -1}
        onClick={() => onOpen(moment)}
        onFocus={() => onFocus(moment)}
      >
        <span className="frame">
          {card && <MomentPicture base={base} card={card} moment={moment} />}
          {card && isPointed && <MomentPreview base={base} card={card} moment={moment} />}
          <span className="frame-pill moment-range">{range}</span>
        </span>
        {isNamed && <span className="moment-film">{filmName(moment.path)}</span>}
        <Reasons reasons={moment.reasons} isOpen={isPointed || isWithin} />
        <Confidence confidence={moment.confidence} />
      </button>
      {(isPointed || isWithin) && <MomentActions moment={moment} onMenu={onMenu} />}
    </div>
  )
}

/** One moment: its picture, where in the film it is, why it is an answer and how sure that is. */
export const MomentCard = memo(MomentCardBase)
