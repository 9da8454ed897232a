import type { BestList } from '../domain/best-list.ts'
import { scoreCut } from '../domain/score-cut.ts'
import type { FilmNumbers } from './film-chunks.ts'
import { rowCount } from './near-rows.ts'
import type { NearRows } from './near-rows.ts'
import type { PackedVectors, Scorer } from './packed-vectors.ts'
import type { SegmentPart } from './segment-part.ts'
import type { VectorReader } from './vector-reader.ts'

/** A vector near a query: where it is and its cosine with the query. */
export type NearVector = {
  readonly videoId: string
  readonly chunkId: number
  readonly place: number
  readonly score: number
}

/** Candidates that are sorted at once: for each that is wanted, and in any case. */
const sortedFirst = { each: 4, least: 256 }
/** So many are scored before it is asked whether that was enough; the first ones tell how large errors are. */
const batch = 128
/**
 * Once a candidate's cosine by codes lies so many times their usual error below the last of the best, it and those after
 * it are not scored any more. With 1.75 (one normal error in 25 is larger) recall@10 of a million is 0.995 or more with
 * every filter; where a filter keeps the farthest 10-90 % of the films, which lie close together, 2 scores a thousand
 * candidates more and finds a quarter of a percent more (measured, `bench vectors`).
 */
const errorsBelow = 1.75

type Candidate = { readonly score: number; readonly part: SegmentPart; readonly row: number }

/** The best `wanted` by their codes and those about as good as the last, best first. */
const candidatesOf = (near: readonly NearRows[], wanted: number): readonly Candidate[] => {
  const cut = scoreCut(
    near.map(({ scores }) => scores),
    wanted,
  )
  const found: Candidate[] = []
  for (const { part, rows, scores } of near)
    for (let i = 0; i < rows.length; i += 1) {
      const score = scores[i] ?? NaN
      if (score >= cut) found.push({ score, part, row: rows[i] ?? 0 })
    }
  return found.sort((a, b) => b.score - a.score)
}

/** Scores candidates exactly, best first, until those that are left can hardly be among the best. */
export const rescore = (
  near: readonly NearRows[],
  wanted: number,
  scoreOf: (candidate: Candidate) => NearVector | null,
  best: BestList<NearVector>,
): void => {
  const total = rowCount(near)
  let [count, squares] = [0, 0]
  const isEnough = (next: number): boolean =>
    count >= batch && next + errorsBelow * Math.sqrt(squares / count) < best.least()
  let done = 0
  for (let asked = Math.max(sortedFirst.least, wanted * sortedFirst.each); ; asked *= 4) {
    for (const candidate of candidatesOf(near, asked).slice(done)) {
      if (done % batch === 0 && isEnough(candidate.score)) return
      done += 1
      const found = scoreOf(candidate)
      if (found === null) continue
      const error = found.score - candidate.score
      count += 1
      squares += error * error
      if (best.wants(found.score)) best.offer(found)
    }
    if (asked >= total) return
  }
}

/** Exact scores of candidates: of vectors in memory, else from the segments' files, else from their chunks. */
export const createExact = (
  packed: PackedVectors,
  scorer: Scorer,
  films: FilmNumbers,
): { readonly scoreOf: (candidate: Candidate) => NearVector | null; readonly close: () => void } => {
  const readers = new Map<SegmentPart, VectorReader | null>()
  const readerOf = (part: SegmentPart): VectorReader | null => {
    const known = readers.get(part)
    if (known !== undefined) return known
    const reader = part.segment.open()
    readers.set(part, reader)
    return reader
  }
  const fromFile = (part: SegmentPart, row: number): number | null => {
    const reader = readerOf(part)
    return reader === null ? null : scorer.scoreFrom((into) => reader.read(row, into))
  }
  const fromChunk = (chunkId: number, place: number): number | null => {
    const chunk = scorer.chunk(chunkId)
    return chunk === null ? null : scorer.score(chunk, place, 0)
  }
  return {
    scoreOf: ({ part, row }) => {
      const at = part.chunkAt(row)
      const chunkId = part.segment.chunkIds[at] ?? -1
      const place = row - (part.segment.starts[at] ?? 0)
      const score = (packed.has(chunkId) ? null : fromFile(part, row)) ?? fromChunk(chunkId, place)
      return score === null ? null : { videoId: films.id(part.filmOf(at)), chunkId, place, score }
    },
    close: () => {
      for (const reader of readers.values()) reader?.close()
    },
  }
}
