import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Model, ProviderState } from '../../src-preload/contract/nouns.ts'
import { parse } from 'valibot'
import { modelRegistry } from '../../src-preload/contract/model-registry.ts'

const registry = parse(
  modelRegistry,
  JSON.parse(readFileSync(resolve(import.meta.dirname, '../../resources/models/registry.json'), 'utf8')),
)

const plain = {
  kind: 'pair',
  licenceWords: null,
  commercialUse: true,
  state: 'ready',
  current: false,
  next: false,
  dimensions: 512,
  description: '',
  goodAt: null,
  languages: ['en'],
  coverage: 0,
  cost: null,
  parity: null,
  runsOn: null,
  download: null,
  downloadError: null,
} as const satisfies Partial<Model>

/** Films of the library that models have seen or not. */
const films = 2000

/** What a model that has seen a share of them still costs. */
export const costAt = (coverage: number, relativeTime: number, measured: boolean): Model['cost'] => ({
  films: Math.round(films * (1 - coverage)),
  seconds: Math.round(films * (1 - coverage) * 0.72 * relativeTime),
  measured,
  bytes: Math.round(films * (1 - coverage) * 20_000),
})

/** What the registry offers, as a fresh machine has it. */
export const offeredModels = (): readonly Model[] =>
  registry.models.map((entry) => ({
    ...plain,
    id: entry.id,
    kind: entry.kind,
    name: entry.name,
    licence: entry.licence.id,
    licenceWords: entry.licence.words,
    state: 'available',
    bytes: entry.cost.megabytes * 1_000_000,
    goodAt: entry.goodAt,
    languages: entry.kind === 'pair' ? entry.languages : [],
    cost: entry.kind === 'pair' ? costAt(0, entry.cost.relativeTime, false) : null,
  }))

export const builtInModel: Model = {
  ...plain,
  id: 'palette',
  name: 'Palette (colours and light only)',
  licence: 'MIT',
  current: true,
  bytes: 476_439,
  dimensions: 132,
  languages: ['en', 'de'],
  coverage: 1,
  cost: { films: 0, seconds: 0, measured: true, bytes: 0 },
  runsOn: { provider: 'cpu', picturesPerSecond: 310 },
}

/** A folder that a person added. */
export const broughtModel: Model = {
  ...plain,
  id: 'concept',
  name: 'Concept',
  licence: 'Apache-2.0',
  bytes: 21_400_000,
  description: 'Knows about 2,500 everyday things: animals, vehicles, food, furniture, sport, scenes.',
  coverage: 1,
  cost: { films: 0, seconds: 0, measured: true, bytes: 0 },
  runsOn: { provider: 'cpu', picturesPerSecond: 64.2 },
}

/** A folder with weights that may not be used for work. */
export const researchModel: Model = {
  ...broughtModel,
  id: 'mobileclip-s2',
  name: 'MobileCLIP S2',
  licence: 'Apple research',
  commercialUse: false,
  bytes: 210_000_000,
  description: 'A quick model of a phone maker.',
  coverage: 0.35,
  cost: costAt(0.35, 0.5, true),
  parity: 'unverified',
  runsOn: { provider: 'cpu', picturesPerSecond: 21.4 },
}

/** `models` with one of them changed. */
export const withModel = (models: readonly Model[], id: string, change: Partial<Model>): readonly Model[] =>
  models.map((model) => (model.id === id ? { ...model, ...change } : model))

/** A machine with a graphics card that computes wrong, and a driver that is not there. */
export const usualProviders: readonly ProviderState[] = [
  {
    provider: 'cuda',
    chosen: false,
    state: 'absent',
    picturesPerSecond: null,
    detail: 'libcudart.so.12: cannot open shared object file',
  },
  {
    provider: 'webgpu',
    chosen: false,
    state: 'failed',
    picturesPerSecond: 118,
    detail: 'Intel UHD 620: every picture gave the same vector (cosine to the CPU 0.31)',
  },
  {
    provider: 'cpu',
    chosen: true,
    state: 'passed',
    picturesPerSecond: 42.4,
    detail: '2 threads, batches of 8',
  },
]
