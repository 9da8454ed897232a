import { medianOf } from './median.ts'
import type { Stretches } from './score-samples.ts'

/** A curve on cells of equal length: cell i covers [origin + i * step, origin + (i + 1) * step) seconds. */
export type ScoreGrid = {
  readonly origin: number
  readonly step: number
  readonly values: Float64Array
}

/**
 * methods.md 2d was measured on cells of 2 s. Films looked at more densely keep their own spacing down to 1 s;
 * a moment shorter than that is found all the same, it only shares its cell.
 */
const coarsest = 2
const finest = 1

/** More cells than this (12 h at 2 s) are never made: the cells of a longer film grow. */
const mostCells = 21_600

/** The cell for looks so far apart. */
export const stepFor = (spacing: number): number => Math.min(coarsest, Math.max(finest, spacing))

const usualStep = ({ starts, ends }: Stretches): number =>
  stepFor(medianOf(ends.map((end, i) => end - (starts[i] ?? 0))))

/**
 * The stretches on a uniform grid; a cell is the mean of what it covers, by time. `step` overrides the choice
 * (median spacing of the samples, at least 1 s, at most 2 s). No samples, or no length: no cells.
 */
export const gridOf = (held: Stretches, step?: number): ScoreGrid => {
  const { starts, ends, scores } = held
  const origin = starts[0] ?? 0
  const span = (ends[held.count - 1] ?? 0) - origin
  if (!(span > 0)) return { origin, step: finest, values: new Float64Array(0) }
  const cell = Math.max(step ?? usualStep(held), span / mostCells)
  const count = Math.max(1, Math.ceil(span / cell - 1e-6))
  const sums = new Float64Array(count)
  const covered = new Float64Array(count)
  for (let at = 0; at < held.count; at += 1) {
    const from = (starts[at] ?? 0) - origin
    const to = (ends[at] ?? 0) - origin
    const score = scores[at] ?? 0
    for (let i = Math.min(count - 1, Math.floor(from / cell)); i < count && i * cell < to; i += 1) {
      const share = Math.min(to, i === count - 1 ? to : (i + 1) * cell) - Math.max(from, i * cell)
      if (share <= 0) continue
      sums[i] = (sums[i] ?? 0) + share * score
      covered[i] = (covered[i] ?? 0) + share
    }
  }
  for (let i = 0; i < count; i += 1) sums[i] = (sums[i] ?? 0) / Math.max(covered[i] ?? 0, 1e-12)
  return { origin, step: cell, values: sums }
}
