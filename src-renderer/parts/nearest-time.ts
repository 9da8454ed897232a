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

/** As `nearestTime`, but a time from `start` on and before `end`, where the next shot begins, comes before a nearer one outside. */
export const nearestWithin = (
  times: readonly number[],
  seconds: number,
  { start, end }: { readonly start: number; readonly end: number },
): number => {
  const nearest = nearestTime(times, seconds)
  const isInside = (index: number): boolean => {
    const time = times[index]
    return time !== undefined && time >= start && time < end
  }
  // `seconds` lies inside: what is inside and not the nearest is its neighbour on the other side.
  return [nearest, nearest - 1, nearest + 1].find(isInside) ?? nearest
}
