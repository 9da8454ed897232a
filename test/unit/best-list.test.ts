import { describe, expect, it } from 'vitest'
import { createBestList } from '../../src-main/domain/best-list.ts'
import { scoreCut } from '../../src-main/domain/score-cut.ts'
import { seededRandom } from '../../src-main/domain/seeded-random.ts'

describe('the best few of many', () => {
  const random = seededRandom(3)
  const items = Array.from({ length: 5_000 }, (_, id) => ({ id, score: Math.floor(random() * 500) / 500 }))
  const order = (a: { id: number; score: number }, b: { id: number; score: number }): number =>
    b.score - a.score || a.id - b.id
  const sorted = items.toSorted(order)

  it('are those that sorting all of them gives, ties by the order', () => {
    for (const wanted of [1, 10, 700]) {
      const list = createBestList(wanted, order)
      for (const item of items) if (list.wants(item.score)) list.offer(item)
      expect(list.best()).toEqual(sorted.slice(0, wanted))
      expect(list.least()).toBe(sorted[wanted - 1]?.score)
    }
  })

  it('are all where there are fewer, and then everything is wanted', () => {
    const list = createBestList(10, order)
    for (const item of items.slice(0, 7)) list.offer(item)
    expect(list.best()).toHaveLength(7)
    expect(list.least()).toBe(-Infinity)
    expect(list.wants(-5)).toBe(true)
  })
})

describe('a cut', () => {
  const random = seededRandom(4)
  const parts = [900, 0, 4_000, 1].map((length) => Float32Array.from({ length }, () => random() ** 3 - 0.2))
  const all = parts.flatMap((part) => [...part])

  it('is reached by as many as are wanted, and not by many more', () => {
    for (const wanted of [1, 10, 500, 4_000]) {
      const cut = scoreCut(parts, wanted)
      const reached = all.filter((score) => score >= cut).length
      expect(reached).toBeGreaterThanOrEqual(wanted)
      expect(reached).toBeLessThanOrEqual(wanted + all.length * 0.1)
    }
  })

  it('lets all through where there are no more, and where all are the same', () => {
    expect(scoreCut(parts, all.length)).toBe(-Infinity)
    expect(scoreCut([], 5)).toBe(-Infinity)
    expect(scoreCut([new Float32Array(9).fill(0.25)], 3)).toBe(0.25)
  })
})
