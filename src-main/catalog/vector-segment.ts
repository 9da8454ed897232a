import { createHash } from 'node:crypto'
import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { codeBytes, codeWeights, signBlock, signBlockBytes, signTable } from '../domain/vector-codes.ts'
import type { CodeScale } from '../domain/vector-codes.ts'
import { headBytes, segmentLayout, segmentMark, segmentVersion } from './segment-layout.ts'
import { createKernel } from './vector-kernel.ts'

/** Vectors [from, to) of a segment. */
export type RowRun = { readonly from: number; readonly to: number }

/** A vector's cosine is about mean + its factor x (low + unit x its sum); there is a sum for each vector of the runs. */
export type SignSums = {
  readonly sums: Uint16Array
  readonly factors: Float32Array
  readonly mean: number
  readonly low: number
  readonly unit: number
}

/** A segment in memory: the codes of its vectors, which chunks they are of, and how near they are to a query. */
export type VectorSegment = {
  readonly dimensions: number
  /** Vectors in it, dead ones too. */
  readonly size: number
  /** Rising. */
  readonly chunkIds: Float64Array
  /** The first vector of each chunk, and the size at the end. */
  readonly starts: Uint32Array
  /** Rough cosines (error 0.018 of texts) of the vectors in `runs`; right until the next call. 4.5 ns a vector of 512. */
  readonly signSums: (query: Float32Array, runs: readonly RowRun[]) => SignSums
  /** Cosines (error 0.0027 of texts) of these vectors, in order; NaN for one that says nothing. 20-60 ns each of 512. */
  readonly codeScores: (query: Float32Array, rows: Uint32Array) => Float32Array
}

/** Vectors that one call of the kernel looks at: their list and sums stay in the cache. */
const listed = 8_192
const slice = 1 << 20

/**
 * Reads a segment into memory and checks it; null when it is missing or not what was written. Stops after each megabyte
 * (2 ms), so that a caller may let others have their turn.
 */
export const loadSteps = function* (
  file: string,
  expectedSha256: string,
  dimensions: number,
): Generator<void, VectorSegment | null> {
  let handle: number
  try {
    handle = openSync(file, 'r')
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return null
    throw cause
  }
  try {
    const head = new Uint32Array(headBytes / 4)
    if (readSync(handle, head, 0, headBytes, 0) < headBytes) return null
    const [mark, version, length, chunks = 0, vectors = 0] = head
    const layout = segmentLayout(dimensions, chunks, vectors)
    if (mark !== segmentMark || version !== segmentVersion || length !== dimensions) return null
    if (fstatSync(handle).size !== layout.bytes) return null
    const kernel = createKernel()
    // What a query needs lies below the file.
    const tableAt = 0
    const listAt = signBlockBytes(dimensions) * 2 + codeBytes(dimensions) * 2
    const outAt = listAt + listed * 4
    const sumsAt = outAt + listed * 4
    const fileAt = sumsAt + Math.ceil(vectors / signBlock) * signBlock * 2
    kernel.reserve(fileAt + layout.bytes)
    const memory = kernel.memory()
    const bytes = new Uint8Array(memory, fileAt, layout.bytes)
    const hash = createHash('sha256')
    for (let at = 0; at < layout.bytes;) {
      const read = readSync(handle, bytes, at, Math.min(slice, layout.bytes - at), at)
      if (read === 0) return null
      hash.update(bytes.subarray(at, at + read))
      at += read
      yield
    }
    if (hash.digest('hex') !== expectedSha256) return null

    const chunkIds = new Float64Array(memory.slice(fileAt + layout.ids, fileAt + layout.ids + chunks * 8))
    const counts = new Uint8Array(memory, fileAt + layout.counts, chunks)
    const starts = new Uint32Array(chunks + 1)
    counts.forEach((count, i) => {
      starts[i + 1] = (starts[i] ?? 0) + count
    })
    const scale: CodeScale = {
      mean: new Float32Array(memory, fileAt + layout.mean, dimensions),
      spread: new Float32Array(memory, fileAt + layout.spread, dimensions),
    }
    const signFactors = new Float32Array(memory, fileAt + layout.signFactors, vectors)
    const codeFactors = new Float32Array(memory, fileAt + layout.codeFactors, vectors)
    const sums = new Uint16Array(memory, sumsAt, vectors)
    const list = new Uint32Array(memory, listAt, listed)
    const out = new Int32Array(memory, outAt, listed)
    const table = new Uint8Array(memory, tableAt, listAt - tableAt)
    const blockBytes = signBlockBytes(dimensions)
    return {
      dimensions,
      size: vectors,
      chunkIds,
      starts,
      signSums: (query, runs) => {
        const { table: adds, ...line } = signTable(query, scale)
        table.set(adds)
        for (const { from, to } of runs) {
          const first = Math.floor(from / signBlock)
          const count = Math.ceil(to / signBlock) - first
          const blocks = fileAt + layout.signs + first * blockBytes
          kernel.signs(blocks, count, blockBytes, tableAt, sumsAt + first * signBlock * 2)
        }
        return { sums, factors: signFactors, ...line }
      },
      codeScores: (query, rows) => {
        const { table: weights, mean, low, unit } = codeWeights(query, scale)
        table.set(new Uint8Array(weights.buffer))
        const scores = new Float32Array(rows.length)
        for (let from = 0; from < rows.length; from += listed) {
          const some = rows.subarray(from, from + listed)
          list.set(some)
          kernel.nibbles(listAt, some.length, fileAt + layout.codes, codeBytes(dimensions), tableAt, outAt)
          for (let i = 0; i < some.length; i += 1)
            scores[from + i] = mean + (codeFactors[some[i] ?? 0] ?? 0) * (low + unit * (out[i] ?? 0))
        }
        return scores
      },
    }
  } finally {
    closeSync(handle)
  }
}
