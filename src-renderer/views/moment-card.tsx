import { memo, useState } from 'react'
import type { MouseEvent, ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { VideoCard } from '../../src-preload/contract/nouns.ts'
import type { Moment } from '../../src-preload/contract/search-nouns.ts'
import { Confidence, confidenceLevel } from '../parts/confidence.tsx'
import { clock, clockRange, filmName } from '../parts/format.ts'
import { MomentPicture, MomentPreview } from '../parts/moment-picture.tsx'
import { ReasonLine } from '../parts/reason-line.tsx'
import './moment-card.css'

type MomentCardProps = {
  readonly moment: Moment
  readonly card: VideoCard | undefined
  readonly base: string
  readonly isRoving: boolean
  readonly onOpen: (moment: Moment) => void
  readonly onFocus: (moment: Moment) => void
  readonly onMenu: (moment: Moment, event: MouseEvent<HTMLElement>) => void
}

/** What a moment is called everywhere: a film may have several, but only one with these borders. */
export const momentKey = ({ videoId, start, end }: Moment): string => `${videoId} ${start} ${end}`

const MomentCardBase = (props: MomentCardProps): ReactElement => {
  const { moment, card, base, isRoving, onOpen, onFocus, onMenu } = props
  const { t } = useTranslation()
  const [isPointed, setPointed] = useState(false)
  const [reason] = moment.reasons
  const range = clockRange(moment.start, moment.end)
  const spoken = [
    filmName(moment.path),
    t('moment.from', { start: clock(moment.start), end: clock(moment.end) }),
    ...moment.reasons.map(({ kind, text }) => t(`reason.${kind}`, { text })),
    t(`confidence.${confidenceLevel(moment.confidence)}`),
  ].join(', ')
  return (
    <button
      type="button"
      className="moment"
      aria-label={spoken}
      data-moment={momentKey(moment)}
      data-roving={isRoving}
      tabIndex={isRoving ? 0 : -1}
      onClick={() => onOpen(moment)}
      onFocus={() => onFocus(moment)}
      onPointerEnter={() => setPointed(true)}
      onPointerLeave={() => setPointed(false)}
      onContextMenu={(event) => onMenu(moment, event)}
    >
      <span className="frame">
        {card && <MomentPicture base={base} card={card} moment={moment} />}
        {card && isPointed && <MomentPreview base={base} card={card} moment={moment} />}
        <span className="frame-pill moment-range">{range}</span>
      </span>
      {reason && <ReasonLine reason={reason} />}
      <Confidence confidence={moment.confidence} />
    </button>
  )
}

/** One moment: its picture, where in the film it is, why it is an answer and how sure that is. */
export const MomentCard = memo(MomentCardBase)
