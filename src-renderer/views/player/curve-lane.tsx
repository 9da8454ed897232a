import { memo, useId, useMemo } from 'react'
import type { ReactElement } from 'react'
import type { Moment, RelevanceCurve } from '../../../src-preload/contract/search-nouns.ts'
import { curveArea, curveLine, curvePoints } from './curve-path.ts'

/** Height of the lane in pixels, as timeline.css has it. */
const height = 34
/** A moment of a long film is still seen. In pixels. */
const leastWidth = 6

type LaneProps = {
  readonly curve: RelevanceCurve
  readonly hits: readonly Moment[]
  readonly duration: number
  /** Of the timeline, in pixels. */
  readonly width: number
}

const CurveLaneBase = ({ curve, hits, duration, width }: LaneProps): ReactElement | null => {
  const id = useId()
  const line = useMemo(
    () => curveLine(curvePoints(curve, duration, width), width, height),
    [curve, duration, width],
  )
  if (line === '') return null
  const area = curveArea(line, height)
  return (
    <svg className="timeline-curve" width={width} height={height} aria-hidden>
      <defs>
        <linearGradient id={`${id}fade`} x1="0" y1="0" x2="0" y2="1">
          <stop className="curve-top" offset="0" />
          <stop className="curve-foot" offset="1" />
        </linearGradient>
        <clipPath id={`${id}hits`}>
          {hits.map(({ start, end, peak }) => {
            const wide = Math.max(leastWidth, ((end - start) / duration) * width)
            const x = ((start + end) / 2 / duration) * width - wide / 2
            return <rect key={`${start}-${peak}`} x={x} width={wide} y={-2} height={height + 4} />
          })}
        </clipPath>
      </defs>
      <path className="curve-area" d={area} />
      <path className="curve-line" d={line} />
      <g clipPath={`url(#${id}hits)`}>
        <path d={area} fill={`url(#${id}fade)`} />
        <path className="curve-line-hit" d={line} />
      </g>
    </svg>
  )
}

/** How well each part of the film answers, as one area; what counts as a moment is lit. Does not follow the film's time. */
export const CurveLane = memo(CurveLaneBase)
