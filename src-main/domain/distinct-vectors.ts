/** Parts are compared in steps of this: the same words give the same vector but for the last bits of float16. */
const step = 1 / 500

/**
 * The vectors that say something, each once, in their order. A model that knows few words has one vector for many texts
 * ("dog", "a dog"), and ten of one kind are not ten votes.
 */
export const distinctVectors = (vectors: readonly Float32Array[]): readonly Float32Array[] => {
  const seen = new Set<string>()
  return vectors.filter((vector) => {
    if (!vector.some((part) => part !== 0)) return false
    const key = vector.map((part) => Math.round(part / step)).join()
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
}
