/** How far two orders agree: Kendall's tau-b in [-1, 1], and its standard deviation were there no agreement. */
export type RankAgreement = { readonly tau: number; readonly deviation: number }

/** The sizes of the groups of equal values. */
const tieSizes = (values: readonly number[]): readonly number[] => {
  const counts = new Map<number, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts.values()].filter((count) => count > 1)
}

const sumOver = (sizes: readonly number[], of: (size: number) => number): number =>
  sizes.reduce((sum, size) => sum + of(size), 0)

/**
 * Kendall's tau-b of two equally long lists, with the variance under chance that takes ties into account (Kendall 1970, as in
 * scipy.stats.kendalltau's normal approximation). Null where a list has no two different values. O(n²): 200 values take
 * some 20,000 comparisons.
 */
export const kendall = (a: readonly number[], b: readonly number[]): RankAgreement | null => {
  const n = Math.min(a.length, b.length)
  let score = 0
  for (let i = 0; i < n; i += 1)
    for (let j = 0; j < i; j += 1)
      score += Math.sign((a[i] ?? 0) - (a[j] ?? 0)) * Math.sign((b[i] ?? 0) - (b[j] ?? 0))
  const pairs = (n * (n - 1)) / 2
  const [tiesA, tiesB] = [tieSizes(a.slice(0, n)), tieSizes(b.slice(0, n))]
  const tied = (sizes: readonly number[]): number => sumOver(sizes, (t) => (t * (t - 1)) / 2)
  const scale = Math.sqrt((pairs - tied(tiesA)) * (pairs - tied(tiesB)))
  if (!(scale > 0)) return null
  const spread = (sizes: readonly number[]): number => sumOver(sizes, (t) => t * (t - 1) * (2 * t + 5))
  const triples = (sizes: readonly number[]): number => sumOver(sizes, (t) => t * (t - 1) * (t - 2))
  const variance =
    (n * (n - 1) * (2 * n + 5) - spread(tiesA) - spread(tiesB)) / 18 +
    (2 * tied(tiesA) * tied(tiesB)) / (n * (n - 1)) +
    (n > 2 ? (triples(tiesA) * triples(tiesB)) / (9 * n * (n - 1) * (n - 2)) : 0)
  return { tau: score / scale, deviation: Math.sqrt(variance) / scale }
}
