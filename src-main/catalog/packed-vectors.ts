import { createKernel } from './vector-kernel.ts'
import type { VectorKernel } from './vector-kernel.ts'
import { chunkSize } from './vector-chunks.ts'
import type { ChunkBytes } from './vector-chunks.ts'

/** A chunk whose vectors are in memory. It may have to leave when another one is asked for. */
export type PackedChunk = {
  readonly count: number
  readonly times: Float64Array
  readonly starts: Float64Array | null
  readonly slot: number
}

/** Scores chunks with the queries that were asked for. */
export type Scorer = {
  /** Reads a chunk, unless it is in memory; null when it is no more or of another length. */
  readonly chunk: (chunkId: number) => PackedChunk | null
  /** Cosines of a chunk's vectors with the `query`-th of the queries; right until the next call of anything here. */
  readonly scores: (chunk: PackedChunk, query: number) => Float32Array
  /** The cosine of one of a chunk's vectors with the `query`-th of the queries. */
  readonly score: (chunk: PackedChunk, place: number, query: number) => number
  /** The cosine of a vector (float16) that `fill` writes, with the first query; null when `fill` says that it could not. */
  readonly scoreFrom: (fill: (into: Uint8Array) => boolean) => number | null
  /** True for a vector that says nothing. */
  readonly isZero: (chunk: PackedChunk, place: number) => boolean
}

export type PackedVectors = {
  /** Takes queries, unit vectors of one length, `mostQueries` at most; the scorer is right until the next `ask`. */
  readonly ask: (queries: readonly Float32Array[]) => Scorer
  /** Chunks that fit and are not there yet: 0 when memory is full. */
  readonly room: () => number
  readonly has: (chunkId: number) => boolean
  readonly forget: (chunkIds: Iterable<number>) => void
  readonly clear: () => void
}

/** Queries that are scored at once. */
export const mostQueries = 64
/** int16 numbers go into the kernel by 16. */
const step = 16
/** Memory grows by so many chunks. */
const growth = 128

/**
 * Vectors as int16 (32767 for 1) in one memory of at most `bytes`, chunk by chunk, read by `read` when they are asked
 * for; the chunk that was used longest ago leaves first. The error of a cosine is about 1e-5, that of float16 alike.
 * Measured (64 x 512): 2 µs a chunk that is there, 70 µs one that has to be read from SQLite.
 */
export const createPackedVectors = (
  bytes: number,
  read: (chunkId: number) => ChunkBytes | null,
): PackedVectors => {
  // Kept for good: another model's vectors go where those of the last one were.
  const kernel: VectorKernel = createKernel()
  let dimensions = 0
  let vectorBytes = 0
  let slots = 0
  let reserved = 0
  /** By last use, the newest last. */
  let chunks = new Map<number, PackedChunk>()
  let free: number[] = []

  const slotBytes = (): number => chunkSize * vectorBytes
  /** The kernel's sums of a chunk; made anew only where they have moved: a search asks for thousands one by one. */
  let outView = new Float32Array<ArrayBufferLike>(new ArrayBuffer(0))
  const out = (): Float32Array => {
    if (outView.buffer !== kernel.memory() || outView.byteOffset !== outAt())
      outView = new Float32Array(kernel.memory(), outAt(), chunkSize)
    return outView
  }
  const queryAt = (query: number): number => query * vectorBytes
  const outAt = (): number => queryAt(mostQueries)
  const stageAt = (): number => outAt() + chunkSize * 4
  const slotAt = (slot: number): number => stageAt() + (1 + slot) * slotBytes()
  const clear = (): void => {
    chunks = new Map()
    free = []
    dimensions = 0
    reserved = 0
  }
  const shape = (length: number): void => {
    if (length === dimensions) return
    clear()
    dimensions = length
    vectorBytes = Math.ceil(length / step) * step * 2
    slots = Math.max(1, Math.floor(bytes / slotBytes()))
    kernel.reserve(slotAt(0))
  }
  const slot = (): number => {
    const next = free.pop()
    if (next !== undefined) return next
    if (reserved < slots) {
      const more = Math.min(growth, slots - reserved)
      kernel.reserve(slotAt(reserved + more))
      for (let i = reserved + more - 1; i >= reserved; i -= 1) free.push(i)
      reserved += more
      return slot()
    }
    for (const [id, chunk] of chunks) {
      chunks.delete(id)
      return chunk.slot
    }
    throw new Error('no memory for a chunk')
  }
  const pack = (row: ChunkBytes): PackedChunk => {
    const to = slot()
    const stage = new Uint8Array(kernel.memory(), stageAt(), slotBytes())
    const each = dimensions * 2
    if (each === vectorBytes) stage.set(row.vectors)
    else {
      stage.fill(0)
      for (let i = 0; i < row.count; i += 1)
        stage.set(row.vectors.subarray(i * each, (i + 1) * each), i * vectorBytes)
    }
    kernel.halves(stageAt(), (row.count * vectorBytes) / 2, slotAt(to))
    return { count: row.count, times: row.times, starts: row.starts, slot: to }
  }

  return {
    ask: (queries) => {
      if (queries.length > mostQueries) throw new RangeError(`${queries.length} queries at once`)
      shape(queries[0]?.length ?? 0)
      const into = new Int16Array(kernel.memory(), 0, (mostQueries * vectorBytes) / 2)
      queries.forEach((query, at) => {
        for (let i = 0; i < dimensions; i += 1)
          into[queryAt(at) / 2 + i] = Math.round(32_767 * (query[i] ?? 0))
      })
      return {
        chunk: (chunkId) => {
          const known = chunks.get(chunkId)
          if (known !== undefined) {
            chunks.delete(chunkId)
            chunks.set(chunkId, known)
            return known
          }
          const row = read(chunkId)
          if (row?.dimensions !== dimensions) return null
          const packed = pack(row)
          chunks.set(chunkId, packed)
          return packed
        },
        scores: (chunk, query) => {
          kernel.exact(slotAt(chunk.slot), chunk.count, vectorBytes, queryAt(query), outAt())
          return out().subarray(0, chunk.count)
        },
        score: (chunk, place, query) => {
          const vector = slotAt(chunk.slot) + place * vectorBytes
          kernel.exact(vector, 1, vectorBytes, queryAt(query), outAt())
          return out()[0] ?? 0
        },
        scoreFrom: (fill) => {
          const into = new Uint8Array(kernel.memory(), stageAt(), vectorBytes)
          into.fill(0, dimensions * 2)
          if (!fill(into)) return null
          // In place: what is read is never before what is written.
          kernel.halves(stageAt(), vectorBytes / 2, stageAt())
          kernel.exact(stageAt(), 1, vectorBytes, queryAt(0), outAt())
          return out()[0] ?? 0
        },
        isZero: (chunk, place) =>
          new Int16Array(kernel.memory(), slotAt(chunk.slot) + place * vectorBytes, vectorBytes / 2).every(
            (part) => part === 0,
          ),
      }
    },
    room: () => slots - chunks.size,
    has: (chunkId) => chunks.has(chunkId),
    forget: (chunkIds) => {
      for (const id of chunkIds) {
        const chunk = chunks.get(id)
        if (chunk === undefined) continue
        free.push(chunk.slot)
        chunks.delete(id)
      }
    },
    clear,
  }
}
