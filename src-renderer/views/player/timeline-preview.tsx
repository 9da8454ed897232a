import { Tag } from 'lucide-react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Shot, VideoDetail } from '../../../src-preload/contract/nouns.ts'
import type { Moment } from '../../../src-preload/contract/search-nouns.ts'
import { fineClock } from '../../parts/format.ts'
import { SpriteTile } from '../../parts/frame-picture.tsx'
import { ReasonLine } from '../../parts/reason-line.tsx'
import { useMediaBase } from '../../state/host.ts'
import { shotAt } from './shot-steps.ts'
import { shotWords } from './shot-words.ts'
import { share } from './timeline-marks.tsx'

type PreviewProps = {
  readonly film: VideoDetail
  readonly hits: readonly Moment[]
  readonly shots: readonly Shot[]
  /** What is told of. */
  readonly seconds: number
  /** Its picture, too: not where the film itself shows it. */
  readonly hasPicture: boolean
}

/** What is at a place of the film: picture, time, chapter, the moment with its reason, shot and tags. */
export const TimelinePreview = ({ film, hits, shots, seconds, hasPicture }: PreviewProps): ReactElement => {
  const { t } = useTranslation()
  const base = useMediaBase()
  const chapter = film.chapters.findLast(({ start }) => start <= seconds)?.title
  const reason = hits.find(({ start, end }) => seconds >= start && seconds <= end)?.reasons[0]
  const tags = film.marks
    .filter(({ start, end }) => start !== null && end !== null && seconds >= start && seconds <= end)
    .map(({ tag }) => tag)
  const words = shotWords(t, shots, shotAt(shots, seconds))
  return (
    <span
      className="timeline-preview"
      style={{ left: `clamp(94px, ${share(seconds, film.duration)}, calc(100% - 94px))` }}
    >
      {film.pictures !== null && hasPicture && (
        <span className="frame">
          <SpriteTile base={base} card={film} seconds={seconds} />
        </span>
      )}
      <b>{fineClock(seconds)}</b>
      {reason && (
        <span className="timeline-preview-hit">
          <ReasonLine reason={reason} />
        </span>
      )}
      {chapter !== undefined && <span className="timeline-preview-chapter">{chapter}</span>}
      {words.length > 0 && (
        <span className="timeline-preview-shot">
          {words.map((part) => (
            <span key={part}>{part}</span>
          ))}
        </span>
      )}
      {tags.length > 0 && (
        <span className="timeline-preview-tags">
          <Tag size={12} aria-hidden />
          {tags.join(', ')}
        </span>
      )}
    </span>
  )
}
