import { createHash } from 'node:crypto'
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import { Index, MetricKind, ScalarKind } from 'usearch'
import { halvesToSingles } from '../domain/half-floats.ts'
import { chunkSize } from './vector-chunks.ts'
import type { ChunkRow } from './vector-chunks.ts'

/** A usearch index whose keys are chunkId * 64 + place. */
export type VectorIndex = Index

/** An empty index for unit vectors. Inner product, so that a zero vector (a frame that says nothing) scores 0. */
export const createIndex = (dimensions: number): VectorIndex =>
  new Index({
    dimensions,
    metric: MetricKind.IP,
    quantization: ScalarKind.F16,
    connectivity: 16,
    expansion_add: 128,
    expansion_search: 128,
    multi: false,
  })

const addThreads = 1

/** Adds a chunk's vectors; a zero vector is left out (nothing is near it). Answers how many were added. */
export const addChunk = (index: VectorIndex, chunk: ChunkRow): number => {
  const singles = halvesToSingles(chunk.halves)
  const rows = Array.from({ length: chunk.count }, (_, row) => row).filter((row) =>
    singles.subarray(row * chunk.dimensions, (row + 1) * chunk.dimensions).some((part) => part !== 0),
  )
  if (rows.length === 0) return 0
  const keys = BigUint64Array.from(rows, (row) => BigInt(chunk.id * chunkSize + row))
  const packed = new Float32Array(rows.length * chunk.dimensions)
  rows.forEach((row, place) =>
    packed.set(
      singles.subarray(row * chunk.dimensions, (row + 1) * chunk.dimensions),
      place * chunk.dimensions,
    ),
  )
  index.add(keys, packed, addThreads)
  return rows.length
}

const sha256 = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex')

/** Saves an index as an immutable file: temporary name, fsync, rename. Answers its hash. Blocks (388 ms per 100k vectors). */
export const saveSegment = (index: VectorIndex, file: string): string => {
  const part = `${file}.part`
  rmSync(part, { force: true })
  index.save(part)
  const handle = openSync(part, 'r+')
  fsyncSync(handle)
  closeSync(handle)
  const hash = sha256(part)
  renameSync(part, file)
  return hash
}

/**
 * Opens a segment by memory map, or null when it is missing or not what was written: usearch would take the whole
 * process down with a damaged file, so the hash is compared before it is touched, and the dimensions after.
 */
export const viewSegment = (file: string, expectedSha256: string, dimensions: number): VectorIndex | null => {
  if (statSync(file, { throwIfNoEntry: false }) === undefined || sha256(file) !== expectedSha256) return null
  const index = createIndex(dimensions)
  index.view(file)
  return index.dimensions() === dimensions ? index : null
}
