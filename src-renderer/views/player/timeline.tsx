import { memo, useRef, useState } from 'react'
import type { PointerEvent, ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Shot, VideoDetail } from '../../../src-preload/contract/nouns.ts'
import type { Moment } from '../../../src-preload/contract/search-nouns.ts'
import { clock, fineClock } from '../../parts/format.ts'
import { SpriteTile } from '../../parts/frame-picture.tsx'
import { useWidth } from '../../parts/use-size.ts'
import { useMediaBase } from '../../state/host.ts'
import { usePlayback } from '../../state/playback.ts'
import { ShotLane } from './shot-lane.tsx'
import { shotAt } from './shot-steps.ts'
import { shotWords } from './shot-words.ts'
import './timeline.css'

type TimelineProps = {
  readonly film: VideoDetail
  readonly hits: readonly Moment[]
  readonly shots: readonly Shot[]
  readonly onSeek: (seconds: number) => void
}

const share = (seconds: number, duration: number): string =>
  `${duration > 0 ? Math.min(100, Math.max(0, (seconds / duration) * 100)) : 0}%`

const MarksBase = ({ film, hits }: Pick<TimelineProps, 'film' | 'hits'>): ReactElement => {
  const { duration } = film
  return (
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
        <i
          key={chapter.start}
          className="timeline-chapter"
          style={{ left: share(chapter.start, duration) }}
        />
      ))}
    </>
  )
}

/** What stands still while the film goes on. */
const Marks = memo(MarksBase)

/** The film's length with its hits, chapters and shots; shows what is there before one goes there. */
export const Timeline = ({ film, hits, shots, onSeek }: TimelineProps): ReactElement => {
  const { t } = useTranslation()
  const base = useMediaBase()
  const time = usePlayback((playback) => playback.time)
  const [pointed, setPointed] = useState<number | null>(null)
  const [isFocused, setFocused] = useState(false)
  const track = useRef<HTMLDivElement>(null)
  const width = useWidth(track)
  const { duration } = film

  const secondsAt = (event: PointerEvent): number => {
    const box = track.current?.getBoundingClientRect()
    if (!box || box.width === 0) return 0
    return Math.min(1, Math.max(0, (event.clientX - box.left) / box.width)) * duration
  }
  const chapterAt = (seconds: number): string | undefined =>
    film.chapters.findLast(({ start }) => start <= seconds)?.title
  /** What is told of: where one points, or with the keyboard, where the film is. */
  const told = pointed ?? (isFocused ? time : null)
  const toldShot = told === null ? undefined : shots[shotAt(shots, told)]
  const [shotHere] = shotWords(t, shots, shotAt(shots, time))

  return (
    <div
      className="timeline"
      role="slider"
      tabIndex={0}
      aria-label={t('player.timeline')}
      aria-valuemin={0}
      aria-valuemax={Math.round(duration)}
      aria-valuenow={Math.round(time)}
      aria-valuetext={[
        t('player.timeOf', { time: clock(time), duration: clock(duration) }),
        ...(shotHere === undefined ? [] : [shotHere]),
      ].join(', ')}
      onFocus={(event) => setFocused(event.currentTarget.matches(':focus-visible'))}
      onBlur={() => setFocused(false)}
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
        <Marks film={film} hits={hits} />
        {toldShot !== undefined && (
          <i
            className="timeline-shot"
            style={{
              left: share(toldShot.start, duration),
              width: share(toldShot.end - toldShot.start, duration),
            }}
          />
        )}
        <ShotLane shots={shots} duration={duration} width={width} />
        <span className="timeline-head" style={{ left: share(time, duration) }} />
        {told !== null && (
          <span
            className="timeline-preview"
            style={{ left: `clamp(94px, ${share(told, duration)}, calc(100% - 94px))` }}
          >
            {film.pictures !== null && pointed !== null && (
              <span className="frame">
                <SpriteTile base={base} card={film} seconds={pointed} />
              </span>
            )}
            <b>{fineClock(told)}</b>
            {chapterAt(told) !== undefined && (
              <span className="timeline-preview-chapter">{chapterAt(told)}</span>
            )}
            {toldShot !== undefined && (
              <span className="timeline-preview-shot">
                {shotWords(t, shots, shotAt(shots, told)).map((words) => (
                  <span key={words}>{words}</span>
                ))}
              </span>
            )}
          </span>
        )}
      </div>
    </div>
  )
}
