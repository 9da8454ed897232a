import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import proto from 'onnx-proto'
import { bytesOf } from './download-tools.ts'

const { onnx } = proto
const words = 12
export const width = 6
export const dimensions = 4
export const table = Float32Array.from(bytesOf(words * width, 5), (byte) => byte / 128 - 1)
export const matrix = Float32Array.from(bytesOf(dimensions * width, 6), (byte) => byte / 128 - 1)

const port = (
  name: string,
  elemType: number,
  shape: readonly (string | number)[],
): proto.onnx.IValueInfoProto => ({
  name,
  type: {
    tensorType: {
      elemType,
      shape: {
        dim: shape.map((size) => (typeof size === 'number' ? { dimValue: size } : { dimParam: size })),
      },
    },
  },
})

/** A tower as sentence-transformers exports it: a vector a word, which reads nothing but the table. */
export const writeTower = (folder: string, opset: number): string => {
  const path = join(folder, 'text.onnx')
  const graph: proto.onnx.IGraphProto = {
    name: 'words',
    initializer: [
      { name: 'table', dims: [words, width], dataType: 1, rawData: new Uint8Array(table.buffer) },
    ],
    node: [{ opType: 'Gather', input: ['table', 'input_ids'], output: ['token_embeddings'], attribute: [] }],
    input: [port('input_ids', 7, ['batch', 'words']), port('attention_mask', 7, ['batch', 'words'])],
    output: [port('token_embeddings', 1, ['batch', 'words', width])],
  }
  const model = { irVersion: 8, opsetImport: [{ domain: '', version: opset }], graph }
  writeFileSync(path, onnx.ModelProto.encode(model).finish())
  return path
}

/** The matrix behind it, as safetensors. */
export const writeMatrix = (folder: string, shape: readonly number[]): string => {
  const path = join(folder, 'matrix.safetensors')
  const entry = { dtype: 'F32', shape, data_offsets: [0, matrix.byteLength] }
  const header = Buffer.from(JSON.stringify({ __metadata__: { format: 'pt' }, 'linear.weight': entry }))
  const length = Buffer.alloc(8)
  length.writeBigUInt64LE(BigInt(header.length))
  writeFileSync(path, Buffer.concat([length, header, Buffer.from(matrix.buffer)]))
  return path
}
