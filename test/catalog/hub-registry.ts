import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ModelRegistry, RegistryPair, RegistryShots } from '../../src-preload/contract/model-registry.ts'
import { sha256 } from '../encoder/breaking-hub.ts'
import type { BreakingHub, HubRepository } from '../encoder/breaking-hub.ts'
import { writeTinyModel } from '../encoder/tiny-model.ts'
import { writeTinyShotModel } from '../encoder/tiny-shot-model.ts'

/** A registry of two made models, `tiny-hub` (its text half quantised) and `tiny-cuts`, whose files lie on a local hub. */
export const layOutHub = async (hub: BreakingHub): Promise<ModelRegistry> => {
  const tiny = await writeTinyModel()
  const cuts = await writeTinyShotModel()
  const read = (folder: string, file: string): Buffer => readFileSync(join(folder, file))
  const repository = (files: Readonly<Record<string, Buffer>>): HubRepository => ({
    commit: 'c'.repeat(40),
    files,
  })
  hub.repositories['kinora/tiny'] = repository({
    'vision.onnx': read(tiny, 'image.onnx'),
    'text_q8.onnx': read(tiny, 'text.onnx'),
    'text.onnx': Buffer.concat([read(tiny, 'text.onnx')]),
    'tokenizer.json': read(tiny, 'tokenizer.json'),
  })
  hub.repositories['kinora/cuts'] = repository({ 'cuts.onnx': read(cuts, 'shots.onnx') })
  const file = (
    name: string,
    path: string,
    folder: string,
  ): { path: string; bytes: number; sha256: string } => ({
    path,
    bytes: read(folder, name).length,
    sha256: sha256(read(folder, name)),
  })
  const common = {
    licence: { id: 'MIT' as const, commercialUse: true as const, words: { en: 'Free.', de: 'Frei.' } },
    goodAt: { en: 'Tests.', de: 'Tests.' },
    unverified: [],
    revision: 'c'.repeat(40),
  }
  const pair: RegistryPair = {
    ...common,
    id: 'tiny-hub',
    name: 'Tiny',
    kind: 'pair',
    tier: 'lite',
    family: 'siglip',
    repository: 'kinora/tiny',
    files: [
      { role: 'image', ...file('image.onnx', 'vision.onnx', tiny) },
      {
        role: 'text',
        ...file('text.onnx', 'text_q8.onnx', tiny),
        bigger: file('text.onnx', 'text.onnx', tiny),
      },
      { role: 'tokenizer', ...file('tokenizer.json', 'tokenizer.json', tiny) },
    ],
    dimensions: 24 * 49,
    image: {
      ...{ width: 224, height: 224, resize: 'stretch', interpolation: 'bilinear' },
      ...{ mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5], fixedBatch: null },
      ...{ inputs: ['pixels'], outputs: ['image_embeds'] },
    },
    text: {
      ...{ contextLength: 8, padId: 3, lowercase: true },
      ...{ inputs: ['ids'], masks: ['mask'], outputs: ['text_embeds'] },
    },
    ...{ logitScale: 100, logitBias: 0, promptTemplates: ['{}'], languages: ['en'] },
    cost: { megabytes: 1, relativeTime: 2 },
  }
  const shots: RegistryShots = {
    ...common,
    id: 'tiny-cuts',
    name: 'Tiny cuts',
    kind: 'shots',
    tier: 'shots',
    repository: 'kinora/cuts',
    files: [{ role: 'shots', ...file('shots.onnx', 'cuts.onnx', cuts) }],
    shots: { inputs: ['frames'], outputs: ['column'], logits: true },
    cost: { megabytes: 1, relativeTime: 1 },
  }
  return {
    registryVersion: 1,
    hub: 'https://huggingface.co',
    hosts: ['huggingface.co'],
    models: [pair, shots],
  }
}
