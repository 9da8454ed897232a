import type { Moment } from '../../../src-preload/contract/search-nouns.ts'

/** Peaks this near are where one stands already, in seconds. */
const here = 0.3

/** The hit after or before `time`, going around at the ends; null where there are none. `hits` are in the film's order. */
export const neighbourHit = (hits: readonly Moment[], time: number, direction: 1 | -1): Moment | null => {
  const byPeak = hits.toSorted((a, b) => a.peak - b.peak)
  const next =
    direction === 1
      ? byPeak.find(({ peak }) => peak > time + here)
      : byPeak.findLast(({ peak }) => peak < time - here)
  return next ?? byPeak.at(direction === 1 ? 0 : -1) ?? null
}
