import { describe, expect, it } from 'vitest'
import { overlapOf } from '../../src-main/domain/intervals.ts'
import { snappedToCuts } from '../../src-main/domain/snap-to-cuts.ts'
import { seededRandom } from '../../src-main/domain/seeded-random.ts'

type Peaked = { readonly start: number; readonly end: number; readonly peak: number }

const film = { start: 0, end: 100 }
const moment = (start: number, end: number, peak: number): Peaked => ({ start, end, peak })
const one = (from: Peaked, cuts: ArrayLike<number>, precision = 1): Peaked =>
  snappedToCuts([from], cuts, film, precision)[0]!

describe('ends at cuts', () => {
  it('moves both ends to the nearest cut within a second, either way', () => {
    expect(one(moment(10, 20, 15), [3, 9.2, 11.1, 20.9, 40])).toEqual(moment(9.2, 20.9, 15))
    expect(one(moment(10, 20, 15), [10.6, 19.3])).toEqual(moment(10.6, 19.3, 15))
    expect(one(moment(10, 20, 15), Float64Array.of(9.4, 10.5))).toEqual(moment(10.5, 20, 15))
  })

  it('leaves ends that no cut is near', () => {
    expect(one(moment(10, 20, 15), [8.9, 11.1, 18.9, 21.1])).toEqual(moment(10, 20, 15))
    expect(one(moment(10, 20, 15), [])).toEqual(moment(10, 20, 15))
  })

  it('trusts ends that are known to half a second more than cuts half a second away', () => {
    expect(one(moment(10, 20, 15), [9.5, 20.5], 0.5)).toEqual(moment(10, 20, 15))
    expect(one(moment(10, 20, 15), [9.6, 20.4], 0.5)).toEqual(moment(9.6, 20.4, 15))
  })

  it('moves ends of a smoothed curve as far as it was smoothed, at most two seconds', () => {
    expect(one(moment(10, 20, 15), [8.2, 21.8], 1)).toEqual(moment(10, 20, 15))
    expect(one(moment(10, 20, 15), [8.2, 21.8], 2)).toEqual(moment(8.2, 21.8, 15))
    expect(one(moment(10, 20, 15), [7.9, 22.1], 4)).toEqual(moment(10, 20, 15))
  })

  it('never takes the best frame from its moment, nor another one in', () => {
    expect(one(moment(10, 20, 10.2), [10.5])).toEqual(moment(10, 20, 10.2))
    expect(one(moment(10, 20, 19.8), [19.7])).toEqual(moment(10, 20, 19.8))
    expect(one(moment(10, 20, 10), [9.5])).toEqual(moment(9.5, 20, 10))
    // The cut lies before the best frame of the first: it would become the second's.
    const two = [moment(10, 20, 19.5), moment(20, 30, 25)]
    expect(snappedToCuts(two, [19.2], film, 1)).toEqual(two)
  })

  it('never empties a moment: one between two cuts, one shorter than the reach, one without length', () => {
    expect(one(moment(10, 10.5, 10.2), [10.3])).toEqual(moment(10, 10.3, 10.2))
    expect(one(moment(10, 11, 10), [10])).toEqual(moment(10, 11, 10))
    expect(one(moment(10, 10, 10), [9.8])).toEqual(moment(10, 10, 10))
    expect(one(moment(10, 20, 20), [19.6])).toEqual(moment(10, 20, 20))
  })

  it('leaves the film its own beginning and end', () => {
    expect(one(moment(0, 100, 50), [0.4, 99.5])).toEqual(moment(0, 100, 50))
  })

  it('keeps what else a moment says, and the order', () => {
    const moments = [
      { ...moment(40, 50, 45), name: 'a' },
      { ...moment(10, 20, 15), name: 'b' },
    ]
    expect(snappedToCuts(moments, [10.5, 49.5], film, 1)).toEqual([
      { ...moment(40, 49.5, 45), name: 'a' },
      { ...moment(10.5, 20, 15), name: 'b' },
    ])
  })

  it('holds its promises for any moments and cuts', () => {
    const random = seededRandom(21)
    let moved = 0
    for (let round = 0; round < 2000; round += 1) {
      const cuts = Array.from({ length: Math.floor(random() * 40) }, () => random() * 100).sort(
        (a, b) => a - b,
      )
      const moments = Array.from({ length: 1 + Math.floor(random() * 6) }, () => {
        const start = Math.floor(random() * 190) / 2
        const end = Math.min(100, start + Math.floor(random() * 20) / 2)
        return moment(start, end, start + Math.floor(random() * (end - start) * 2) / 2)
      })
      const snapped = snappedToCuts(moments, cuts, film, 1)
      expect(snappedToCuts(moments, cuts, film, 1)).toEqual(snapped)
      for (const [i, after] of snapped.entries()) {
        const before = moments[i]!
        expect(after.peak).toBe(before.peak)
        expect(after.start).toBeLessThanOrEqual(after.peak)
        expect(after.peak).toBeLessThanOrEqual(after.end)
        if (before.end > before.start) expect(after.end).toBeGreaterThan(after.start)
        for (const key of ['start', 'end'] as const) {
          if (after[key] === before[key]) continue
          moved += 1
          expect(cuts).toContain(after[key])
          expect(Math.abs(after[key] - before[key])).toBeLessThanOrEqual(1 + 1e-9)
        }
        for (const [j, other] of snapped.entries()) {
          const hadLength = before.end > before.start && moments[j]!.end > moments[j]!.start
          if (hadLength && overlapOf(before, moments[j]!) === 0) expect(overlapOf(after, other)).toBe(0)
        }
      }
    }
    expect(moved).toBeGreaterThan(1000)
  })
})
