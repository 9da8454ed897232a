import type { MotionDirection, Shot, ShotFlag } from '../../src-preload/contract/nouns.ts'
import { speedOf } from './film-tracks.ts'

/** The picture curves' values in the cells that speak for one shot (units: film-tracks.ts). */
export type ShotCells = {
  readonly motion: Uint8Array
  /** Tiny pixels a second. */
  readonly x: Float32Array
  readonly y: Float32Array
  readonly luma: Uint8Array
  readonly sharpness: Uint8Array
  readonly text: Uint8Array
}

/**
 * The bounds, from tables made of the shared folder's photographs and films and of drawn slides (256 wide, area scaled; 5 %,
 * median and 95 % of the values).
 *
 * `motion`: encoded photographs (x264 crf 23, 28, 36, mpeg4, vp9) at most 5; slow zooms and pans of photographs 14 to 24;
 * films 15 to 103, of a fixed camera on an empty street 5 to 11.
 */
const stillUpTo = 6

/** `luma` of a picture without any edge: black is 0, or 16 where a film says its range wrongly. */
const blackUpTo = 18

/**
 * `sharpness`, at 1280 wide and blurred by a Gaussian of the given deviation: 0: 211 241 248; 4: 174 203 217;
 * 8: 132 168 185; 12: 104 135 159; 20: 76 100 124; 40: 24 47 66. A sharp middle on a blurred ground 195 222 242, films 181
 * to 250; badly encoded (crf 36) sharp 196 226 244, blurred (20) 127 137 144.
 */
export const blurredBelow = 163

/**
 * `text`: slides 255, pages 222 254 255, credits 255, titles 177 255 255, single words 0 221 255 (lost: a tiny one, and huge
 * letters badly encoded); all of these at crf 36 177 to 255. Photographs 0, with subtitles at most 12, films 0 but a
 * title card 255 and an editing program on the screen 113; stars and a town's lights at most 97.
 */
export const slideFrom = 128

/** Share of a shot's cells that must agree, for what one moment may break (a hand, a blink, a build-up). */
const mostOf = 0.75

const share = (values: Uint8Array, holds: (value: number, i: number) => boolean): number =>
  values.length === 0
    ? 0
    : values.reduce((count, value, i) => count + (holds(value, i) ? 1 : 0), 0) / values.length

/** What is to be said of a shot beside its motion. `black` stands alone: nothing more can be seen. */
export const flagsOf = ({ motion, luma, sharpness, text }: ShotCells): readonly ShotFlag[] => {
  if (motion.length === 0) return []
  if (share(luma, (value, i) => value <= blackUpTo && sharpness[i] === 0) > mostOf) return ['black']
  const isText = share(text, (value) => value >= slideFrom) >= 0.5
  const judged = sharpness.filter((value) => value > 0)
  const isJudged = judged.length * 2 >= sharpness.length
  return [
    // Nearly every cell: a photograph does not move at all.
    ...(share(motion, (value) => value <= stillUpTo) >= 0.9 ? (['still'] as const) : []),
    ...(isJudged && share(judged, (value) => value < blurredBelow) >= mostOf ? (['blurred'] as const) : []),
    ...(isText ? (['text-slide'] as const) : []),
  ]
}

/** Mean of the motion curve as a share, 0 to 1. */
export const motionIn = ({ motion }: ShotCells): Shot['motion'] =>
  motion.length === 0 ? 0 : motion.reduce((sum, value) => sum + value, 0) / motion.length / 255

/** Tiny pixels a second from which a cell moves: a width in 48 s. */
const slowestPan = 1
/** How many times faster along one axis than along the other; slanting pans have no direction of the four. */
const clearly = 1.5
/** Share of the shot's cells that move there. */
const coherent = 0.6

/** Where the picture moves to for most of the shot, or null. */
export const directionIn = ({ x, y }: ShotCells): MotionDirection | null => {
  const counts = { left: 0, right: 0, up: 0, down: 0 }
  x.forEach((across, i) => {
    const along = y[i] ?? 0
    const [wide, high] = [Math.abs(across), Math.abs(along)]
    if (wide >= slowestPan && wide >= clearly * high) counts[across < 0 ? 'left' : 'right'] += 1
    else if (high >= slowestPan && high >= clearly * wide) counts[along < 0 ? 'up' : 'down'] += 1
  })
  const found = (['left', 'right', 'up', 'down'] as const).find((way) => counts[way] >= coherent * x.length)
  return x.length > 0 && found !== undefined ? found : null
}

/** The cells `from` to `to` of whole tracks; where a track is shorter there are fewer, and none is missing in between. */
export const cellsBetween = (
  tracks: Readonly<Record<'motion' | 'direction' | 'luma' | 'sharpness' | 'text', Uint8Array>>,
  from: number,
  to: number,
): ShotCells => {
  const direction = tracks.direction.subarray(2 * from, 2 * to)
  const axis = (offset: number): Float32Array =>
    Float32Array.from({ length: direction.length / 2 }, (_, i) => speedOf(direction[2 * i + offset] ?? 0))
  return {
    motion: tracks.motion.subarray(from, to),
    x: axis(0),
    y: axis(1),
    luma: tracks.luma.subarray(from, to),
    sharpness: tracks.sharpness.subarray(from, to),
    text: tracks.text.subarray(from, to),
  }
}
