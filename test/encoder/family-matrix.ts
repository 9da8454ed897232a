import { dot, normalise } from '../../src-main/domain/embedding.ts'
import { noise } from './family-graphs.ts'

/** Width of the multilingual tower's word vectors, before its matrix. */
export const wordWidth = 768

/**
 * For a tower with a matrix behind it: word vectors that are at right angles, and the matrix [dimensions, wordWidth]
 * that turns each into its place in the space. All other directions it turns into noise.
 */
export const beforeMatrix = (
  basis: readonly Float32Array[],
  dimensions: number,
): { readonly rows: readonly Float32Array[]; readonly matrix: Float32Array } => {
  const rows: Float32Array[] = []
  for (const [i] of basis.entries()) {
    const row = noise(wordWidth, 100 + i)
    for (const other of rows) {
      const along = dot(row, other)
      other.forEach((value, k) => (row[k]! -= along * value))
    }
    normalise(row)
    rows.push(row)
  }
  const matrix = noise(dimensions * wordWidth, 200, 0.1)
  for (let d = 0; d < dimensions; d += 1) {
    const line = matrix.subarray(d * wordWidth, (d + 1) * wordWidth)
    for (const [i, row] of rows.entries()) {
      const off = basis[i]![d]! - dot(line, row)
      for (let k = 0; k < wordWidth; k += 1) line[k]! += off * row[k]!
    }
  }
  return { rows, matrix }
}

/** A file of one float32 matrix, as the hub has it. */
export const safetensors = (matrix: Float32Array, shape: readonly number[]): Buffer => {
  const entry = { dtype: 'F32', shape, data_offsets: [0, matrix.byteLength] }
  const header = Buffer.from(JSON.stringify({ __metadata__: { format: 'pt' }, 'linear.weight': entry }))
  const length = Buffer.alloc(8)
  length.writeBigUInt64LE(BigInt(header.length))
  return Buffer.concat([length, header, Buffer.from(matrix.buffer)])
}
