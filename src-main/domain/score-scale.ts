import type { Calibration } from './calibration.ts'
import type { MatchThresholds } from './confidence.ts'

/**
 * Cosines of words with pictures and of pictures with pictures lie far apart (CLIP ViT-B/16: unrelated ones 0.21 and 0.63 on
 * average), so a query of both cannot add them. Each is measured by its own thresholds: 0 where a match begins to be
 * possible, 1 where it is sure.
 */
export const standardScore = (cosine: number, { weak, good }: MatchThresholds): number =>
  (cosine - weak) / Math.max(good - weak, 1e-6)

/** The cosine of that kind which has this standard score. */
export const cosineAt = (standard: number, { weak, good }: MatchThresholds): number =>
  weak + standard * Math.max(good - weak, 1e-6)

/** A picture's cosine as the cosine of words that would say as much. */
export const asTextCosine = (cosine: number, pictures: MatchThresholds, words: MatchThresholds): number =>
  cosineAt(standardScore(cosine, pictures), words)

/** Where a library was not measured, in units of its model's median nearest distance. A design default: not measured on films. */
const unmeasured = { weak: 5, good: 2.5 } as const

/**
 * From where on two frames look perhaps alike, and surely: the 95th percentile of frames of different scenes, and half the
 * way from there to the same picture. CLIP ViT-B/16, 2,001 photographs: 0.785 and 0.893, the median nearest neighbour
 * at 0.886; the concept model: 0.63 and 0.82, the same photograph filmed nearer 0.82-0.996 with one exception.
 * `medianNearest` is the model's (`nearestMedian`), for a library that was not measured.
 */
export const pictureThresholds = (
  calibration: Pick<Calibration, 'pictures'> | null,
  medianNearest: number,
): MatchThresholds => {
  const measured = calibration?.pictures
  if (measured === undefined || measured === null)
    return { weak: 1 - unmeasured.weak * medianNearest, good: 1 - unmeasured.good * medianNearest }
  return { weak: measured.p95, good: (1 + measured.p95) / 2 }
}
