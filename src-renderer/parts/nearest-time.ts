/** Index of the time that is nearest to `seconds`; `times` ascend. 0 for an empty list. */
export const nearestTime = (times: readonly number[], seconds: number): number => {
  let low = 0
  let high = times.length - 1
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if ((times[middle] ?? 0) <= seconds) low = middle
    else high = middle
  }
  const below = Math.abs((times[low] ?? 0) - seconds)
  const above = Math.abs((times[high] ?? Infinity) - seconds)
  return above < below ? Math.max(0, high) : low
}
