import type { Candidate } from './contrast-windows.ts'
import { suppressOverlaps } from './intervals.ts'
import { groupShort, shortSigma } from './moment-grouping.ts'
import { endSigma, groupLong } from './peak-growth.ts'
import { gridOf, stepFor, type ScoreGrid } from './score-grid.ts'
import { heldStretches, looksOf, type ScoreSamples, type Stretches } from './score-samples.ts'
import { snappedToCuts } from './snap-to-cuts.ts'

/**
 * A stretch of a film that answers a query. Seconds; `start` and `end` are borders of what was seen (times of
 * samples, or the film's end) or shot cuts near them, `peak` is the time of the best frame inside, which is the moment's
 * picture: start <= peak <= end.
 */
export type Moment = {
  readonly start: number
  readonly end: number
  readonly peak: number
  /** Mean of the three best samples inside, in the cosines that came in: comparable between films. */
  readonly score: number
  /** How much it stands out in its own film: orders the moments of one film, says nothing between films. */
  readonly strength: number
  /** False where the film has no clear moment for the query, and this is the whole film. */
  readonly clear: boolean
}

export type MomentOptions = {
  /** At most so many moments (10, methods.md 2d). */
  readonly most?: number
  /** A film whose scores differ by less than this has no moments, only itself. In cosines; see `flatRange`. */
  readonly flatRange?: number
  /** The film's shot cuts in rising seconds: ends of moments move to those beside them (snap-to-cuts.ts). */
  readonly cuts?: ArrayLike<number>
}

/** From this length on moments are grown from peaks (methods.md 2d). Seconds. */
export const longFilm = 300

/**
 * Frames of one unchanging shot differ by about this much in the cosine to a text. A design default: methods.md
 * trap 10 asks for a rule, and its own (separability >= 0.35) never fires on mere noise.
 */
export const flatRange = 0.01

/** The best samples whose mean is a moment's score (methods.md 2d, "mean of top-3 inside"). */
const scored = 3

/** Indices of the `scored` best of looks [first, last], best first, equals in time order; a film has thousands of them. */
const bestOf = ({ scores }: Stretches, first: number, last: number): readonly number[] => {
  const best: number[] = []
  let least = -Infinity
  for (let i = first; i <= last; i += 1) {
    const score = scores[i] ?? -Infinity
    if (score <= least) continue
    const place = best.findIndex((other) => (scores[other] ?? 0) < score)
    best.splice(place < 0 ? best.length : place, 0, i)
    if (best.length > scored) best.pop()
    if (best.length === scored) least = scores[best[scored - 1] ?? 0] ?? least
  }
  return best
}

/** The moment that looks [first, last] make up. */
const momentOf = (
  held: Stretches,
  first: number,
  last: number,
  rest: Pick<Moment, 'strength' | 'clear'>,
): Moment => {
  const best = bestOf(held, first, last)
  const { starts, ends, scores, frames } = held
  const start = starts[first] ?? 0
  return {
    start,
    end: ends[last] ?? start,
    // Of a scene that one frame stands for, the moment may be another part: then its last look, which shows the same.
    peak: Math.min(starts[last] ?? start, Math.max(start, frames[best[0] ?? first] ?? start)),
    score: best.reduce((sum, i) => sum + (scores[i] ?? 0), 0) / best.length,
    ...rest,
  }
}

/** Index of the first look of which more than half lies behind `time`; the count where there is none. */
const firstBehind = ({ count, starts, ends }: Stretches, time: number): number => {
  let low = 0
  let high = count
  while (low < high) {
    const middle = (low + high) >> 1
    if (((starts[middle] ?? 0) + (ends[middle] ?? 0)) / 2 < time - 1e-9) low = middle + 1
    else high = middle
  }
  return low
}

/** Cells to whole looks: a border moves to the nearer end of the look it falls into. */
const snapped = (held: Stretches, grid: ScoreGrid, candidate: Candidate): Moment => {
  const from = grid.origin + candidate.start * grid.step
  const to = grid.origin + candidate.end * grid.step
  const first = firstBehind(held, from)
  const last = firstBehind(held, to) - 1
  const rest = { strength: candidate.strength, clear: true }
  if (last >= first) return momentOf(held, first, last, rest)
  const middle = held.starts.findLastIndex((start) => start <= (from + to) / 2)
  return momentOf(held, middle, middle, rest)
}

/**
 * How far the best frames of a later moment must stand above those of the first, as a share of the curve's range. Films of
 * photographs (test/app/recall-photos.test.ts) find 65.4 % first instead of 64.4; QVHighlights, even queries, R1@0.5 59.8
 * instead of 60.3, with 0.1 58.8, with 0.05 56.2.
 */
const clearly = 0.15

/**
 * In their order, but a moment whose best frames stand clearly above the first one's comes before all. It takes the first
 * one's score: what it is worth beside other films stays as it was (test/app/recall-media.test.ts: @3 75 % instead of 70).
 */
const clearestFirst = (moments: readonly Moment[], range: number): readonly Moment[] => {
  const [first] = moments
  if (first === undefined) return moments
  const best = moments.reduce((most, moment) => (moment.score > most.score ? moment : most), first)
  if (best.score - first.score <= clearly * range) return moments
  return [{ ...best, score: first.score }, ...moments.filter((moment) => moment !== best)]
}

/**
 * The moments of one film for one query, the one that stands out most first (methods.md 2d). A film whose curve
 * is flat, or that was seen once, is one moment as a whole with `clear: false`; a film without a usable sample
 * has none. Pure, and the same for the same samples.
 */
export const momentsOf = (samples: ScoreSamples, options: MomentOptions = {}): readonly Moment[] => {
  const stretches = heldStretches(samples)
  if (stretches.count === 0) return []
  const held = looksOf(stretches, samples)
  // A cell is a mean by time: of stretches it is that of their looks, for a sixth of the work.
  const grid = gridOf(stretches, samples.spacing === undefined ? undefined : stepFor(samples.spacing))
  let highest = -Infinity
  let lowest = Infinity
  for (const score of stretches.scores) {
    if (score > highest) highest = score
    if (score < lowest) lowest = score
  }
  const most = options.most ?? 10
  const long = grid.values.length * grid.step > longFilm
  const flat = highest - lowest < (options.flatRange ?? flatRange)
  const sigma = flat ? 0 : (long ? endSigma : shortSigma)(grid.values, grid.step)
  const found = flat ? [] : (long ? groupLong : groupShort)(grid, most, sigma)
  if (found.length === 0) return [momentOf(held, 0, held.count - 1, { strength: 0, clear: false })]
  const moments = found.map((candidate) => snapped(held, grid, candidate))
  const { cuts } = options
  const film = { start: held.starts[0] ?? 0, end: held.ends[held.count - 1] ?? 0 }
  const placed =
    cuts === undefined ? moments : snappedToCuts(moments, cuts, film, Math.max(grid.step, 2 * sigma))
  return suppressOverlaps(long ? placed : clearestFirst(placed, highest - lowest), 0.5, most)
}
