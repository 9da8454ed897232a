import { scoreCut } from '../domain/score-cut.ts'
import type { RowRun } from './vector-segment.ts'
import type { SegmentPart } from './segment-part.ts'

/** Vectors of a segment and about how near they are; right until the segment is asked again. */
export type NearRows = {
  readonly part: SegmentPart
  readonly rows: Uint32Array
  readonly scores: Float32Array
}

/** A segment and which of its vectors are asked for. */
export type Asked = { readonly part: SegmentPart; readonly runs: readonly RowRun[] }

/** How many vectors go on from signs to 4-bit codes: so many for each that is wanted, and of all a share. */
export type Keeping = { readonly least: number; readonly each: number; readonly share: number }

/**
 * Of the best ten of a million (texts and pictures against films) so many are found, with filters that keep all, any half
 * and the farthest 50 and 90 % of the films: with 3 % kept 0.97-0.98, with 5 % 0.985-0.997, with 6 % 0.992-1, with 8 %
 * 0.995-1 (measured, `bench vectors`); of the nearest 100 films in 200 for texts: 0.967, 0.980, 0.984, 0.986. Each
 * percent costs 0.5 ms of a million. Of fewer vectors a larger share is kept.
 */
const usual: Keeping = { least: 16_384, each: 64, share: 0.07 }
/** The cut between them is guessed from so many vectors, evenly spread: right to 6 %. */
const guessedFrom = 4_096

const runLength = (runs: readonly RowRun[]): number => runs.reduce((sum, { from, to }) => sum + to - from, 0)
const askedCount = (asked: readonly Asked[]): number =>
  asked.reduce((sum, { runs }) => sum + runLength(runs), 0)
export const rowCount = (near: readonly NearRows[]): number =>
  near.reduce((sum, { rows }) => sum + rows.length, 0)
/** True where no vector that was asked for is left out. */
export const isAll = (near: readonly NearRows[], asked: readonly Asked[]): boolean =>
  rowCount(near) >= askedCount(asked)

const allRows = (runs: readonly RowRun[]): Uint32Array => {
  const rows = new Uint32Array(runLength(runs))
  let at = 0
  for (const { from, to } of runs) for (let row = from; row < to; row += 1) rows[at++] = row
  return rows
}

/**
 * The vectors asked for that may be among the `wanted` nearest, with cosines by their 4-bit codes: all of them where they
 * are few (or `wanted` is Infinity), else those with the best signs.
 */
export const nearRows = (
  asked: readonly Asked[],
  query: Float32Array,
  wanted: number,
  { least, each, share } = usual,
): readonly NearRows[] => {
  const scored = (part: SegmentPart, rows: Uint32Array): NearRows => ({
    part,
    rows,
    scores: part.segment.codeScores(query, rows),
  })
  const total = askedCount(asked)
  const kept = Math.max(least, each * wanted, share * total)
  if (total <= kept) return asked.map(({ part, runs }) => scored(part, allRows(runs)))
  const signed = asked.map(({ part, runs }) => ({ part, scores: part.segment.signScores(query, runs) }))
  const every = Math.max(1, Math.floor(total / guessedFrom))
  const samples = signed.map(({ scores }) => scores.sample(every))
  const taken = samples.reduce((sum, { length }) => sum + length, 0)
  const cut = scoreCut(samples, Math.ceil((taken * kept) / total))
  return signed.map(({ part, scores }) => scored(part, scores.above(cut)))
}
