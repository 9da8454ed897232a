import { useRef, useState } from 'react'
import type { PointerEvent, ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Moment, VideoDetail } from '../../../src-preload/contract/nouns.ts'
import { clock, fineClock } from '../../parts/format.ts'
import { SpriteTile } from '../../parts/frame-picture.tsx'
import { useMediaBase } from '../../state/host.ts'
import { usePlayback } from '../../state/playback.ts'
import './timeline.css'

type TimelineProps = {
  readonly film: VideoDetail
  readonly hits: readonly Moment[]
  readonly onSeek: (seconds: number) => void
}

const share = (seconds: number, duration: number): string =>
  `${duration > 0 ? Math.min(100, Math.max(0, (seconds / duration) * 100)) : 0}%`

const Marks = ({
  film,
  hits,
  duration,
}: Omit<TimelineProps, 'onSeek'> & { readonly duration: number }): ReactElement => (
  <>
    {hits.map((hit) => (
      <i
        key={`${hit.start}-${hit.peak}`}
        className="timeline-hit"
        style={{
          left: share(hit.start, duration),
          width: share(hit.end - hit.start, duration),
          opacity: 0.4 + 0.6 * hit.confidence,
        }}
      />
    ))}
    {film.chapters.slice(1).map((chapter) => (
      <i key={chapter.start} className="timeline-chapter" style={{ left: share(chapter.start, duration) }} />
    ))}
  </>
)

/** The film's length with its hits and chapters; shows what is there before one goes there. */
export const Timeline = ({ film, hits, onSeek }: TimelineProps): ReactElement => {
  const { t } = useTranslation()
  const base = useMediaBase()
  const time = usePlayback((playback) => playback.time)
  const [pointed, setPointed] = useState<number | null>(null)
  const track = useRef<HTMLDivElement>(null)
  const { duration } = film

  const secondsAt = (event: PointerEvent): number => {
    const box = track.current?.getBoundingClientRect()
    if (!box || box.width === 0) return 0
    return Math.min(1, Math.max(0, (event.clientX - box.left) / box.width)) * duration
  }
  const chapterAt = (seconds: number): string | undefined =>
    film.chapters.findLast(({ start }) => start <= seconds)?.title

  return (
    <div
      className="timeline"
      role="slider"
      tabIndex={0}
      aria-label={t('player.timeline')}
      aria-valuemin={0}
      aria-valuemax={Math.round(duration)}
      aria-valuenow={Math.round(time)}
      aria-valuetext={t('player.timeOf', { time: clock(time), duration: clock(duration) })}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        onSeek(secondsAt(event))
      }}
      onPointerMove={(event) => {
        const seconds = secondsAt(event)
        setPointed(seconds)
        if (event.buttons === 1) onSeek(seconds)
      }}
      onPointerLeave={() => setPointed(null)}
      onKeyDown={(event) => {
        if (event.key !== 'Home' && event.key !== 'End') return
        event.preventDefault()
        onSeek(event.key === 'Home' ? 0 : duration)
      }}
    >
      <div className="timeline-track" ref={track}>
        <span className="timeline-rail" />
        <span className="timeline-played" style={{ width: share(time, duration) }} />
        <Marks film={film} hits={hits} duration={duration} />
        <span className="timeline-head" style={{ left: share(time, duration) }} />
        {pointed !== null && (
          <span
            className="timeline-preview"
            style={{ left: `clamp(88px, ${share(pointed, duration)}, calc(100% - 88px))` }}
          >
            {film.pictures !== null && (
              <span className="frame">
                <SpriteTile base={base} card={film} seconds={pointed} />
              </span>
            )}
            <b>{fineClock(pointed)}</b>
            {chapterAt(pointed) !== undefined && <span>{chapterAt(pointed)}</span>}
          </span>
        )}
      </div>
    </div>
  )
}
