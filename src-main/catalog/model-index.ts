import { createBestList } from '../domain/best-list.ts'
import { createFilmNumbers } from './film-chunks.ts'
import type { Permit } from './film-chunks.ts'
import { createFilmBests } from './near-films.ts'
import type { NearFilm } from './near-films.ts'
import { graphRows } from './graph-rows.ts'
import { isAll, nearRows } from './near-rows.ts'
import type { Asked, NearRows } from './near-rows.ts'
import type { PackedVectors } from './packed-vectors.ts'
import { createExact, rescore } from './rescore.ts'
import type { NearVector } from './rescore.ts'
import type { SegmentShare } from './segment-plan.ts'
import { createSegmentPart } from './segment-part.ts'
import type { OpenSegment, SegmentPart } from './segment-part.ts'
import type { ChunkOwner, ChunkSize } from './vector-chunks.ts'

/** A unit vector of a text, or of a picture, which lies among those that are looked for. */
export type IndexQuery = { readonly kind: 'text' | 'image'; readonly vector: Float32Array }

/** The index of one model: immutable segments, the chunks above them, and which chunks still live. */
export type ModelIndex = {
  readonly dimensions: number
  /** Vectors that no segment holds. */
  readonly aboveCount: () => number
  /** How much of each segment still lives, in their order. */
  readonly shares: () => readonly SegmentShare[]
  readonly add: (videoId: string, chunks: readonly ChunkSize[]) => void
  readonly forget: (chunkIds: readonly number[]) => void
  /**
   * The `wanted` nearest vectors of the films `only` (null: all), best first, with exact cosines; fewer only where there
   * are fewer. Vectors that say nothing are near nothing. Ties: by film, chunk, place.
   */
  readonly nearest: (
    query: IndexQuery,
    wanted: number,
    only: ReadonlySet<string> | null,
  ) => readonly NearVector[]
  /** The `wanted` films of `only` (null: all) whose best vector is nearest, best first; by 4-bit codes or graphs alone. */
  readonly nearestFilms: (
    query: IndexQuery,
    wanted: number,
    only: ReadonlySet<string> | null,
  ) => readonly NearFilm[]
  /** The chunks that live, the newest first. */
  readonly chunks: () => readonly number[]
  /** A film's chunks in order. */
  readonly ofFilm: (videoId: string) => readonly ChunkSize[]
  /** Takes other segments in place of those it has. */
  readonly adopt: (segments: readonly OpenSegment[]) => void
}

const byScore = (a: NearVector, b: NearVector): number =>
  b.score - a.score ||
  (a.videoId < b.videoId ? -1 : a.videoId > b.videoId ? 1 : a.chunkId - b.chunkId || a.place - b.place)

/** Puts segments and the chunks that none of them holds together. `owners`: every living chunk and its film. */
export const createModelIndex = (
  dimensions: number,
  owners: ReadonlyMap<number, ChunkOwner>,
  segments: readonly OpenSegment[],
  packed: PackedVectors,
): ModelIndex => {
  const living = new Map(owners)
  const byFilm = new Map<string, ChunkSize[]>()
  for (const [id, { videoId, count }] of owners) {
    const own = byFilm.get(videoId)
    if (own === undefined) byFilm.set(videoId, [{ id, count }])
    else own.push({ id, count })
  }
  for (const own of byFilm.values()) own.sort((a, b) => a.id - b.id)
  const films = createFilmNumbers(owners.values())
  let parts: readonly SegmentPart[] = []
  /** Chunks that no segment holds: scored exactly, each time. */
  const above = new Map<number, { readonly film: number; readonly count: number }>()
  let aboveCount = 0

  const putAbove = (id: number, { videoId, count }: ChunkOwner): void => {
    above.set(id, { film: films.of(videoId), count })
    aboveCount += count
  }
  const take = (newSegments: readonly OpenSegment[]): void => {
    parts = newSegments.map((segment) => createSegmentPart(segment, living, films))
    above.clear()
    aboveCount = 0
    const upTo = parts.at(-1)?.upTo ?? 0
    for (const [id, owner] of living) if (id > upTo) putAbove(id, owner)
  }
  take(segments)

  const isPermitted = (permit: Permit, film: number): boolean => permit === null || permit[film] === 1
  const asking = (permit: Permit): readonly Asked[] =>
    parts.filter((part) => part.living() > 0).map((part) => ({ part, runs: part.runs(permit) }))

  return {
    dimensions,
    aboveCount: () => aboveCount,
    shares: () => parts.map((part) => ({ size: part.segment.size, living: part.living() })),
    add: (videoId, chunks) => {
      byFilm.set(videoId, [...chunks])
      for (const { id, count } of chunks) {
        living.set(id, { videoId, count })
        putAbove(id, { videoId, count })
      }
    },
    forget: (chunkIds) => {
      for (const id of chunkIds) {
        byFilm.delete(living.get(id)?.videoId ?? '')
        living.delete(id)
        aboveCount -= above.get(id)?.count ?? 0
        above.delete(id)
        parts.find(({ after, upTo }) => after < id && id <= upTo)?.forget(id)
      }
    },
    nearest: ({ kind, vector: query }, wanted, only) => {
      const permit = films.permit(only)
      const scorer = packed.ask([query])
      const asked = asking(permit)
      const look = (near: readonly NearRows[]): readonly NearVector[] => {
        const best = createBestList(wanted, byScore)
        for (const [chunkId, { film }] of above) {
          const chunk = isPermitted(permit, film) ? scorer.chunk(chunkId) : null
          if (chunk === null) continue
          const videoId = films.id(film)
          scorer.scores(chunk, 0).forEach((score, place) => {
            if (!best.wants(score) || (score === 0 && scorer.isZero(chunk, place))) return
            best.offer({ videoId, chunkId, place, score })
          })
        }
        const exact = createExact(packed, scorer, films)
        try {
          rescore(near, wanted, exact.scoreOf, best)
        } finally {
          exact.close()
        }
        return best.best()
      }
      const byGraph = kind === 'image' && permit === null ? graphRows(parts, query, wanted) : null
      const near = byGraph ?? nearRows(asked, query, wanted)
      const found = look(near)
      // A chunk may have gone meanwhile.
      return found.length < wanted && !isAll(near, asked) ? look(nearRows(asked, query, Infinity)) : found
    },
    nearestFilms: ({ kind, vector: query }, wanted, only) => {
      const permit = films.permit(only)
      const scorer = packed.ask([query])
      const bests = createFilmBests(films)
      for (const [chunkId, { film }] of above) {
        const chunk = isPermitted(permit, film) ? scorer.chunk(chunkId) : null
        if (chunk === null) continue
        scorer.scores(chunk, 0).forEach((score, place) => {
          if (score !== 0 || !scorer.isZero(chunk, place)) bests.offer(film, score)
        })
      }
      const byGraph = kind === 'image' && permit === null ? graphRows(parts, query, wanted) : null
      if (byGraph !== null) bests.offerRows(byGraph)
      if (bests.count() >= wanted) return bests.best(wanted)
      const asked = asking(permit)
      const near = nearRows(asked, query, wanted)
      bests.offerRows(near)
      // The best signs of a large library may all lie in few films: then all of its vectors are looked at.
      if (bests.count() < wanted && !isAll(near, asked)) bests.offerRows(nearRows(asked, query, Infinity))
      return bests.best(wanted)
    },
    chunks: () => [...living.keys()].sort((a, b) => b - a),
    ofFilm: (videoId) => byFilm.get(videoId) ?? [],
    adopt: take,
  }
}
