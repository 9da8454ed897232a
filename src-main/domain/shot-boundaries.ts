import { type BoundaryCandidate, chooseBoundaries, isTooClose } from './boundary-choice.ts'
import { createCutWatch } from './cut-watch.ts'
import { createDissolveWatch } from './dissolve-watch.ts'
import { createFadeWatch } from './fade-watch.ts'
import type { ShotBoundary } from './film-tracks.ts'
import type { FrameMeasure } from './frame-measure.ts'

export type ShotDetector = {
  /** Boundaries that have become certain, rising. `rgb` (48 x 27) is kept for some seconds: it must not change. */
  readonly push: (measure: FrameMeasure, rgb: Uint8Array) => readonly ShotBoundary[]
  /** No boundary before this second will come any more. */
  readonly settled: () => number
  /** The film ends at this second: the boundaries that were left. */
  readonly finish: (end: number) => readonly ShotBoundary[]
}

/**
 * Seconds after which nothing new is proposed for a moment, and all that could exclude it is known. The longest fade
 * decides: what lies in its first second of going dark waits for two of black and one of coming up. (A blend of 2.4 s
 * is seen at most 1.9 s after its middle, and its rivals' middles lie at most 2 s away.)
 */
const patience = 4
/** Seconds that candidates are kept on: none excludes what is farther away. */
const reach = 3

/** Finds the shots of one film from its frames in order, wherever in the film they begin. */
export const createShotDetector = (): ShotDetector => {
  const cuts = createCutWatch()
  const fades = createFadeWatch()
  const dissolves = createDissolveWatch()
  let candidates: BoundaryCandidate[] = []
  let certain = Number.NEGATIVE_INFINITY
  /** The last boundary that was told: two shots are never closer than the shortest, whatever came late. */
  let told = Number.NEGATIVE_INFINITY

  const settle = (until: number, end: number): readonly ShotBoundary[] => {
    const begin = certain
    certain = Math.max(certain, until)
    if (!candidates.some(({ boundary }) => boundary.time >= begin && boundary.time < until)) return []
    const found: ShotBoundary[] = []
    for (const boundary of chooseBoundaries(candidates)) {
      const { time } = boundary
      if (time < begin || time >= until || isTooClose(told, time)) continue
      if (isTooClose(0, time) || isTooClose(time, end)) continue
      told = time
      found.push(boundary)
    }
    candidates = candidates.filter(({ boundary }) => boundary.time >= until - reach)
    return found
  }

  return {
    push: (measure, rgb) => {
      const { time } = measure
      candidates.push(...cuts.push(measure, rgb), ...fades.push(measure), ...dissolves.push(measure, rgb))
      return settle(time - patience, Number.POSITIVE_INFINITY)
    },
    settled: () => certain,
    finish: (end) => {
      candidates.push(...cuts.finish(), ...fades.finish(end))
      return settle(Number.POSITIVE_INFINITY, end)
    },
  }
}
