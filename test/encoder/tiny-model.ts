import { createHash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import type { ModelManifest } from '../../src-preload/contract/model-manifest.ts'
import { encodeGraph, node, port, tensor } from './onnx-parts.ts'

/** Numbers that look random and are the same each time (mulberry32), about normal, mean 0. */
const noise = (count: number, seed: number): Float32Array => {
  let state = seed
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
  return Float32Array.from({ length: count }, () => next() + next() + next() - 1.5)
}

/**
 * 24 random 8x8 filters, what is above zero, averaged over a 7x7 grid: it feels a shift of a pixel and a wrong
 * resize, but means nothing. Like SigLIP it has last_hidden_state as its FIRST output and does not normalise.
 */
const imageGraph = (size: number, batch: number | null): Uint8Array => {
  const filters = 24
  const rows = batch ?? 'N'
  const grid = size / 8 / 4
  return encodeGraph({
    initializer: [
      tensor('w', [filters, 3, 8, 8], noise(filters * 3 * 64, 1)),
      tensor('flat', [2], BigInt64Array.of(0n, -1n)),
    ],
    node: [
      node('Conv', ['pixels', 'w'], 'conv', { kernel_shape: [8, 8], strides: [8, 8] }),
      node('Relu', ['conv'], 'last_hidden_state'),
      node('AveragePool', ['last_hidden_state'], 'pool', { kernel_shape: [4, 4], strides: [4, 4] }),
      node('Reshape', ['pool', 'flat'], 'image_embeds'),
    ],
    input: [port('pixels', 1, [rows, 3, size, size])],
    output: [
      port('last_hidden_state', 1, [rows, filters, size / 8, size / 8]),
      port('image_embeds', 1, [rows, filters * grid * grid]),
    ],
  })
}

const words = ['[UNK]', '[START]', '[END]', '[PAD]', 'a', 'photo', 'of', 'cat', 'dog', 'red', 'sky']
/** 'a', 'photo' and 'of' say nothing, nor do the signs. */
const silent = 7

/**
 * The sum of a row per word, by the mask; a text without a telling word is exactly zero. One that reads its padding sums
 * all rows, and padding has one.
 */
const textGraph = (dimensions: number, context: number, { isFree, readsPadding }: TinyText): Uint8Array => {
  const table = noise(words.length * dimensions, 2).fill(0, 0, silent * dimensions)
  if (readsPadding === true) table.set(noise(dimensions, 3), words.indexOf('[PAD]') * dimensions)
  const length = isFree === true ? 'L' : context
  return encodeGraph({
    initializer: [
      tensor('table', [words.length, dimensions], table),
      tensor('last', [1], BigInt64Array.of(-1n)),
    ],
    node: [
      node('Gather', ['table', 'ids'], 'rows'),
      node('Cast', ['mask'], 'ones', { to: 1 }),
      node('Unsqueeze', ['ones', 'last'], 'column'),
      node(
        readsPadding === true ? 'Identity' : 'Mul',
        readsPadding === true ? ['rows'] : ['rows', 'column'],
        'masked',
      ),
      node('ReduceMean', ['masked'], 'text_embeds', { axes: [1], keepdims: 0 }),
    ],
    input: [port('ids', 7, ['N', length]), port('mask', 7, ['N', length])],
    output: [port('text_embeds', 1, ['N', dimensions])],
  })
}

const tokenizer = {
  version: '1.0',
  added_tokens: [1, 2, 3].map((id) => ({ id, content: words[id], special: true, normalized: false })),
  normalizer: null,
  pre_tokenizer: { type: 'Whitespace' },
  post_processor: { type: 'BertProcessing', sep: ['[END]', 2], cls: ['[START]', 1] },
  decoder: null,
  model: {
    type: 'WordPiece',
    unk_token: '[UNK]',
    continuing_subword_prefix: '##',
    max_input_chars_per_word: 100,
    vocab: Object.fromEntries(words.map((word, id) => [word, id])),
  },
}

export type TinyText = {
  /** It takes texts of any length. */
  readonly isFree?: boolean
  /** As SigLIP, which was trained so. */
  readonly readsPadding?: boolean
}

export type TinyModel = {
  readonly text?: TinyText
  readonly context?: number
  readonly size?: number
  readonly fixedBatch?: number | null
  readonly resize?: ModelManifest['image']['resize']
  readonly interpolation?: ModelManifest['image']['interpolation']
  readonly promptTemplates?: readonly string[]
  /** Changes the finished manifest: for damaged folders. */
  readonly edit?: (manifest: ModelManifest) => unknown
}

const written: string[] = []
afterAll(async () => {
  for (const directory of written.splice(0)) await rm(directory, { recursive: true, force: true })
})

/** A model folder in a new temporary directory, made by this test with no weights from elsewhere; it goes when the test file ends. */
export const writeTinyModel = async (wish: TinyModel = {}): Promise<string> => {
  const size = wish.size ?? 224
  const fixedBatch = wish.fixedBatch ?? null
  const dimensions = 24 * (size / 32) ** 2
  const context = wish.context ?? 8
  const directory = await mkdtemp(join(tmpdir(), 'kinora-model-'))
  written.push(directory)
  const put = async (file: string, bytes: Uint8Array): Promise<ModelManifest['tokenizer']> => {
    await writeFile(join(directory, file), bytes)
    return { file, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') }
  }
  const manifest: ModelManifest = {
    manifestVersion: 1,
    id: 'tiny-test',
    name: 'Tiny',
    family: 'siglip',
    licence: { id: 'MIT', commercialUse: true },
    dimensions,
    image: {
      ...(await put('image.onnx', imageGraph(size, fixedBatch))),
      input: 'pixels',
      output: 'image_embeds',
      width: size,
      height: size,
      resize: wish.resize ?? 'shortest-side-then-centre-crop',
      interpolation: wish.interpolation ?? 'bicubic',
      mean: [0.48, 0.46, 0.41],
      std: [0.27, 0.26, 0.28],
      fixedBatch,
    },
    text: {
      ...(await put('text.onnx', textGraph(dimensions, context, wish.text ?? {}))),
      input: 'ids',
      attentionMask: 'mask',
      output: 'text_embeds',
      contextLength: context,
      padId: 3,
      lowercase: true,
    },
    tokenizer: await put('tokenizer.json', Buffer.from(JSON.stringify(tokenizer))),
    logitScale: 100,
    logitBias: 0,
    promptTemplates: [...(wish.promptTemplates ?? ['{}'])],
  }
  await writeFile(join(directory, 'model.json'), JSON.stringify(wish.edit?.(manifest) ?? manifest))
  return directory
}
