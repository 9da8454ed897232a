import type { Moment } from './moments.ts'
import { gridOf, type ScoreGrid } from './score-grid.ts'
import { heldSamples, type ScoreSamples } from './score-samples.ts'
import { sequencePaths } from './sequence.ts'
import { snappedToCuts } from './snap-to-cuts.ts'

/** methods.md 2k: one step follows the other within two minutes; sooner than this they are one picture. Seconds. */
const furthestSeconds = 120
const nearestSeconds = 2
/** Of the first and the last step so much around its best second belongs to the moment, while it keeps half its height. */
const mostAround = 8
const keptHeight = 0.5

/** As `momentsOf` has them. */
const most = 10

/** `least`: the score of the step that is least there: a sequence is as sure as that. */
export type SequenceMoment = Moment & { readonly least: number }

/** From `cell` on in one direction, while the step is there. */
const reachOf = ({ values, step }: ScoreGrid, cell: number, direction: 1 | -1): number => {
  const least = keptHeight * (values[cell] ?? 0)
  let reached = cell
  for (let i = 1; i * step <= mostAround; i += 1) {
    if (!((values[cell + direction * i] ?? -Infinity) >= least)) break
    reached = cell + direction * i
  }
  return reached
}

/**
 * The moments of a film in which the steps of a sequence come one after the other, best first. Each step is a curve of
 * 0..1 over the same samples. A moment lasts from the first step to the last; its peak is the first step's best second,
 * its score the mean of the steps.
 */
export const sequenceMoments = (
  steps: readonly ScoreSamples[],
  cuts: readonly number[],
): readonly SequenceMoment[] => {
  const grids = steps.map((samples) => gridOf(heldSamples(samples)))
  const [first] = grids
  const last = grids.at(-1)
  if (first === undefined || last === undefined) return []
  const { origin, step } = first
  const paths = sequencePaths(
    grids.map(({ values }) => values),
    {
      nearest: Math.max(1, Math.round(nearestSeconds / step)),
      furthest: Math.max(1, Math.round(furthestSeconds / step)),
    },
    most,
  )
  const film = origin + first.values.length * step
  const moments = paths.map(({ cells, score }) => {
    const [from = 0] = cells
    const to = cells.at(-1) ?? from
    const peak = origin + (from + 0.5) * step
    return {
      start: origin + reachOf(first, from, -1) * step,
      end: Math.min(film, origin + (reachOf(last, to, 1) + 1) * step),
      peak,
      score,
      strength: score,
      clear: true,
      least: grids.reduce((low, { values }, i) => Math.min(low, values[cells[i] ?? 0] ?? 0), 1),
    }
  })
  return snappedToCuts(moments, cuts, { start: origin, end: film }, step)
}
