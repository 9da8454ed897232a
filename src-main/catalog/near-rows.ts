import { scoreCut } from '../domain/score-cut.ts'
import type { RowRun, SignSums } from './vector-segment.ts'
import type { SegmentPart } from './segment-part.ts'

/** Vectors of a segment and about how near they are. */
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
 * 65,536 take 3 ms. Of the best ten of a million (texts and pictures against films, with no filter and with filters that
 * keep the farthest 1-90 % of the films), 0.99 or more stand in the best 6.4 % by their signs, 0.995 or more in the
 * best 10 % (measured on the vectors of `bench vectors`).
 */
const usual: Keeping = { least: 65_536, each: 64, share: 0.08 }
/** The cut between them is guessed from so many vectors, evenly spread: right to 4 %. */
const guessedFrom = 8_192

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

type Signed = SignSums & { readonly part: SegmentPart; readonly runs: readonly RowRun[] }

/** Every `every`-th vector's rough cosine. */
const sampled = ({ runs, sums, factors, mean, low, unit }: Signed, every: number): Float32Array => {
  const scores: number[] = []
  let skip = 0
  for (const { from, to } of runs) {
    let row = from + skip
    for (; row < to; row += every) scores.push(mean + (factors[row] ?? 0) * (low + unit * (sums[row] ?? 0)))
    skip = row - to
  }
  return Float32Array.from(scores)
}

const rowsFrom = ({ runs, sums, factors, mean, low, unit }: Signed, cut: number): Uint32Array => {
  const least = cut - mean
  const rows = new Uint32Array(runLength(runs))
  let count = 0
  for (const { from, to } of runs)
    for (let row = from; row < to; row += 1)
      if ((factors[row] ?? 0) * (low + unit * (sums[row] ?? 0)) >= least) rows[count++] = row
  return rows.subarray(0, count)
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
  const signed = asked.map(({ part, runs }) => ({ part, runs, ...part.segment.signSums(query, runs) }))
  const every = Math.max(1, Math.floor(total / guessedFrom))
  const samples = signed.map((one) => sampled(one, every))
  const taken = samples.reduce((sum, { length }) => sum + length, 0)
  const cut = scoreCut(samples, Math.ceil((taken * kept) / total))
  return signed.map((one) => scored(one.part, rowsFrom(one, cut)))
}
