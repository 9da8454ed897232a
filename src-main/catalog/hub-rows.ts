import type { Database } from './database.ts'
import type { ChunkSize } from './vector-chunks.ts'

/** How near each vector is to everything (methods.md 2e, r_k), a value each, by the bank of texts that measured it (`hubBank`). */
export type HubRows = {
  /** Keeps a chunk's values, as many as it has vectors, in place of another bank's. False when the chunk is no more. */
  readonly put: (bank: string, chunkId: number, values: Float32Array) => boolean
  /** A film's values, chunk after chunk; null unless this bank has measured each of `chunks`. */
  readonly of: (bank: string, chunks: readonly ChunkSize[]) => Float32Array | null
  /** Chunks of a model that this bank has not measured, the oldest first. */
  readonly missing: (model: string, bank: string, limit: number) => readonly ChunkSize[]
}

/**
 * The table `vector_hub`; rows go with their chunk, by a trigger. What was read once stays in memory, 4 bytes a vector: a
 * search asks for hundreds of chunks. Numbers of chunks are never given twice.
 */
export const createHubRows = (database: Database): HubRows => {
  const count = database.prepare<[number], { count: number }>(
    'SELECT count FROM derived.vector_chunk WHERE id = ?',
  )
  const put = database.prepare(
    'INSERT OR REPLACE INTO derived.vector_hub (chunk_id, bank, "values") VALUES (?, ?, ?)',
  )
  const get = database.prepare<[number, string], { values: Buffer }>(
    'SELECT "values" FROM derived.vector_hub WHERE chunk_id = ? AND bank = ?',
  )
  const missing = database.prepare<[string, string, number], ChunkSize>(
    `SELECT chunk.id, chunk.count FROM derived.vector_chunk AS chunk
     LEFT JOIN derived.vector_hub AS hub ON hub.chunk_id = chunk.id AND hub.bank = ?
     WHERE chunk.model = ? AND chunk.kind = 'frame' AND hub.chunk_id IS NULL ORDER BY chunk.id LIMIT ?`,
  )
  let read: { readonly bank: string; readonly chunks: Map<number, Float32Array> } | null = null
  const valuesOf = (bank: string, chunkId: number): Float32Array | null => {
    if (read?.bank !== bank) read = { bank, chunks: new Map() }
    const known = read.chunks.get(chunkId)
    if (known !== undefined) return known
    const row = get.get(chunkId, bank)
    if (row === undefined) return null
    // A copy, because SQLite's buffers need not be aligned.
    const values = new Float32Array(new Uint8Array(row.values).buffer)
    read.chunks.set(chunkId, values)
    return values
  }
  return {
    put: (bank, chunkId, values) => {
      const known = count.get(chunkId)
      if (known === undefined) return false
      if (known.count !== values.length)
        throw new RangeError(`${values.length} values for the ${known.count} vectors of chunk ${chunkId}`)
      read?.chunks.delete(chunkId)
      put.run(chunkId, bank, Buffer.from(values.buffer, values.byteOffset, values.byteLength))
      return true
    },
    of: (bank, chunks) => {
      const all = new Float32Array(chunks.reduce((sum, chunk) => sum + chunk.count, 0))
      let at = 0
      for (const chunk of chunks) {
        const values = valuesOf(bank, chunk.id)
        if (values === null) return null
        all.set(values, at)
        at += chunk.count
      }
      return all
    },
    missing: (model, bank, limit) => missing.all(bank, model, limit),
  }
}
