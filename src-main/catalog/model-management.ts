import type { LibraryApi } from '../../src-preload/contract/api.ts'
import type { ModelRegistry } from '../../src-preload/contract/model-registry.ts'
import { ok } from '../../src-preload/contract/result.ts'
import type { Handlers } from '../../src-preload/contract/schema.ts'
import type { Log } from '../foundation/log.ts'
import type { EncoderLink } from './encoder-link.ts'
import { isQuantised } from './fetch-model.ts'
import type { ParityGate, ProviderChecks } from './model-checks.ts'
import { createModelCalls } from './model-calls.ts'
import { createModelCosts } from './model-cost.ts'
import type { ModelCosts } from './model-cost.ts'
import { createModelDownloads } from './model-downloads.ts'
import { createModelList } from './model-list.ts'
import { createModelSpaces } from './model-spaces.ts'
import type { ModelSpaces } from './model-spaces.ts'
import { createModelSwitch } from './model-switch.ts'
import type { ModelSwitch } from './model-switch.ts'
import { writeParity } from './parity-note.ts'
import type { Store } from './store.ts'

export type ModelManagement = {
  readonly costs: ModelCosts
  readonly calls: Handlers<LibraryApi>['models']
  readonly spaces: ModelSpaces
  readonly switching: ModelSwitch
  readonly close: () => Promise<void>
}

export type ModelManagementOptions = {
  readonly store: Store
  readonly log: Log
  readonly encoder: EncoderLink
  readonly registry: ModelRegistry
  /** Where downloaded models lie. */
  readonly folder: string
  /** Seconds since 1970. */
  readonly clock: () => number
  readonly onSetting: (name: string) => void
  /** These vectors are about to go. */
  readonly onDrop: (space: string) => void
  /** Other vectors are missing than before. */
  readonly onWanted: () => void
  /** What the list says has changed. */
  readonly onChange: () => void
  readonly checks: ProviderChecks
  readonly gate: ParityGate
}

/** Everything about models that is not search, put together. */
export const createModelManagement = (options: ModelManagementOptions): ModelManagement => {
  const { store, encoder, onChange, onWanted, gate, checks } = options
  const spaces = createModelSpaces({ ...options, onDropped: onWanted })
  const switching = createModelSwitch({ store, spaces, onTarget: onWanted, onChange })
  const have = (): readonly string[] =>
    store.models.known().flatMap(({ isThere, directory }) => (isThere ? [directory] : []))
  const downloads = createModelDownloads({
    ...options,
    gate,
    have,
    requestLog: store.paths.requestLog,
    settings: store.settings,
    environment: process.env,
    readPorts: (path) => encoder.ask((client) => client.call.models.ports({ path })),
  })
  const costs = createModelCosts(store.database, store.models, checks, store.settings)
  return {
    costs,
    spaces,
    switching,
    close: downloads.close,
    calls: createModelCalls({
      ...options,
      list: createModelList({ store, downloads, checks, costs }),
      downloads,
      spaces,
      switching,
      checks,
      recheck: async (entry, directory, signal) => {
        if (!isQuantised(entry)) return ok(null)
        const judged = await gate({ id: entry.id, directory }, have(), signal)
        if (!judged.ok) return judged
        await writeParity(directory, judged.value)
        onChange()
        return ok(null)
      },
    }),
  }
}
