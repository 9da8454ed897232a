import { createHash } from 'node:crypto'
import { closeSync, fstatSync, fsyncSync, openSync, readSync, renameSync, rmSync, writeSync } from 'node:fs'
import { crc32 } from 'node:zlib'
import { halvesToSingles } from '../domain/half-floats.ts'
import { codeBytes, encodeVector, scaleOf, signBlock, signBlockBytes } from '../domain/vector-codes.ts'
import { headBytes, recordBytes, segmentLayout, segmentMark, segmentVersion } from './segment-layout.ts'
import type { SegmentLayout } from './segment-layout.ts'
import type { ChunkBytes, ChunkSize } from './vector-chunks.ts'

const slice = 1 << 20

/** sha256 (hex) of the first `length` bytes of an open file. */
const hashOf = (handle: number, length: number): string => {
  const hash = createHash('sha256')
  const piece = new Uint8Array(slice)
  for (let at = 0; at < length;) {
    const read = readSync(handle, piece, 0, Math.min(slice, length - at), at)
    if (read === 0) break
    hash.update(piece.subarray(0, read))
    at += read
  }
  return hash.digest('hex')
}

/** Where the parts of an open segment are; null when it is none, of another length, or not as long as it says. */
export const readLayout = (handle: number, dimensions: number): SegmentLayout | null => {
  const head = new Uint32Array(headBytes / 4)
  if (readSync(handle, head, 0, headBytes, 0) < headBytes) return null
  const [mark, version, length, chunks = 0, vectors = 0] = head
  if (mark !== segmentMark || version !== segmentVersion || length !== dimensions) return null
  const layout = segmentLayout(dimensions, chunks, vectors)
  return fstatSync(handle).size === layout.bytes ? layout : null
}

/** Opens a file for reading; null when it is not there. */
export const openIfThere = (file: string): number | null => {
  try {
    return openSync(file, 'r')
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return null
    throw cause
  }
}

/** True for a segment that is there and whose codes are as they were written; 0.3 s a million vectors. */
export const isSegmentSound = (file: string, sha256: string, dimensions: number): boolean => {
  const handle = openIfThere(file)
  if (handle === null) return false
  try {
    const layout = readLayout(handle, dimensions)
    return layout !== null && hashOf(handle, layout.vectorsAt) === sha256
  } finally {
    closeSync(handle)
  }
}

/** The scale is learned from so many chunks, evenly spread: 16,384 vectors tell a mean and a spread to a percent. */
const learnedFrom = 256

/** A chunk's vectors as float32, one after the other. */
const vectorsOf = function* (chunk: ChunkBytes): Generator<Float32Array> {
  const singles = halvesToSingles(new Uint16Array(new Uint8Array(chunk.vectors).buffer))
  for (let i = 0; i < chunk.count; i += 1)
    yield singles.subarray(i * chunk.dimensions, (i + 1) * chunk.dimensions)
}

/** A chunk's vectors as they lie in the file, each with its sum. */
const recordsOf = (chunk: ChunkBytes): Uint8Array => {
  const [from, to] = [chunk.dimensions * 2, recordBytes(chunk.dimensions)]
  const records = new Uint8Array(chunk.count * to)
  const view = new DataView(records.buffer)
  for (let i = 0; i < chunk.count; i += 1) {
    const own = chunk.vectors.subarray(i * from, (i + 1) * from)
    records.set(own, i * to)
    view.setUint32(i * to + from, crc32(own), true)
  }
  return records
}

/**
 * Writes these chunks and their codes as an immutable file: temporary name, fsync, rename. Answers the sha256 that its row
 * keeps. A chunk that `read` no longer has is left as zeros: it is dead. Memory holds signs and factors only (72 bytes a
 * vector of 512). 1,000,000 vectors of 512 take 20 s, most of it encoding (measured).
 */
export const writeSegment = (
  file: string,
  dimensions: number,
  chunks: readonly ChunkSize[],
  read: (chunkId: number) => ChunkBytes | null,
): string => {
  const total = chunks.reduce((sum, { count }) => sum + count, 0)
  const layout = segmentLayout(dimensions, chunks.length, total)
  const every = Math.max(1, Math.floor(chunks.length / learnedFrom))
  const sample = function* (): Generator<Float32Array> {
    for (let i = 0; i < chunks.length; i += every) {
      const chunk = read(chunks[i]?.id ?? -1)
      if (chunk === null) continue
      // A vector that says nothing tells nothing of the spread.
      for (const vector of vectorsOf(chunk)) if (vector.some((part) => part !== 0)) yield vector
    }
  }
  const scale = scaleOf(sample(), dimensions)
  const part = `${file}.part`
  rmSync(part, { force: true })
  const handle = openSync(part, 'wx+')
  let sha256: string
  try {
    const write = (view: ArrayBufferView, at: number): void => {
      const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength)
      for (let done = 0; done < bytes.length;)
        done += writeSync(handle, bytes, done, bytes.length - done, at + done)
    }
    const head = new Uint32Array(headBytes / 4)
    head.set([segmentMark, segmentVersion, dimensions, chunks.length, total])
    const signs = new Uint8Array(layout.codes - layout.signs)
    const signFactors = new Float32Array(total)
    const codeFactors = new Float32Array(total)
    // The gaps between the parts are zeros: the file has its whole length before anything lies in it.
    write(new Uint8Array(1), Math.max(0, layout.bytes - 1))
    write(head, 0)
    write(scale.mean, layout.mean)
    write(scale.spread, layout.spread)
    write(
      Float64Array.from(chunks, ({ id }) => id),
      layout.ids,
    )
    write(
      Uint8Array.from(chunks, ({ count }) => count),
      layout.counts,
    )
    const each = codeBytes(dimensions)
    let row = 0
    for (const { id, count } of chunks) {
      const codes = new Uint8Array(count * each)
      const chunk = read(id)
      let place = 0
      if (chunk !== null) {
        write(recordsOf(chunk), layout.vectorsAt + row * recordBytes(dimensions))
        for (const vector of vectorsOf(chunk)) {
          const at = row + place
          const block = Math.floor(at / signBlock) * signBlockBytes(dimensions)
          const factors = encodeVector(vector, scale, codes, place * each, signs, block, at % signBlock)
          const says = vector.some((part) => part !== 0)
          signFactors[at] = says ? factors.signs : NaN
          codeFactors[at] = says ? factors.codes : NaN
          place += 1
        }
      }
      write(codes, layout.codes + row * each)
      row += count
    }
    write(signFactors, layout.signFactors)
    write(codeFactors, layout.codeFactors)
    write(signs, layout.signs)
    fsyncSync(handle)
    sha256 = hashOf(handle, layout.vectorsAt)
  } finally {
    closeSync(handle)
  }
  renameSync(part, file)
  return sha256
}
