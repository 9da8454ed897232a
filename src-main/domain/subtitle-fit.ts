import { kendall } from './kendall.ts'
import { medianOf } from './median.ts'

/** Where in a film a text is seen, in seconds; or in too many places, or nowhere. */
export type SeenAt = number | 'all-over' | 'nowhere'

/** A stretch of a subtitle: from when it is said, and where it is seen. Seconds. */
export type SeenPassage = { readonly start: number; readonly at: SeenAt }

export type SubtitleFit = {
  readonly fit: 'unknown' | 'fits' | 'wrong'
  /** Kendall's tau-b between what is said and what is seen; null where nothing can be compared. */
  readonly tau: number | null
  /** Places that were compared. */
  readonly passages: number
}

/** How a verdict is made; `fitLimits` unless a benchmark looks for others. */
export type FitLimits = {
  /** Frames that come so near to the best one count as showing the same: a share of its height above the median frame. */
  readonly near: number
  /** They lie together where the middle half of them takes up no more than this share of the film. */
  readonly together: number
  /** Fewer frames, or places that can be compared, say nothing. */
  readonly leastFrames: number
  readonly leastPlaces: number
  /** Deviations of chance above 0 from which the order agrees. */
  readonly agrees: number
  /** The least tau of a right file, and the deviations that another one must stay below it. */
  readonly rightTau: number
  readonly misses: number
  /** Of the passages of a file that may be called wrong this share must be seen, all over or in one place. */
  readonly leastShare: number
}

/**
 * Chosen on the even half of `bench subtitle-fit` (30 films of each of four kinds); `rightTau` was then lowered from 0.25 to 0.2
 * without another run of that half. On the odd half, per cent called wrong (fits): right files 0 (83-100), with a third of
 * the lines elsewhere 0 (60-97), with half of them 0-3.3 (33-63), of another film 3.3-30 (0-6.7), small talk 0, but 13.3 in
 * the one kind of film that is embedded by words and an hour and a half long, prose about other things 0 (0-3.3).
 * Most films of the bench have 17 to 52 places; chance is then too wide for more.
 */
export const fitLimits: FitLimits = {
  near: 0.2,
  together: 0.2,
  leastFrames: 40,
  leastPlaces: 12,
  agrees: 2.33,
  rightTau: 0.2,
  misses: 2,
  leastShare: 0.55,
}

/**
 * Where a text is seen: the middle of the frames that show it best. `scores`: its (corrected) cosine with each frame of the
 * film, `times` (rising) theirs; `sure`: from where on search is sure of a match. Nowhere: no frame is a sure match (talk
 * about nothing that is seen). All over: frames far apart are about as good (the face that speaks all the time).
 */
export const seenAt = (
  scores: ArrayLike<number>,
  times: ArrayLike<number>,
  sure: number,
  { near, together, leastFrames }: FitLimits = fitLimits,
): SeenAt => {
  const frames = Math.min(scores.length, times.length)
  if (frames < leastFrames) return 'nowhere'
  const all = Float64Array.from({ length: frames }, (_, i) => scores[i] ?? -Infinity)
  const best = all.reduce((a, b) => Math.max(a, b), -Infinity)
  if (!(best >= sure)) return 'nowhere'
  const least = best - near * (best - medianOf(all))
  const good: number[] = []
  for (let i = 0; i < frames; i += 1) if ((all[i] ?? -Infinity) >= least) good.push(times[i] ?? 0)
  // In order of time, as the frames are.
  const part = (share: number): number =>
    good[Math.min(good.length - 1, Math.floor(share * good.length))] ?? 0
  const length = (times[frames - 1] ?? 0) - (times[0] ?? 0)
  return part(0.75) - part(0.25) <= together * length ? part(0.5) : 'all-over'
}

/** Neighbours that are seen in the same place are one: they are no further sign of order. */
const placesOf = (
  passages: readonly SeenPassage[],
): readonly { readonly start: number; readonly at: number }[] => {
  const places: { readonly start: number; readonly at: number }[] = []
  for (const { start, at } of passages)
    if (typeof at === 'number' && at !== places.at(-1)?.at) places.push({ start, at })
  return places
}

/**
 * Whether what is said comes in the order of what is seen (methods.md row 35). `passages` in order of time, those too
 * that are seen nowhere.
 */
export const subtitleFit = (
  passages: readonly SeenPassage[],
  { leastPlaces, agrees, rightTau, misses, leastShare }: FitLimits = fitLimits,
): SubtitleFit => {
  const places = placesOf(passages)
  const found = kendall(
    places.map(({ start }) => start),
    places.map(({ at }) => at),
  )
  const unknown = { fit: 'unknown', tau: found?.tau ?? null, passages: places.length } as const
  if (found === null || places.length < leastPlaces) return unknown
  if (found.tau >= agrees * found.deviation) return { ...unknown, fit: 'fits' }
  const seen = passages.filter(({ at }) => at !== 'nowhere').length
  const isMissed = found.tau + misses * found.deviation < rightTau
  return isMissed && seen >= leastShare * passages.length ? { ...unknown, fit: 'wrong' } : unknown
}
