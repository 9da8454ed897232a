import { packHalf } from '../domain/embedding.ts'

/** Vectors of `dimensions` numbers as f16 little-endian, one after the other: what the catalog keeps. */
export const packVectors = (vectors: readonly Float32Array[], dimensions: number): Uint8Array => {
  const packed = new Uint8Array(vectors.length * dimensions * 2)
  vectors.forEach((vector, i) => packed.set(packHalf(vector), i * dimensions * 2))
  return packed
}
