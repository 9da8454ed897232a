import { tinySize } from './tiny-picture.ts'
import { createShiftMeter, type PictureShift } from './frame-shift.ts'

/** What one 48 x 27 frame says of itself and of the change since the frame before. */
export type FrameMeasure = {
  /** Seconds from the film's start. */
  readonly time: number
  /** HSV content score against the frame before (methods.md a-1), 0 for the first. */
  readonly content: number
  /** Mean luma, 0 to 255, and its standard deviation. */
  readonly luma: number
  readonly spread: number
  /** Share of pixels that are not black, 0 to 1: bars, black films. */
  readonly lit: number
  /** Mean |change of luma| per pixel since the frame before, 0 to 255. */
  readonly energy: number
  /** The same of 4 x 4 blocks, row by row. */
  readonly blocks: Float32Array
  /** Coherent shift of the whole picture, null where there is none. */
  readonly shift: PictureShift | null
}

const { width, height } = tinySize
const pixels = width * height
/** Brightness (0 to 255) under which a pixel counts as black. */
const black = 24
/** Bars and the dark do not count: the score is that of the lit part, which is taken for at least this share of the picture. */
const smallestPart = 0.3
/** Under this brightness saturation, under this chroma hue is noise: both count less there. */
const dimValue = 96
const paleChroma = 64

/** 255 / value, 30 / chroma and chroma's trust: a division less per pixel. */
const saturationScale = Float32Array.from({ length: 256 }, (_, value) => 255 / Math.max(value, dimValue))
const hueScale = Float32Array.from({ length: 256 }, (_, chroma) => (chroma === 0 ? 0 : 30 / chroma))
const trust = Float32Array.from({ length: 256 }, (_, chroma) => Math.min(1, chroma / paleChroma))
/** The row of blocks that a row of pixels belongs to, and the pixels of its blocks: 27 rows do not divide by 4. */
const blockRow = Uint8Array.from({ length: height }, (_, y) => Math.floor((y * 4) / height))
const blockWidth = width / 4
const blockPixels = Float32Array.from(
  { length: 4 },
  (_, row) => blockRow.filter((of) => of === row).length * blockWidth,
)

type Planes = {
  readonly hue: Uint8Array
  readonly saturation: Uint8Array
  readonly value: Uint8Array
  readonly chroma: Uint8Array
  readonly luma: Uint8Array
}
const createPlanes = (): Planes => ({
  hue: new Uint8Array(pixels),
  saturation: new Uint8Array(pixels),
  value: new Uint8Array(pixels),
  chroma: new Uint8Array(pixels),
  luma: new Uint8Array(pixels),
})

/** A meter for the frames of one film in order; `rgb` (48 x 27 x 3 bytes) is only read during the call. */
export const createFrameMeter = (): ((time: number, rgb: Uint8Array) => FrameMeasure) => {
  // The planes of the frame before; each pixel is compared with them, and then takes their place.
  const { hue, saturation, value, chroma, luma } = createPlanes()
  let known = false
  const shiftOf = createShiftMeter()
  return (time, rgb) => {
    const blocks = new Float32Array(16)
    let sum = 0
    let squares = 0
    let lit = 0
    let part = 0
    let energy = 0
    let change = 0
    for (let i = 0, at = 0, segment = 0; i < pixels; segment += 1) {
      let moved = 0
      for (const end = i + blockWidth; i < end; i += 1, at += 3) {
        const r = rgb[at] ?? 0
        const g = rgb[at + 1] ?? 0
        const b = rgb[at + 2] ?? 0
        const high = r > g ? (r > b ? r : b) : g > b ? g : b
        const low = r < g ? (r < b ? r : b) : g < b ? g : b
        const range = high - low
        const scale = hueScale[range] ?? 0
        // OpenCV's hue, 0 to 179.
        const turned =
          high === r ? (g - b) * scale : high === g ? 60 + (b - r) * scale : 120 + (r - g) * scale
        const angle = (turned < 0 ? turned + 180 : turned) | 0
        const colour = (range * (saturationScale[high] ?? 0)) | 0
        const light = (77 * r + 150 * g + 29 * b) >> 8

        sum += light
        squares += light * light
        moved += Math.abs(light - (luma[i] ?? 0))
        const oldValue = value[i] ?? 0
        if (high > black) lit += 1
        if (high > black || oldValue > black) {
          part += 1
          const oldRange = chroma[i] ?? 0
          const turn = Math.abs(angle - (hue[i] ?? 0))
          change +=
            Math.abs(high - oldValue) +
            Math.abs(colour - (saturation[i] ?? 0)) +
            (turn > 90 ? 180 - turn : turn) * (trust[range < oldRange ? range : oldRange] ?? 0)
        }
        hue[i] = angle
        saturation[i] = colour
        value[i] = high
        chroma[i] = range
        luma[i] = light
      }
      energy += moved
      const block = (blockRow[segment >> 2] ?? 0) * 4 + (segment & 3)
      blocks[block] = (blocks[block] ?? 0) + moved
    }
    const wasKnown = known
    known = true
    for (let i = 0; i < 16; i += 1) blocks[i] = wasKnown ? (blocks[i] ?? 0) / (blockPixels[i >> 2] ?? 1) : 0
    const mean = sum / pixels
    return {
      ...{ time, luma: mean, lit: lit / pixels, blocks },
      spread: Math.sqrt(Math.max(0, squares / pixels - mean * mean)),
      content: wasKnown ? change / 3 / Math.max(part, smallestPart * pixels) : 0,
      energy: wasKnown ? energy / pixels : 0,
      shift: shiftOf(time, luma),
    }
  }
}
