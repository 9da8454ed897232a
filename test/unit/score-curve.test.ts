import { describe, expect, it } from 'vitest'
import { contrastOf, contrastWindows } from '../../src-main/domain/contrast-windows.ts'
import {
  adaptiveSigma,
  autocorrelation,
  gaussianSmooth,
  noiseShare,
  smoothAt,
} from '../../src-main/domain/curve-smoothing.ts'
import { medianOf } from '../../src-main/domain/median.ts'
import { runsAbove } from '../../src-main/domain/moment-grouping.ts'
import { otsuSplit } from '../../src-main/domain/otsu.ts'
import { gridOf } from '../../src-main/domain/score-grid.ts'
import { heldSamples } from '../../src-main/domain/score-samples.ts'
import type { ScoreSamples } from '../../src-main/domain/score-samples.ts'
import { planted, samples } from '../planted-curves.ts'
import { seededRandom } from '../../src-main/domain/seeded-random.ts'

/** The stretches one by one. */
const heldRows = (curve: ScoreSamples): readonly object[] => {
  const { starts, ends, scores } = heldSamples(curve)
  return [...starts].map((start, i) => ({ start, end: ends[i], score: scores[i] }))
}

describe('held samples and grid', () => {
  it('holds each sample until the next and the last until the end', () => {
    expect(
      heldRows(
        samples(
          [
            [0, 1],
            [7, 2],
            [9, 3],
          ],
          20,
        ),
      ),
    ).toEqual([
      { start: 0, end: 7, score: 1 },
      { start: 7, end: 9, score: 2 },
      { start: 9, end: 20, score: 3 },
    ])
  })

  it('drops what is not a number, sorts, keeps the best of one time and nothing behind the end', () => {
    const held = heldRows(
      samples(
        [
          [0, NaN],
          [4, 2],
          [2, 1],
          [4, 5],
          [NaN, 9],
          [-1, 9],
          [30, 9],
        ],
        20,
      ),
    )
    expect(held).toEqual([
      { start: 2, end: 4, score: 1 },
      { start: 4, end: 20, score: 5 },
    ])
  })

  it('lets the last sample of a film of unknown length hold as long as the others', () => {
    expect(
      heldSamples(
        samples(
          [
            [0, 1],
            [2, 1],
            [4, 1],
          ],
          0,
        ),
      ).ends.at(-1),
    ).toBe(6)
    expect(heldRows(samples([[0, 1]], 0))).toEqual([{ start: 0, end: 0, score: 1 }])
  })

  it('weighs what a cell covers by time', () => {
    const grid = gridOf(
      heldSamples(
        samples(
          [
            [0, 1],
            [1.5, 3],
          ],
          4,
        ),
      ),
      1,
    )
    expect([...grid.values]).toEqual([1, 2, 3, 3])
  })

  it('keeps dense spacing, coarsens sparse, and bounds the cells of a very long film', () => {
    expect(gridOf(heldSamples(planted(60, 0.5, []))).step).toBe(1)
    expect(gridOf(heldSamples(planted(60, 2, []))).step).toBe(2)
    expect(gridOf(heldSamples(planted(60, 10, []))).step).toBe(2)
    expect(
      gridOf(
        heldSamples(
          samples(
            [
              [0, 1],
              [1, 1],
            ],
            1e6,
          ),
        ),
      ).values.length,
    ).toBeLessThanOrEqual(21_600)
  })

  it('keeps the mean of the curve whatever the spacing', () => {
    const random = seededRandom(5)
    for (let round = 0; round < 50; round += 1) {
      const times = Array.from({ length: 30 }, () => random() * 100).sort((a, b) => a - b)
      const curve = samples(
        times.map((time) => [time, random()] as const),
        100,
      )
      const held = heldSamples(curve)
      const span = 100 - (held.starts[0] ?? 0)
      const { values, step } = gridOf(held)
      const integral = values.reduce((sum, value, i) => sum + value * Math.min(step, span - i * step), 0)
      const exact = held.scores.reduce(
        (sum, score, i) => sum + score * ((held.ends[i] ?? 0) - (held.starts[i] ?? 0)),
        0,
      )
      expect(integral).toBeCloseTo(exact, 6)
    }
  })
})

