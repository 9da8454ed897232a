import { looksPerSecond } from './film-tracks.ts'
import type { Size } from './encoder-filter.ts'
import { fitInside } from './sprite-layout.ts'

/** Longest side of a look: enough to tell a sharp picture from a blurred one, and to see lines of text. */
const lookSide = 256

/** Pixels of a film's looks (gray), for its size as displayed. */
export const lookSize = (shown: Size): Size => fitInside(shown, lookSide)

/** A hair, so that a frame that falls on a cell's border belongs to it however its time was rounded. */
const hair = 1e-6

/**
 * The `select` filter that lets the first frame of each cell of 1/2 s pass. Cells are counted from the film's start, not from
 * the last frame taken: so the same frames are looked at wherever the decoder began.
 */
export const lookFilter = (startTime: number): string => {
  const cell = (time: string): string =>
    `floor((${time}-(${(startTime - hair).toFixed(6)}))*${looksPerSecond})`
  return `select='isnan(prev_t)+gt(${cell('t')},${cell('prev_t')})'`
}
