import { describe, expect, it } from 'vitest'
import { averagePrecision, evaluateMoments, type Judged } from '../bench/moment-evaluation.ts'
import { run } from '../bench/moment-grouping.ts'

const guess = (start: number, end: number, score: number): Judged['predictions'][number] => ({
  start,
  end,
  score,
})

describe('the judge of moments', () => {
  it('gives full marks for the truth', () => {
    const truth = [
      { start: 10, end: 20 },
      { start: 40, end: 60 },
    ]
    const predictions = truth.map(({ start, end }, i) => guess(start, end, 1 - i / 10))
    expect(evaluateMoments([{ truth, predictions }])).toEqual({
      queries: 1, r1at50: 100, r1at70: 100, map: 100, map50: 100, map75: 100,
    }) // prettier-ignore
  })

  it('judges R1 by the first guess alone, at the threshold inclusive', () => {
    const half: Judged = {
      truth: [{ start: 0, end: 10 }],
      predictions: [guess(0, 5, 0.1), guess(0, 10, 0.9)],
    }
    expect(evaluateMoments([half])).toMatchObject({ r1at50: 100, r1at70: 0 })
    const none: Judged = { truth: [{ start: 0, end: 10 }], predictions: [] }
    expect(evaluateMoments([half, none])).toMatchObject({ queries: 2, r1at50: 50 })
  })

  it('orders guesses by score, finds each truth once, and interpolates precision', () => {
    const truth = [
      { start: 0, end: 10 },
      { start: 20, end: 30 },
    ]
    const predictions = [guess(20, 30, 0.2), guess(50, 60, 0.8), guess(0, 10, 0.9), guess(0, 10, 0.85)]
    // by score: hit, double, miss, hit: precision 1 at the first, 2/4 at the last
    expect(averagePrecision({ truth, predictions }, 0.5)).toBeCloseTo((1 + 0.5) / 2)
    const late = [guess(50, 60, 0.9), guess(0, 10, 0.8), guess(20, 30, 0.7)]
    // precisions 0, 1/2, 2/3: the second hit lifts the first
    expect(averagePrecision({ truth, predictions: late }, 0.5)).toBeCloseTo((2 / 3 + 2 / 3) / 2)
  })

  it('counts ten guesses', () => {
    const wrong = Array.from({ length: 10 }, (_, i) => guess(100 + i, 101 + i, 0.5))
    const predictions = [...wrong, guess(0, 10, 1)]
    expect(averagePrecision({ truth: [{ start: 0, end: 10 }], predictions }, 0.5)).toBe(0)
  })
})

describe('the benchmark', () => {
  it('reproduces the published files, and what Kinora reached', { timeout: 120_000 }, async ({ skip }) => {
    const { rows } = await run()
    if (rows.length === 0) skip('no shared folder: QVHighlights cannot be read')
    const row = (what: string): unknown => rows.find((one) => one.what === what)
    expect(row('anchor: Moment-DETR, its own windows')).toMatchObject({
      r1at50: 53.94,
      r1at70: 34.84,
      map: 32.2,
    })
    expect(row('anchor: VTG-GPT, its own windows')).toMatchObject({
      r1at50: 59.03, r1at70: 38.9, map50: 56.11, map75: 35.44, map: 35.57,
    }) // prettier-ignore
    const ours = rows.find((one) => one.what === 'Kinora on the zero-shot curves')
    expect(ours!.r1at50).toBeGreaterThan(57)
    expect(ours!.r1at70).toBeGreaterThan(41)
    expect(ours!.map).toBeGreaterThan(39)
  })
})
