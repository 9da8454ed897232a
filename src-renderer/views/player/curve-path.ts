import type { RelevanceCurve } from '../../../src-preload/contract/search-nouns.ts'

type Point = { readonly x: number; readonly y: number }

/** Pixels that a point of the curve keeps for itself: closer ones cannot be told apart. */
const pixelsPerPoint = 2

/** The curve's points for a timeline of `width` pixels, `y` 0..1. Where several fall together the best is shown: a short moment in three hours must not drown. */
export const curvePoints = (
  { step, values }: RelevanceCurve,
  duration: number,
  width: number,
): readonly Point[] => {
  if (duration <= 0 || width < 1 || step <= 0) return []
  const columns = Math.max(1, Math.floor(width / pixelsPerPoint))
  const best = new Map<number, Point>()
  values.forEach((value, index) => {
    // A value is of the seconds from index * step on; it stands in their middle.
    const x = Math.min(1, ((index + 0.5) * step) / duration) * width
    const column = Math.min(columns - 1, Math.floor((x / width) * columns))
    const y = Math.min(1, Math.max(0, value))
    if (y >= (best.get(column)?.y ?? 0)) best.set(column, { x, y })
  })
  return [...best.values()].toSorted((a, b) => a.x - b.x)
}

const slopeOf = (a: Point, b: Point): number => (b.x > a.x ? (b.y - a.y) / (b.x - a.x) : 0)

/** The slope at each point: the harmonic mean of both sides, level at tops and bottoms, so that the curve never swings over its points (Fritsch and Carlson 1980). */
const slopes = (points: readonly Point[]): readonly number[] =>
  points.map((point, i) => {
    const before = points[i - 1]
    const after = points[i + 1]
    if (before === undefined || after === undefined) return 0
    const left = slopeOf(before, point)
    const right = slopeOf(point, after)
    return left * right <= 0 ? 0 : (2 * left * right) / (left + right)
  })

const short = (value: number): string => value.toFixed(1)

/** The line through `points` as an SVG path, level to both ends of `width`; '' where there are none. */
export const curveLine = (points: readonly Point[], width: number, height: number): string => {
  const [first] = points
  const last = points.at(-1)
  if (first === undefined || last === undefined) return ''
  const at = ({ x, y }: Point): string => `${short(x)} ${short(height - y * height)}`
  const along = slopes(points)
  const pieces = points.slice(1).map((point, i) => {
    const from = points[i] ?? first
    const third = (point.x - from.x) / 3
    const a = { x: from.x + third, y: from.y + (along[i] ?? 0) * third }
    const b = { x: point.x - third, y: point.y - (along[i + 1] ?? 0) * third }
    return `C${at(a)} ${at(b)} ${at(point)}`
  })
  return `M${at({ ...first, x: 0 })}L${at(first)}${pieces.join('')}L${at({ ...last, x: width })}`
}

/** `line` closed to an area on the ground of the lane. */
export const curveArea = (line: string, height: number): string => (line === '' ? '' : `${line}V${height}H0Z`)

/** Two best times stand so far apart at least: in seconds, or as a share of a long film. */
const apart = { seconds: 10, share: 0.02 } as const
/** What is not half as good as the best is no best time. */
const leastShare = 0.5

/** The best times of the curve in seconds, the best first: tops that stand apart, at most `count`. */
export const bestTimes = ({ step, values }: RelevanceCurve, count: number): readonly number[] => {
  const top = values.reduce((most, value) => Math.max(most, value), 0)
  if (top <= 0) return []
  const distance = Math.max(apart.seconds, values.length * step * apart.share)
  const tops = values
    .map((value, index) => ({ value, time: (index + 0.5) * step, index }))
    .filter(
      ({ value, index }) =>
        value >= top * leastShare && value >= (values[index - 1] ?? 0) && value >= (values[index + 1] ?? 0),
    )
    .toSorted((a, b) => b.value - a.value || a.time - b.time)
  return tops.reduce<readonly number[]>(
    (chosen, { time }) =>
      chosen.length < count && chosen.every((other) => Math.abs(other - time) >= distance)
        ? [...chosen, time]
        : chosen,
    [],
  )
}
