import { describe, expect, it } from 'vitest'
import { averagePrecision, evaluateMoments, type Judged } from '../bench/moment-evaluation.ts'
import { run, type MomentRow } from '../bench/moment-grouping.ts'
import { intervalsInPercent, videoInterval } from '../bench/video-interval.ts'

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

describe('intervals over videos', () => {
  it('are a point where all say the same, and wider where one video says much', () => {
    expect(videoInterval([1, 1, 1], ['a', 'b', 'c'])).toEqual([1, 1])
    const values = Array.from({ length: 200 }, (_, i) => i % 2)
    const apart = videoInterval(
      values,
      values.map((_, i) => String(i)),
    )
    const [low, high] = videoInterval(
      values.toSorted(),
      values.map((_, i) => String(Math.floor(i / 20))),
    )
    expect(apart[0]).toBeLessThan(0.5)
    expect(apart[1]).toBeGreaterThan(0.5)
    expect(high - low).toBeGreaterThan(2 * (apart[1] - apart[0]))
    expect(intervalsInPercent([[1, 1], [0, 0]], ['a', 'b'])).toBe('100.0-100.0 / 0.0-0.0') // prettier-ignore
  })
})

describe('the benchmark', () => {
  it('reproduces the published files, and what Kinora reached', { timeout: 120_000 }, async ({ skip }) => {
    const { rows } = await run('odd')
    if (rows.length === 0) skip('no shared folder: QVHighlights cannot be read')
    const row = (what: string): MomentRow => rows.find((one) => one.what === what)!
    expect(row('anchor: Moment-DETR, its own windows')).toMatchObject({
      r1at50: 53.94,
      r1at70: 34.84,
      map: 32.2,
    })
    expect(row('anchor: VTG-GPT, its own windows')).toMatchObject({
      r1at50: 59.03, r1at70: 38.9, map50: 56.11, map75: 35.44, map: 35.57,
    }) // prettier-ignore
    const ours = row('Kinora on the zero-shot curves')
    expect(ours).toMatchObject({ half: 'odd', queries: 771 })
    expect(ours.r1at50).toBeGreaterThanOrEqual(57.5)
    expect(ours.r1at70).toBeGreaterThanOrEqual(39.5)
    expect(ours.map).toBeGreaterThanOrEqual(37.5)
    expect(ours.r1at50).toBeGreaterThan(row('methods.md 2d as it stands, adaptive').r1at50)
    expect(ours.within).toMatch(/^\d+\.\d-\d+\.\d \/ \d+\.\d-\d+\.\d \/ \d+\.\d-\d+\.\d$/)
  })

  it('keeps the half on which numbers are chosen apart', { timeout: 120_000 }, async ({ skip }) => {
    const { rows } = await run('even')
    if (rows.length === 0) skip('no shared folder: QVHighlights cannot be read')
    expect(rows.filter(({ half }) => half !== 'all')).toHaveLength(rows.length - 2)
    for (const { half, queries } of rows)
      expect([half, queries]).toEqual(half === 'all' ? ['all', 1550] : ['even', 779])
  })
})
