import { rm } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { LibraryApi } from '../../src-preload/contract/api.ts'
import type { RegistryEntry } from '../../src-preload/contract/model-registry.ts'
import type { Model } from '../../src-preload/contract/nouns.ts'
import { fail, ok } from '../../src-preload/contract/result.ts'
import type { Result } from '../../src-preload/contract/result.ts'
import type { Handlers } from '../../src-preload/contract/schema.ts'
import type { ProviderChecks } from './model-checks.ts'
import type { ModelDownloads } from './model-downloads.ts'
import type { ModelSpaces } from './model-spaces.ts'
import type { ModelSwitch } from './model-switch.ts'
import { builtInModel } from './models.ts'
import type { KnownModel } from './models.ts'
import { openShotFolder } from './shot-folder.ts'
import type { Store } from './store.ts'

export type ModelCallsOptions = {
  readonly store: Store
  readonly list: () => Promise<readonly Model[]>
  readonly downloads: ModelDownloads
  readonly spaces: ModelSpaces
  readonly switching: ModelSwitch
  readonly checks: ProviderChecks
  /** Compares a quantised model again. */
  readonly recheck: (entry: RegistryEntry, directory: string, signal: AbortSignal) => Promise<Result<null>>
  /** A setting has another value now. */
  readonly onSetting: (name: string) => void
  readonly onChange: () => void
  /** Seconds since 1970. */
  readonly clock: () => number
}

type Listed = Promise<Result<readonly Model[]>>

/** Answers the calls about models. */
export const createModelCalls = (options: ModelCallsOptions): Handlers<LibraryApi>['models'] => {
  const { store, downloads, spaces, switching, checks, onChange } = options
  const { models, settings } = store
  const listed = async (result: Result<unknown>): Listed => (result.ok ? ok(await options.list()) : result)

  const isShots = async ({ entry, directory }: KnownModel): Promise<boolean> =>
    entry === null ? (await openShotFolder(directory)).ok : entry.kind === 'shots'
  const entryOf = (id: string): Result<RegistryEntry> => {
    const model = models.get(id)
    if (model === null) return models.unknown(id)
    if (!model.isOurs && model.entry !== null)
      return fail('already-exists', `${id} is there already: ${model.directory}`, 'Remove it first.')
    if (model.entry !== null) return ok(model.entry)
    return fail('not-found', `${id} cannot be downloaded: it is not in the registry.`)
  }
  /** What is there now under this name is seen with other eyes than what was before. */
  const arrived = async (id: string): Promise<Result<null>> => {
    const model = models.get(id)
    onChange()
    if (model === null || (await isShots(model))) return ok(null)
    const opened = await spaces.open(id)
    return opened.ok ? ok(null) : opened
  }
  const useShots = async ({ id, directory, isThere }: KnownModel): Promise<Result<null>> => {
    if (!isThere) return models.unknown(id)
    const opened = await openShotFolder(directory)
    if (!opened.ok) return opened
    const chosen = settings.choose('shot-model', directory)
    if (!chosen.ok) return chosen
    options.onSetting('shot-model')
    onChange()
    return ok(null)
  }
  const letGoOfShots = (directory: string): void => {
    if (settings.get('shot-model') !== directory) return
    settings.forget('shot-model')
    options.onSetting('shot-model')
  }
  const othersSee = (space: string, id: string): boolean =>
    models.known().some((other) => other.id !== id && other.isThere && models.spaceOf(other.id) === space)

  const remove = async (model: KnownModel): Promise<Result<null>> => {
    const { id, directory, isThere, isOurs } = model
    if (downloads.state(id).download !== null)
      return fail('busy', `${id} is being downloaded.`, 'Cancel that first.')
    if (!isThere) return models.unknown(id)
    letGoOfShots(directory)
    if (isOurs) await rm(directory, { recursive: true, force: true })
    else models.forget(id)
    // First another one answers, so that nobody embeds for this one again.
    switching.removed(id)
    const space = models.spaceOf(id)
    if (!othersSee(space, id)) spaces.drop(space)
    onChange()
    return ok(null)
  }

  return {
    list: () => listed(ok(null)),
    add: async ({ directory, licence }) => {
      const added = await models.add(resolve(directory), options.clock(), licence === true)
      return listed(added.ok ? await arrived(added.value) : added)
    },
    get: async ({ id }, { signal }) => {
      const entry = entryOf(id)
      if (!entry.ok) return entry
      const fetched = await downloads.get(entry.value, signal)
      return listed(fetched.ok ? await arrived(id) : fetched)
    },
    sideLoad: async ({ id, directory }, { signal }) => {
      const entry = entryOf(id)
      if (!entry.ok) return entry
      const loaded = await downloads.sideLoad(entry.value, resolve(directory), signal)
      return listed(loaded.ok ? await arrived(id) : loaded)
    },
    use: async ({ id, now }) => {
      const model = models.get(id)
      if (model === null) return models.unknown(id)
      return listed((await isShots(model)) ? await useShots(model) : await switching.use(id, now === true))
    },
    remove: async ({ id }) => {
      if (id === builtInModel) return fail('not-allowed', 'The built-in model cannot be removed.')
      const model = models.get(id)
      return model === null ? models.unknown(id) : listed(await remove(model))
    },
    dropVectors: ({ id }) => {
      if (models.get(id) === null) return models.unknown(id)
      const space = models.spaceOf(id)
      if (space === models.currentSpace())
        return fail('not-allowed', `${id} answers searches.`, 'Use another model first.')
      spaces.drop(space)
      onChange()
      return listed(ok(null))
    },
    test: async ({ id }, { signal }) => {
      const tested = await checks.test(id, signal)
      const model = models.get(id)
      if (tested.ok && model?.isOurs === true && model.isThere && model.entry !== null) {
        const compared = await options.recheck(model.entry, model.directory, signal)
        if (!compared.ok) return compared
      }
      onChange()
      return tested
    },
    providers: () => ok(checks.states(models.currentId())),
  }
}
