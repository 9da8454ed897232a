import { tinySize } from './tiny-picture.ts'

/** What a frame looks like, cheaply: methods.md 2b. */
export type FrameSignature = {
  /** 64 bits as 8 bytes, a row each: which of two neighbours is brighter in the picture at 9x8 (dHash). */
  readonly hash: Uint8Array
  /** Mean red, green, blue of 8x8 cells, row by row: 192 bytes. */
  readonly colours: Uint8Array
}

const hashColumns = 9
const cells = 8

/** A neighbour counts as brighter from this many levels (of 255) on: in a flat wall noise alone would decide. */
const leastStep = 1

/** Which of `count` equal parts each of `length` pixels falls into. */
const partsOf = (length: number, count: number): Uint8Array =>
  Uint8Array.from({ length }, (_, i) => Math.floor(((i + 0.5) * count) / length))

const rowOf = partsOf(tinySize.height, cells)
const hashColumnOf = partsOf(tinySize.width, hashColumns)
const cellColumnOf = partsOf(tinySize.width, cells)

/** How many pixels of a row fall into each column. */
const pixelsIn = (parts: Uint8Array, count: number): Float64Array => {
  const pixels = new Float64Array(count)
  for (const part of parts) pixels[part] = (pixels[part] ?? 0) + 1
  return pixels
}
const rowPixels = pixelsIn(rowOf, cells)
const hashPixels = pixelsIn(hashColumnOf, hashColumns)
const cellPixels = pixelsIn(cellColumnOf, cells)

const checked = (tinyRgb: Uint8Array): void => {
  const { width, height } = tinySize
  if (tinyRgb.length !== width * height * 3)
    throw new RangeError(`${tinyRgb.length} bytes are no ${width}x${height} rgb picture`)
}

/** The hash of a `tinySize` rgb24 picture alone; a new array of 8 bytes. */
export const hashOf = (tinyRgb: Uint8Array): Uint8Array => {
  checked(tinyRgb)
  const light = new Float64Array(cells * hashColumns)
  let at = 0
  for (let y = 0; y < tinySize.height; y += 1) {
    const row = (rowOf[y] ?? 0) * hashColumns
    for (let x = 0; x < tinySize.width; x += 1, at += 3) {
      const cell = row + (hashColumnOf[x] ?? 0)
      // Rec. 601 luma in 1/256.
      const luma = 77 * (tinyRgb[at] ?? 0) + 150 * (tinyRgb[at + 1] ?? 0) + 29 * (tinyRgb[at + 2] ?? 0)
      light[cell] = (light[cell] ?? 0) + luma
    }
  }
  const hash = new Uint8Array(cells)
  for (let row = 0; row < cells; row += 1) {
    const pixels = (rowPixels[row] ?? 1) * 256
    let bits = 0
    for (let column = 0; column < cells; column += 1) {
      const left = (light[row * hashColumns + column] ?? 0) / (hashPixels[column] ?? 1)
      const right = (light[row * hashColumns + column + 1] ?? 0) / (hashPixels[column + 1] ?? 1)
      bits = (bits << 1) | (right - left > leastStep * pixels ? 1 : 0)
    }
    hash[row] = bits
  }
  return hash
}

const coloursOf = (tinyRgb: Uint8Array): Uint8Array => {
  const sums = new Float64Array(cells * cells * 3)
  let at = 0
  for (let y = 0; y < tinySize.height; y += 1) {
    const row = (rowOf[y] ?? 0) * cells
    for (let x = 0; x < tinySize.width; x += 1, at += 3) {
      const cell = (row + (cellColumnOf[x] ?? 0)) * 3
      sums[cell] = (sums[cell] ?? 0) + (tinyRgb[at] ?? 0)
      sums[cell + 1] = (sums[cell + 1] ?? 0) + (tinyRgb[at + 1] ?? 0)
      sums[cell + 2] = (sums[cell + 2] ?? 0) + (tinyRgb[at + 2] ?? 0)
    }
  }
  const colours = new Uint8Array(sums.length)
  for (let cell = 0; cell < cells * cells; cell += 1) {
    const pixels = (rowPixels[cell >> 3] ?? 1) * (cellPixels[cell & 7] ?? 1)
    for (let channel = 0; channel < 3; channel += 1)
      colours[cell * 3 + channel] = Math.round((sums[cell * 3 + channel] ?? 0) / pixels)
  }
  return colours
}

/** The signature of a `tinySize` rgb24 picture; throws a RangeError for any other length. 10 µs (measured). */
export const signatureOf = (tinyRgb: Uint8Array): FrameSignature => ({
  hash: hashOf(tinyRgb),
  colours: coloursOf(tinyRgb),
})

const bitsIn = Uint8Array.from({ length: 256 }, (_, byte) => {
  let bits = 0
  for (let rest = byte; rest > 0; rest >>= 1) bits += rest & 1
  return bits
})

/** Bits in which two hashes differ: 0 to 64. */
export const hashDistance = (a: FrameSignature, b: FrameSignature): number => {
  let bits = 0
  for (let i = 0; i < cells; i += 1) bits += bitsIn[(a.hash[i] ?? 0) ^ (b.hash[i] ?? 0)] ?? 0
  return bits
}

/** Mean difference of the cells' colours: 0 to 255. */
export const colourDifference = (a: FrameSignature, b: FrameSignature): number => {
  let sum = 0
  for (let i = 0; i < a.colours.length; i += 1) sum += Math.abs((a.colours[i] ?? 0) - (b.colours[i] ?? 0))
  return sum / a.colours.length
}

/** The largest mean difference of one cell's three colours: 0 to 255. Sees a small thing that the mean over all cells does not. */
export const cellDifference = (a: FrameSignature, b: FrameSignature): number => {
  let most = 0
  for (let i = 0; i < a.colours.length; i += 3) {
    const difference =
      Math.abs((a.colours[i] ?? 0) - (b.colours[i] ?? 0)) +
      Math.abs((a.colours[i + 1] ?? 0) - (b.colours[i + 1] ?? 0)) +
      Math.abs((a.colours[i + 2] ?? 0) - (b.colours[i + 2] ?? 0))
    if (difference > most) most = difference
  }
  return most / 3
}
