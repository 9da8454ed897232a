import { resampled, type Interval95 } from './resampling.ts'

/**
 * The 95 % interval of the mean of `values` when whole videos are drawn anew (methods.md 4.2): values of one video say
 * partly the same. `videos[i]` is the video of `values[i]`.
 */
export const videoInterval = (values: readonly number[], videos: readonly string[]): Interval95 => {
  const places = new Map<string, number>()
  const sums: number[] = []
  const counts: number[] = []
  for (const [i, value] of values.entries()) {
    const video = videos[i] ?? ''
    const place = places.get(video) ?? places.size
    places.set(video, place)
    sums[place] = (sums[place] ?? 0) + value
    counts[place] = (counts[place] ?? 0) + 1
  }
  return resampled(places.size, (drawn) => {
    let sum = 0
    let count = 0
    for (const place of drawn) {
      sum += sums[place] ?? 0
      count += counts[place] ?? 0
    }
    return sum / Math.max(1, count)
  })
}

/** Intervals of shares as percent, `55.1-61.9`, one for each list of values. */
export const intervalsInPercent = (
  lists: readonly (readonly number[])[],
  videos: readonly string[],
): string =>
  lists
    .map((values) =>
      videoInterval(values, videos)
        .map((end) => (100 * end).toFixed(1))
        .join('-'),
    )
    .join(' / ')
