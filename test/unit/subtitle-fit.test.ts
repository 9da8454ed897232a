import { describe, expect, it } from 'vitest'
import { kendall } from '../../src-main/domain/kendall.ts'
import { seededRandom } from '../../src-main/domain/seeded-random.ts'
import { fitLimits, seenAt, subtitleFit } from '../../src-main/domain/subtitle-fit.ts'
import type { SeenAt, SeenPassage } from '../../src-main/domain/subtitle-fit.ts'

/** By its definition: pairs that agree less those that do not, over the geometric mean of the pairs without ties in each list. */
const byDefinition = (a: readonly number[], b: readonly number[]): number => {
  let [agree, differ, tiesA, tiesB, pairs] = [0, 0, 0, 0, 0]
  for (let i = 0; i < a.length; i += 1)
    for (let j = i + 1; j < a.length; j += 1) {
      const [x, y] = [(a[i] ?? 0) - (a[j] ?? 0), (b[i] ?? 0) - (b[j] ?? 0)]
      pairs += 1
      if (x === 0) tiesA += 1
      if (y === 0) tiesB += 1
      if (x * y > 0) agree += 1
      if (x * y < 0) differ += 1
    }
  return (agree - differ) / Math.sqrt((pairs - tiesA) * (pairs - tiesB))
}

const shuffled = <T>(list: readonly T[], random: () => number): readonly T[] =>
  list
    .map((one) => ({ one, at: random() }))
    .sort((x, y) => x.at - y.at)
    .map(({ one }) => one)

describe("Kendall's tau-b", () => {
  it('is what its definition says, with ties and without', () => {
    const random = seededRandom(5)
    for (let round = 0; round < 200; round += 1) {
      const n = 3 + Math.floor(random() * 30)
      const values = round % 2 === 0 ? 5 : 10_000
      const list = (): readonly number[] => Array.from({ length: n }, () => Math.floor(random() * values))
      const [a, b] = [list(), list()]
      const found = kendall(a, b)
      const stated = byDefinition(a, b)
      if (Number.isFinite(stated)) expect(found?.tau).toBeCloseTo(stated, 10)
      else expect(found).toBeNull()
    }
  })

  it('is 1 for the same order, -1 for the reverse, nothing for one value or none', () => {
    expect(kendall([1, 2, 3, 4], [10, 20, 30, 40])?.tau).toBe(1)
    expect(kendall([1, 2, 3, 4], [4, 3, 2, 1])?.tau).toBe(-1)
    expect(kendall([1, 2, 3], [7, 7, 7])).toBeNull()
    expect(kendall([1], [1])).toBeNull()
    expect(kendall([], [])).toBeNull()
  })

  it('knows how far chance takes it, also where half of the values are equal', () => {
    const random = seededRandom(11)
    for (const values of [10_000, 4]) {
      const a = Array.from({ length: 25 }, (_, i) => Math.floor(i / 2))
      const b = Array.from({ length: 25 }, () => Math.floor(random() * values))
      const taus = Array.from({ length: 3000 }, () => kendall(a, shuffled(b, random))?.tau ?? NaN)
      const spread = Math.sqrt(taus.reduce((sum, tau) => sum + tau * tau, 0) / taus.length)
      const stated = kendall(a, b)?.deviation ?? NaN
      expect(Math.abs(spread / stated - 1)).toBeLessThan(0.05)
    }
  })
})

