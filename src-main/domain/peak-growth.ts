import type { Candidate } from './contrast-windows.ts'
import { gaussianSmooth } from './curve-smoothing.ts'
import type { ScoreGrid } from './score-grid.ts'

/** A moment goes on while the curve keeps 0.3 of its peak's height over the film's median (methods.md 2d, hysteresis 0.3). */
const keptHeight = 0.3

/** In units of 2 s, the spacing methods.md measured at. */
const sigma = 1
const gap = 2

/** A peak must rise this many robust deviations over the median (1.4826 * MAD); a design default, not measured. */
const leastDeviations = 2

const medianOf = (values: Float64Array): number => values.toSorted()[values.length >> 1] ?? 0

/** One step outwards from the peak: how far the moment reaches, bridging gaps of up to `bridge` cells. */
const grow = (
  from: number,
  direction: 1 | -1,
  bridge: number,
  holds: (cell: number) => boolean,
  free: (cell: number) => boolean,
): number => {
  let reached = from
  for (let cell = from + direction; Math.abs(cell - reached) <= bridge + 1 && free(cell); cell += direction) {
    if (holds(cell)) reached = cell
  }
  return reached
}

/**
 * The moments of a long film as stretches of cells, strongest (highest over the median) first: grown from the
 * highest peaks, never across each other, at most `most`. A global threshold drowns one short moment in an hour
 * of everything else (methods.md: R@0.5 34 % against 29 %). Empty where no peak rises over the film's own noise.
 */
export const groupLong = (grid: ScoreGrid, most: number): readonly Candidate[] => {
  const smooth = gaussianSmooth(grid.values, (sigma * 2) / grid.step)
  const base = medianOf(grid.values)
  const deviation = 1.4826 * medianOf(grid.values.map((value) => Math.abs(value - base)))
  const taken = new Uint8Array(smooth.length)
  const free = (cell: number): boolean => cell >= 0 && cell < smooth.length && taken[cell] === 0
  const found: Candidate[] = []
  while (found.length < most) {
    let peak = -1
    for (const [cell, value] of smooth.entries()) {
      if (taken[cell] === 0 && value > (smooth[peak] ?? -Infinity)) peak = cell
    }
    const height = (smooth[peak] ?? base) - base
    if (peak < 0 || height <= 0 || height < leastDeviations * deviation) break
    const holds = (cell: number): boolean => (smooth[cell] ?? -Infinity) >= base + keptHeight * height
    const bridge = Math.floor(gap / grid.step + 1e-6)
    const start = grow(peak, -1, bridge, holds, free)
    const end = grow(peak, 1, bridge, holds, free) + 1
    taken.fill(1, start, end)
    found.push({ start, end, strength: height })
  }
  return found
}
