import type { Log } from '../foundation/log.ts'
import type { SegmentShare } from './segment-plan.ts'
import type { ChunkOwner, ChunkRow } from './vector-chunks.ts'
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

/** An open segment: it holds the chunks above `after` and up to `upTo` that lived when it was built. */
export type OpenSegment = { readonly view: VectorIndex; readonly after: number; readonly upTo: number }

/** The index of one model: immutable segments, one small part in memory, and which chunks still live. */
export type ModelIndex = {
  readonly dimensions: number
  /** Vectors in the part in memory. */
  readonly deltaCount: () => number
  /** How much of each segment still lives, in their order. */
  readonly shares: () => readonly SegmentShare[]
  readonly add: (videoId: string, chunks: readonly ChunkRow[]) => void
  readonly forget: (chunkIds: readonly number[]) => void
  /** The `wanted` nearest vectors of living chunks, best first. */
  readonly nearest: (query: Float32Array, wanted: number) => readonly NearVector[]
  /**
   * Takes other segments; `rest` are the chunks above them. Memory's part is made anew of them (17,000 vectors a
   * second), or keeps what it has (`keep`).
   */
  readonly adopt: (segments: readonly OpenSegment[], rest: Iterable<ChunkRow>, keep: boolean) => void
}

/** An index and how many of its vectors live. */
type Part = { readonly view: VectorIndex; readonly after: number; readonly upTo: number; living: number }

/** The living ones that a search of a part has found; `reach`: what it has not looked at scores no better. */
type PartMatches = { readonly found: readonly NearVector[]; readonly reach: number }

const searchThreads = 1

/**
 * How many vectors a part is asked for first: its share of what is wanted and half as much again. Its dead lie as near as
 * those that replaced them: they are added.
 */
const firstAsked = ({ view, living }: Part, wanted: number, all: number): number => {
  const size = view.size()
  const share = Math.min(wanted, (1.5 * wanted * living) / all)
  const margin = living < size ? 1.1 : 1
  return Math.min(size, Math.ceil((margin * share * size) / living))
}

/** Puts segments and the chunks that none of them holds together. `owners`: every living chunk and its film. */
export const createModelIndex = (
  dimensions: number,
  owners: ReadonlyMap<number, ChunkOwner>,
  segments: readonly OpenSegment[],
  rest: Iterable<ChunkRow>,
  log: Log,
): ModelIndex => {
  const living = new Map(owners)
  const emptyDelta = (): Part => ({ view: createIndex(dimensions), after: 0, upTo: Infinity, living: 0 })
  let parts: readonly Part[] = []
  let delta = emptyDelta()
  let deltaCount = 0
  const inDelta = new Set<number>()

  const partOf = (chunkId: number): Part =>
    parts.find(({ after, upTo }) => after < chunkId && chunkId <= upTo) ?? delta
  const addToDelta = (chunk: ChunkRow): void => {
    if (inDelta.has(chunk.id)) return
    inDelta.add(chunk.id)
    if (chunk.dimensions === dimensions) deltaCount += addChunk(delta.view, chunk)
    else
      log.error(
        { chunk: chunk.id, dimensions: chunk.dimensions },
        'a chunk of another length is not searched',
      )
  }
  const take = (newSegments: readonly OpenSegment[], newRest: Iterable<ChunkRow>, keep: boolean): void => {
    parts = newSegments.map((segment) => ({ ...segment, living: 0 }))
    delta = keep ? { ...delta, living: 0 } : emptyDelta()
    if (!keep) {
      deltaCount = 0
      inDelta.clear()
    }
    for (const [id, { count }] of living) partOf(id).living += count
    for (const chunk of newRest) addToDelta(chunk)
  }
  take(segments, rest, false)

  const search = (view: VectorIndex, query: Float32Array, asked: number): PartMatches => {
    const matches = view.search(query, asked, searchThreads)
    const found: NearVector[] = []
    matches.keys.forEach((key, place) => {
      const chunkId = Number(key / BigInt(chunkSize))
      const owner = living.get(chunkId)
      if (owner === undefined) return
      const score = 1 - (matches.distances[place] ?? 1)
      found.push({ videoId: owner.videoId, chunkId, place: Number(key % BigInt(chunkSize)), score })
    })
    return { found, reach: asked >= view.size() ? -Infinity : 1 - (matches.distances.at(-1) ?? 1) }
  }

  return {
    dimensions,
    deltaCount: () => deltaCount,
    // Frames that say nothing are in no index, though their chunks count them: never more live than there are.
    shares: () =>
      parts.map(({ view, living: alive }) => ({ size: view.size(), living: Math.min(view.size(), alive) })),
    add: (videoId, chunks) => {
      for (const chunk of chunks) {
        living.set(chunk.id, { videoId, count: chunk.count })
        delta.living += chunk.count
        addToDelta(chunk)
      }
    },
    forget: (chunkIds) => {
      for (const id of chunkIds) {
        const owner = living.get(id)
        if (owner !== undefined) partOf(id).living -= owner.count
        living.delete(id)
      }
    },
    nearest: (query, wanted) => {
      const asking = [...parts, delta].filter(({ view, living: alive }) => view.size() > 0 && alive > 0)
      const all = asking.reduce((sum, part) => sum + part.living, 0)
      const asked = asking.map((part) => firstAsked(part, wanted, all))
      const matches = asking.map(({ view }, i) => search(view, query, asked[i] ?? 0))
      for (;;) {
        const best = matches
          .flatMap(({ found }) => found)
          .sort((a, b) => b.score - a.score || a.chunkId - b.chunkId || a.place - b.place)
          .slice(0, wanted)
        // A part is asked for more while it may hold something better than the last of these.
        const least = best.length < wanted ? -Infinity : (best.at(-1)?.score ?? -Infinity)
        const again = matches.flatMap(({ reach }, i) => (reach > least ? [i] : []))
        if (again.length === 0) return best
        for (const i of again) {
          const view = asking[i]?.view
          if (view === undefined) continue
          asked[i] = Math.min(view.size(), (asked[i] ?? 0) * 2)
          matches[i] = search(view, query, asked[i] ?? 0)
        }
      }
    },
    adopt: take,
  }
}
