import type { Interval } from './intervals.ts'

/** A stretch of cells and how much it stands out from the rest of its film. */
export type Candidate = Interval & { readonly strength: number }

/** methods.md 2d: windows of at most half the film, the 400 strongest. */
const longestShare = 0.5
const kept = 400

/** sums[i] is the sum of the first i values. */
const prefixSums = (values: Float64Array): Float64Array => {
  const sums = new Float64Array(values.length + 1)
  for (let i = 0; i < values.length; i += 1) sums[i + 1] = (sums[i] ?? 0) + (values[i] ?? 0)
  return sums
}

/**
 * The contrast of a window of `length` cells as a line in the sum of what it holds: sum * slope - offset. No slope for a
 * window over nothing or over all cells, which has nothing to stand out from.
 */
type Line = { readonly slope: number; readonly offset: number }

const lineOf = (length: number, count: number, total: number, balance: number): Line => {
  const rest = count - length
  if (length <= 0 || rest <= 0) return { slope: 0, offset: 0 }
  const weight = Math.pow((4 * length * rest) / count ** 2, balance)
  return { slope: weight * (1 / length + 1 / rest), offset: (weight * total) / rest }
}

/**
 * A measure of [start, end): (mean inside - mean outside) * (4 * length * rest / count^2)^balance (methods.md 2d). The
 * second factor, 1 at half the film, keeps a single lucky cell from winning.
 */
export const contrastOf = (
  values: Float64Array,
  balance: number,
): ((start: number, end: number) => number) => {
  const sums = prefixSums(values)
  const total = sums[values.length] ?? 0
  return (start, end) => {
    const { slope, offset } = lineOf(end - start, values.length, total, balance)
    return ((sums[end] ?? 0) - (sums[start] ?? 0)) * slope - offset
  }
}

/** Classes by strength when the strongest are picked; only speed depends on it. */
const classes = 512

/**
 * The strength from which about `kept` of `strengths` (the highest of them is `highest`) lie above: those in between are
 * few, sorting all would cost ten times the rest of the search.
 */
const cutoffOf = (strengths: Float64Array, highest: number): number => {
  if (!(highest > 0)) return Infinity
  const scale = classes / highest
  const counts = new Uint32Array(classes + 1)
  for (const strength of strengths) {
    if (!(strength > 0)) continue
    const at = Math.floor(scale * strength)
    counts[at] = (counts[at] ?? 0) + 1
  }
  let seen = 0
  for (let at = classes; at >= 0; at -= 1) {
    seen += counts[at] ?? 0
    if (seen >= kept) return at / scale
  }
  return 0
}

/** Every window of at most half the cells that stands out at all, the strongest 400, strongest first. O(n^2). */
export const contrastWindows = (values: Float64Array, balance: number): readonly Candidate[] => {
  const sums = prefixSums(values)
  const count = values.length
  const total = sums[count] ?? 0
  const longest = Math.floor(count * longestShare)
  // By length, then start: what depends on the length alone is then out of the inner loop.
  const strengths = new Float64Array(count * longest)
  let highest = 0
  for (let length = 1; length <= longest; length += 1) {
    const { slope, offset } = lineOf(length, count, total, balance)
    const row = (length - 1) * count
    for (let start = 0; start + length <= count; start += 1) {
      const strength = ((sums[start + length] ?? 0) - (sums[start] ?? 0)) * slope - offset
      strengths[row + start] = strength
      if (strength > highest) highest = strength
    }
  }
  // A hair below: dividing into classes and back rounds.
  const cutoff = cutoffOf(strengths, highest) * (1 - 1e-9)
  const found: Candidate[] = []
  for (let at = 0; at < strengths.length; at += 1) {
    const strength = strengths[at] ?? 0
    if (!(strength > 0 && strength >= cutoff)) continue
    const start = at % count
    found.push({ start, end: start + (at - start) / count + 1, strength })
  }
  return found.sort((a, b) => b.strength - a.strength || a.start - b.start || a.end - b.end).slice(0, kept)
}
