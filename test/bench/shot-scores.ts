import type { ShotBoundary } from '../../src-main/domain/film-tracks.ts'
import type { Disturbance, TrueBoundary } from './scripted-films.ts'

/** True positives, false positives and misses; adds up over films. */
export type Tally = { found: number; wrong: number; missed: number; offset: number }
export const newTally = (): Tally => ({ found: 0, wrong: 0, missed: 0, offset: 0 })
export const f1 = ({ found, wrong, missed }: Tally): number =>
  found === 0 ? 0 : (2 * found) / (2 * found + wrong + missed)

/**
 * Greedy 1-1 matching in the order of time: a boundary belongs to the first free truth whose interval, widened by
 * `tolerance` seconds, it lies in (methods.md a-3). What lies in `ignored` counts neither way.
 */
export const matchBoundaries = (
  found: readonly { readonly time: number }[],
  truth: readonly { readonly from: number; readonly to: number }[],
  tolerance: number,
  tally: Tally,
  ignored: readonly { readonly from: number; readonly to: number }[] = [],
): readonly { readonly time: number }[] => {
  const free = [...truth]
  const wrong: { readonly time: number }[] = []
  for (const one of found) {
    const at = free.findIndex(({ from, to }) => one.time >= from - tolerance && one.time <= to + tolerance)
    const match = free[at]
    if (match !== undefined) {
      tally.found += 1
      tally.offset += one.time - (match.from + match.to) / 2
      free.splice(at, 1)
    } else if (!ignored.some(({ from, to }) => one.time >= from - 0.1 && one.time <= to + 0.1)) {
      tally.wrong += 1
      wrong.push(one)
    }
  }
  tally.missed += free.length
  return wrong
}

/** Everything the bench says of one detector over many films. */
export type ShotScores = {
  readonly cuts: readonly [Tally, Tally, Tally]
  readonly dissolves: Tally
  readonly fades: Tally
  readonly any: Tally
  readonly falseAt: Record<string, number>
  readonly disturbances: Record<string, number>
}
export const newScores = (): ShotScores => ({
  ...{
    cuts: [newTally(), newTally(), newTally()],
    dissolves: newTally(),
    fades: newTally(),
    any: newTally(),
  },
  ...{ falseAt: {}, disturbances: {} },
})

/** Times a container rounds (1/1000 s in Matroska) lie within this of their frame. */
const hair = 0.002

export const scoreFilm = (
  found: readonly ShotBoundary[],
  film: { readonly rate: number; readonly boundaries: readonly TrueBoundary[] },
  disturbances: readonly Disturbance[],
  scores: ShotScores,
): readonly { readonly time: number }[] => {
  const of = (kind: string): readonly TrueBoundary[] => film.boundaries.filter((it) => it.kind === kind)
  const wipes = of('wipe')
  const kinds = (kind: string): readonly ShotBoundary[] => found.filter((it) => it.kind === kind)
  let wrong: readonly { readonly time: number }[] = []
  scores.cuts.forEach((tally, frames) => {
    wrong = matchBoundaries(kinds('cut'), of('cut'), frames / film.rate + hair, tally, wipes)
  })
  const frame = 1 / film.rate
  const wrongDissolves = matchBoundaries(kinds('dissolve'), of('dissolve'), frame, scores.dissolves, wipes)
  const wrongFades = matchBoundaries(kinds('fade'), of('fade'), frame, scores.fades, wipes)
  matchBoundaries(
    found,
    film.boundaries.filter(({ kind }) => kind !== 'wipe'),
    frame + hair,
    scores.any,
    wipes,
  )
  for (const { kind, from, to } of disturbances) {
    scores.disturbances[kind] = (scores.disturbances[kind] ?? 0) + 1
    if (wrong.some(({ time }) => time >= from - 0.15 && time <= to + 0.15))
      scores.falseAt[kind] = (scores.falseAt[kind] ?? 0) + 1
  }
  return [...wrong, ...wrongDissolves, ...wrongFades]
}
