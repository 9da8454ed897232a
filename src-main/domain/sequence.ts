import type { Interval } from './intervals.ts'

/** One way through the steps of `first then second`: a cell of the grid for each step, rising. */
export type SequencePath = {
  readonly cells: readonly number[]
  /** Mean of the steps' scores at these cells: with steps in 0..1 it is 0..1. */
  readonly score: number
}

export type SequenceOptions = {
  /** Steps follow each other at least and at most so many cells later. */
  readonly nearest: number
  readonly furthest: number
}

/** methods.md 2k: what the longest gap that is allowed costs. */
const gapCost = 0.1

/** Ways that lead around a better one are passed over; after so many for each that is wanted nothing good is left. */
const triesEach = 4

/** For each cell the best earlier cell that a step may follow, by a deque of falling values: O(cells). */
const bestBefore = (
  before: Float64Array,
  { nearest, furthest }: SequenceOptions,
): { readonly value: Float64Array; readonly from: Int32Array } => {
  const count = before.length
  const value = new Float64Array(count).fill(-Infinity)
  const from = new Int32Array(count).fill(-1)
  const slope = gapCost / furthest
  // What is lost by a longer gap is linear, so the order of two candidates never changes with time.
  const worth = (cell: number): number => (before[cell] ?? -Infinity) + slope * cell
  const deque: number[] = []
  let head = 0
  for (let cell = nearest; cell < count; cell += 1) {
    const enters = cell - nearest
    while (deque.length > head && worth(deque.at(-1) ?? 0) < worth(enters)) deque.pop()
    deque.push(enters)
    while ((deque[head] ?? 0) < cell - furthest) head += 1
    const best = deque[head]
    if (best === undefined || before[best] === -Infinity) continue
    value[cell] = worth(best) - slope * cell
    from[cell] = best
  }
  return { value, from }
}

/**
 * The best ways through `steps` (a score for every cell each, all of one length), best first, at most `most`, no two
 * of which overlap: D_k(t) = p_k(t) + max over t' of D_k-1(t') - 0.1 * gap / furthest (methods.md 2k). Empty where the
 * film is shorter than the steps need. O(steps * cells) for each way found.
 */
export const sequencePaths = (
  steps: readonly Float64Array[],
  options: SequenceOptions,
  most: number,
): readonly SequencePath[] => {
  const [first, ...rest] = steps
  if (first === undefined) return []
  const taken: Interval[] = []
  const paths: SequencePath[] = []
  const free = (scores: Float64Array): Float64Array =>
    scores.map((score, cell) =>
      taken.some(({ start, end }) => cell >= start && cell <= end) ? -Infinity : score,
    )
  for (let tries = 0; tries < most * triesEach && paths.length < most; tries += 1) {
    let reached = free(first)
    const trails: Int32Array[] = []
    for (const step of rest) {
      const { value, from } = bestBefore(reached, options)
      const own = free(step)
      reached = value.map((best, cell) => best + (own[cell] ?? -Infinity))
      trails.push(from)
    }
    let at = -1
    for (const [cell, value] of reached.entries()) if (value > (reached[at] ?? -Infinity)) at = cell
    if (at === -1) break
    const cells = [at]
    for (const from of trails.toReversed()) cells.unshift(from[cells[0] ?? 0] ?? -1)
    const score = steps.reduce((sum, step, i) => sum + (step[cells[i] ?? 0] ?? 0), 0) / steps.length
    const crossing = taken.some(({ start, end }) => (cells[0] ?? 0) < start && at > end)
    taken.push({ start: cells[0] ?? at, end: at })
    // A way around one that is better is the same moment, only longer.
    if (!crossing) paths.push({ cells, score })
  }
  return paths
}
