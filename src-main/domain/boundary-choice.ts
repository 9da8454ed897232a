import type { ShotBoundary } from './film-tracks.ts'

/** A boundary that one of the watches proposes; of two that exclude each other the stronger is kept. */
export type BoundaryCandidate = { readonly boundary: ShotBoundary; readonly strength: number }

/** Shortest shot in seconds (methods.md a-1: best setting over BBC, AutoShot and ClipShots). */
const shortestShot = 0.6
/** Half a millisecond for the rounding of times. */
const hair = 5e-4

/** Whether a shot from `a` to `b` (seconds) would be too short. */
export const isTooClose = (a: number, b: number): boolean => Math.abs(b - a) < shortestShot - hair

const rank = { fade: 2, cut: 1, dissolve: 0 } as const

const stronger = (a: BoundaryCandidate, b: BoundaryCandidate): boolean =>
  a.strength === b.strength ? a.boundary.time < b.boundary.time : a.strength > b.strength

/** Too near for a shot between them, or one and the same change. */
const exclude = ({ boundary: a }: BoundaryCandidate, { boundary: b }: BoundaryCandidate): boolean =>
  isTooClose(a.time, b.time) ||
  (a.kind === 'dissolve' && b.kind === 'dissolve' && a.from <= b.to && b.from <= a.to) ||
  (a.time >= b.from && a.time <= b.to) ||
  (b.time >= a.from && b.time <= a.to)

const excludedBy = (
  one: BoundaryCandidate,
  others: readonly BoundaryCandidate[],
  beats: (other: BoundaryCandidate) => boolean,
): boolean => others.some((other) => other !== one && beats(other) && exclude(one, other))

/**
 * Which candidates become boundaries: those that none of a surer kind excludes, and none of their own that is
 * stronger. A candidate that was beaten by its own kind still beats others: so every decision needs only its
 * neighbourhood, and is the same wherever in the film one began.
 */
export const chooseBoundaries = (candidates: readonly BoundaryCandidate[]): readonly ShotBoundary[] => {
  const rankOf = ({ boundary }: BoundaryCandidate): number => rank[boundary.kind]
  const possible = candidates.filter(
    (one) => !excludedBy(one, candidates, (other) => rankOf(other) > rankOf(one)),
  )
  return possible
    .filter(
      (one) => !excludedBy(one, possible, (other) => rankOf(other) === rankOf(one) && stronger(other, one)),
    )
    .map(({ boundary }) => boundary)
    .sort((a, b) => a.time - b.time)
}
