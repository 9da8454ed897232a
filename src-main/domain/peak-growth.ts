import type { Candidate } from './contrast-windows.ts'
import { gaussianSmooth, noiseShare, smoothAt } from './curve-smoothing.ts'
import { medianOf } from './median.ts'
import type { ScoreGrid } from './score-grid.ts'

/** A moment goes on while the curve keeps half of its peak's height over the film's median (methods.md 2d: 0.3, see `endSigma`). */
const keptHeight = 0.5

/** In units of 2 s, the spacing methods.md measured at: how far the curve is smoothed where peaks are looked for. */
const peakSigma = 2
const gap = 2

/**
 * How far the curve is smoothed where ends are looked for, in the same units: 2 where a third of it is noise, not at all where
 * none is. Half the height then lies where the truth ends, however strongly it is smoothed. With 1, and 0.4 of the height:
 * streams of an hour of even queries (lexical scores, noisy) R@0.5 36.4 instead of 38.9, films of photographs (no noise) 52.0
 * instead of 55.8.
 */
export const endSigma = (values: Float64Array, step: number): number =>
  noisiest * Math.min(1, noiseShare(values, step) / fullNoise)
const noisiest = 2
const fullNoise = 0.3

/** How far the highest place of the curve for ends may lie from the peak, in the same units. */
const nearby = 3

/**
 * A peak must rise this many robust deviations over the median (1.4826 * MAD); a design default, not measured. An hour of
 * white noise reaches 1.3 when it is smoothed by 2.
 */
const leastDeviations = 1.4

/**
 * The order of the moments: half the height of the best frame and that of the curve smoothed by 4. A lucky frame lacks the
 * second, a long lukewarm stretch the first. Same streams, ordered by the curve in which peaks are found, and so: R@0.5 37.7 / 39.3.
 */
const frameShare = 0.5
const orderSigma = 4
/** So many peaks are put in order, even where fewer moments are asked for. */
const compared = 10

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

/** The free cell in which the curve is highest; -1 where none is free. */
const highestFree = (values: Float64Array, taken: Uint8Array): number => {
  let best = -1
  let highest = -Infinity
  for (let cell = 0; cell < values.length; cell += 1) {
    const value = values[cell] ?? -Infinity
    if (value > highest && taken[cell] === 0) {
      best = cell
      highest = value
    }
  }
  return best
}

/** From `cell` the highest cell of the curve at most `reach` away, with only free ones on the way. */
const highestNear = (
  values: Float64Array,
  cell: number,
  reach: number,
  free: (cell: number) => boolean,
): number => {
  let best = cell
  for (const direction of [-1, 1] as const) {
    for (let at = cell; Math.abs(at - cell) <= reach && free(at); at += direction) {
      if ((values[at] ?? -Infinity) > (values[best] ?? -Infinity)) best = at
    }
  }
  return best
}

/**
 * The moments of a long film as stretches of cells, strongest first (`frameShare`): grown from the highest peaks, never
 * across each other, at most `most`; `sigma`: how far the curve is smoothed where ends are looked for (`endSigma`). A global threshold drowns one short moment in an hour of everything else (R@0.5 of
 * streams of an hour: 36 % against 27 %, test/bench/long-moments.ts). Empty where no peak rises over the film's own noise.
 */
export const groupLong = (grid: ScoreGrid, most: number, sigma: number): readonly Candidate[] => {
  const cells = 2 / grid.step
  const smooth = gaussianSmooth(grid.values, sigma * cells)
  const smoother = gaussianSmooth(grid.values, peakSigma * cells)
  const base = medianOf(grid.values)
  const deviation = 1.4826 * medianOf(grid.values.map((value) => Math.abs(value - base)))
  const bridge = Math.floor(gap / grid.step + 1e-6)
  const taken = new Uint8Array(smooth.length)
  const free = (cell: number): boolean => taken[cell] === 0
  const found: Candidate[] = []
  while (found.length < Math.max(most, compared)) {
    const peak = highestFree(smoother, taken)
    const height = (smoother[peak] ?? base) - base
    if (peak < 0 || height <= 0 || height < leastDeviations * deviation) break
    const top = highestNear(smooth, peak, Math.round(nearby * cells), free)
    const least = base + keptHeight * ((smooth[top] ?? base) - base)
    const holds = (cell: number): boolean => (smooth[cell] ?? -Infinity) >= least
    const start = grow(top, -1, bridge, holds, free)
    const end = grow(top, 1, bridge, holds, free) + 1
    taken.fill(1, Math.min(start, peak), Math.max(end, peak + 1))
    const best = grid.values.subarray(start, end).reduce((a, b) => Math.max(a, b), base)
    const around = smoothAt(grid.values, orderSigma * cells, peak) - base
    found.push({ start, end, strength: frameShare * (best - base) + around })
  }
  return found.sort((a, b) => b.strength - a.strength || a.start - b.start).slice(0, most)
}