describe('where a text is seen', () => {
  const times = Float64Array.from({ length: 100 }, (_, i) => i * 2)
  const scores = (of: (i: number) => number): Float32Array =>
    Float32Array.from({ length: 100 }, (_, i) => of(i))

  it('is the middle of the frames that show it', () => {
    const found = seenAt(
      scores((i) => (i >= 40 && i < 51 ? 0.9 - 0.01 * Math.abs(i - 45) : 0.1)),
      times,
      0.5,
    )
    expect(found).toBe(90)
  })
  it('is nowhere without a sure match, with too few frames, or without a score that is a number', () => {
    const peak = scores((i) => (i === 70 ? 0.49 : 0.1))
    expect(seenAt(peak, times, 0.5)).toBe('nowhere')
    expect(seenAt(peak, times, 0.4)).toBe(140)
    expect(seenAt(peak.slice(60, 75), times.slice(60, 75), 0.4)).toBe('nowhere')
    expect(
      seenAt(
        scores(() => NaN),
        times,
        0.4,
      ),
    ).toBe('nowhere')
    expect(seenAt([], [], 0.4)).toBe('nowhere')
  })
  it('is no place when it is all over the film', () => {
    expect(
      seenAt(
        scores((i) => (i % 10 === 0 ? 0.9 : 0.1)),
        times,
        0.5,
      ),
    ).toBe('all-over')
    expect(
      seenAt(
        scores(() => 0.9),
        times,
        0.5,
      ),
    ).toBe('all-over')
  })
})

describe('whether a subtitle follows the pictures', () => {
  const inTurn = (count: number, at: (i: number) => SeenAt): readonly SeenPassage[] =>
    Array.from({ length: count }, (_, i) => ({ start: i * 15, at: at(i) }))
  const random = seededRandom(3)
  const anywhere = inTurn(120, () => random() * 1800)

  it('it does when the order is the same, a minute late too, and with talk between', () => {
    expect(subtitleFit(inTurn(40, (i) => i * 15))).toEqual({ fit: 'fits', tau: 1, passages: 40 })
    expect(subtitleFit(inTurn(40, (i) => i * 15 - 60)).fit).toBe('fits')
    expect(subtitleFit(inTurn(160, (i) => (i % 8 === 0 ? i * 15 : 'nowhere')))).toMatchObject({
      fit: 'fits',
      passages: 20,
    })
  })
  it('it does not when many places come in any order, or backwards', () => {
    expect(subtitleFit(anywhere)).toMatchObject({ fit: 'wrong', passages: 120 })
    expect(subtitleFit(inTurn(40, (i) => 600 - i * 15)).fit).toBe('wrong')
  })
  it('nobody knows with few places, however clear they are', () => {
    const few = fitLimits.leastPlaces - 1
    expect(subtitleFit(inTurn(few, (i) => i * 15))).toEqual({ fit: 'unknown', tau: 1, passages: few })
    expect(subtitleFit(inTurn(few, (i) => -i)).fit).toBe('unknown')
    expect(subtitleFit([])).toEqual({ fit: 'unknown', tau: null, passages: 0 })
    expect(subtitleFit(inTurn(100, () => 'nowhere'))).toEqual({ fit: 'unknown', tau: null, passages: 0 })
  })
  it('nobody knows when little of what is said is seen anywhere', () => {
    const between = inTurn(600, () => 'nowhere')
    const mixed = [...anywhere, ...between].sort((a, b) => a.start - b.start)
    expect(subtitleFit(mixed).fit).toBe('unknown')
    // What is seen all over the film is seen.
    const ambiguous = mixed.map(
      ({ start, at }) => ({ start, at: at === 'nowhere' ? 'all-over' : at }) as const,
    )
    expect(subtitleFit(ambiguous).fit).toBe('wrong')
    // To agree it need not: that does not come by chance.
    const right = inTurn(600, (i) => (i % 15 === 0 ? i * 15 : 'nowhere'))
    expect(subtitleFit(right)).toMatchObject({ fit: 'fits', passages: 40 })
  })
  it('nobody knows when a third of a right file is said elsewhere and the order is lost half-way', () => {
    const loose = inTurn(30, (i) => (i % 2 === 0 ? i * 15 : random() * 450))
    expect(subtitleFit(loose).fit).not.toBe('wrong')
  })
  it('neighbours that are seen in one place are one', () => {
    expect(subtitleFit(inTurn(200, (i) => (i < 100 ? 5 : 900)))).toMatchObject({
      fit: 'unknown',
      passages: 2,
    })
    expect(subtitleFit(inTurn(200, (i) => Math.floor(i / 10))).passages).toBe(20)
  })
})
