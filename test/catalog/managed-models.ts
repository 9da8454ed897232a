import { join } from 'node:path'
import { createClient } from '../../src-preload/contract/client.ts'
import { encoderApi } from '../../src-preload/contract/encoder-api.ts'
import { createMemoryWires } from '../../src-preload/contract/memory-wire.ts'
import type { ModelRegistry } from '../../src-preload/contract/model-registry.ts'
import type { Model } from '../../src-preload/contract/nouns.ts'
import { expectOk, ok } from '../../src-preload/contract/result.ts'
import type { Result } from '../../src-preload/contract/result.ts'
import { createServer } from '../../src-preload/contract/server.ts'
import type { EncoderLink } from '../../src-main/catalog/encoder-link.ts'
import type { ParityGate, ProviderChecks } from '../../src-main/catalog/model-checks.ts'
import { createModelManagement } from '../../src-main/catalog/model-management.ts'
import type { ModelManagement } from '../../src-main/catalog/model-management.ts'
import { createEncoder } from '../../src-main/encoder/encoder.ts'
import { findFfmpeg } from '../../src-main/foundation/ffmpeg-binaries.ts'
import { createLog } from '../../src-main/foundation/log.ts'
import { makeFolder } from '../../src-main/foundation/make-folder.ts'
import { serveIndexer } from './served-indexer.ts'
import type { ServedIndexer } from './served-indexer.ts'
import type { TemporaryStore } from './temporary-store.ts'

export type ManagedModels = {
  readonly served: ServedIndexer
  readonly management: ModelManagement
  readonly encoder: EncoderLink
  /** Calls as a client would make them; the models by their id. */
  readonly list: () => Promise<Readonly<Record<string, Model>>>
  readonly use: (id: string, now?: boolean) => Promise<Result<readonly Model[]>>
  readonly add: (directory: string) => Promise<Result<readonly Model[]>>
  readonly get: (id: string, signal?: AbortSignal) => Promise<Result<readonly Model[]>>
  readonly remove: (id: string) => Promise<Result<readonly Model[]>>
  readonly dropVectors: (id: string) => Promise<Result<readonly Model[]>>
  /** How often the list was said to have changed. */
  readonly changes: () => number
}

/** The real encoder in this process. */
const localEncoder = (): EncoderLink => {
  const server = createServer(
    encoderApi,
    createEncoder({
      threads: 1,
      after: () => () => undefined,
      ffmpeg: () => findFfmpeg({ environment: process.env }),
    }),
    {
      onFault: ({ where, cause }) => {
        throw new Error(where, { cause })
      },
    },
  )
  const [here, there] = createMemoryWires()
  server.attach(here)
  const client = createClient(encoderApi, there)
  return { connected: () => undefined, ask: (question) => question(client) }
}

export const emptyRegistry: ModelRegistry = {
  registryVersion: 1,
  hub: 'https://huggingface.co',
  hosts: ['huggingface.co'],
  models: [],
}

/** A machine where nothing but the CPU was ever asked. */
const cpuOnly: ProviderChecks = {
  best: () => ({ provider: 'cpu', batch: 4, picturesPerSecond: null, reasons: [] }),
  states: () => [],
  test: () => Promise.resolve(ok([])),
}

/** Model management over a library whose indexer is played by the test. */
export const manageModels = (
  library: TemporaryStore,
  registry = emptyRegistry,
  gate?: ParityGate,
): ManagedModels => {
  const { store, paths } = library
  makeFolder(join(paths.directory, 'logs'))
  const encoder = localEncoder()
  let changes = 0
  const served = serveIndexer(library, () => management.switching.check())
  const management = createModelManagement({
    store,
    log: createLog('test', null),
    encoder,
    registry,
    folder: join(paths.directory, 'models'),
    clock: () => 1000,
    onSetting: () => undefined,
    onDrop: (space) => void served.work.takeBack(({ jobs }) => jobs.some(({ model }) => model === space)),
    onWanted: () => {
      const { models } = served.runs.wanted()
      served.work.takeBack(({ jobs }) => jobs.some(({ model }) => model !== '' && !models.includes(model)))
      store.jobs.insertMissing(served.runs.wanted())
      served.work.wake()
    },
    onChange: () => {
      changes += 1
    },
    checks: cpuOnly,
    gate: gate ?? (() => Promise.resolve(ok({ state: 'unverified', why: 'not compared', bigger: [] }))),
  })
  const { calls } = management
  const context = (signal = new AbortController().signal) => ({ signal, caller: 1 })
  return {
    served,
    management,
    encoder,
    list: async () => {
      const models = expectOk(await calls.list({}, context()), 'the list')
      return Object.fromEntries(models.map((model) => [model.id, model]))
    },
    use: async (id, now = false) => calls.use({ id, now }, context()),
    add: async (directory) => calls.add({ directory }, context()),
    get: async (id, signal) => calls.get({ id }, context(signal)),
    remove: async (id) => calls.remove({ id }, context()),
    dropVectors: async (id) => calls.dropVectors({ id }, context()),
    changes: () => changes,
  }
}
