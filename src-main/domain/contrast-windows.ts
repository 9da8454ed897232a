import type { Interval } from './intervals.ts'

/** A stretch of cells and how much it stands out from the rest of its film. */
export type Candidate = Interval & { readonly strength: number }

/** methods.md 2d: windows of at most half the film, the 400 strongest, balance exponent 0.4. */
const longestShare = 0.5
const kept = 400
const balance = 0.4

/** sums[i] is the sum of the first i values. */
const prefixSums = (values: Float64Array): Float64Array => {
  const sums = new Float64Array(values.length + 1)
  for (const [i, value] of values.entries()) sums[i + 1] = (sums[i] ?? 0) + value
  return sums
}

/**
 * A measure of [start, end): (mean inside - mean outside) * (4 * length * rest / count^2)^0.4. The second factor,
 * 1 at half the film, keeps a single lucky cell from winning; a window over all cells has nothing to stand out from: 0.
 */
export const contrastOf = (values: Float64Array): ((start: number, end: number) => number) => {
  const sums = prefixSums(values)
  const count = values.length
  const total = sums[count] ?? 0
  const weights = Float64Array.from({ length: count + 1 }, (_, length) =>
    Math.pow((4 * length * (count - length)) / count ** 2, balance),
  )
  return (start, end) => {
    const length = end - start
    const rest = count - length
    if (length <= 0 || rest <= 0) return 0
    const inside = (sums[end] ?? 0) - (sums[start] ?? 0)
    return (inside / length - (total - inside) / rest) * (weights[length] ?? 0)
  }
}

/** Classes by strength when the strongest are picked; only speed depends on it. */
const classes = 512

/**
 * The strength from which about `kept` of `strengths` lie above: those in between are few, sorting all would cost
 * ten times the rest of the search.
 */
const cutoffOf = (strengths: Float64Array): number => {
  const highest = strengths.reduce((most, strength) => Math.max(most, strength), 0)
  if (highest === 0) return Infinity
  const counts = new Uint32Array(classes + 1)
  for (const strength of strengths) {
    if (!(strength > 0)) continue
    const at = Math.floor((classes * strength) / highest)
    counts[at] = (counts[at] ?? 0) + 1
  }
  let seen = 0
  for (let at = classes; at >= 0; at -= 1) {
    seen += counts[at] ?? 0
    if (seen >= kept) return (highest * at) / classes
  }
  return 0
}

/** Every window of at most half the cells that stands out at all, the strongest 400, strongest first. O(n^2). */
export const contrastWindows = (values: Float64Array): readonly Candidate[] => {
  const contrast = contrastOf(values)
  const count = values.length
  const longest = Math.floor(count * longestShare)
  const strengths = new Float64Array(count * longest)
  for (let start = 0; start < count; start += 1) {
    for (let end = start + 1; end <= Math.min(count, start + longest); end += 1) {
      strengths[start * longest + end - start - 1] = contrast(start, end)
    }
  }
  const cutoff = cutoffOf(strengths)
  const found: Candidate[] = []
  for (let at = 0; at < strengths.length; at += 1) {
    const strength = strengths[at] ?? 0
    // A hair below: dividing into classes and back rounds.
    if (!(strength > 0 && strength >= cutoff * (1 - 1e-9))) continue
    const start = Math.floor(at / longest)
    found.push({ start, end: start + (at % longest) + 1, strength })
  }
  return found.sort((a, b) => b.strength - a.strength || a.start - b.start || a.end - b.end).slice(0, kept)
}
