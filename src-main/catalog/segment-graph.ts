import { createHash } from 'node:crypto'
import { closeSync, createReadStream, fsyncSync, openSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { Index, MetricKind, ScalarKind } from 'usearch'
import { halvesToSingles } from '../domain/half-floats.ts'
import { openVectors } from './vector-reader.ts'

/** A graph over the vectors of a segment: finds those nearest a picture without a look at all of them. */
export type SegmentGraph = {
  /** About `wanted` vectors, by their place in the segment, nearest first; `scores`: their cosines, about. */
  readonly near: (
    query: Float32Array,
    wanted: number,
  ) => { readonly rows: Uint32Array; readonly scores: Float32Array }
}

/** Inner product: of unit vectors it is the cosine. Connectivity and expansion: `bench vectors`. */
const createIndex = (dimensions: number): Index =>
  new Index({
    dimensions,
    metric: MetricKind.IP,
    quantization: ScalarKind.F16,
    connectivity: 16,
    expansion_add: 128,
    expansion_search: 256,
    multi: false,
  })

/** The builder is a process in the background: one thread. */
const threads = 1

/** Vectors that are added at once: what one call costs beside them no longer counts. */
const together = 1_024

/**
 * Makes the graph of a segment from the vectors in its file and saves it as an immutable file: temporary name, fsync,
 * rename. Answers its sha256; null when the segment has gone meanwhile. Vectors that say nothing, or are not as they were
 * written, are left out. 0.4 ms a vector of 512 (measured).
 */
export const buildGraph = (segmentFile: string, dimensions: number, file: string): string | null => {
  const vectors = openVectors(segmentFile, dimensions)
  if (vectors === null) return null
  const index = createIndex(dimensions)
  const halves = new Uint16Array(dimensions)
  const bytes = new Uint8Array(halves.buffer)
  let keys: bigint[] = []
  // In memory of its own: usearch 2.25 does not look where in its buffer an array begins.
  const singles = new Float32Array(together * dimensions)
  const add = (): void => {
    if (keys.length > 0)
      index.add(BigUint64Array.from(keys), singles.slice(0, keys.length * dimensions), threads)
    keys = []
  }
  for (let row = 0; row < vectors.size; row += 1) {
    if (!vectors.read(row, bytes) || halves.every((bits) => (bits & 0x7fff) === 0)) continue
    singles.set(halvesToSingles(halves), keys.length * dimensions)
    keys.push(BigInt(row))
    if (keys.length === together) add()
  }
  add()
  vectors.close()
  const part = `${file}.part`
  rmSync(part, { force: true })
  index.save(part)
  const handle = openSync(part, 'r+')
  fsyncSync(handle)
  const sha256 = createHash('sha256').update(readFileSync(part)).digest('hex')
  closeSync(handle)
  renameSync(part, file)
  return sha256
}

const hashOf = async (file: string): Promise<string | null> => {
  const hash = createHash('sha256')
  try {
    for await (const piece of createReadStream(file)) hash.update(piece as Buffer)
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return null
    throw cause
  }
  return hash.digest('hex')
}

/**
 * Opens a graph by memory map; null when it is missing or not what was written: usearch would take the whole process
 * down with a damaged file, so the hash is compared before it is touched, and the dimensions after.
 */
export const openGraph = async (
  file: string,
  sha256: string,
  dimensions: number,
): Promise<SegmentGraph | null> => {
  if ((await hashOf(file)) !== sha256) return null
  const index = createIndex(dimensions)
  index.view(file)
  if (index.dimensions() !== dimensions) return null
  return {
    near: (query, wanted) => {
      // A copy: see `buildGraph`.
      const { keys, distances } = index.search(Float32Array.from(query), Math.min(wanted, index.size()), 1)
      return {
        rows: Uint32Array.from(keys, Number),
        scores: Float32Array.from(distances, (distance) => 1 - distance),
      }
    },
  }
}
