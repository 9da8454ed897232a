import { backgroundOf, type TextScores } from './calibration.ts'
import { dot } from './embedding.ts'
import { createHubMeter, hubCorrected } from './hubness.ts'

/** What generic texts say of a library's frames. */
export type TextBackground = {
  /** Of the corrected cosines (`hubCorrected`): the scale on which search works. */
  readonly background: TextScores
  /** The hubness of each frame, in their order, and its mean. */
  readonly hubs: Float32Array
  readonly typical: number
}

/** Collects the cosines of texts with sampled frames, text after text, so that other work may come between. */
export type TextBackgroundMeter = {
  readonly add: (text: Float32Array) => void
  /** Null without texts or frames. */
  readonly finish: () => TextBackground | null
}

/** A meter for unit vectors of frames. Holds a number for each pair: 1.5 MB for 956 texts and 400 frames. */
export const createTextBackgroundMeter = (frames: readonly Float32Array[]): TextBackgroundMeter => {
  const meter = createHubMeter(frames.length)
  const rows: Float32Array[] = []
  return {
    add: (text) => {
      const scores = Float32Array.from(frames, (frame) => dot(text, frame))
      meter.add(scores)
      rows.push(scores)
    },
    finish: () => {
      const hubs = meter.hubness()
      const typical = hubs.reduce((sum, one) => sum + one, 0) / Math.max(1, hubs.length)
      const all = new Float32Array(rows.length * frames.length)
      let variances = 0
      for (const [r, scores] of rows.entries()) {
        const corrected = scores.map((score, f) => hubCorrected(score, hubs[f] ?? typical, typical))
        all.set(corrected, r * frames.length)
        variances += (backgroundOf(corrected)?.sd ?? 0) ** 2 / rows.length
      }
      const background = backgroundOf(all)
      return background === null
        ? null
        : { background: { ...background, within: Math.sqrt(variances) }, hubs, typical }
    },
  }
}
