import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { Tokenizer } from '@huggingface/tokenizers'
import { InferenceSession, Tensor } from 'onnxruntime-node'
import * as v from 'valibot'
import { modelManifest, type ModelManifest } from '../../src-preload/contract/model-manifest.ts'

export const paletteFolder = resolve(import.meta.dirname, '..', '..', 'resources', 'models', 'palette')

/** The built-in model with nothing between it and the test: onnxruntime and the tokenizer, as they are. */
export type Palette = {
  readonly manifest: ModelManifest
  /** Planes of R, G, B (0..1) each -> one vector a picture, not normalised. */
  readonly see: (frames: readonly Float32Array[]) => Promise<readonly Float32Array[]>
  /** One vector a text, not normalised. */
  readonly read: (texts: readonly string[]) => Promise<readonly Float32Array[]>
}

const rowsOf = (tensor: Tensor | undefined, dimensions: number): readonly Float32Array[] => {
  const data = tensor?.data
  if (!(data instanceof Float32Array)) throw new Error('the model gave no float32 output')
  return Array.from({ length: data.length / dimensions }, (_, i) =>
    data.slice(i * dimensions, (i + 1) * dimensions),
  )
}

export const openPalette = async (folder = paletteFolder): Promise<Palette> => {
  const json = (file: string): unknown => JSON.parse(readFileSync(join(folder, file), 'utf8'))
  const manifest = v.parse(modelManifest, json('model.json'))
  const image = await InferenceSession.create(join(folder, manifest.image.file))
  const text = await InferenceSession.create(join(folder, manifest.text.file))
  const tokenizer = new Tokenizer(json(manifest.tokenizer.file) as object, {})
  const { contextLength, padId } = manifest.text
  return {
    manifest,
    see: async (frames) => {
      const { width, height, input, output } = manifest.image
      const size = 3 * width * height
      const pixels = new Float32Array(frames.length * size)
      frames.forEach((frame, i) => {
        pixels.set(frame, i * size)
      })
      const result = await image.run({
        [input]: new Tensor('float32', pixels, [frames.length, 3, height, width]),
      })
      return rowsOf(result[output], manifest.dimensions)
    },
    read: async (texts) => {
      const ids = texts.flatMap((line) => {
        const known = tokenizer.encode(line).ids.slice(0, contextLength)
        return Array.from({ length: contextLength }, (_, i) => BigInt(known[i] ?? padId))
      })
      const { input, output } = manifest.text
      const result = await text.run({
        [input]: new Tensor('int64', BigInt64Array.from(ids), [texts.length, contextLength]),
      })
      return rowsOf(result[output], manifest.dimensions)
    },
  }
}

/** The cosine of two vectors; 0 where one of them is zero. */
export const cosine = (a: Float32Array, b: Float32Array): number => {
  const dot = (p: Float32Array, q: Float32Array): number =>
    p.reduce((sum, value, i) => sum + value * q[i]!, 0)
  const lengths = Math.sqrt(dot(a, a) * dot(b, b))
  return lengths === 0 ? 0 : dot(a, b) / lengths
}
