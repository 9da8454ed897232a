import type { TrackKind } from '../../src-preload/contract/nouns.ts'

/**
 * A curve over a film or a part of it: `rate` values a second, `size` bytes each, the first at the part's beginning.
 * Cell i covers [i / rate, (i + 1) / rate) seconds from there. What the bytes say, by kind:
 *
 * - `motion` (1): change of luma from frame to frame, `motionByte` of levels (0 to 255) per pixel and 1/25 s, whatever the
 *   film's frame rate. 0 is a photograph (up to 0.0002), 16 a slow zoom (0.25), 64 a lively shot (4), 255 flicker (64).
 *   The largest step of a cell is left out: it may be a cut.
 * - `direction` (2): int8 x to the right, int8 y down: where the picture moves to, in halves of a tiny pixel (of 48 x 27)
 *   a second, at most +-127 (a width in 0.76 s); 0, 0 where it does not move as a whole.
 * - `luma` (1): mean luma, 0 to 255.
 * - `sharpness`, `text` (1): of the cell's first look (look-measure.ts).
 * - `signature` (8): 64-bit dHash of the cell's first look (frame-signature.ts).
 * - `loudness`, `onset`: of the sound, from its own meter.
 */
export type FilmTrack = {
  readonly kind: TrackKind
  readonly rate: number
  readonly size: number
  readonly values: Uint8Array
}

/** Pictures a second that are looked at closely (candidates of the sampling), and cells of the picture curves. */
export const looksPerSecond = 2

/** Where one shot gives way to the next. Seconds; a gradual change lasts from `from` to `to`, and `time` is its middle. */
export type ShotBoundary = {
  readonly time: number
  readonly from: number
  readonly to: number
  readonly kind: 'cut' | 'dissolve' | 'fade'
}

/** Change (luma levels per pixel and 1/25 s) that counts as 255: of real films the liveliest half second has 10. */
const mostMotion = 64

/** A byte of the `motion` track for that change. A root, so that the little that tells a film from a photograph shows. */
export const motionByte = (change: number): number =>
  Math.round(255 * Math.sqrt(Math.min(1, Math.max(0, change) / mostMotion)))

/** A byte (int8 as it stands in a Uint8Array) of the `direction` track for tiny pixels a second. */
export const speedByte = (tinyPixelsPerSecond: number): number =>
  Math.max(-127, Math.min(127, Math.round(2 * tinyPixelsPerSecond))) & 255

/** Tiny pixels a second for a byte of the `direction` track. */
export const speedOf = (byte: number): number => (byte > 127 ? byte - 256 : byte) / 2
