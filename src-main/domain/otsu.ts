/** methods.md 2d: "Otsu32". */
const bins = 32

export type OtsuSplit = {
  /** Values above it belong to the upper class. */
  readonly threshold: number
  /** Variance between the classes over the whole variance, 0..1; 0 for a curve that never changes. */
  readonly separability: number
}

/**
 * The threshold that parts `values` best into two classes (Otsu 1979), over a histogram of 32 bins. Of equally
 * good thresholds the middle one is taken. Any two-class split of a bell curve already has a separability of
 * 2/pi = 0.64, so a low one is rare: what is flat must be told by its height as well.
 */
export const otsuSplit = (values: Float64Array): OtsuSplit => {
  const low = values.reduce((least, value) => Math.min(least, value), Infinity)
  const high = values.reduce((most, value) => Math.max(most, value), -Infinity)
  if (!(high > low)) return { threshold: high, separability: 0 }
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
  return {
    threshold: low + ((first + last) / 2 + 1) * width,
    separability: variance > 0 ? best / variance : 0,
  }
}
