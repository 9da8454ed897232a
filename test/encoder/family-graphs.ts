import type proto from 'onnx-proto'
import { encodeGraph, float, node, port, tensor, type Shape } from './onnx-parts.ts'
import { seededRandom } from '../../src-main/domain/seeded-random.ts'

const [int32, int64, half] = [6, 7, 10]

const longs = (...values: readonly number[]): BigInt64Array => BigInt64Array.from(values, BigInt)

/** About normal, mean 0, the same on every machine. */
export const noise = (count: number, seed: number, scale = 1): Float32Array => {
  const random = seededRandom(seed)
  return Float32Array.from({ length: count }, () => scale * (random() + random() + random() - 1.5))
}

/** Lengths of the vectors as the graphs give them: no family's is 1. */
export const rawLengths = { image: 14, text: 24 } as const

const filters = 8
/** Cells along a side: the "patches". */
export const cells = 4

export type ImageGraph = {
  readonly size: number
  readonly dimensions: number
  readonly rows: Shape[number]
  readonly input: string
  readonly output: string
  /** Length of a second output of vectors that stands before the right one, as CLIP's before its projection. */
  readonly unprojected?: number
}

/** Patches, random filters, Relu, a random projection, length 14. First output: last_hidden_state, a vector a patch. */
export const imageGraph = (wish: ImageGraph): Uint8Array => {
  const { size, dimensions, rows, input, output, unprojected } = wish
  const side = size / cells
  const numbers = filters * cells ** 2
  return encodeGraph({
    initializer: [
      tensor('filters', [filters, 3, 1, 1], noise(filters * 3, 1)),
      tensor('bias', [filters], noise(filters, 2)),
      tensor('patches', [3], longs(0, filters, cells ** 2)),
      tensor('projection', [numbers, dimensions], noise(numbers * dimensions, 3, 0.1)),
      tensor('length', [1], Float32Array.of(rawLengths.image)),
      ...(unprojected === undefined
        ? []
        : [tensor('pool', [numbers, unprojected], noise(numbers * unprojected, 4))]),
    ],
    node: [
      node('AveragePool', [input], 'cells', { kernel_shape: [side, side], strides: [side, side] }),
      node('Conv', ['cells', 'filters', 'bias'], 'filtered', { kernel_shape: [1, 1] }),
      node('Relu', ['filtered'], 'seen'),
      node('Reshape', ['seen', 'patches'], 'planes'),
      node('Transpose', ['planes'], 'last_hidden_state', { perm: [0, 2, 1] }),
      node('Flatten', ['seen'], 'flat', { axis: 1 }),
      ...(unprojected === undefined ? [] : [node('MatMul', ['flat', 'pool'], 'pooler_output')]),
      node('MatMul', ['flat', 'projection'], 'projected'),
      node('LpNormalization', ['projected'], 'unit', { axis: 1, p: 2 }),
      node('Mul', ['unit', 'length'], output),
    ],
    input: [port(input, float, [rows, 3, size, size])],
    output: [
      port('last_hidden_state', float, [rows, cells ** 2, filters]),
      ...(unprojected === undefined ? [] : [port('pooler_output', float, [rows, unprojected])]),
      port(output, float, [rows, dimensions]),
    ],
  })
}

export type TextGraph = {
  readonly dimensions: number
  readonly rows: Shape[number]
  readonly context: Shape[number]
  readonly input: string
  readonly integers?: 'int64' | 'int32'
  /** What it does with its mask: leaves padding out, or (as a model that was trained on padding) wants ones only. */
  readonly mask?: 'drops' | 'must-be-one'
  /** Output of sums; null: it ends with a vector a word, `token_embeddings`. */
  readonly output: string | null
  readonly half?: boolean
  /** The ids that it was trained on, and a row of `dimensions` numbers for each. */
  readonly codes: readonly number[]
  readonly table: Float32Array
  /** What may stand first and last in the context, padding included. */
  readonly starts: readonly number[] | null
  readonly ends: readonly number[]
}

/**
 * The sum of a row per id. It feels each wrong id: one it was never trained on, a context that does not end with the
 * end or with padding, or does not start with the start, spoils the vector tenfold.
 */
