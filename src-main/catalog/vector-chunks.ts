import type { Database } from './database.ts'

/** Vectors in one chunk at most (`architecture.md`); a vector's key is chunkId * 64 + its place. */
export const chunkSize = 64

/**
 * Times (seconds, rising) and as many unit vectors (f16 little-endian, `dimensions` each) of one film. `starts`: the
 * second from which each one stands for the film, where that is not its own time.
 */
export type VectorPack = {
  readonly dimensions: number
  readonly times: readonly number[]
  readonly starts?: readonly number[]
  readonly vectors: Uint8Array
}

/** The film that a chunk is of, and how many vectors it has. */
export type ChunkOwner = { readonly videoId: string; readonly count: number }

export type ChunkRow = {
  readonly id: number
  readonly videoId: string
  readonly dimensions: number
  readonly count: number
  readonly times: Float64Array
  /** The second from which each one stands for the film; null: its own time. */
  readonly starts: Float64Array | null
  /** f16 numbers as their bits: count x dimensions. */
  readonly halves: Uint16Array
}

type Row = {
  id: number
  video_id: string
  dimensions: number
  count: number
  times: Buffer
  starts: Buffer | null
  vectors: Buffer
}

/** A copy, because SQLite's buffers need not be aligned. */
const aligned = (bytes: Buffer): ArrayBuffer => new Uint8Array(bytes).buffer
/** Times as they are kept, without a copy where they happen to be aligned: that is most of the time it takes to read them. */
const secondsOf = (bytes: Buffer): Float64Array =>
  bytes.byteOffset % 8 === 0
    ? new Float64Array(bytes.buffer, bytes.byteOffset, bytes.length / 8)
    : new Float64Array(aligned(bytes))

const toChunk = (row: Row): ChunkRow => ({
  id: row.id,
  videoId: row.video_id,
  dimensions: row.dimensions,
  count: row.count,
  times: new Float64Array(aligned(row.times)),
  starts: row.starts === null ? null : new Float64Array(aligned(row.starts)),
  halves: new Uint16Array(aligned(row.vectors)),
})

const columns = 'id, video_id, dimensions, count, times, starts, vectors'

/** A chunk as the database has it: `vectors` lie anywhere in a buffer, and nothing was copied. */
export type ChunkBytes = Omit<ChunkRow, 'halves' | 'videoId'> & { readonly vectors: Uint8Array }

/** How many vectors a chunk has. */
export type ChunkSize = { readonly id: number; readonly count: number }

/** The chunks of one length above `after` and up to `upTo`, in order of id; also for the read-only segment builder. */
export const chunksAfter = (
  database: Database,
  schema: 'main' | 'derived',
  model: string,
  dimensions: number,
  after: number,
  upTo: number,
): readonly ChunkSize[] =>
  database
    .prepare<[string, number, number, number], ChunkSize>(
      `SELECT id, count FROM ${schema}.vector_chunk
       WHERE model = ? AND dimensions = ? AND id > ? AND id <= ? ORDER BY id`,
    )
    .all(model, dimensions, after, upTo)

/** Reads chunks by their id; null when one is no more. */
export const chunkReader = (
  database: Database,
  schema: 'main' | 'derived',
): ((chunkId: number) => ChunkBytes | null) => {
  const byId = database.prepare<[number], Omit<Row, 'video_id'>>(
    `SELECT id, dimensions, count, times, starts, vectors FROM ${schema}.vector_chunk WHERE id = ?`,
  )
  return (chunkId) => {
    const row = byId.get(chunkId)
    if (row === undefined) return null
    const { id, dimensions, count, vectors } = row
    const times = secondsOf(row.times)
    const starts = row.starts === null ? null : secondsOf(row.starts)
    return { id, dimensions, count, times, starts, vectors }
  }
}

export type ChunkStore = {
  /** Replaces the frame vectors of a film and model, inside the caller's transaction; answers the ids that are no more. */
  readonly replace: (videoId: string, model: string, stage: string, pack: VectorPack) => readonly number[]
  readonly ofVideo: (videoId: string, model: string) => readonly ChunkRow[]
  /** The chunks of a film's frames with vectors of this length, in order. */
  readonly sizes: (videoId: string, model: string, dimensions: number) => readonly ChunkSize[]
  /** Every chunk of a model; `dimensions`: only those of this length. */
  readonly owners: (model: string, dimensions?: number) => ReadonlyMap<number, ChunkOwner>
  /** The length of a model's newest vectors and their chunk; null when it has none. */
  readonly newest: (model: string) => { readonly dimensions: number; readonly last: number } | null
  /** True for vectors of the frames that an analysis chose. */
  readonly isFine: (videoId: string, model: string) => boolean
  /** How many films have vectors of a model. */
  readonly videos: (model: string) => number
  /** How many vectors a model has. */
  readonly frames: (model: string) => number
  readonly byId: (chunkId: number) => ChunkRow | null
  /** When the frame of a vector is shown; null when its chunk is no more. */
  readonly timeOf: (chunkId: number, place: number) => number | null
  readonly dropModel: (model: string) => void
}

