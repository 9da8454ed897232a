import { looksPerSecond, motionByte, speedByte, type FilmTrack } from './film-tracks.ts'
import type { FrameMeasure } from './frame-measure.ts'
import type { LookMeasure } from './look-measure.ts'

/** Collects the picture curves of one part after another from the frames and looks of a film, in order. */
export type TrackMeter = {
  /** A frame. One before the part counts only as what came before the first of it (warm-up after a resume). */
  readonly addFrame: (measure: FrameMeasure) => void
  /** A close look: its measures and the 8-byte hash of the same picture. One before the part is ignored. */
  readonly addLook: (time: number, look: LookMeasure, hash: Uint8Array) => void
  /**
   * The tracks motion, direction, luma, sharpness, text and signature of [from, to), ceil((to - from) * 2) cells each; then
   * the next part begins at `to` with what was already added of it. A cell without a frame or look (slow or uneven
   * frame rates) repeats the one before, at the part's beginning the first that follows, so that a part does not depend
   * on the one before it; its motion and direction are 0, for the picture stands still.
   */
  readonly take: (to: number) => readonly FilmTrack[]
}

/** Sums over one cell. */
type Cell = {
  frames: number
  luma: number
  /** Steps from frame to frame: how many, their change and the seconds they took, and those of the largest. */
  steps: number
  change: number
  seconds: number
  largest: number
  largestSeconds: number
  shifts: number
  x: number
  y: number
  look: LookMeasure | null
  hash: Uint8Array
}

const hashBytes = 8

/** From so many steps on the largest is left out: it may be a cut, which is no motion. Below, it may be the motion. */
const stepsThatSpareOne = 4

const emptyCell = (): Cell => ({
  frames: 0,
  luma: 0,
  steps: 0,
  change: 0,
  seconds: 0,
  largest: 0,
  largestSeconds: 0,
  shifts: 0,
  x: 0,
  y: 0,
  look: null,
  hash: new Uint8Array(hashBytes),
})

/** A meter whose first part begins at `from` seconds of the film. */
export const createTrackMeter = (from: number): TrackMeter => {
  let start = from
  let cells: Cell[] = []
  let lastTime = NaN
  const cellAt = (time: number): Cell => {
    const index = Math.floor((time - start) * looksPerSecond)
    while (cells.length <= index) cells.push(emptyCell())
    return cells[index] ?? emptyCell()
  }
  return {
    addFrame: ({ time, luma, energy, shift }) => {
      const seconds = time - lastTime
      lastTime = time
      if (time < start) return
      const cell = cellAt(time)
      cell.frames += 1
      cell.luma += luma
      if (shift !== null) {
        cell.shifts += 1
        cell.x += shift.x
        cell.y += shift.y
      }
      if (!(seconds > 0)) return
      cell.steps += 1
      cell.change += energy
      cell.seconds += seconds
      if (energy > cell.largest) {
        cell.largest = energy
        cell.largestSeconds = seconds
      }
    },
    addLook: (time, look, hash) => {
      if (time < start) return
      const cell = cellAt(time)
      if (cell.look !== null) return
      cell.look = look
      cell.hash = hash.slice(0, hashBytes)
    },
    take: (to) => {
      // A part's length in whole cells may come out a hair longer than it is.
      const count = Math.max(0, Math.ceil((to - start) * looksPerSecond - 1e-6))
      const part = Array.from({ length: count }, (_, i) => cells[i] ?? emptyCell())
      cells = cells.slice(count)
      start = to
      return tracksOf(part)
    },
  }
}

const motionOf = (cell: Cell): number => {
  const spare = cell.steps >= stepsThatSpareOne
  const change = spare ? cell.change - cell.largest : cell.change
  const seconds = spare ? cell.seconds - cell.largestSeconds : cell.seconds
  return seconds > 0 ? motionByte(change / seconds / 25) : 0
}

/** Only where most of the cell's frames move as a whole. */
const speedIn = (cell: Cell, sum: number): number =>
  cell.shifts > 0 && cell.shifts * 2 >= cell.frames ? speedByte(sum / cell.shifts) : 0

/** Each cell, or in place of one that is empty the last that is not; at the beginning the first that is not. */
const filled = (part: readonly Cell[], has: (cell: Cell) => boolean): readonly Cell[] => {
  let last = part.find(has) ?? emptyCell()
  return part.map((cell) => {
    if (has(cell)) last = cell
    return last
  })
}

const tracksOf = (part: readonly Cell[]): readonly FilmTrack[] => {
  const track = (kind: FilmTrack['kind'], size: number, values: Uint8Array): FilmTrack => ({
    kind,
    rate: looksPerSecond,
    size,
    values,
  })
  const seen = filled(part, (cell) => cell.frames > 0)
  const looked = filled(part, (cell) => cell.look !== null)
  const bytes = (of: readonly Cell[], value: (cell: Cell) => number): Uint8Array => Uint8Array.from(of, value)
  return [
    track('motion', 1, bytes(part, motionOf)),
    track(
      'direction',
      2,
      Uint8Array.from(part.flatMap((cell) => [speedIn(cell, cell.x), speedIn(cell, cell.y)])),
    ),
    track(
      'luma',
      1,
      bytes(seen, (cell) => Math.round(cell.luma / Math.max(1, cell.frames))),
    ),
    track(
      'sharpness',
      1,
      bytes(looked, (cell) => cell.look?.sharpness ?? 0),
    ),
    track(
      'text',
      1,
      bytes(looked, (cell) => cell.look?.text ?? 0),
    ),
    track('signature', hashBytes, Uint8Array.from(looked.flatMap((cell) => [...cell.hash]))),
  ]
}