export const textGraph = (wish: TextGraph): Uint8Array => {
  const { dimensions, rows, context, input, output, codes, table, starts, ends, mask } = wish
  const perWord = output === null ? 'token_embeddings' : 'last_hidden_state'
  const places = [
    ...(starts === null ? [] : [{ name: 'start', place: 0, allowed: starts }]),
    { name: 'end', place: -1, allowed: ends },
  ]
  /** 1 for an id that is none of `allowed`, [N, ids, 1]. */
  const stray = (from: string, name: string, hot: string): readonly proto.onnx.INodeProto[] => [
    node('Unsqueeze', [from, 'last'], `${name}_column`),
    node('Equal', [`${name}_column`, `${name}_codes`], `${name}_equal`),
    node('Cast', [`${name}_equal`], hot, { to: float }),
    node('ReduceSum', [hot, 'last'], `${name}_known`, { keepdims: 1 }),
    node('Sub', ['one', `${name}_known`], `${name}_stray`),
    node('Mul', [`${name}_stray`, 'garbage'], `${name}_spoiled`),
  ]
  const spoiled = [
    'ids_spoiled',
    ...places.map(({ name }) => `${name}_spoiled`),
    ...(mask === 'must-be-one' ? ['mask_spoiled'] : []),
  ]
  const maskNodes =
    mask === undefined || output === null
      ? []
      : [
          node('Cast', ['attention_mask'], 'ones', { to: float }),
          node('Unsqueeze', ['ones', 'last'], 'attended'),
          node('Sub', ['one', 'attended'], 'unattended'),
          node('Mul', ['unattended', 'garbage'], 'mask_spoiled'),
        ]
  const words = mask === 'drops' && output !== null ? 'masked' : 'sum'
  const elemType = wish.integers === 'int32' ? int32 : int64
  return encodeGraph({
    initializer: [
      tensor('ids_codes', [codes.length], longs(...codes)),
      tensor('table', [codes.length, dimensions], table),
      tensor('garbage', [dimensions], noise(dimensions, 5, (10 * rawLengths.text) / Math.sqrt(dimensions))),
      tensor('one', [1], Float32Array.of(1)),
      tensor('last', [1], longs(-1)),
      tensor('words', [1], longs(1)),
      ...places.flatMap(({ name, place, allowed }) => [
        tensor(`${name}_place`, [1], longs(place)),
        tensor(`${name}_codes`, [allowed.length], longs(...allowed)),
      ]),
    ],
    node: [
      node('Cast', [input], 'ids', { to: int64 }),
      ...stray('ids', 'ids', 'hot'),
      ...places.flatMap(({ name }) => [
        node('Gather', ['ids', `${name}_place`], `${name}_ids`, { axis: 1 }),
        ...stray(`${name}_ids`, name, `${name}_hot`),
      ]),
      ...maskNodes,
      node('MatMul', ['hot', 'table'], 'rows_0'),
      ...spoiled.map((name, i) => node('Add', [`rows_${i}`, name], `rows_${i + 1}`)),
      node('Identity', [`rows_${spoiled.length}`], perWord),
      ...(output === null
        ? []
        : [
            ...(mask === 'drops' ? [node('Mul', [perWord, 'attended'], 'masked')] : []),
            node('ReduceSum', [words === 'masked' ? 'masked' : perWord, 'words'], 'total', { keepdims: 0 }),
            wish.half === true
              ? node('Cast', ['total'], output, { to: half })
              : node('Identity', ['total'], output),
          ]),
    ],
    input: [
      port(input, elemType, [rows, context]),
      ...(mask === undefined ? [] : [port('attention_mask', int64, [rows, context])]),
    ],
    output: [
      port(perWord, float, [rows, context, dimensions]),
      ...(output === null ? [] : [port(output, wish.half === true ? half : float, [rows, dimensions])]),
    ],
  })
}

/** TransNetV2's shape: two outputs of one shape; a frame counts where the next one's RED differs by more than 10 levels. */
export const shotGraph = (input: string, single: string, whole: string): Uint8Array =>
  encodeGraph({
    initializer: [
      tensor('red', [3, 1], Float32Array.of(1, 0, 0)),
      tensor('next', [1, 1, 3], Float32Array.of(0, -1, 1)),
      tensor('scale', [1], Float32Array.of(0.5)),
      tensor('bias', [1], Float32Array.of(-5)),
      tensor('always', [1], Float32Array.of(0)),
    ],
    node: [
      node('MatMul', [input, 'red'], 'reds'),
      node('ReduceMean', ['reds'], 'light', { axes: [2, 3], keepdims: 0 }),
      node('Transpose', ['light'], 'signal', { perm: [0, 2, 1] }),
      node('Conv', ['signal', 'next'], 'steps', { kernel_shape: [3], pads: [1, 1] }),
      node('Abs', ['steps'], 'sizes'),
      node('Mul', ['sizes', 'scale'], 'scaled'),
      node('Add', ['scaled', 'bias'], 'raw'),
      node('Sigmoid', ['raw'], 'sure'),
      node('Transpose', ['sure'], single, { perm: [0, 2, 1] }),
      node('Mul', [single, 'always'], whole),
    ],
    input: [port(input, float, ['N', 100, 27, 48, 3])],
    output: [port(whole, float, ['N', 100, 1]), port(single, float, ['N', 100, 1])],
  })
