import { contrastOf, contrastWindows, type Candidate } from '../../src-main/domain/contrast-windows.ts'
import { adaptiveSigma, gaussianSmooth } from '../../src-main/domain/curve-smoothing.ts'
import { suppressOverlaps, type Interval } from '../../src-main/domain/intervals.ts'
import { medianOf } from '../../src-main/domain/median.ts'
import { runsAbove } from '../../src-main/domain/moment-grouping.ts'
import { otsuSplit } from '../../src-main/domain/otsu.ts'

/** Numbers of methods.md 2d; lengths in samples of 2 s. */
const balance = 0.4
const runBonus = 2
const extraSmoothing = 0.5
const gap = 1
const keptHeight = 0.3

/**
 * The grouping of a short film as methods.md 2d writes it, for comparison: Otsu's two classes, one balance for runs and
 * windows. `curve` has one score every 2 s; `sigma` in samples, adaptive where it is left out. Stretches of samples.
 */
export const statedShort = (curve: Float64Array, sigma = adaptiveSigma(curve, 2)): readonly Candidate[] => {
  const smooth = gaussianSmooth(curve, sigma)
  const smoother = gaussianSmooth(curve, sigma + extraSmoothing)
  const contrast = contrastOf(smoother, balance)
  const runs = runsAbove(smooth, otsuSplit(smooth).threshold, gap).map((run) => ({
    ...run,
    strength: runBonus * contrast(run.start, run.end),
  }))
  const candidates = [...runs, ...contrastWindows(smoother, balance)].filter(({ strength }) => strength > 0)
  return suppressOverlaps(
    candidates.sort((a, b) => b.strength - a.strength),
    0.5,
    10,
  )
}

const highestOf = (curve: Float64Array): number =>
  curve.reduce((best, value, i) => (value > (curve[best] ?? -Infinity) ? i : best), 0)

/** A stretch of samples, and the one that it was found by. */
export type Found = Interval & { readonly peak: number }

/** The first moment of a long film as methods.md 2d writes it: hysteresis 0.3 from the highest peak. */
export const statedLong = (curve: Float64Array): Found => {
  const smooth = gaussianSmooth(curve, 1)
  const base = medianOf(curve)
  const peak = highestOf(smooth)
  const least = base + keptHeight * ((smooth[peak] ?? base) - base)
  const runs = runsAbove(
    smooth.map((value) => (value >= least ? 1 : 0)),
    0.5,
    gap,
  )
  const run = runs.find(({ start, end }) => start <= peak && peak < end)
  return { start: run?.start ?? peak, end: run?.end ?? peak + 1, peak }
}

/** The run above one Otsu threshold for the whole film that holds the highest score: what long films must beat. */
export const globalOtsu = (curve: Float64Array): Found => {
  const peak = highestOf(curve)
  const run = runsAbove(curve, otsuSplit(curve).threshold, gap).find(
    ({ start, end }) => start <= peak && peak < end,
  )
  return { start: run?.start ?? peak, end: run?.end ?? peak + 1, peak }
}
