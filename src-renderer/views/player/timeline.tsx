import { useId, useRef, useState } from 'react'
import type { MouseEvent, PointerEvent, ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Shot, VideoDetail } from '../../../src-preload/contract/nouns.ts'
import type { Moment, RelevanceCurve } from '../../../src-preload/contract/search-nouns.ts'
import { clock } from '../../parts/format.ts'
import { useWidth } from '../../parts/use-size.ts'
import { usePlayback } from '../../state/playback.ts'
import { CurveLane } from './curve-lane.tsx'
import { CurveWords } from './curve-words.tsx'
import { ShotLane } from './shot-lane.tsx'
import { shotAt } from './shot-steps.ts'
import { shotWords } from './shot-words.ts'
import { RangeMark, share, TimelineMarks } from './timeline-marks.tsx'
import { TimelinePreview } from './timeline-preview.tsx'
import './timeline.css'

type TimelineProps = {
  readonly film: VideoDetail
  readonly hits: readonly Moment[]
  readonly shots: readonly Shot[]
  /** The query whose curve is drawn; '' where there is none to come. */
  readonly query: string
  /** Null until it is there. */
  readonly curve: RelevanceCurve | null
  readonly onSeek: (seconds: number) => void
  /** A menu is wanted for this second of the film. */
  readonly onMenu: (event: MouseEvent<HTMLElement>, seconds: number) => void
}

/** The film's length with the curve of the query, hits, chapters, shots, tags and marks; shows what is there before one goes there. */
export const Timeline = (props: TimelineProps): ReactElement => {
  const { film, hits, shots, query, curve, onSeek, onMenu } = props
  const { t } = useTranslation()
  const wordsId = useId()
  const time = usePlayback((playback) => playback.time)
  const [pointed, setPointed] = useState<number | null>(null)
  const [isFocused, setFocused] = useState(false)
  const track = useRef<HTMLDivElement>(null)
  const width = useWidth(track)
  const { duration } = film

  const secondsAt = (event: MouseEvent): number => {
    const box = track.current?.getBoundingClientRect()
    if (!box || box.width === 0) return 0
    return Math.min(1, Math.max(0, (event.clientX - box.left) / box.width)) * duration
  }
  const seekTo = (event: PointerEvent): void => onSeek(secondsAt(event))
  /** What is told of: where one points, or with the keyboard, where the film is. */
  const told = pointed ?? (isFocused ? time : null)
  const toldShot = told === null ? undefined : shots[shotAt(shots, told)]
  const [shotHere] = shotWords(t, shots, shotAt(shots, time))
  const hasTags = film.marks.some(({ start }) => start !== null)

  return (
    <>
      <div
        className={`timeline ${query === '' ? '' : 'timeline-with-curve'} ${hasTags ? 'timeline-with-tags' : ''}`}
        role="slider"
        tabIndex={0}
        aria-label={t('player.timeline')}
        aria-describedby={wordsId}
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
          if (event.button !== 0) return
          event.currentTarget.setPointerCapture(event.pointerId)
          seekTo(event)
        }}
        onPointerMove={(event) => {
          setPointed(secondsAt(event))
          if (event.buttons === 1) seekTo(event)
        }}
        onPointerLeave={() => setPointed(null)}
        // Asked for by key (film-menu-key.ts), it means where the film is.
        onContextMenu={(event) => onMenu(event, event.nativeEvent.isTrusted ? secondsAt(event) : time)}
        onKeyDown={(event) => {
          if (event.key !== 'Home' && event.key !== 'End') return
          event.preventDefault()
          onSeek(event.key === 'Home' ? 0 : duration)
        }}
      >
        <div className="timeline-track" ref={track}>
          {curve !== null && <CurveLane curve={curve} hits={hits} duration={duration} width={width} />}
          <span className="timeline-rail" />
          <span className="timeline-played" style={{ width: share(time, duration) }} />
          <RangeMark duration={duration} />
          <TimelineMarks film={film} hits={hits} />
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
          {pointed !== null && (
            <span className="timeline-pointer" style={{ left: share(pointed, duration) }} />
          )}
          <span className="timeline-head" style={{ left: share(time, duration) }} />
          {told !== null && (
            <TimelinePreview
              film={film}
              hits={hits}
              shots={shots}
              seconds={told}
              hasPicture={pointed !== null}
            />
          )}
        </div>
      </div>
      <p className="hidden" id={wordsId}>
        {curve !== null && <CurveWords curve={curve} query={query} />}
      </p>
    </>
  )
}
