import { medianOf } from './median.ts'

/**
 * What a film's vectors say about one query: `scores[i]` (cosine) holds from `times[i]` until the next sample.
 * Times in seconds, rising; the last sample holds until `duration`. Plain data: read it only.
 */
export type ScoreSamples = {
  readonly times: Float64Array
  readonly scores: Float32Array
  /** Length of the film in seconds; 0 where nobody knows it. */
  readonly duration: number
  /** When each sample's frame itself is shown, where that is not `times`: one frame may stand for a long still scene. */
  readonly frames?: Float64Array
  /** Seconds between two looks at the film, where one sample may hold for many of them. */
  readonly spacing?: number
}

/** One sample, or a part of one, with the stretch it stands for: [start, end) in seconds; `frame` where it is not `start`. */
export type HeldSample = {
  readonly start: number
  readonly end: number
  readonly score: number
  readonly frame?: number
}

/** Holds of a millisecond or less come from rounding of time stamps, not from pictures. */
const shortest = 1e-3

/**
 * Samples that stand for several looks as one part each, so that they weigh as much as the looks would have. Lines between
 * the scores instead of steps were tried: first moments as with every look 92.7 % against 92.3 % (test/bench/sampling.ts).
 */
const looksIn = (held: readonly HeldSample[], spacing: number): readonly HeldSample[] => {
  const looks: HeldSample[] = []
  for (const sample of held) {
    const { start, end, score, frame = start } = sample
    const count = Math.max(1, Math.round((end - start) / spacing))
    const each = (end - start) / count
    for (let i = 0; i < count; i += 1) {
      const until = i === count - 1 ? end : start + each * (i + 1)
      looks.push({ start: start + each * i, end: until, score, frame })
    }
  }
  return looks
}

/** Median time from one sample to the next; 0 where there are not two. */
const typicalGap = (held: readonly HeldSample[]): number =>
  medianOf(Float64Array.from(held.slice(1), (sample, i) => sample.start - (held[i]?.start ?? 0)))

/**
 * The samples as stretches without gaps, in time order, one for each. Drops what is not a number or
 * lies outside the film; of several samples at one time (tiles of a frame) the best stays. Where the duration is
 * unknown the last sample holds as long as the median one; a single sample of a film without length is a stretch of
 * length 0.
 */
export const heldStretches = ({ times, scores, duration, frames }: ScoreSamples): readonly HeldSample[] => {
  const known = Number.isFinite(duration) && duration > 0
  const seen: { start: number; end: number; score: number; frame?: number }[] = []
  let isRising = true
  for (let i = 0; i < times.length; i += 1) {
    const time = times[i] ?? NaN
    const score = scores[i] ?? NaN
    if (!Number.isFinite(time) || !Number.isFinite(score) || time < 0) continue
    if (known && time >= duration && i > 0) continue
    const start = known ? Math.min(time, duration) : time
    const frame = frames?.[i]
    isRising &&= start >= (seen.at(-1)?.start ?? 0)
    seen.push(frame === undefined ? { start, end: start, score } : { start, end: start, score, frame })
  }
  if (!isRising) seen.sort((a, b) => a.start - b.start)
  const held: typeof seen = []
  for (const sample of seen) {
    const last = held.at(-1)
    if (!last || sample.start - last.start > shortest) held.push(sample)
    else if (sample.score > last.score) held[held.length - 1] = { ...sample, start: last.start }
  }
  const last = held.at(-1)
  for (let i = 1; i < held.length; i += 1) {
    const before = held[i - 1]
    if (before) before.end = held[i]?.start ?? before.end
  }
  if (last) last.end = known ? duration : last.start + typicalGap(held)
  return held
}

/** The same with a stretch for each look, where `spacing` says how far apart they were. */
export const looksOf = (
  held: readonly HeldSample[],
  { spacing }: Pick<ScoreSamples, 'spacing'>,
): readonly HeldSample[] => (spacing !== undefined && spacing > 0 ? looksIn(held, spacing) : held)

/** The stretches of looks: `looksOf` the `heldStretches`. */
export const heldSamples = (samples: ScoreSamples): readonly HeldSample[] =>
  looksOf(heldStretches(samples), samples)
