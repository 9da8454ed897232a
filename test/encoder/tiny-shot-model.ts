import { createHash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import type { ShotModelManifest } from '../../src-preload/contract/shot-model-manifest.ts'
import { encodeGraph, float, node, port, tensor } from './onnx-parts.ts'

const uint8 = 2

export type TinyShotModel = {
  readonly input?: 'uint8' | 'float32'
  readonly batch?: number | null
  readonly logits?: boolean
  /** [N, 100, 1], else [N, 100]. */
  readonly column?: boolean
  readonly size?: number
  /** Changes the finished manifest: for damaged folders. */
  readonly edit?: (manifest: ShotModelManifest) => unknown
}

/** A frame belongs to a transition when the next one is more than 10 levels lighter or darker: logit (difference - 10) / 2. */
const graphOf = ({
  input = 'float32',
  batch = null,
  logits = true,
  column = true,
  size = 48,
}: TinyShotModel): Uint8Array => {
  const rows = batch ?? 'N'
  const named = column ? 'column' : 'row'
  return encodeGraph({
    initializer: [
      tensor('one', [1], BigInt64Array.of(1n)),
      tensor('two', [1], BigInt64Array.of(2n)),
      tensor('next', [1, 1, 3], Float32Array.of(0, -1, 1)),
      tensor('half', [1], Float32Array.of(0.5)),
      tensor('bias', [1], Float32Array.of(-5)),
    ],
    node: [
      node('Cast', ['frames'], 'numbers', { to: float }),
      node('ReduceMean', ['numbers'], 'light', { axes: [2, 3, 4], keepdims: 0 }),
      node('Unsqueeze', ['light', 'one'], 'signal'),
      node('Conv', ['signal', 'next'], 'steps', { kernel_shape: [3], pads: [1, 1] }),
      node('Abs', ['steps'], 'sizes'),
      node('Mul', ['sizes', 'half'], 'halves'),
      node('Add', ['halves', 'bias'], 'raw'),
      node(logits ? 'Identity' : 'Sigmoid', ['raw'], 'answer'),
      node('Transpose', ['answer'], 'column', { perm: [0, 2, 1] }),
      node('Squeeze', ['column', 'two'], 'row'),
    ],
    input: [port('frames', input === 'uint8' ? uint8 : float, [rows, 100, 27, size, 3])],
    output: [port(named, float, column ? [rows, 100, 1] : [rows, 100])],
  })
}

const written: string[] = []
afterAll(async () => {
  for (const directory of written.splice(0)) await rm(directory, { recursive: true, force: true })
})

/** A shot model's folder in a new temporary directory, made by this test; it goes when the test file ends. */
export const writeTinyShotModel = async (wish: TinyShotModel = {}): Promise<string> => {
  const directory = await mkdtemp(join(tmpdir(), 'kinora-shot-model-'))
  written.push(directory)
  const bytes = graphOf(wish)
  await writeFile(join(directory, 'shots.onnx'), bytes)
  const manifest: ShotModelManifest = {
    manifestVersion: 1,
    kind: 'shots',
    id: 'tiny-shots',
    name: 'Tiny shots',
    licence: { id: 'MIT', commercialUse: true },
    file: 'shots.onnx',
    bytes: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    input: 'frames',
    output: (wish.column ?? true) ? 'column' : 'row',
    logits: wish.logits ?? true,
  }
  await writeFile(join(directory, 'model.json'), JSON.stringify(wish.edit?.(manifest) ?? manifest))
  return directory
}
