import { createHash } from 'node:crypto'
import { closeSync, readSync } from 'node:fs'
import { codeBytes, codeWeights, signBlock, signBlockBytes, signTable } from '../domain/vector-codes.ts'
import type { CodeScale } from '../domain/vector-codes.ts'
import { openIfThere, readLayout } from './segment-file.ts'
import { createKernel } from './vector-kernel.ts'
import { pieceListed, pieceNumbers, pieceRows, runAlone } from './vector-passes.ts'
import type { Loop, PassArguments } from './vector-passes.ts'
import { openVectors } from './vector-reader.ts'
import type { VectorReader } from './vector-reader.ts'
import type { VectorThread } from './vector-thread.ts'

/** Vectors [from, to) of a segment. */
export type RowRun = { readonly from: number; readonly to: number }

/** Rough cosines of the vectors in some runs, by their signs alone; what they answer is right until the next query's. */
export type SignScores = {
  /** Of every `every`-th vector. */
  readonly sample: (every: number) => Float32Array
  /** The vectors with at least this, in order. 1 ns a vector. */
  readonly above: (least: number) => Uint32Array
}

/** A segment: the codes of its vectors in memory, which chunks they are of, and how near they are to a query. */
export type VectorSegment = {
  readonly dimensions: number
  /** Vectors in it, dead ones too. */
  readonly size: number
  /** Rising. */
  readonly chunkIds: Float64Array
  /** The first vector of each chunk, and the size at the end. */
  readonly starts: Uint32Array
  /** Rough cosines (error 0.018 of texts) of the vectors in `runs`. 5-10 ns a vector of 512. */
  readonly signScores: (query: Float32Array, runs: readonly RowRun[]) => SignScores
  /**
   * Cosines (error 0.0027 of texts) of these vectors, in order; NaN for one that says nothing; right until the next call.
   * 20-60 ns a vector of 512.
   */
  readonly codeScores: (query: Float32Array, rows: Uint32Array) => Float32Array
  /** Opens the file for single vectors; null when it is gone: their chunks have them. Whoever opens, closes. */
  readonly open: () => VectorReader | null
}

const slice = 1 << 20

/** Runs steps to their end. */
export const runSteps = <Answer>(steps: Generator<void, Answer>): Answer => {
  for (;;) {
    const next = steps.next()
    if (next.done === true) return next.value
  }
}

/**
 * Reads a segment into memory and checks it; null when it is missing or not what was written. Stops after each megabyte
 * (2 ms), so that a caller may let others have their turn. `thread`: helps with what is asked of it later.
 */
export const loadSteps = function* (
  file: string,
  expectedSha256: string,
  dimensions: number,
  thread: Pick<VectorThread, 'run'> | null = null,
): Generator<void, VectorSegment | null> {
  const handle = openIfThere(file)
  if (handle === null) return null
  try {
    const layout = readLayout(handle, dimensions)
    if (layout === null) return null
    const { chunks, vectors } = layout
    const kernel = createKernel()
    // What a query needs lies below the file.
    const tableAt = 0
    const listAt = signBlockBytes(dimensions) * 2 + codeBytes(dimensions) * 2
    const padded = Math.ceil(vectors / signBlock) * signBlock
    const rowsAt = listAt + padded * 4
    const outAt = rowsAt + padded * 4
    const sumsAt = outAt + padded * 4
    const piecesAt = sumsAt + padded * 2
    // A run is a chunk at least, and a long one is cut.
    const mostPieces = chunks + Math.ceil(vectors / pieceListed) + 1
    const fileAt = piecesAt + Math.ceil((mostPieces * pieceNumbers * 4) / 16) * 16
    kernel.reserve(fileAt + layout.vectorsAt)
    const memory = kernel.memory()
    const bytes = new Uint8Array(memory, fileAt, layout.vectorsAt)
    const hash = createHash('sha256')
    for (let at = 0; at < bytes.length;) {
      const read = readSync(handle, bytes, at, Math.min(slice, bytes.length - at), at)
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
    const list = new Uint32Array(memory, listAt, vectors)
    const out = new Int32Array(memory, outAt, vectors)
    const table = new Uint8Array(memory, tableAt, listAt - tableAt)
    const pieces = new Uint32Array(memory, piecesAt, mostPieces * pieceNumbers)
    let pieceCount = 0
    const addPiece = (at: number, count: number, to: number): void => {
      const next = pieceCount * pieceNumbers
      pieces[next] = at
      pieces[next + 1] = count
      pieces[next + 2] = to
      pieceCount += 1
    }
    const runPieces = (loop: Loop, own: PassArguments): void => {
      const pass = { loop, piecesAt, count: pieceCount, arguments: own }
      if (thread === null) runAlone(kernel, pass)
      else thread.run(kernel, pass)
      pieceCount = 0
    }
    const blockBytes = signBlockBytes(dimensions)
    // Kept, or each search would leave half a megabyte to be collected.
    let room = new Float32Array(0)
    return {
      dimensions,
      size: vectors,
      chunkIds,
      starts,
      signScores: (query, runs) => {
        const { table: adds, mean, low, unit } = signTable(query, scale)
        table.set(adds)
        for (const { from, to } of runs)
          for (let at = from; at < to; at += pieceRows) {
            const first = Math.floor(at / signBlock)
            const count = Math.ceil(Math.min(to, at + pieceRows) / signBlock) - first
            addPiece(fileAt + layout.signs + first * blockBytes, count, sumsAt + first * signBlock * 2)
          }
        runPieces('signs', [blockBytes, tableAt, 0])
        return {
          sample: (every) => {
            const scores: number[] = []
            let skip = 0
            for (const { from, to } of runs) {
              let row = from + skip
              for (; row < to; row += every)
                scores.push(mean + (signFactors[row] ?? 0) * (low + unit * (sums[row] ?? 0)))
              skip = row - to
            }
            return Float32Array.from(scores)
          },
          above: (least) => {
            const factorsAt = fileAt + layout.signFactors
            let count = 0
            for (const { from, to } of runs) {
              const [own, factor, out] = [sumsAt + from * 2, factorsAt + from * 4, rowsAt + count * 4]
              count += kernel.above(own, factor, to - from, from, low, unit, least - mean, out)
            }
            return new Uint32Array(memory, rowsAt, count)
          },
        }
      },
      codeScores: (query, rows) => {
        const { table: weights, mean, low, unit } = codeWeights(query, scale)
        table.set(new Uint8Array(weights.buffer))
        if (room.length < rows.length) room = new Float32Array(rows.length)
        const scores = room.subarray(0, rows.length)
        list.set(rows)
        for (let at = 0; at < rows.length; at += pieceListed)
          addPiece(listAt + at * 4, Math.min(pieceListed, rows.length - at), outAt + at * 4)
        runPieces('nibbles', [fileAt + layout.codes, codeBytes(dimensions), tableAt])
        for (let i = 0; i < rows.length; i += 1)
          scores[i] = mean + (codeFactors[list[i] ?? 0] ?? 0) * (low + unit * (out[i] ?? 0))
        return scores
      },
      open: () => openVectors(file, dimensions),
    }
  } finally {
    closeSync(handle)
  }
}
