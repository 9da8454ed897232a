/** How fast a batch size was: measured pictures a second. */
export type BatchSpeed = { readonly batch: number; readonly picturesPerSecond: number }

/** Sizes worth a try: beyond 32 nothing got faster, and a run blocks its thread the longer (methods.md 6). */
export const batchSizes: readonly number[] = [1, 2, 4, 8, 16, 32]

/** Of what was measured, the smallest batch within 10 % of the fastest; null where nothing was. */
export const chooseBatch = (tried: readonly BatchSpeed[]): BatchSpeed | null => {
  const best = Math.max(0, ...tried.map(({ picturesPerSecond }) => picturesPerSecond))
  const good = tried.filter(({ picturesPerSecond }) => picturesPerSecond >= 0.9 * best)
  return good.toSorted((a, b) => a.batch - b.batch)[0] ?? null
}
