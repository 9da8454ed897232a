import type { MatchThresholds } from './confidence.ts'

/** The cosines of texts that are about nothing in particular with frames of a library. */
export type ScoreBackground = { readonly mean: number; readonly sd: number; readonly p95: number }

/** What was measured of one model in one library (methods.md 2b, 2f). */
export type Calibration = {
  /** Frames that were sampled, of so many films. */
  readonly frames: number
  readonly films: number
  /** Median of 1 - cosine between a frame and its nearest one in another shot and more than 10 s away. */
  readonly medianNearest: number
  /** Null where the model knows too few of the texts. */
  readonly background: ScoreBackground | null
}

/** Fewer frames say too little of a library: then nothing is made of them. */
export const fewestFrames = 200
/** Of the bank's texts a model must know so many: Palette knows colours and light only. */
export const fewestTexts = 20
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
 * From where on a score stands out of the background: at its 95th percentile perhaps, one median distance above it
 * surely (methods.md 2f, S_abs). Null where too little was measured: the model's family decides then.
 */
export const calibratedThresholds = ({
  frames,
  medianNearest: unit,
  background,
}: Calibration): MatchThresholds | null =>
  frames < fewestFrames || background === null ? null : { weak: background.p95, good: background.p95 + unit }
