import type { FilmNumbers, Permit } from './film-chunks.ts'
import type { SegmentGraph } from './segment-graph.ts'
import type { ChunkOwner } from './vector-chunks.ts'
import type { RowRun, VectorSegment } from './vector-segment.ts'

/** A loaded segment: it holds the chunks above `after` and up to `upTo` that lived when it was built. */
export type OpenSegment = {
  readonly segment: VectorSegment
  /** Null as long as it is not made and read. */
  readonly graph: () => SegmentGraph | null
  readonly after: number
  readonly upTo: number
}

/** A segment and whose its chunks are now. */
export type SegmentPart = OpenSegment & {
  /** Vectors of chunks that live. */
  readonly living: () => number
  readonly forget: (chunkId: number) => void
  /** The living vectors of permitted films, in order, as few runs as can be. */
  readonly runs: (permit: Permit) => readonly RowRun[]
  /** Where a vector is: its chunk, its place in it, its film's number (-1 when its chunk is dead). */
  readonly chunkAt: (row: number) => number
  readonly filmOf: (chunk: number) => number
}

/** The last of the rising `values` that is not above `wanted`; -1 when there is none. */
const lastUpTo = (values: Float64Array | Uint32Array, length: number, wanted: number): number => {
  let low = 0
  let high = length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((values[middle] ?? Infinity) <= wanted) low = middle + 1
    else high = middle
  }
  return low - 1
}

/** Joins a segment with the chunks that live, `owners`. */
export const createSegmentPart = (
  open: OpenSegment,
  owners: ReadonlyMap<number, ChunkOwner>,
  films: FilmNumbers,
): SegmentPart => {
  const { chunkIds, starts } = open.segment
  const film = Int32Array.from(chunkIds, (id) => {
    const owner = owners.get(id)
    return owner === undefined ? -1 : films.of(owner.videoId)
  })
  const sizeOf = (chunk: number): number => (starts[chunk + 1] ?? 0) - (starts[chunk] ?? 0)
  let living = film.reduce((sum, owner, chunk) => (owner < 0 ? sum : sum + sizeOf(chunk)), 0)
  return {
    ...open,
    living: () => living,
    forget: (chunkId) => {
      const chunk = lastUpTo(chunkIds, chunkIds.length, chunkId)
      if (chunkIds[chunk] !== chunkId || (film[chunk] ?? -1) < 0) return
      film[chunk] = -1
      living -= sizeOf(chunk)
    },
    runs: (permit) => {
      const runs: { from: number; to: number }[] = []
      let last: { from: number; to: number } | undefined
      for (let chunk = 0; chunk < film.length; chunk += 1) {
        const owner = film[chunk] ?? -1
        if (owner < 0 || (permit !== null && permit[owner] !== 1)) continue
        const from = starts[chunk] ?? 0
        const to = starts[chunk + 1] ?? from
        if (last?.to === from) last.to = to
        else runs.push((last = { from, to }))
      }
      return runs
    },
    chunkAt: (row) => lastUpTo(starts, chunkIds.length, row),
    filmOf: (chunk) => film[chunk] ?? -1,
  }
}
