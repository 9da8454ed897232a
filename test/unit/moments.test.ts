import { describe, expect, it } from 'vitest'
import { intersectionOverUnion, overlapOf } from '../../src-main/domain/intervals.ts'
import { momentsOf, type Moment } from '../../src-main/domain/moments.ts'
import type { ScoreSamples } from '../../src-main/domain/score-samples.ts'
import { planted, samples } from '../planted-curves.ts'
import { seededRandom } from '../../src-main/domain/seeded-random.ts'

const isSound = (moment: Moment, { times, scores, duration }: ScoreSamples): void => {
  expect(moment.start).toBeLessThanOrEqual(moment.peak)
  expect(moment.peak).toBeLessThanOrEqual(moment.end)
  expect(times).toContain(moment.start)
  expect([...times, duration]).toContain(moment.end)
  expect(times).toContain(moment.peak)
  expect(moment.score).toBeLessThanOrEqual(Math.max(...scores) + 1e-6)
  expect(moment.score).toBeGreaterThanOrEqual(Math.min(...scores) - 1e-6)
}

describe('moments of a short film', () => {
  it.each([
    { duration: 150, step: 2, window: [40, 60] },
    { duration: 150, step: 1, window: [0, 12] },
    { duration: 150, step: 0.5, window: [130, 150] },
    { duration: 290, step: 5, window: [100, 130] },
    // 2 s of smoothing weigh more here: a second at each end.
    { duration: 20, step: 1, window: [8, 13], least: 0.7 },
  ] as const)(
    'finds $window of $duration s looked at every $step s',
    ({ duration, step, window, ...rest }) => {
      const curve = planted(duration, step, [window])
      const moments = momentsOf(curve)
      const [start, end] = window
      expect(intersectionOverUnion(moments[0]!, { start, end })).toBeGreaterThan(
        'least' in rest ? rest.least : 0.8,
      )
      expect(moments[0]).toMatchObject({ clear: true })
      expect(moments[0]!.score).toBeCloseTo(0.3, 1)
      for (const moment of moments) isSound(moment, curve)
    },
  )

  it('finds two windows before anything else', () => {
    const moments = momentsOf(
      planted(200, 2, [
        [20, 40],
        [120, 150],
      ]),
    )
    const best = (start: number, end: number): number =>
      Math.max(...moments.slice(0, 3).map((moment) => intersectionOverUnion(moment, { start, end })))
    expect(best(20, 40)).toBeGreaterThan(0.8)
    expect(best(120, 150)).toBeGreaterThan(0.8)
  })

  it('starts at the key frame that was seen, however irregular', () => {
    const curve = samples(
      [
        [0, 0.2],
        [7.3, 0.21],
        [14.6, 0.31],
        [16.1, 0.3],
        [23.9, 0.2],
        [41, 0.19],
      ],
      48,
    )
    expect(momentsOf(curve)[0]).toMatchObject({ start: 14.6, end: 23.9, peak: 14.6 })
  })

  it('peaks at the best frame inside and scores by the best three, in real cosines', () => {
    const curve = samples(
      Array.from(
        { length: 60 },
        (_, i) => [i * 2, [20, 21, 22, 23].includes(i) ? 0.3 + i / 1000 : 0.2] as const,
      ),
      120,
    )
    const [first] = momentsOf(curve)
    expect(first).toMatchObject({ start: 40, end: 48, peak: 46 })
    expect(first!.score).toBeCloseTo((0.321 + 0.322 + 0.323) / 3, 6)
  })

  it('is the whole film where the curve is flat, high or low, and never invents a 1.0', () => {
    for (const level of [0.05, 0.31]) {
      const curve = samples(
        Array.from({ length: 40 }, (_, i) => [i, level + (i % 3) * 0.001] as const),
        40,
      )
      expect(momentsOf(curve)).toEqual([
        expect.objectContaining({
          start: 0,
          end: 40,
          clear: false,
          score: expect.closeTo(level, 2) as number,
        }),
      ])
    }
  })

  it('takes one sample, no samples, no length and nonsense', () => {
    expect(momentsOf(samples([[3, 0.4]], 10))).toMatchObject([{ start: 3, end: 10, peak: 3, clear: false }])
    expect(momentsOf(samples([[0, 0.4]], 0))).toMatchObject([{ start: 0, end: 0, peak: 0 }])
    expect(momentsOf(samples([], 10))).toEqual([])
    expect(
      momentsOf(
        samples(
          [
            [0, NaN],
            [NaN, 1],
          ],
          10,
        ),
      ),
    ).toEqual([])
    expect(
      momentsOf(
        samples(
          [
            [0, 0.1],
            [1, 0.4],
          ],
          NaN,
        ),
      )[0]!.end,
    ).toBe(2)
    expect(
      momentsOf(
        samples(
          [
            [0, 0.1],
            [1, 0.4],
          ],
          2,
        ),
      ).length,
    ).toBeGreaterThan(0)
  })

  it('is first where it stands out longest, not where one frame is a little better', () => {
    const curve = samples(
      Array.from({ length: 75 }, (_, i) => [
        i * 2,
        i === 10 ? 0.31 : i >= 40 && i < 50 ? 0.3 : 0.2 + 0.004 * (i % 3),
      ]),
      150,
    )
    expect(momentsOf(curve)[0]).toMatchObject({ start: 80, end: 100 })
  })

  it('takes the best of what is somewhat like the query, not all of it', () => {
    const level = (i: number): number => (i >= 30 && i < 40 ? 0.3 : i >= 20 && i < 55 ? 0.24 : 0.2)
    const curve = samples(
      Array.from({ length: 75 }, (_, i) => [i * 2, level(i) + 0.002 * (i % 3)]),
      150,
    )
    expect(intersectionOverUnion(momentsOf(curve)[0]!, { start: 60, end: 80 })).toBeGreaterThan(0.8)
  })

  it('keeps to `most`, and gives no near doubles', () => {
    const curve = planted(
      280,
      1,
      [
        [20, 40],
        [120, 150],
        [200, 210],
      ],
      0.05,
    )
    const moments = momentsOf(curve)
    expect(momentsOf(curve, { most: 2 })).toHaveLength(2)
    for (const [i, a] of moments.entries()) {
      for (const b of moments.slice(i + 1)) expect(intersectionOverUnion(a, b)).toBeLessThanOrEqual(0.5)
    }
  })
})

