import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type proto from 'onnx-proto'
import { bytesOf } from './download-tools.ts'
import { encodeGraph, node, port, tensor } from './onnx-parts.ts'

const words = 12
export const width = 6
export const dimensions = 4
export const table = Float32Array.from(bytesOf(words * width, 5), (byte) => byte / 128 - 1)
export const matrix = Float32Array.from(bytesOf(dimensions * width, 6), (byte) => byte / 128 - 1)

/** A tower as sentence-transformers exports it: a vector a word, which reads nothing but the table. */
export const writeTower = (folder: string, opset: number): string => {
  const path = join(folder, 'text.onnx')
  const graph: proto.onnx.IGraphProto = {
    name: 'words',
    initializer: [tensor('table', [words, width], table)],
    node: [node('Gather', ['table', 'input_ids'], 'token_embeddings')],
    input: [port('input_ids', 7, ['batch', 'words']), port('attention_mask', 7, ['batch', 'words'])],
    output: [port('token_embeddings', 1, ['batch', 'words', width])],
  }
  writeFileSync(path, encodeGraph(graph, opset))
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
