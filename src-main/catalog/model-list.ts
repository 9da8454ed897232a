import type { ModelManifest } from '../../src-preload/contract/model-manifest.ts'
import type { RegistryEntry } from '../../src-preload/contract/model-registry.ts'
import type { Model } from '../../src-preload/contract/nouns.ts'
import type { ShotModelManifest } from '../../src-preload/contract/shot-model-manifest.ts'
import { openModelFolder } from '../foundation/model-folder.ts'
import { isQuantised } from './fetch-model.ts'
import type { ProviderChecks } from './model-checks.ts'
import type { ModelCosts } from './model-cost.ts'
import type { ModelDownloads } from './model-downloads.ts'
import type { KnownModel } from './models.ts'
import { readParity } from './parity-note.ts'
import { openShotFolder } from './shot-folder.ts'
import type { Store } from './store.ts'

export type ModelListOptions = {
  readonly store: Store
  readonly downloads: Pick<ModelDownloads, 'state'>
  readonly checks: Pick<ProviderChecks, 'best'>
  readonly costs: ModelCosts
}

type Opened =
  | { readonly kind: 'pair'; readonly manifest: ModelManifest }
  | { readonly kind: 'shots'; readonly manifest: ShotModelManifest }
  | { readonly kind: 'broken'; readonly why: string }

const openAny = async ({ directory, entry }: KnownModel): Promise<Opened> => {
  const shots = entry?.kind === 'pair' ? null : await openShotFolder(directory)
  if (shots?.ok === true) return { kind: 'shots', manifest: shots.value }
  if (shots !== null && entry?.kind === 'shots') return { kind: 'broken', why: shots.error.message }
  const pair = await openModelFolder(directory, { verify: false })
  return pair.ok
    ? { kind: 'pair', manifest: pair.value.manifest }
    : { kind: 'broken', why: pair.error.message }
}

const bytesOnDisk = (opened: Opened): number => {
  switch (opened.kind) {
    case 'pair': {
      const { image, text, tokenizer } = opened.manifest
      return image.bytes + text.bytes + tokenizer.bytes
    }
    case 'shots':
      return opened.manifest.bytes
    case 'broken':
      return 0
  }
}

const bytesToGet = (entry: RegistryEntry | null): number =>
  entry === null
    ? 0
    : entry.files.every(({ bytes }) => bytes !== null)
      ? entry.files.reduce((sum, { bytes }) => sum + (bytes ?? 0), 0)
      : entry.cost.megabytes * 1e6

const bytesOf = (opened: Opened | null, entry: RegistryEntry | null): number =>
  opened === null ? bytesToGet(entry) : bytesOnDisk(opened)

const dimensionsOf = (opened: Opened | null, entry: RegistryEntry | null): number => {
  if (opened?.kind === 'pair') return opened.manifest.dimensions
  return entry?.kind === 'pair' && opened?.kind !== 'shots' ? entry.dimensions : 0
}

/** What the model's own folder says of itself, and where there is none the registry. */
const words = (
  model: KnownModel,
  opened: Opened | null,
): Pick<
  Model,
  'name' | 'licence' | 'licenceWords' | 'commercialUse' | 'description' | 'goodAt' | 'languages'
> => {
  const { id, entry } = model
  const own = opened === null || opened.kind === 'broken' ? null : opened.manifest
  const pair = opened?.kind === 'pair' ? opened.manifest : null
  const licence = own?.licence ?? entry?.licence
  return {
    name: own?.name ?? entry?.name ?? id,
    licence: licence?.id ?? '',
    licenceWords:
      own === null || own.licence.id === entry?.licence.id ? (entry?.licence.words ?? null) : null,
    commercialUse: licence?.commercialUse ?? false,
    description: opened?.kind === 'broken' ? opened.why : (pair?.description ?? entry?.goodAt.en ?? ''),
    goodAt: entry?.goodAt ?? null,
    languages: pair?.languages ?? (entry?.kind === 'pair' ? entry.languages : []),
  }
}

/** Lists the models as people see them. */
export const createModelList = (options: ModelListOptions): (() => Promise<readonly Model[]>) => {
  const { store, downloads, checks, costs } = options
  const { models, coverage } = store

  const stateOf = (model: KnownModel, opened: Opened | null): Model['state'] => {
    if (downloads.state(model.id).download !== null) return 'downloading'
    if (opened === null) return 'available'
    return opened.kind === 'broken' ? 'broken' : 'ready'
  }
  const runsOn = ({ id, directory }: KnownModel): Model['runsOn'] => {
    const { provider, picturesPerSecond } = checks.best({ id, directory })
    return picturesPerSecond === null ? null : { provider, picturesPerSecond }
  }
  const describe = async (model: KnownModel): Promise<Model> => {
    const { id, directory, entry, isThere, isOurs } = model
    const opened = isThere ? await openAny(model) : null
    const isShots = opened?.kind === 'shots' || (opened?.kind !== 'pair' && entry?.kind === 'shots')
    const dimensions = dimensionsOf(opened, entry)
    const isPair = !isShots && dimensions > 0
    const space = models.spaceOf(id)
    const { download, error } = downloads.state(id)
    return {
      id,
      kind: isShots ? 'shots' : 'pair',
      ...words(model, opened),
      state: stateOf(model, opened),
      current: isShots
        ? isThere && store.settings.get('shot-model') === directory
        : id === models.currentId(),
      next: id === models.nextId(),
      bytes: bytesOf(opened, entry),
      dimensions,
      coverage: isPair ? coverage.share(space) : 0,
      cost: isPair ? costs.costOf(model, dimensions, coverage.count(space, space)) : null,
      parity:
        opened !== null && isOurs && entry !== null && isQuantised(entry)
          ? (await readParity(directory)).state
          : null,
      runsOn: isThere && isPair ? runsOn(model) : null,
      download,
      downloadError: error,
    }
  }
  return () => Promise.all(models.known().map(describe))
}
