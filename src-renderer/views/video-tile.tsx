import { CloudOff, Film } from 'lucide-react'
import { memo, useState } from 'react'
import type { KeyboardEvent, PointerEvent, ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { VideoCard } from '../../src-preload/contract/nouns.ts'
import type { ErrorCode } from '../../src-preload/contract/result.ts'
import { menuPointOf } from '../parts/context-menu.tsx'
import type { MenuPoint } from '../parts/context-menu.tsx'
import { clock, day, filmName, resolution } from '../parts/format.ts'
import { Poster, SpriteTile } from '../parts/frame-picture.tsx'
import { nearestTime } from '../parts/nearest-time.ts'
import { findSimilar } from '../state/find-similar.ts'
import { pressedShortcut } from '../state/shortcuts.ts'
import { secondOf } from './tile-actions.ts'
import './video-tile.css'

type TileProps = {
  readonly card: VideoCard
  readonly index: number
  readonly column: number
  readonly base: string
  /** Why it has no pictures, where that is known. */
  readonly problem: ErrorCode | undefined
  readonly isRoving: boolean
  readonly onOpen: (card: VideoCard, at: number | null) => void
  /** `seconds`: where the film was scrubbed to. */
  readonly onMenu: (card: VideoCard, point: MenuPoint, seconds: number | null) => void
  readonly onFocus: (index: number) => void
}

const TileBase = (props: TileProps): ReactElement => {
  const { card, index, column, base, problem, isRoving, onOpen, onMenu, onFocus } = props
  const { t, i18n } = useTranslation()
  /** Index of the sprite's picture that is looked at. */
  const [scrub, setScrub] = useState<number | null>(null)
  const times = card.pictures?.sprite.times ?? []
  const seconds = scrub === null ? null : (times[scrub] ?? null)
  const name = filmName(card.path)

  const follow = (event: PointerEvent<HTMLElement>): void => {
    if (event.pointerType === 'touch' || times.length === 0) return
    const box = event.currentTarget.getBoundingClientRect()
    setScrub(nearestTime(times, ((event.clientX - box.left) / box.width) * card.duration))
  }
  const step = (by: number): void => {
    if (times.length === 0) return
    setScrub((at) => Math.min(times.length - 1, Math.max(0, (at ?? (by > 0 ? -1 : times.length)) + by)))
  }
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const pressed = pressedShortcut(event, 'grid') ?? pressedShortcut(event, 'pictures')
    if (pressed === null) return
    event.preventDefault()
    if (pressed === 'open') onOpen(card, seconds)
    if (pressed === 'scrubBack') step(-1)
    if (pressed === 'scrubOn') step(1)
    if (pressed === 'menu')
      onMenu(card, menuPointOf({ clientX: 0, clientY: 0 }, event.currentTarget), seconds)
    if (pressed === 'similar') {
      const at = secondOf(card, seconds)
      if (at !== null) findSimilar({ kind: 'frame', video: card.id, seconds: at })
    }
  }

  const isRead = card.pictures !== null
  const waiting = problem === undefined ? t(`stage.${card.state}`) : t(`error.${problem}.title`)
  const quality = [resolution(card.width, card.height), card.hdr === null ? '' : 'HDR'].filter(
    (word) => word !== '',
  )
  const meta = [day(card.created, i18n.language), ...quality].filter((word) => word !== '').join(' · ')
  const spoken = [
    name,
    clock(card.duration),
    ...(seconds === null ? [] : [t('tile.at', { time: clock(seconds) })]),
    meta,
    ...(isRead ? [] : [waiting]),
    ...(card.online ? [] : [t('tile.offline')]),
  ].join(', ')

  return (
    <div
      role="gridcell"
      aria-colindex={column + 1}
      aria-label={spoken}
      tabIndex={isRoving ? 0 : -1}
      data-index={index}
      data-roving={isRoving}
      className={`tile ${card.online ? '' : 'tile-offline'} ${isRead ? '' : 'tile-unread'}`}
      onFocus={() => onFocus(index)}
      onBlur={() => setScrub(null)}
      onKeyDown={onKeyDown}
      onClick={() => onOpen(card, seconds)}
      onContextMenu={(event) => {
        event.preventDefault()
        onMenu(card, menuPointOf(event, event.currentTarget), seconds)
      }}
    >
      <div className="frame" onPointerMove={follow} onPointerLeave={() => setScrub(null)}>
        {isRead ? <Poster base={base} card={card} /> : <Film size={30} strokeWidth={1.2} aria-hidden />}
        {seconds !== null && (
          <div className="tile-scrub">
            <SpriteTile base={base} card={card} seconds={seconds} />
            <i style={{ left: `${(seconds / card.duration) * 100}%` }} />
          </div>
        )}
        {!card.online && (
          <span className="frame-pill tile-badge">
            <CloudOff size={12} aria-hidden />
            {t('tile.offline')}
          </span>
        )}
        <span className={seconds === null ? 'frame-pill tile-time' : 'frame-pill tile-time tile-time-on'}>
          {clock(seconds ?? card.duration)}
        </span>
      </div>
      <p className="tile-name">{name}</p>
      <p className="tile-meta">{isRead ? meta : waiting}</p>
    </div>
  )
}

/** One film in the grid: its poster, and by pointer or keys any other of its pictures. */
export const VideoTile = memo(TileBase)
