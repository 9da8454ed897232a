/** A stretch of something: seconds, or cells of a grid. `end` is not part of it. */
export type Interval = { readonly start: number; readonly end: number }

/** Length of what `a` and `b` share; 0 where they are apart. */
export const overlapOf = (a: Interval, b: Interval): number =>
  Math.max(0, Math.min(a.end, b.end) - Math.max(a.start, b.start))

/** Shared length over the length of both together, 0..1; two equal stretches without length are the same. */
export const intersectionOverUnion = (a: Interval, b: Interval): number => {
  const shared = overlapOf(a, b)
  const union = a.end - a.start + (b.end - b.start) - shared
  if (union > 0) return shared / union
  return a.start === b.start ? 1 : 0
}

/**
 * Keeps, from the strongest on, at most `most` intervals of which no two overlap by more than `limit` (see
 * `measure`). `ordered` comes strongest first.
 */
export const suppressOverlaps = <T extends Interval>(
  ordered: readonly T[],
  limit: number,
  most: number,
  measure: (a: Interval, b: Interval) => number = intersectionOverUnion,
): readonly T[] => {
  const kept: T[] = []
  for (const candidate of ordered) {
    if (kept.length >= most) break
    if (kept.every((other) => measure(candidate, other) <= limit)) kept.push(candidate)
  }
  return kept
}
