import { expect, test } from 'vitest'
import { f1, matchBoundaries, newTally } from '../bench/shot-scores.ts'

const score = (
  found: readonly number[],
  truth: readonly (readonly [number, number])[],
  tolerance: number,
): readonly number[] => {
  const tally = newTally()
  matchBoundaries(
    found.map((time) => ({ time })),
    truth.map(([from, to]) => ({ from, to })),
    tolerance,
    tally,
  )
  return [tally.found, tally.wrong, tally.missed]
}

test('each truth is found once, each boundary counts once', () => {
  expect(
    score(
      [1, 2, 3],
      [
        [1, 1],
        [2, 2],
        [3, 3],
      ],
      0,
    ),
  ).toEqual([3, 0, 0])
  expect(score([1, 1.01], [[1, 1]], 0.04)).toEqual([1, 1, 0])
  expect(score([1.05], [[1, 1]], 0.04)).toEqual([0, 1, 1])
  expect(score([], [[1, 1]], 0)).toEqual([0, 0, 1])
})

test('a gradual one is found anywhere between its ends', () => {
  expect(score([1, 1.5, 9], [[1, 2]], 0)).toEqual([1, 2, 0])
  expect(score([2.02], [[1, 2]], 0.04)).toEqual([1, 0, 0])
})

test('what lies in an ignored stretch counts neither way', () => {
  const tally = newTally()
  matchBoundaries([{ time: 5 }, { time: 8 }], [], 0, tally, [{ from: 4, to: 6 }])
  expect([tally.found, tally.wrong, tally.missed]).toEqual([0, 1, 0])
})

test('F1', () => {
  expect(f1({ found: 8, wrong: 2, missed: 2, offset: 0 })).toBeCloseTo(0.8)
  expect(f1(newTally())).toBe(0)
})
