import type { Log } from '../foundation/log.ts'
import type { ChunkRow } from './vector-chunks.ts'
import { chunkSize } from './vector-chunks.ts'
import { addChunk, createIndex } from './vector-segment.ts'
import type { VectorIndex } from './vector-segment.ts'

/** A vector near a query: where it is and its inner product with the query. */
export type NearVector = {
  readonly videoId: string
  readonly chunkId: number
  readonly place: number
  readonly score: number
}

/** The index of one model: immutable segments, one small part in memory, and which chunks still live. */
export type ModelIndex = {
  readonly dimensions: number
  /** Vectors in the part in memory. */
  readonly deltaCount: () => number
  readonly liveChunks: () => number
  readonly add: (videoId: string, chunks: readonly ChunkRow[]) => void
  readonly forget: (chunkIds: readonly number[]) => void
  /** The `wanted` nearest vectors of living chunks, best first. */
  readonly nearest: (query: Float32Array, wanted: number) => readonly NearVector[]
  /** Takes a new segment with every chunk up to `lastChunk`; `rest` are the chunks above it. */
  readonly adopt: (segments: readonly VectorIndex[], rest: readonly ChunkRow[]) => void
}

const searchThreads = 1

/** Puts segments and the chunks that none of them holds together. `owners`: every living chunk and its video. */
export const createModelIndex = (
  dimensions: number,
  owners: ReadonlyMap<number, string>,
  segments: readonly VectorIndex[],
  rest: Iterable<ChunkRow>,
  log: Log,
): ModelIndex => {
  const living = new Map(owners)
  let parts: readonly VectorIndex[] = segments
  let delta = createIndex(dimensions)
  let deltaCount = 0
  const addToDelta = (chunk: ChunkRow): void => {
    if (chunk.dimensions === dimensions) deltaCount += addChunk(delta, chunk)
    else
      log.error(
        { chunk: chunk.id, dimensions: chunk.dimensions },
        'a chunk of another length is not searched',
      )
  }
  for (const chunk of rest) addToDelta(chunk)

  return {
    dimensions,
    deltaCount: () => deltaCount,
    liveChunks: () => living.size,
    add: (videoId, chunks) => {
      for (const chunk of chunks) {
        living.set(chunk.id, videoId)
        addToDelta(chunk)
      }
    },
    forget: (chunkIds) => {
      for (const id of chunkIds) living.delete(id)
    },
    nearest: (query, wanted) => {
      const found: NearVector[] = []
      for (const part of [...parts, delta]) {
        const size = part.size()
        if (size === 0) continue
        const matches = part.search(query, Math.min(wanted, size), searchThreads)
        matches.keys.forEach((key, place) => {
          const chunkId = Number(key / BigInt(chunkSize))
          const videoId = living.get(chunkId)
          if (videoId === undefined) return
          const score = 1 - (matches.distances[place] ?? 1)
          found.push({ videoId, chunkId, place: Number(key % BigInt(chunkSize)), score })
        })
      }
      return found
        .sort((a, b) => b.score - a.score || a.chunkId - b.chunkId || a.place - b.place)
        .slice(0, wanted)
    },
    adopt: (newSegments, newRest) => {
      parts = newSegments
      delta = createIndex(dimensions)
      deltaCount = 0
      for (const chunk of newRest) addToDelta(chunk)
    },
  }
}
