const bins = 4_096

/**
 * A value that at least `wanted` of the scores reach, and not many more (those of one bin of 4,096 between the least
 * and the greatest); -Infinity where there are no more than that. One pass for the range, one to count.
 */
export const scoreCut = (parts: readonly Float32Array[], wanted: number): number => {
  const total = parts.reduce((sum, { length }) => sum + length, 0)
  if (total <= wanted) return -Infinity
  let low = Infinity
  let high = -Infinity
  // By index: an iterator takes twice as long, and this is asked of each search three times.
  for (const part of parts) {
    const { length } = part
    for (let i = 0; i < length; i += 1) {
      const score = part[i] ?? NaN
      if (score < low) low = score
      if (score > high) high = score
    }
  }
  if (high === low) return low
  const counts = new Uint32Array(bins + 1)
  const scale = bins / (high - low)
  for (const part of parts) {
    const { length } = part
    for (let i = 0; i < length; i += 1) {
      // What is not a number goes into the lowest bin, which is never reached before all others.
      const bin = (((part[i] ?? NaN) - low) * scale) | 0
      counts[bin] = (counts[bin] ?? 0) + 1
    }
  }
  let bin = bins
  let reached = counts[bin] ?? 0
  while (reached < wanted && bin > 0) {
    bin -= 1
    reached += counts[bin] ?? 0
  }
  // A hair lower: what was counted in this bin must not fall out by rounding.
  return low + (bin - 1e-3) / scale
}