describe('moments of a long film', () => {
  const hour = planted(
    3600,
    2,
    [
      [900, 925],
      [2500, 2530],
    ],
    0.04,
    7,
  )

  it('finds short moments in an hour', () => {
    const moments = momentsOf(hour)
    for (const [start, end] of [
      [900, 925],
      [2500, 2530],
    ] as const) {
      const overlaps = moments.slice(0, 2).map((moment) => intersectionOverUnion(moment, { start, end }))
      expect(Math.max(...overlaps)).toBeGreaterThan(0.7)
    }
    for (const moment of moments) isSound(moment, hour)
  })

  it('gives moments that never overlap', () => {
    const moments = momentsOf(hour).toSorted((a, b) => a.start - b.start)
    for (const [i, moment] of moments.slice(1).entries()) {
      expect(moment.start).toBeGreaterThanOrEqual(moments[i]!.end)
    }
  })

  it('gives the first ones of many where few are asked for', () => {
    expect(momentsOf(hour, { most: 1 })).toEqual(momentsOf(hour).slice(0, 1))
  })

  it('has its ends where a scene without noise has them', () => {
    const shots = samples(
      Array.from({ length: 240 }, (_, i) => [i * 5, i === 100 ? 0.3 : 0.2 + 0.01 * ((i * 7) % 5)]),
      1200,
    )
    expect(momentsOf({ ...shots, spacing: 0.5 })[0]).toMatchObject({ start: 500, end: 505 })
  })

  it('finds one key frame in hours of sparse ones', () => {
    const sparse = planted(7200, 10, [[3000, 3010]], 0.01, 9)
    expect(momentsOf(sparse)[0]).toMatchObject({ start: 3000, end: 3010, peak: 3000 })
  })

  it('is the whole film where nothing rises', () => {
    expect(momentsOf(planted(3600, 2, [], 0.005))).toMatchObject([{ start: 0, end: 3600, clear: false }])
  })

  it('takes a day of film in seconds, not minutes', () => {
    const day = planted(86_400, 1, [[40_000, 40_060]], 0.04, 11)
    const before = performance.now()
    expect(momentsOf(day)[0]!.start).toBeGreaterThan(39_900)
    expect(performance.now() - before).toBeLessThan(5000)
  })
})

