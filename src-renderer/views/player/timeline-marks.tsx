import { memo } from 'react'
import type { ReactElement } from 'react'
import type { TagMark, VideoDetail } from '../../../src-preload/contract/nouns.ts'
import type { Moment } from '../../../src-preload/contract/search-nouns.ts'
import { fineClock } from '../../parts/format.ts'
import { rangeOf, useRange } from '../../state/film-range.ts'

/** Where `seconds` lies in a film of `duration`, for a style. */
export const share = (seconds: number, duration: number): string =>
  `${duration > 0 ? Math.min(100, Math.max(0, (seconds / duration) * 100)) : 0}%`

type MarksProps = { readonly film: VideoDetail; readonly hits: readonly Moment[] }

type Place = { readonly left: string; readonly width: string }

const stretchStyle = (start: number, end: number, duration: number): Place => ({
  left: share(start, duration),
  width: share(Math.min(end, duration) - start, duration),
})

/** By its middle (timeline.css): a mark that has to be wider than its stretch still stands around it. */
const aroundStyle = (start: number, end: number, duration: number): Place => ({
  left: share((start + Math.min(end, duration)) / 2, duration),
  width: share(Math.min(end, duration) - start, duration),
})

const tagStretch = ({ start, end }: TagMark): { readonly start: number; readonly end: number } | null =>
  start === null || end === null ? null : { start, end }

const TimelineMarksBase = ({ film, hits }: MarksProps): ReactElement => {
  const { duration } = film
  return (
    <>
      {hits.map((hit) => (
        <i
          key={`${hit.start}-${hit.peak}`}
          className="timeline-hit"
          style={{
            ...aroundStyle(hit.start, hit.end, duration),
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
      {film.marks.map((mark) => {
        const stretch = tagStretch(mark)
        return stretch === null ? null : (
          <i
            key={`${mark.tag} ${stretch.start} ${stretch.end}`}
            className="timeline-tag"
            style={aroundStyle(stretch.start, stretch.end, duration)}
          />
        )
      })}
    </>
  )
}

/** What stands still while the film goes on: its hits, chapters and tags. */
export const TimelineMarks = memo(TimelineMarksBase)

/** So near to an end of the timeline a mark's time has no room outside of the stretch. */
const leastRoom = 0.08

/** The stretch between the in and the out mark with their times; a mark that is not set leaves its side open. */
export const RangeMark = ({ duration }: { readonly duration: number }): ReactElement | null => {
  const { from, to } = useRange()
  const range = rangeOf({ from, to }, duration)
  if (range === null) return null
  const side = (isOutside: boolean): string => (isOutside ? 'range-time-outside' : 'range-time-inside')
  return (
    <i className="timeline-range" style={stretchStyle(range.start, range.end, duration)}>
      {from !== null && (
        <b className={`range-from ${side(from / duration > leastRoom)}`}>{fineClock(from)}</b>
      )}
      {to !== null && <b className={`range-to ${side(to / duration < 1 - leastRoom)}`}>{fineClock(to)}</b>}
    </i>
  )
}