/** The vector chunks in derived.db. */
export const createChunkStore = (database: Database): ChunkStore => {
  const ids = database.prepare<[string, string], { id: number }>(
    "SELECT id FROM derived.vector_chunk WHERE model = ? AND video_id = ? AND kind = 'frame'",
  )
  const drop = database.prepare('DELETE FROM derived.vector_chunk WHERE id = ?')
  const insert = database.prepare(
    `INSERT INTO derived.vector_chunk (video_id, model, stage, kind, dimensions, count, times, starts, vectors)
     VALUES (?, ?, ?, 'frame', ?, ?, ?, ?, ?)`,
  )
  const ofVideo = database.prepare<[string, string], Row>(
    `SELECT ${columns} FROM derived.vector_chunk WHERE model = ? AND video_id = ? AND kind = 'frame' ORDER BY id`,
  )
  const fine = database.prepare<[string, string], { id: number }>(
    `SELECT id FROM derived.vector_chunk
     WHERE model = ? AND video_id = ? AND kind = 'frame' AND stage = 'analyzed' LIMIT 1`,
  )
  const sizes = database.prepare<[string, string, number], ChunkSize>(
    `SELECT id, count FROM derived.vector_chunk
     WHERE model = ? AND video_id = ? AND kind = 'frame' AND dimensions = ? ORDER BY id`,
  )
  const owners = database.prepare<
    { model: string; dimensions: number | null },
    { id: number; video_id: string; count: number }
  >(
    `SELECT id, video_id, count FROM derived.vector_chunk
     WHERE model = :model AND (:dimensions IS NULL OR dimensions = :dimensions)`,
  )
  const newest = database.prepare<[string], { dimensions: number; last: number }>(
    `SELECT dimensions, id AS last FROM derived.vector_chunk
     WHERE id = (SELECT max(id) FROM derived.vector_chunk WHERE model = ?)`,
  )
  const videos = database.prepare<[string], { count: number }>(
    'SELECT count(DISTINCT video_id) AS count FROM derived.vector_chunk WHERE model = ?',
  )
  const frames = database.prepare<[string], { count: number }>(
    'SELECT coalesce(sum(count), 0) AS count FROM derived.vector_chunk WHERE model = ?',
  )
  const byId = database.prepare<[number], Row>(`SELECT ${columns} FROM derived.vector_chunk WHERE id = ?`)
  const times = database.prepare<[number], { times: Buffer }>(
    'SELECT times FROM derived.vector_chunk WHERE id = ?',
  )
  const dropModel = database.prepare('DELETE FROM derived.vector_chunk WHERE model = ?')
  return {
    replace: (videoId, model, stage, pack) => {
      const old = ids.all(model, videoId).map(({ id }) => id)
      for (const id of old) drop.run(id)
      const bytesEach = pack.dimensions * 2
      for (let from = 0; from < pack.times.length; from += chunkSize) {
        const times = Float64Array.from(pack.times.slice(from, from + chunkSize))
        const starts = pack.starts?.slice(from, from + chunkSize)
        insert.run(
          videoId,
          model,
          stage,
          pack.dimensions,
          times.length,
          Buffer.from(times.buffer),
          starts === undefined ? null : Buffer.from(Float64Array.from(starts).buffer),
          pack.vectors.subarray(from * bytesEach, (from + times.length) * bytesEach),
        )
      }
      return old
    },
    ofVideo: (videoId, model) => ofVideo.all(model, videoId).map(toChunk),
    sizes: (videoId, model, dimensions) => sizes.all(model, videoId, dimensions),
    owners: (model, dimensions) =>
      new Map(
        owners
          .all({ model, dimensions: dimensions ?? null })
          .map(({ id, video_id: videoId, count }) => [id, { videoId, count }]),
      ),
    newest: (model) => newest.get(model) ?? null,
    isFine: (videoId, model) => fine.get(model, videoId) !== undefined,
    videos: (model) => videos.get(model)?.count ?? 0,
    frames: (model) => frames.get(model)?.count ?? 0,
    byId: (chunkId) => {
      const row = byId.get(chunkId)
      return row === undefined ? null : toChunk(row)
    },
    timeOf: (chunkId, place) => {
      const row = times.get(chunkId)
      return row === undefined ? null : (new Float64Array(aligned(row.times))[place] ?? null)
    },
    dropModel: (model) => void dropModel.run(model),
  }
}