describe('curve tools', () => {
  it('smooths without changing a constant or the total', () => {
    expect([...gaussianSmooth(new Float64Array(9).fill(3), 2)]).toEqual(
      Array<unknown>(9).fill(expect.closeTo(3)),
    )
    const spike = new Float64Array(41)
    spike[20] = 1
    const smooth = gaussianSmooth(spike, 2)
    expect(smooth.reduce((a, b) => a + b)).toBeCloseTo(1)
    expect(smooth[20]).toBeCloseTo(1 / (2 * Math.sqrt(2 * Math.PI)), 3)
    expect([...gaussianSmooth(spike, 0)]).toEqual([...spike])
  })

  it('smooths noisy curves and leaves smooth ones', () => {
    const random = seededRandom(2)
    expect(adaptiveSigma(Float64Array.from({ length: 75 }, random), 2)).toBe(1)
    expect(
      adaptiveSigma(
        Float64Array.from({ length: 75 }, (_, i) => Math.sin(i / 12)),
        2,
      ),
    ).toBe(0)
    expect(autocorrelation(new Float64Array(10).fill(1), 1)).toBe(1)
    expect(autocorrelation(Float64Array.of(1, -1, 1, -1, 1, -1, 1, -1), 1)).toBeLessThan(-0.8)
  })

  it('splits two classes between them, and says that nothing separates a constant', () => {
    const { threshold, separability } = otsuSplit(Float64Array.of(1, 1.1, 0.9, 5, 5.2, 4.9, 1))
    expect(threshold).toBeGreaterThan(1.1)
    expect(threshold).toBeLessThan(4.9)
    expect(separability).toBeGreaterThan(0.95)
    expect(otsuSplit(new Float64Array(5).fill(2)).separability).toBe(0)
  })

  it('has a second threshold above which only the best of three classes lies', () => {
    const curve = Float64Array.from([
      ...Array<number>(40).fill(0.1),
      ...Array<number>(20).fill(0.2),
      0.4,
      0.4,
      0.41,
    ])
    const { threshold, upper } = otsuSplit(curve)
    expect(upper).toBeGreaterThan(0.2)
    expect(upper).toBeLessThan(0.4)
    expect(upper).toBeGreaterThanOrEqual(threshold)
    const two = otsuSplit(Float64Array.of(0, 0, 0, 1, 1))
    expect(two.threshold).toBeCloseTo(0.5)
    expect(two.upper).toBeCloseTo(0.5, 1)
    const random = seededRandom(8)
    for (let round = 0; round < 100; round += 1) {
      const any = otsuSplit(Float64Array.from({ length: 1 + Math.floor(random() * 60) }, random))
      expect(any.upper).toBeGreaterThanOrEqual(any.threshold)
      expect(any.upper).toBeLessThanOrEqual(1)
    }
  })

  it('smooths one cell as it smooths all', () => {
    const random = seededRandom(6)
    const curve = Float64Array.from({ length: 30 }, random)
    for (const sigma of [0.5, 2, 12]) {
      const smooth = gaussianSmooth(curve, sigma)
      for (const cell of [0, 1, 14, 29]) expect(smoothAt(curve, sigma, cell)).toBeCloseTo(smooth[cell]!, 12)
    }
  })

  it('takes noise for noise, and neither shots nor slow change', () => {
    const random = seededRandom(7)
    const white = Float64Array.from({ length: 2000 }, random)
    const shots = Float64Array.from({ length: 2000 }, (_, i) => Math.sin(1e4 * Math.floor(i / 8)))
    expect(noiseShare(white, 2)).toBeGreaterThan(0.9)
    expect(noiseShare(shots, 1)).toBeLessThan(0.1)
    expect(
      noiseShare(
        Float64Array.from({ length: 2000 }, (_, i) => Math.sin(i / 40)),
        2,
      ),
    ).toBeLessThan(0.01)
    expect(
      noiseShare(
        shots.map((value, i) => value + (white[i] ?? 0)),
        1,
      ),
    ).toBeGreaterThan(0.08)
    expect(noiseShare(new Float64Array(3), 2)).toBe(0)
  })

  it('finds the median that sorting would find', () => {
    const random = seededRandom(9)
    for (let round = 0; round < 300; round += 1) {
      const values = Float64Array.from({ length: 1 + Math.floor(random() * 50) }, () =>
        Math.floor(random() * 12),
      )
      const copy = values.slice()
      expect(medianOf(values)).toBe(values.toSorted()[values.length >> 1])
      expect(values).toEqual(copy)
    }
    expect(medianOf(new Float64Array(0))).toBe(0)
  })

  it('finds pure noise as separable as theory says: why height decides what is flat', () => {
    const random = seededRandom(3)
    const bell = Float64Array.from({ length: 20_000 }, () =>
      Array.from({ length: 12 }, random).reduce((a, b) => a + b, -6),
    )
    expect(otsuSplit(bell).separability).toBeCloseTo(2 / Math.PI, 1)
  })

  it('joins runs over short gaps only', () => {
    expect(runsAbove(Float64Array.of(1, 1, 0, 1, 0, 0, 1), 0.5, 1)).toEqual([
      { start: 0, end: 4 },
      { start: 6, end: 7 },
    ])
  })

  it('rates the planted window highest', () => {
    const values = new Float64Array(60).fill(0.2).fill(0.3, 20, 32)
    expect(contrastWindows(values, 0.4)[0]).toMatchObject({ start: 20, end: 32 })
    expect(contrastOf(values, 0.4)(0, 60)).toBe(0)
  })

  it('finds the strongest windows of all, each as strong as it says', () => {
    const random = seededRandom(10)
    for (const count of [1, 2, 7, 60, 90]) {
      const values = Float64Array.from({ length: count }, random)
      const contrast = contrastOf(values, 0.5)
      const all = Array.from({ length: count }, (_, start) =>
        Array.from({ length: Math.min(count >> 1, count - start) }, (__, i) =>
          contrast(start, start + i + 1),
        ),
      )
        .flat()
        .filter((strength) => strength > 0)
        .sort((a, b) => b - a)
        .slice(0, 400)
      const windows = contrastWindows(values, 0.5)
      expect(windows).toHaveLength(all.length)
      for (const [i, { start, end, strength }] of windows.entries()) {
        expect(strength).toBeCloseTo(all[i]!, 12)
        expect(strength).toBeCloseTo(contrast(start, end), 12)
      }
    }
  })

  it('weighs contrast by the means inside and outside and by length', () => {
    const values = Float64Array.of(0, 0, 1, 3, 0, 0, 0, 0)
    const plain = 2 - 0
    expect(contrastOf(values, 0)(2, 4)).toBeCloseTo(plain)
    expect(contrastOf(values, 0.5)(2, 4)).toBeCloseTo(plain * Math.sqrt((4 * 2 * 6) / 64))
  })
})
