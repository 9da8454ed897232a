import type { ScoreSamples } from '../src-main/domain/score-samples.ts'
import { seededRandom } from '../src-main/domain/seeded-random.ts'

/** Samples from pairs of time (seconds) and score. */
export const samples = (pairs: readonly (readonly [number, number])[], duration: number): ScoreSamples => ({
  times: Float64Array.from(pairs, ([time]) => time),
  scores: Float32Array.from(pairs, ([, score]) => score),
  duration,
})

/** A film looked at every `step` seconds whose curve is 0.2, and 0.3 in the planted windows, with noise. */
export const planted = (
  duration: number,
  step: number,
  windows: readonly (readonly [number, number])[],
  noise = 0.01,
  seed = 1,
): ScoreSamples => {
  const random = seededRandom(seed)
  const count = Math.ceil(duration / step)
  return samples(
    Array.from({ length: count }, (_, i) => {
      const time = i * step
      const inside = windows.some(([start, end]) => time >= start && time < end)
      return [time, (inside ? 0.3 : 0.2) + noise * (random() - 0.5)] as const
    }),
    duration,
  )
}
