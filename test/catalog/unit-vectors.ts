import type { IndexQuery } from '../../src-main/catalog/model-index.ts'
import { normalise } from '../../src-main/domain/embedding.ts'
import { seededRandom } from '../../src-main/domain/seeded-random.ts'

export const dimensions = 32
/** The same numbers in each run of a file. */
export const random = seededRandom(7)
export const randomUnit = (): Float32Array => {
  const vector = Float32Array.from({ length: dimensions }, () => random() - 0.5)
  normalise(vector)
  return vector
}

export const asText = (vector: Float32Array): IndexQuery => ({ kind: 'text', vector })
