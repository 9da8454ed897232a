import { describe, expect, it } from 'vitest'
import { dot, normalise } from '../../src-main/domain/embedding.ts'
import { createHubMeter, hubCorrected, hubTexts } from '../../src-main/domain/hubness.ts'
import { videoScore } from '../../src-main/domain/ranking.ts'
import { seededRandom } from '../../src-main/domain/seeded-random.ts'
import { topMean, wholeMean } from '../bench/pooling.ts'
import { curveSamples } from '../bench/qvhighlights.ts'
import { meanInterval } from '../bench/resampling.ts'

const random = seededRandom(11)
const dimensions = 64
const unit = (change: (i: number) => number): Float32Array => {
  const vector = Float32Array.from({ length: dimensions }, (_, i) => change(i))
  normalise(vector)
  return vector
}
const anyUnit = (): Float32Array => unit(() => random() - 0.5)
const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length

describe('hubness', () => {
  it('is the mean of the ten best scores of each frame, however they come', () => {
    const frames = 7
    const texts = Array.from({ length: 50 }, () => Array.from({ length: frames }, () => random() * 2 - 1))
    const meter = createHubMeter(frames)
    for (const scores of texts) meter.add(scores)
    const expected = Array.from({ length: frames }, (_, frame) =>
      mean(
        texts
          .map((scores) => scores[frame] ?? NaN)
          .sort((a, b) => b - a)
          .slice(0, hubTexts),
      ),
    )
    const found = meter.hubness()
    for (const [frame, one] of expected.entries()) expect(found[frame]).toBeCloseTo(one, 5)
  })

  it('takes fewer texts, equal scores, and none', () => {
    const meter = createHubMeter(2, 3)
    expect([...meter.hubness()]).toEqual([0, 0])
    meter.add([-0.5, 0.25])
    meter.add([-0.5, 0.75])
    expect([...meter.hubness()]).toEqual([-0.5, 0.5])
  })

  it('puts a title card that answers everything behind the picture that was meant (trap 12)', () => {
    const texts = Array.from({ length: 300 }, anyUnit)
    const middle = unit((i) => texts.reduce((sum, text) => sum + (text[i] ?? 0), 0))
    const query = anyUnit()
    // All texts have something in common, as a model's texts do; the card has it all, the picture the query's own part.
    const leaning = (own: Float32Array, share: number): Float32Array =>
      unit((i) => (own[i] ?? 0) + share * (middle[i] ?? 0))
    const bank = texts.map((text) => leaning(text, 1))
    const asked = leaning(query, 1)
    const card = middle
    const picture = leaning(query, 0.1)
    const strangers = Array.from({ length: 40 }, () => leaning(anyUnit(), 0.1))
    const frames = [card, unit((i) => (picture[i] ?? 0) + 0.9 * (strangers[0]?.[i] ?? 0)), ...strangers]
    const meter = createHubMeter(frames.length)
    for (const text of bank) meter.add(frames.map((frame) => dot(text, frame)))
    const hubs = meter.hubness()
    const cosines = frames.map((frame) => dot(asked, frame))
    const typical = mean([...hubs])
    const corrected = cosines.map((cosine, i) => hubCorrected(cosine, hubs[i] ?? 0, typical))
    const first = (scores: readonly number[]): number => scores.indexOf(Math.max(...scores))
    expect(first(cosines)).toBe(0)
    expect(first(corrected)).toBe(1)
  })

  it('keeps the cosine of a usual frame, and orders as 2 s - r does', () => {
    expect(hubCorrected(0.3, 0.2, 0.2)).toBeCloseTo(0.3)
    const pairs = Array.from({ length: 20 }, () => [random(), random()] as const)
    const by = (score: (s: number, r: number) => number): readonly number[] =>
      pairs.map((_, i) => i).sort((a, b) => score(...(pairs[b] ?? [0, 0])) - score(...(pairs[a] ?? [0, 0])))
    expect(by((s, r) => hubCorrected(s, r, 0.4))).toEqual(by((s, r) => 2 * s - r))
  })
})

describe("the ranking bench's own sums", () => {
  it('pools as the app does', () => {
    for (const frames of [1, 3, 5, 60, 200]) {
      const scores = Float32Array.from({ length: frames }, () => Math.round(random() * 20) / 20)
      const app = videoScore(curveSamples(scores, Math.max(30, frames * 2)))
      expect(topMean(scores, 0, frames, 5)).toBeCloseTo(app ?? NaN, 6)
      expect(topMean(scores, 0, frames, frames)).toBeCloseTo(wholeMean(scores, 0, frames), 6)
    }
    expect(topMean(Float32Array.of(-3, -1, -2), 0, 3, 2)).toBeCloseTo(-1.5)
  })

  it('gives the interval of a share: about two standard errors to each side', () => {
    const [low, high] = meanInterval(Array.from({ length: 1000 }, (_, i) => Number(i % 5 === 0)))
    const error = Math.sqrt((0.2 * 0.8) / 1000)
    expect(low).toBeGreaterThan(0.2 - 2.6 * error)
    expect(low).toBeLessThan(0.2 - 1.4 * error)
    expect(high).toBeGreaterThan(0.2 + 1.4 * error)
    expect(high).toBeLessThan(0.2 + 2.6 * error)
  })
})
