import { codeBytes, signBlock, signBlockBytes } from '../domain/vector-codes.ts'

/**
 * A segment file, little-endian, each part from a multiple of 16 on:
 *   16 x u32  'KNRV', version, dimensions, chunks, vectors, zeros
 *   f32       mean, then spread, of each dimension (domain/vector-codes.ts)
 *   f64       the chunks' ids, rising
 *   u8        how many vectors each chunk has; a chunk's vectors follow those of the chunk before
 *   f32       each vector's factor for its signs, then for its codes; NaN for one that says nothing: it is near nothing
 *   signs     16 vectors a block
 *   codes     4 bits a number
 *   vectors   for each its float16 numbers, and their CRC-32 as u32
 * The digest that its row keeps is of all but the vectors: a start reads a fourth of the file, and a vector is checked by
 * its own sum when it is read. (Reading all of a million vectors at each start would take seconds from a disk.)
 */
export type SegmentLayout = {
  readonly dimensions: number
  readonly chunks: number
  readonly vectors: number
  readonly mean: number
  readonly spread: number
  readonly ids: number
  readonly counts: number
  readonly signFactors: number
  readonly codeFactors: number
  readonly signs: number
  readonly codes: number
  readonly vectorsAt: number
  readonly bytes: number
}

export const segmentMark = 0x56524e4b
export const segmentVersion = 1
export const headBytes = 64

/** A vector in the file: its numbers and their sum. */
export const recordBytes = (dimensions: number): number => dimensions * 2 + 4

const even = (bytes: number): number => Math.ceil(bytes / 16) * 16

/** Where the parts of a segment of this size begin, in bytes. */
export const segmentLayout = (dimensions: number, chunks: number, vectors: number): SegmentLayout => {
  const mean = headBytes
  const spread = mean + even(dimensions * 4)
  const ids = spread + even(dimensions * 4)
  const counts = ids + even(chunks * 8)
  const signFactors = counts + even(chunks)
  const codeFactors = signFactors + even(vectors * 4)
  const signs = codeFactors + even(vectors * 4)
  const codes = signs + Math.ceil(vectors / signBlock) * signBlockBytes(dimensions)
  const vectorsAt = codes + vectors * codeBytes(dimensions)
  const bytes = vectorsAt + vectors * recordBytes(dimensions)
  return {
    dimensions,
    chunks,
    vectors,
    mean,
    spread,
    ids,
    counts,
    signFactors,
    codeFactors,
    signs,
    codes,
    vectorsAt,
    bytes,
  }
}
