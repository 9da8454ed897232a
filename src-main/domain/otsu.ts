/** methods.md 2d: "Otsu32". */
const bins = 32

export type OtsuSplit = {
  /** Values above it belong to the upper class. */
  readonly threshold: number
  /** Of three classes instead of two, values above it belong to the upper one; never below `threshold`. */
  readonly upper: number
  /** Variance between the classes over the whole variance, 0..1; 0 for a curve that never changes. */
  readonly separability: number
}

/**
 * How many bins lie below the upper one of the two thresholds that part a histogram best into three classes, the middle of
 * equally good ones. The most variance between classes is the greatest sum of (sum of a class)^2 / its count (Liao et al.
 * 2001).
 */
const upperOfThree = (counts: Float64Array): number => {
  const below = new Float64Array(bins + 1)
  const belowSum = new Float64Array(bins + 1)
  for (let bin = 0; bin < bins; bin += 1) {
    below[bin + 1] = (below[bin] ?? 0) + (counts[bin] ?? 0)
    belowSum[bin + 1] = (belowSum[bin] ?? 0) + (counts[bin] ?? 0) * (bin + 0.5)
  }
  const share = (from: number, to: number): number => {
    const count = (below[to] ?? 0) - (below[from] ?? 0)
    return count > 0 ? ((belowSum[to] ?? 0) - (belowSum[from] ?? 0)) ** 2 / count : 0
  }
  let best = 0
  let least = 0
  let most = 0
  for (let second = 2; second < bins; second += 1) {
    let between = 0
    for (let first = 1; first < second; first += 1) {
      between = Math.max(between, share(0, first) + share(first, second))
    }
    between += share(second, bins)
    if (between > best * (1 + 1e-9)) {
      best = between
      least = second
      most = second
    } else if (between >= best * (1 - 1e-9)) most = second
  }
  return (least + most) / 2
}

/**
 * The threshold that parts `values` best into two classes (Otsu 1979), over a histogram of 32 bins, and the upper one of
 * the two for three classes. Of equally good thresholds the middle one is taken. Any two-class split of a bell curve
 * already has a separability of 2/pi = 0.64, so a low one is rare: what is flat must be told by its height as well.
 */
export const otsuSplit = (values: Float64Array): OtsuSplit => {
  let low = Infinity
  let high = -Infinity
  for (const value of values) {
    low = Math.min(low, value)
    high = Math.max(high, value)
  }
  if (!(high > low)) return { threshold: high, upper: high, separability: 0 }
  const width = (high - low) / bins
  const counts = new Float64Array(bins)
  for (const value of values) {
    const bin = Math.min(bins - 1, Math.floor((value - low) / width))
    counts[bin] = (counts[bin] ?? 0) + 1
  }
  const total = values.length
  const mean = counts.reduce((sum, count, bin) => sum + count * (bin + 0.5), 0) / total
  const variance = counts.reduce((sum, count, bin) => sum + count * (bin + 0.5 - mean) ** 2, 0) / total
  let below = 0
  let belowSum = 0
  let best = 0
  let first = 0
  let last = 0
  for (const [bin, count] of counts.entries()) {
    below += count
    belowSum += count * (bin + 0.5)
    const above = total - below
    if (below === 0 || above === 0) continue
    const distance = belowSum / below - (mean * total - belowSum) / above
    const between = (below / total) * (above / total) * distance ** 2
    if (between > best * (1 + 1e-9)) {
      best = between
      first = bin
      last = bin
    } else if (between >= best * (1 - 1e-9)) last = bin
  }
  const threshold = low + ((first + last) / 2 + 1) * width
  return {
    threshold,
    upper: Math.max(threshold, low + upperOfThree(counts) * width),
    separability: variance > 0 ? best / variance : 0,
  }
}
