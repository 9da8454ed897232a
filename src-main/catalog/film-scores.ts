import { looksPerSecond } from '../domain/film-tracks.ts'
import { mostQueries } from './packed-vectors.ts'
import type { PackedVectors } from './packed-vectors.ts'
import type { ChunkSize } from './vector-chunks.ts'

/**
 * A film's samples and their cosines with queries. `times`: from when each one holds. Of an analyzed film also
 * `frames`, the times of the frames that were embedded, and `spacing`, seconds from look to look.
 */
export type FilmScores = {
  readonly times: Float64Array
  readonly frames?: Float64Array
  readonly spacing?: number
  /** For each query a cosine for each sample (error 1e-5). */
  readonly scores: readonly Float32Array[]
}

/** Scores all of a film's chunks with all queries; null without a vector, or when a chunk has gone. */
export const filmScores = (
  packed: PackedVectors,
  sizes: readonly ChunkSize[],
  queries: readonly Float32Array[],
): FilmScores | null => {
  const count = sizes.reduce((sum, chunk) => sum + chunk.count, 0)
  if (count === 0) return null
  const frames = new Float64Array(count)
  const times = new Float64Array(count)
  const scores = queries.map(() => new Float32Array(count))
  let isFine = false
  for (let first = 0; first < queries.length; first += mostQueries) {
    const some = queries.slice(first, first + mostQueries)
    const scorer = packed.ask(some)
    let at = 0
    for (const { id, count: size } of sizes) {
      const chunk = scorer.chunk(id)
      if (chunk === null) return null
      frames.set(chunk.times, at)
      times.set(chunk.starts ?? chunk.times, at)
      isFine ||= chunk.starts !== null
      some.forEach((_, query) => scores[first + query]?.set(scorer.scores(chunk, query), at))
      at += size
    }
  }
  return isFine ? { times, frames, spacing: 1 / looksPerSecond, scores } : { times: frames, scores }
}
