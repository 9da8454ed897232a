import type { MatchThresholds } from './confidence.ts'
import { scoreAtChance, type Extremes } from './extremes.ts'

/** The spread of scores that mean nothing in particular. */
export type ScoreBackground = { readonly mean: number; readonly sd: number; readonly p95: number }

/** What was measured of one model in one library (methods.md 2b, 2e, 2f). */
export type Calibration = {
  /** Frames that were sampled, of so many films. */
  readonly frames: number
  readonly films: number
  /** Median of 1 - cosine between a frame and its nearest one in another shot and more than 10 s away. */
  readonly medianNearest: number
  /** Corrected cosines (`hubCorrected`) of generic texts with frames. Null where the model knows too few of the texts. */
  readonly background: ScoreBackground | null
  /** The mean hubness of frames, for `hubCorrected`; null where `background` is. */
  readonly typical: number | null
  /** The best corrected cosine in the whole library of each generic text; null while its hubs are not all known. */
  readonly extremes: Extremes | null
  /** Cosines of frames with frames of other scenes. Null where there is only one scene. */
  readonly pictures: ScoreBackground | null
}

/**
 * Fewer frames say too little of a library: then nothing is made of them. Of 2,001 photographs (CLIP ViT-B/16) 40 drawn at
 * random gave the same background, 0.212 ± 0.0209 against 0.212 ± 0.0208.
 */
export const fewestFrames = 60
/** Of the bank a model must know so many different texts: Palette, which knows colours and light only, knows 90. */
export const fewestTexts = 200
/** So much more must there be before it is worth measuring again. */
const growth = 1.5

/** True for a library of `frames` vectors that was calibrated when it had `before` (null: never). */
export const needsCalibration = (frames: number, before: number | null): boolean =>
  frames >= fewestFrames && (before === null || frames >= before * growth || frames <= before / growth)

/** methods.md 2b: below that, two frames of one still scene would be strangers. */
const leastMedian = 0.01

/** Median of the distances, floored at 0.01; null without any. */
export const medianNearest = (distances: readonly number[]): number | null => {
  const middle = distances.toSorted((a, b) => a - b)[distances.length >> 1]
  return middle === undefined ? null : Math.max(leastMedian, middle)
}

/** Mean, standard deviation and 95th percentile; null without scores. */
export const backgroundOf = (scores: Float32Array): ScoreBackground | null => {
  if (scores.length === 0) return null
  const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length
  const variance = scores.reduce((sum, score) => sum + (score - mean) ** 2, 0) / scores.length
  const sorted = scores.toSorted()
  return { mean, sd: Math.sqrt(variance), p95: sorted[Math.floor(0.95 * (sorted.length - 1))] ?? mean }
}

/**
 * In standard deviations above the mean of the background: what is not there stays below the first, what is there reaches the
 * second. Chosen on the halves 0-99 of `bench calibration` (concept model) and such that CLIP ViT-B/16 over 2,001
 * photographs finds sky, trees, cars and dogs, and no pool table. Not methods.md's p95 + medNN: that is 0.366 there, above
 * every cosine of every text.
 */
const weakFrom = 2.2
const goodFrom = 3.5
/** What nine of ten generic texts surpass somewhere in this library is not in it: the floor rises with its size and variety. */
const surelyChance = 0.9
/** What one of twenty reaches stands out (methods.md 2f). Neither moves a threshold past the middle of the two above. */
export const standsOutChance = 0.05

/** `weak` and `good` by the background alone: where a cosine is nothing, and where it is something, in any library. */
export const absoluteThresholds = ({ mean, sd }: ScoreBackground): MatchThresholds => ({
  weak: mean + weakFrom * sd,
  good: mean + goodFrom * sd,
})

/**
 * From where on a corrected cosine is perhaps a match, and surely one: the background's own limits first, then what other
 * queries find in this library. Its extremes are of the whole library, so a search in a part of it (`whole` false)
 * is judged without them. Null where too little was measured: the model's family decides then.
 */
export const calibratedThresholds = (
  { frames, background, extremes }: Calibration,
  whole = true,
): MatchThresholds | null => {
  if (frames < fewestFrames || background === null) return null
  const { weak, good } = absoluteThresholds(background)
  if (extremes === null || !whole) return { weak, good }
  const middle = (weak + good) / 2
  const raised = Math.min(middle, Math.max(weak, scoreAtChance(surelyChance, extremes)))
  const lowered = Math.max(middle, Math.min(good, scoreAtChance(standsOutChance, extremes)))
  return { weak: raised, good: lowered }
}
