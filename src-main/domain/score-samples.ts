/**
 * What a film's vectors say about one query: `scores[i]` (cosine) holds from `times[i]` until the next sample.
 * Times in seconds, rising; the last sample holds until `duration`. Plain data: read it only.
 */
export type ScoreSamples = {
  readonly times: Float64Array
  readonly scores: Float32Array
  /** Length of the film in seconds; 0 where nobody knows it. */
  readonly duration: number
}

/** One sample with the stretch it stands for: [start, end) in seconds. */
export type HeldSample = { readonly start: number; readonly end: number; readonly score: number }

/** Holds of a millisecond or less come from rounding of time stamps, not from pictures. */
const shortest = 1e-3

const median = (sorted: readonly number[]): number => sorted[sorted.length >> 1] ?? 0

/**
 * The samples as stretches without gaps, in time order. Drops what is not a number or lies outside the film; of
 * several samples at one time (tiles of a frame) the best stays. Where the duration is unknown the last sample
 * holds as long as the median one; a single sample of a film without length is a stretch of length 0.
 */
export const heldSamples = ({ times, scores, duration }: ScoreSamples): readonly HeldSample[] => {
  const known = Number.isFinite(duration) && duration > 0
  const seen: { start: number; score: number }[] = []
  for (const [i, start] of times.entries()) {
    const score = scores[i] ?? NaN
    if (!Number.isFinite(start) || !Number.isFinite(score) || start < 0) continue
    if (known && start >= duration && i > 0) continue
    seen.push({ start: known ? Math.min(start, duration) : start, score })
  }
  seen.sort((a, b) => a.start - b.start)
  const one: { start: number; score: number }[] = []
  for (const sample of seen) {
    const last = one.at(-1)
    if (last && sample.start - last.start <= shortest) last.score = Math.max(last.score, sample.score)
    else one.push(sample)
  }
  const gaps = one.slice(1).map((sample, i) => sample.start - (one[i]?.start ?? 0))
  const typical = median(gaps.sort((a, b) => a - b))
  return one.map((sample, i) => ({
    start: sample.start,
    end: one[i + 1]?.start ?? (known ? duration : sample.start + typical),
    score: sample.score,
  }))
}
