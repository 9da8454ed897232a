import { tinySize } from './tiny-picture.ts'

/** A cell of a coarse picture is so many tiny pixels wide and high: 16 x 9 cells, in which little motion is none. */
const cell = 3
const columns = tinySize.width / cell
const channels = 3
const cells = columns * (tinySize.height / cell)
const size = cells * channels
/** Up to here (0 to 255) a cell is black and counts as nothing: bars make all pictures alike. */
const black = 16

/** A 16 x 9 picture of the light above black. */
export type CoarsePicture = {
  /** RGB, 0 to 239. */
  readonly values: Float32Array
  readonly means: Float32Array
  /** Share of cells that are not black. */
  readonly lit: number
}

/** Averages a 48 x 27 picture. */
export const coarsePicture = (rgb: Uint8Array): CoarsePicture => {
  const values = new Float32Array(size)
  const means = new Float32Array(channels)
  let at = 0
  for (let y = 0; y < tinySize.height; y += 1) {
    let into = Math.floor(y / cell) * columns * channels
    for (let x = 0; x < columns; x += 1, into += channels) {
      let r = 0
      let g = 0
      let b = 0
      for (let i = 0; i < cell; i += 1, at += channels) {
        r += rgb[at] ?? 0
        g += rgb[at + 1] ?? 0
        b += rgb[at + 2] ?? 0
      }
      values[into] = (values[into] ?? 0) + r
      values[into + 1] = (values[into + 1] ?? 0) + g
      values[into + 2] = (values[into + 2] ?? 0) + b
    }
  }
  let lit = 0
  for (let i = 0; i < size; i += channels) {
    let any = 0
    for (let channel = 0; channel < channels; channel += 1) {
      const value = Math.max(0, (values[i + channel] ?? 0) / (cell * cell) - black)
      values[i + channel] = value
      means[channel] = (means[channel] ?? 0) + value / cells
      any += value
    }
    if (any > 0) lit += 1
  }
  return { values, means, lit: lit / cells }
}

/** Mean product of the values of two pictures, black cells included. */
export const meanProduct = (a: CoarsePicture, b: CoarsePicture): number => {
  let sum = 0
  for (let i = 0; i < size; i += 1) sum += (a.values[i] ?? 0) * (b.values[i] ?? 0)
  return sum / size
}

/** The part of `meanProduct` that comes from the mean colours alone. */
export const productOfMeans = (a: CoarsePicture, b: CoarsePicture): number => {
  let sum = 0
  for (let channel = 0; channel < channels; channel += 1)
    sum += (a.means[channel] ?? 0) * (b.means[channel] ?? 0)
  return sum / channels
}

/** How evenly two pictures differ over their lit part: 1 when every value differs alike, near 0 when only a few do. */
export const evenness = (a: CoarsePicture, b: CoarsePicture): number => {
  let sum = 0
  let squares = 0
  for (let i = 0; i < size; i += 1) {
    const difference = Math.abs((a.values[i] ?? 0) - (b.values[i] ?? 0))
    sum += difference
    squares += difference * difference
  }
  return squares === 0 ? 0 : (sum * sum) / squares / (size * Math.max(a.lit, b.lit))
}
