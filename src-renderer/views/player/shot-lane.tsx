import { memo, useMemo } from 'react'
import type { ReactElement } from 'react'
import type { Shot } from '../../../src-preload/contract/nouns.ts'
import { shotMarks } from './shot-marks.ts'
import type { ShotMark } from './shot-marks.ts'

/** Height of the marks in pixels, as timeline.css has it. */
const height = 6

type LaneProps = {
  readonly shots: readonly Shot[]
  readonly duration: number
  /** Of the timeline, in pixels. */
  readonly width: number
}

const draw = (marks: readonly ShotMark[], kind: ShotMark['kind']): string =>
  marks
    .filter((mark) => mark.kind === kind)
    .map(({ x }) => (kind === 'cut' ? `M${x + 0.5} 0v${height}` : `M${x - 2.5} ${height}l6 ${-height}`))
    .join('')

const ShotLaneBase = ({ shots, duration, width }: LaneProps): ReactElement | null => {
  const marks = useMemo(() => shotMarks(shots, duration, width), [shots, duration, width])
  if (marks.length === 0) return null
  // Each mark stands for several then, and tells less.
  const isCrowded = marks.length < shots.length / 2
  return (
    <svg
      className={isCrowded ? 'timeline-shots timeline-shots-crowded' : 'timeline-shots'}
      width={width}
      height={height}
      aria-hidden
    >
      <path className="timeline-cuts" d={draw(marks, 'cut')} />
      <path className="timeline-gradual" d={draw(marks, 'gradual')} />
    </svg>
  )
}

/** Where shots begin: a thin tick for a cut, a slope for a dissolve or a fade. Does not follow the film's time. */
export const ShotLane = memo(ShotLaneBase)
