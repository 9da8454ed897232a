import type { MatchThresholds } from './confidence.ts'
import { chanceAmong, scoreAtChance, type Chance } from './chance.ts'

/** The spread of scores that mean nothing in particular. */
export type ScoreBackground = { readonly mean: number; readonly sd: number; readonly p95: number }

/** Corrected cosines (`hubCorrected`) of generic texts with frames. */
export type TextScores = ScoreBackground & {
  /** Standard deviation among the frames, for one text: the mean of the texts' variances. */
  readonly within: number
}

/** What was measured of one model in one library (methods.md 2b, 2e, 2f). */
export type Calibration = {
  /** Frames that were sampled, of so many films. */
  readonly frames: number
  readonly films: number
  /** Median of 1 - cosine between a frame and its nearest one in another shot and more than 10 s away. */
  readonly medianNearest: number
  /** Vectors that the library had then. */
  readonly library: number
  /** Null where the model knows too few of the texts. */
  readonly background: TextScores | null
  /** The mean hubness of frames, for `hubCorrected`; null where `background` is. */
  readonly typical: number | null
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
/** What every second text that is about nothing here reaches is no match, and what one of twenty does is not sure (methods.md 2f). */
export const chanceLimits = { weak: 0.5, good: 0.05 } as const

/** By the background alone: where a cosine is nothing, and where it is something, in any library. */
export const absoluteThresholds = ({ mean, sd }: ScoreBackground): MatchThresholds => ({
  weak: mean + weakFrom * sd,
  good: mean + goodFrom * sd,
})

/** What a text that is about nothing here reaches at best among so many frames. */
export const chanceInLibrary = ({ mean, within }: TextScores, frames: number): Chance =>
  chanceAmong(frames, mean, within)

/**
 * From where on a corrected cosine is perhaps a match, and surely one, where `searched` frames are looked at (all, unless said):
 * above the background's own floor, which keeps a library of one topic from answering everything, and above what comes up by
 * chance, which rises with the number of frames. Null where too little was measured: the model's family decides then.
 */
export const calibratedThresholds = (
  { frames, library, background }: Calibration,
  searched: number = library,
): MatchThresholds | null => {
  if (frames < fewestFrames || background === null) return null
  const { weak, good } = absoluteThresholds(background)
  const chance = chanceInLibrary(background, searched)
  return {
    weak: Math.max(weak, scoreAtChance(chanceLimits.weak, chance)),
    good: Math.max(good, scoreAtChance(chanceLimits.good, chance)),
  }
}
