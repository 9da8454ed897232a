/**
 * How many letters to insert, delete, change or swap with their neighbour to turn `a` into `b` (optimal string
 * alignment, the restricted Damerau-Levenshtein distance). By code point. O(a * b): for words, not for texts.
 */
export const editDistance = (a: string, b: string): number => {
  const from = Array.from(a)
  const to = Array.from(b)
  let before: number[] = []
  let last = Array.from({ length: to.length + 1 }, (_, i) => i)
  for (const [i, letter] of from.entries()) {
    const row = [i + 1]
    for (const [j, other] of to.entries()) {
      const swap = i > 0 && j > 0 && letter === to[j - 1] && from[i - 1] === other
      row.push(
        Math.min(
          (last[j + 1] ?? 0) + 1,
          (row[j] ?? 0) + 1,
          (last[j] ?? 0) + (letter === other ? 0 : 1),
          swap ? (before[j - 1] ?? 0) + 1 : Infinity,
        ),
      )
    }
    before = last
    last = row
  }
  return last[to.length] ?? 0
}

/** Longer words are nobody's typing error, and measuring them costs time. */
const longestWord = 24

/** The word of `known` nearest to `word`, at most a third of its letters (at least 1, at most 2) away; else null. */
export const nearestWord = (word: string, known: readonly string[]): string | null => {
  if (word.length > longestWord) return null
  const allowed = Math.min(2, Math.max(1, Math.floor(word.length / 3)))
  // Each letter that only one of them has is a difference: most candidates go without being measured.
  const foreign = (candidate: string): number =>
    Array.from(candidate).reduce((count, letter) => count + (word.includes(letter) ? 0 : 1), 0)
  const near = known
    .filter(
      (candidate) => Math.abs(candidate.length - word.length) <= allowed && foreign(candidate) <= allowed,
    )
    .map((candidate) => ({ candidate, distance: editDistance(word, candidate) }))
    .filter(({ distance }) => distance <= allowed)
    .sort((a, b) => a.distance - b.distance)
  return near[0]?.candidate ?? null
}
