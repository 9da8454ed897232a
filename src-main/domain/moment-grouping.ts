import { contrastOf, contrastWindows, type Candidate } from './contrast-windows.ts'
import { adaptiveSigma, gaussianSmooth, noiseShare } from './curve-smoothing.ts'
import { suppressOverlaps, type Interval } from './intervals.ts'
import { otsuSplit } from './otsu.ts'
import type { ScoreGrid } from './score-grid.ts'

/** methods.md 2d and trap 10. Lengths in seconds. */
const joinedGap = 2
const overlapLimit = 0.5
const leastSeparable = 0.35
const runBonus = 2

/**
 * How much length counts (contrast-windows.ts). methods.md has 0.4 for both, which is no worse on QVHighlights (even ids). A run
 * has its length from the threshold already, and 0.2 prefers long ones less: in films of photographs, whose moments are
 * shorter, the first is right a little more often (6 s each: 55.3 % / 56.2 %).
 */
const runBalance = 0.2
const windowBalance = 0.5

/** A curve of which so much is noise is smoothed as methods.md says. */
const fullNoise = 0.1

/**
 * How far a film's curve is smoothed, in units of 2 s: as methods.md 2d says, but what has no noise stays sharp, however fast
 * it changes. Films of photographs of 6 s: mean IoU of the right moments 0.79 without this, 0.90 with it; QVHighlights, even
 * ids, R1@0.5 59.8 / 59.7.
 */
export const shortSigma = (values: Float64Array, step: number): number =>
  Math.min(adaptiveSigma(values, step), noiseShare(values, step) / fullNoise)

/** Stretches of cells above `threshold`; those at most `gap` cells apart are one. */
export const runsAbove = (values: Float64Array, threshold: number, gap: number): readonly Interval[] => {
  const runs: { start: number; end: number }[] = []
  for (const [i, value] of values.entries()) {
    if (!(value > threshold)) continue
    const last = runs.at(-1)
    if (last && i - last.end <= gap) last.end = i + 1
    else runs.push({ start: i, end: i + 1 })
  }
  return runs
}

const byStrength = (a: Candidate, b: Candidate): number =>
  b.strength - a.strength || a.start - b.start || a.end - b.end

/**
 * The moments of a film of up to about 5 minutes as stretches of cells, strongest first: runs above a threshold (counted
 * double) and windows that stand out from the rest, without near doubles (methods.md 2d, "Otsu U contrast"). Empty where
 * the curve does not fall into two classes. `sigma`: how far the curve is smoothed, in units of 2 s (`shortSigma`).
 *
 * The threshold lies halfway between Otsu's for two classes and the upper one for three: one class more takes in what is
 * only somewhat like the query. QVHighlights, even ids, two classes against halfway: R1@0.5 57.8 / 60.3, R1@0.7 42.1 / 44.8.
 */
export const groupShort = (grid: ScoreGrid, most: number, sigma: number): readonly Candidate[] => {
  const cells = 2 / grid.step
  const smooth = gaussianSmooth(grid.values, sigma * cells)
  const split = otsuSplit(smooth)
  if (split.separability < leastSeparable) return []
  const threshold = (split.threshold + split.upper) / 2
  const contrast = contrastOf(smooth, runBalance)
  const runs = runsAbove(smooth, threshold, Math.floor(joinedGap / grid.step + 1e-6)).map((run) => ({
    ...run,
    strength: runBonus * contrast(run.start, run.end),
  }))
  const candidates = [...runs, ...contrastWindows(smooth, windowBalance)].filter(
    (candidate) => candidate.strength > 0,
  )
  return suppressOverlaps(candidates.sort(byStrength), overlapLimit, most)
}
