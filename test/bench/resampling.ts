import { seededRandom } from '../../src-main/domain/seeded-random.ts'

/** [low, high] in which 95 of 100 repetitions would lie. */
export type Interval95 = readonly [low: number, high: number]

const rounds = 1000

/** The statistic of `count` things drawn anew with repetition, a thousand times; its middle 95 %. */
export const resampled = (
  count: number,
  statistic: (drawn: Int32Array) => number,
  seed = 2026,
): Interval95 => {
  const random = seededRandom(seed)
  const drawn = new Int32Array(count)
  const found = new Float64Array(rounds)
  for (let round = 0; round < rounds; round += 1) {
    for (let i = 0; i < count; i += 1) drawn[i] = Math.floor(random() * count)
    found[round] = statistic(drawn)
  }
  found.sort()
  return [found[Math.floor(rounds * 0.025)] ?? NaN, found[Math.ceil(rounds * 0.975) - 1] ?? NaN]
}

/** The interval of a mean. */
export const meanInterval = (values: ArrayLike<number>): Interval95 =>
  resampled(values.length, (drawn) => {
    let sum = 0
    for (const i of drawn) sum += values[i] ?? 0
    return sum / Math.max(1, drawn.length)
  })
