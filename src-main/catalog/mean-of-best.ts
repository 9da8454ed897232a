import { mostQueries } from './packed-vectors.ts'
import type { PackedVectors } from './packed-vectors.ts'

/** Of each vector of a chunk the mean of its `best` largest cosines with `texts`; null when the chunk is no more. */
export const meanOfBest = (
  packed: PackedVectors,
  chunkId: number,
  texts: readonly Float32Array[],
  best: number,
): Float32Array | null => {
  const kept = Math.min(best, texts.length)
  /** For each vector its largest cosines, rising. */
  let largest: Float32Array = new Float32Array(0)
  for (let first = 0; first < texts.length; first += mostQueries) {
    const some = texts.slice(first, first + mostQueries)
    const scorer = packed.ask(some)
    const chunk = scorer.chunk(chunkId)
    if (chunk === null) return null
    if (first === 0) largest = new Float32Array(chunk.count * kept).fill(-Infinity)
    some.forEach((_, query) => {
      scorer.scores(chunk, query).forEach((score, vector) => {
        let at = vector * kept
        const end = at + kept
        if (score <= (largest[at] ?? Infinity)) return
        for (; at + 1 < end && (largest[at + 1] ?? 0) < score; at += 1) largest[at] = largest[at + 1] ?? 0
        largest[at] = score
      })
    })
  }
  return Float32Array.from(
    { length: largest.length / kept },
    (_, vector) =>
      largest.subarray(vector * kept, (vector + 1) * kept).reduce((sum, score) => sum + score, 0) / kept,
  )
}
