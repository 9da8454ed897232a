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

/**
 * A film in stretches of one score each, in time order and without gaps: stretch i is [starts[i], ends[i]) seconds. In
 * columns, because a search makes thousands of them for each of a hundred films.
 */
export type Stretches = {
  readonly count: number
  readonly starts: Float64Array
  readonly ends: Float64Array
  readonly scores: Float32Array
  /** When the frame is shown that says the score: of a look at a still scene it may lie before the look. */
  readonly frames: Float64Array
}

/** Holds of a millisecond or less come from rounding of time stamps, not from pictures. */
const shortest = 1e-3

/**
 * Samples that stand for several looks as one stretch each, so that they weigh as much as the looks would have. Lines between
 * the scores instead of steps were tried: first moments as with every look 92.7 % against 92.3 % (test/bench/sampling.ts).
 */
const looksIn = ({ count, starts, ends, scores, frames }: Stretches, spacing: number): Stretches => {
  const looksAt = (i: number): number =>
    Math.max(1, Math.round(((ends[i] ?? 0) - (starts[i] ?? 0)) / spacing))
  let all = 0
  for (let i = 0; i < count; i += 1) all += looksAt(i)
  const looks = emptyStretches(all)
  let look = 0
  for (let i = 0; i < count; i += 1) {
    const start = starts[i] ?? 0
    const end = ends[i] ?? start
    const own = looksAt(i)
    const each = (end - start) / own
    looks.scores.fill(scores[i] ?? 0, look, look + own)
    looks.frames.fill(frames[i] ?? start, look, look + own)
    for (let k = 0; k < own; k += 1, look += 1) {
      looks.starts[look] = start + each * k
      looks.ends[look] = k === own - 1 ? end : start + each * (k + 1)
    }
  }
  return looks
}

const emptyStretches = (count: number): Stretches => ({
  count,
  starts: new Float64Array(count),
  ends: new Float64Array(count),
  scores: new Float32Array(count),
  frames: new Float64Array(count),
})

/** Which samples are used, in time order. */
const usable = ({ times, scores, duration }: ScoreSamples): Int32Array => {
  const known = Number.isFinite(duration) && duration > 0
  const kept = new Int32Array(times.length)
  let count = 0
  let last = -Infinity
  let isRising = true
  for (let i = 0; i < times.length; i += 1) {
    const time = times[i] ?? NaN
    if (!Number.isFinite(time) || !Number.isFinite(scores[i]) || time < 0) continue
    if (known && time >= duration && i > 0) continue
    isRising &&= time >= last
    last = time
    kept[count] = i
    count += 1
  }
  const used = kept.subarray(0, count)
  return isRising ? used : used.sort((a, b) => (times[a] ?? 0) - (times[b] ?? 0) || a - b)
}

/** Median time from one sample to the next; 0 where there are not two. */
const typicalGap = (starts: Float64Array): number =>
  medianOf(Float64Array.from(starts.subarray(1), (start, i) => start - (starts[i] ?? 0)))

/**
 * The samples as stretches, one for each. Drops what is not a number or lies outside the film; of several samples at one
 * time (tiles of a frame) the best stays. Where the duration is unknown the last sample holds as long as the median one; a
 * single sample of a film without length is a stretch of length 0.
 */
export const heldStretches = (samples: ScoreSamples): Stretches => {
  const { times, scores, duration, frames } = samples
  const known = Number.isFinite(duration) && duration > 0
  const used = usable(samples)
  const all = emptyStretches(used.length)
  let count = 0
  for (const i of used) {
    const time = times[i] ?? 0
    const start = known ? Math.min(time, duration) : time
    const score = scores[i] ?? 0
    const last = all.starts[count - 1] ?? -Infinity
    const isNew = start - last > shortest
    if (!isNew && score <= (all.scores[count - 1] ?? -Infinity)) continue
    if (isNew) {
      all.starts[count] = start
      count += 1
    }
    all.scores[count - 1] = score
    all.frames[count - 1] = frames?.[i] ?? all.starts[count - 1] ?? 0
  }
  const starts = all.starts.subarray(0, count)
  const ends = all.ends.subarray(0, count)
  ends.set(starts.subarray(1))
  if (count > 0) ends[count - 1] = known ? duration : (starts[count - 1] ?? 0) + typicalGap(starts)
  return { count, starts, ends, scores: all.scores.subarray(0, count), frames: all.frames.subarray(0, count) }
}

/** The same with a stretch for each look, where `spacing` says how far apart they were. */
export const looksOf = (held: Stretches, { spacing }: Pick<ScoreSamples, 'spacing'>): Stretches =>
  spacing !== undefined && spacing > 0 ? looksIn(held, spacing) : held

/** The stretches of looks: `looksOf` the `heldStretches`. */
export const heldSamples = (samples: ScoreSamples): Stretches => looksOf(heldStretches(samples), samples)
