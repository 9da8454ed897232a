import { appendFile, open } from 'node:fs/promises'
import { fail, ok, type Result } from '../../src-preload/contract/result.ts'
import type { ReadPorts } from './graph-names.ts'

/**
 * Some text towers end with a vector a word, and what follows is a file of its own: the mean over the words and a
 * matrix (sentence-transformers: `1_Pooling`, `2_Dense`). This writes both into the graph, so that it is a tower like
 * any other, output `text_embeds`. Not divided by the number of words and no bias: the length is made 1 later anyway.
 * It needs nothing but appending: two protobuf messages one behind the other are one, with the lists joined
 * (protobuf.dev, "Last One Wins ... merging"). `matrix` is a safetensors file with one float32 [dimensions, width].
 * Errors: bad-model, model-failed.
 */
export const appendTextProjection = async (
  onnx: string,
  matrix: string,
  masks: readonly string[],
  dimensions: number,
  read: ReadPorts,
): Promise<Result<null>> => {
  const ports = await read(onnx)
  if (!ports.ok) return ports
  const mask = ports.value.inputs.find((port) => masks.includes(port.name))
  const words = ports.value.outputs.find((port) => port.shape.length === 3)
  if (mask === undefined || words === undefined)
    return fail('bad-model', 'The text graph has no mask, or no output with a vector a word')
  const weights = await readMatrix(matrix)
  if (!weights.ok) return weights
  const { rows, columns, data } = weights.value
  const width = words.shape[2]
  if (rows !== dimensions || (typeof width === 'number' && width !== columns))
    return fail(
      'bad-model',
      `The projection is [${rows}, ${columns}], not [${dimensions}, ${width ?? 'any'}]`,
    )
  await appendFile(onnx, model(words.name, mask.name, rows, columns, data))
  return ok(null)
}

type Matrix = { readonly rows: number; readonly columns: number; readonly data: Buffer }

/** safetensors: 8 bytes length, JSON with `{name: {dtype, shape, data_offsets}}`, the numbers. */
const readMatrix = async (path: string): Promise<Result<Matrix>> => {
  await using handle = await open(path, 'r')
  const bytes = await handle.readFile()
  const wrong = fail('bad-model', `${path} is not a safetensors file with one float32 matrix`)
  if (bytes.length < 8) return wrong
  const start = 8 + Number(bytes.readBigUInt64LE(0))
  if (start > bytes.length || start > 1e6) return wrong
  let header: Readonly<Record<string, { dtype?: string; shape?: number[]; data_offsets?: number[] }>>
  try {
    header = JSON.parse(bytes.toString('utf8', 8, start)) as typeof header
  } catch {
    // What is no JSON is no safetensors file: said below.
    return wrong
  }
  const matrices = Object.entries(header).filter(([name]) => name !== '__metadata__')
  const [rows, columns] = matrices[0]?.[1].shape ?? []
  const [from, to] = matrices[0]?.[1].data_offsets ?? []
  if (matrices.length !== 1 || matrices[0]?.[1].dtype !== 'F32') return wrong
  if (rows === undefined || columns === undefined || from === undefined || to === undefined) return wrong
  const data = bytes.subarray(start + from, start + to)
  return data.length === rows * columns * 4 ? ok({ rows, columns, data }) : wrong
}

// The few messages of onnx.proto3 that are needed; numbers are its field numbers.
const varint = (value: number): Buffer => {
  const bytes: number[] = []
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return Buffer.from([...bytes, rest])
    bytes.push((rest % 128) + 128)
  }
}
const number = (field: number, value: number): Buffer => Buffer.concat([varint(field * 8), varint(value)])
const message = (field: number, ...parts: readonly (Buffer | string)[]): Buffer => {
  const body = Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part)))
  return Buffer.concat([varint(field * 8 + 2), varint(body.length), body])
}
const node = (
  operator: string,
  inputs: readonly string[],
  output: string,
  ...attributes: readonly Buffer[]
): Buffer =>
  message(
    1,
    ...inputs.map((name) => message(1, name)),
    message(2, output),
    message(4, operator),
    ...attributes,
  )
const attribute = (name: string, type: number, value: Buffer): Buffer =>
  message(5, message(1, name), value, number(20, type))

const float = 1
const attributeTypes = { integer: 2, text: 3 } as const

/** ModelProto{graph: GraphProto{node, initializer, output}}; Einsum needs no axes, which moved between opsets. */
const model = (words: string, mask: string, rows: number, columns: number, data: Buffer): Buffer => {
  const made = (name: string): string => `kinora_${name}`
  const graph = [
    node('Cast', [mask], made('mask'), attribute('to', attributeTypes.integer, number(3, float))),
    node(
      'Einsum',
      [made('mask'), words],
      made('sum'),
      attribute('equation', attributeTypes.text, message(4, 'nl,nld->nd')),
    ),
    node(
      'Gemm',
      [made('sum'), made('matrix')],
      'text_embeds',
      attribute('transB', attributeTypes.integer, number(3, 1)),
    ),
    message(
      5,
      number(1, rows),
      number(1, columns),
      number(2, float),
      message(8, made('matrix')),
      message(9, data),
    ),
    message(
      12,
      message(1, 'text_embeds'),
      message(
        2,
        message(1, number(1, float), message(2, message(1, message(2, 'rows')), message(1, number(1, rows)))),
      ),
    ),
  ]
  return message(7, ...graph)
}