describe('moments and cuts', () => {
  it('end at the cuts beside them, with the same pictures', () => {
    const curve = planted(150, 0.5, [[40, 60]])
    const plain = momentsOf(curve)[0]!
    const cuts = [20, plain.start - 0.7, plain.start + 3, plain.end + 0.9, 120]
    expect(momentsOf(curve, { cuts })[0]).toEqual({ ...plain, start: cuts[1], end: cuts[3] })
    expect(momentsOf(curve, { cuts: [] })).toEqual(momentsOf(curve))
  })

  it('are sound for any film: inside it, around their pictures, no near doubles, the same each time', () => {
    const random = seededRandom(14)
    let moved = 0
    for (let round = 0; round < 150; round += 1) {
      const duration = random() * (round % 3 === 0 ? 2000 : 250)
      const every = [0.5, 1, 2, 7][round % 4]!
      const shots = Array.from({ length: Math.ceil(duration / 5) }, () => random() * duration).sort(
        (a, b) => a - b,
      )
      const curve = planted(duration, every, [[duration / 3, duration / 2]], 0.2, round)
      const moments = momentsOf(curve, { cuts: shots })
      expect(momentsOf(curve, { cuts: shots })).toEqual(moments)
      expect(moments.length).toBeGreaterThan(0)
      for (const [i, moment] of moments.entries()) {
        expect(moment.start).toBeGreaterThanOrEqual(0)
        expect(moment.end).toBeLessThanOrEqual(duration)
        expect(moment.start).toBeLessThanOrEqual(moment.peak)
        expect(moment.peak).toBeLessThanOrEqual(moment.end)
        expect(moment.end).toBeGreaterThan(moment.start)
        expect(curve.times).toContain(moment.peak)
        for (const end of [moment.start, moment.end]) {
          if (shots.includes(end)) moved += 1
          else expect([...curve.times, duration]).toContain(end)
        }
        for (const other of moments.slice(i + 1)) {
          expect(intersectionOverUnion(moment, other)).toBeLessThanOrEqual(0.5)
          if (duration > 300) expect(overlapOf(moment, other)).toBe(0)
        }
      }
    }
    expect(moved).toBeGreaterThan(100)
  })

  it('leaves a film without a clear moment whole', () => {
    const flat = samples(
      Array.from({ length: 40 }, (_, i) => [i, 0.2 + (i % 3) * 0.001]),
      40,
    )
    expect(momentsOf(flat, { cuts: [0.5, 20, 39.5] })).toMatchObject([{ start: 0, end: 40, clear: false }])
  })
})

describe('any curve', () => {
  it('gives sound moments, the same each time', () => {
    const random = seededRandom(4)
    for (let round = 0; round < 150; round += 1) {
      const duration = random() * (round % 3 === 0 ? 2000 : 200)
      const times = Array.from({ length: Math.floor(random() * 80) }, () => random() * duration)
      const curve = samples(
        times.sort((a, b) => a - b).map((time) => [time, random()] as const),
        duration,
      )
      const moments = momentsOf(curve)
      expect(moments.length).toBeGreaterThan(times.length === 0 ? -1 : 0)
      expect(moments.length).toBeLessThanOrEqual(10)
      for (const moment of moments) isSound(moment, curve)
      expect(momentsOf(curve)).toEqual(moments)
    }
  })
})
