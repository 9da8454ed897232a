import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../src-main/domain/seeded-random.ts'
import { sequencePaths } from '../../src-main/domain/sequence.ts'

const options = { nearest: 1, furthest: 60 }

/** A curve of zeros with peaks at these cells. */
const planted = (count: number, peaks: readonly number[]): Float64Array =>
  Float64Array.from({ length: count }, (_, cell) => (peaks.includes(cell) ? 1 : 0))

/** Every way there is, as the definition says it. */
const bruteForce = (steps: readonly Float64Array[], { nearest, furthest }: typeof options): number => {
  const best = (step: number, cell: number): number => {
    const own = steps[step]?.[cell] ?? -Infinity
    if (step === 0) return own
    let most = -Infinity
    for (let before = Math.max(0, cell - furthest); before <= cell - nearest; before += 1)
      most = Math.max(most, best(step - 1, before) - (0.1 * (cell - before)) / furthest)
    return own + most
  }
  const cells = steps[0]?.length ?? 0
  return Math.max(...Array.from({ length: cells }, (_, cell) => best(steps.length - 1, cell)))
}

/** What the dynamic programme maximises. */
const worth = (steps: readonly Float64Array[], cells: readonly number[]): number =>
  steps.reduce((sum, step, i) => sum + (step[cells[i] ?? 0] ?? 0), 0) -
  (0.1 * ((cells.at(-1) ?? 0) - (cells[0] ?? 0))) / options.furthest

describe('first one, then the other', () => {
  it('is found where both come in that order, and scores less the other way round', () => {
    const door = planted(100, [20])
    const chair = planted(100, [32])
    const [there] = sequencePaths([door, chair], options, 5)
    const [back] = sequencePaths([chair, door], options, 5)
    expect(there).toEqual({ cells: [20, 32], score: 1 })
    expect(back?.score).toBe(0.5)
  })

  it('says the same of both orders where both things are there all the time', () => {
    const both = new Float64Array(50).fill(0.7)
    const [there] = sequencePaths([both, both], options, 1)
    expect(there?.score).toBeCloseTo(0.7)
    expect(there?.cells[1]).toBe((there?.cells[0] ?? 0) + 1)
  })

  it('prefers what follows soon, and never reaches further than it may', () => {
    const first = planted(300, [10])
    expect(sequencePaths([first, planted(300, [15, 60])], options, 1)[0]?.cells).toEqual([10, 15])
    expect(sequencePaths([first, planted(300, [71])], options, 1)[0]?.score).toBe(0.5)
    expect(sequencePaths([first, planted(300, [70])], options, 1)[0]?.score).toBe(1)
  })

  it('finds several, the best first, without overlaps', () => {
    const first = planted(300, [10, 200])
    const second = Float64Array.from(planted(300, [20, 210]), (value, cell) => (cell === 210 ? 0.9 : value))
    const paths = sequencePaths([first, second], options, 2)
    expect(paths.map(({ cells }) => cells)).toEqual([
      [10, 20],
      [200, 210],
    ])
  })

  it('has as many steps as one likes, and none for a film that is too short', () => {
    const steps = [planted(40, [3]), planted(40, [9]), planted(40, [30])]
    expect(sequencePaths(steps, options, 1)).toEqual([{ cells: [3, 9, 30], score: 1 }])
    expect(sequencePaths([planted(1, [0]), planted(1, [0])], options, 1)).toEqual([])
    expect(sequencePaths([], options, 1)).toEqual([])
  })

  it('is as good as trying everything', () => {
    const random = seededRandom(7)
    for (let round = 0; round < 40; round += 1) {
      const count = 2 + Math.floor(random() * 12)
      const steps = Array.from({ length: 2 + (round % 2) }, () =>
        Float64Array.from({ length: count }, () => random()),
      )
      const [best] = sequencePaths(steps, options, 1)
      const truth = bruteForce(steps, options)
      if (truth === -Infinity) expect(best).toBeUndefined()
      else expect(worth(steps, best?.cells ?? [])).toBeCloseTo(truth, 9)
    }
  })
})
