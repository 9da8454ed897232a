import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import PQueue from 'p-queue'
import { callerGone } from '../../src-preload/contract/server.ts'
import type { ModelRegistry, RegistryEntry } from '../../src-preload/contract/model-registry.ts'
import type { ModelDownload as Progress } from '../../src-preload/contract/nouns.ts'
import { fail, ok } from '../../src-preload/contract/result.ts'
import type { KinoraError, Result } from '../../src-preload/contract/result.ts'
import { downloadModel } from '../foundation/download-model.ts'
import type { ModelDownload } from '../foundation/download-model.ts'
import { openDownloadNetwork } from '../foundation/download-network.ts'
import type { DownloadNetwork } from '../foundation/download-network.ts'
import { drop } from '../foundation/drop.ts'
import type { ReadPorts } from '../foundation/graph-names.ts'
import { makeFolder } from '../foundation/make-folder.ts'
import { createRequestLog } from '../foundation/request-log.ts'
import { RequestProblem, usualPatience } from '../foundation/retry-patiently.ts'
import { sideLoad } from '../foundation/side-load.ts'
import { takeLock } from './database.ts'
import { isQuantised, passParity } from './fetch-model.ts'
import type { ParityGate } from './model-checks.ts'
import { writeParity } from './parity-note.ts'
import type { Settings } from './settings.ts'

export type DownloadState = {
  readonly download: Progress | null
  /** Why the last one ended early; a person's own cancelling is no error. */
  readonly error: KinoraError | null
}

export type ModelDownloads = {
  /**
   * Downloads into the folder of all libraries, one after the other; who asks for one that is under way joins it. It ends when
   * all that asked have cancelled; one that has left goes on, and a catalog that closes keeps what is there for the
   * next time.
   */
  readonly get: (entry: RegistryEntry, signal: AbortSignal) => Promise<Result<null>>
  readonly sideLoad: (
    entry: RegistryEntry,
    folder: string,
    signal: AbortSignal,
  ) => Promise<Result<{ readonly unchecked: readonly string[] }>>
  readonly state: (id: string) => DownloadState
  readonly close: () => Promise<void>
}

export type ModelDownloadsOptions = {
  readonly registry: ModelRegistry
  /** Where models lie, a folder each. */
  readonly folder: string
  readonly requestLog: string
  readonly settings: Pick<Settings, 'get'>
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly readPorts: ReadPorts
  readonly gate: ParityGate
  /** Folders of models that are there. */
  readonly have: () => readonly string[]
  /** Seconds since 1970. */
  readonly clock: () => number
  /** A state has changed: at most twice a second while bytes come. */
  readonly onChange: () => void
}

type Running = {
  readonly controller: AbortController
  readonly done: Promise<Result<null>>
  progress: Progress
  /** Callers that have not cancelled. */
  callers: number
}

const stallSeconds = 60
const longestRetryAfter = 600
const tellSeconds = 0.5
/** What has not ended then, such as a wait for a busy server, ends with the process: a part is good after a kill. */
const farewellSeconds = 2

const bytesOf = (entry: RegistryEntry): number =>
  entry.files.reduce((sum, { bytes }) => sum + (bytes ?? 0), 0) || entry.cost.megabytes * 1e6

/** Fetches models for a library. */
export const createModelDownloads = (options: ModelDownloadsOptions): ModelDownloads => {
  const { registry, folder, settings, onChange } = options
  const queue = new PQueue({ concurrency: 1 })
  const running = new Map<string, Running>()
  const errors = new Map<string, KinoraError>()
  const networks = new Set<DownloadNetwork>()
  let closing = false

  const setting = (name: 'model-mirror' | 'model-mirror-hosts' | 'proxy'): string => settings.get(name) ?? ''
  const openNetwork = (): DownloadNetwork => {
    const mirror = setting('model-mirror')
    const hosts = setting('model-mirror-hosts')
      .split(/, */)
      .filter((host) => host !== '')
    const proxy = setting('proxy')
    return openDownloadNetwork({
      hub: registry.hub,
      hosts: registry.hosts,
      mirror: mirror === '' ? null : mirror,
      mirrorHosts: hosts,
      proxy: proxy === '' ? null : proxy,
      environment: options.environment,
      log: createRequestLog((line) => appendFileSync(options.requestLog, line), options.clock),
      clock: options.clock,
      stall: stallSeconds,
      longestRetryAfter,
    })
  }
  /** Only one process may write into the folder of all libraries. */
  const withFolder = async <T>(act: () => Promise<Result<T>>): Promise<Result<T>> => {
    makeFolder(folder)
    const lock = takeLock(join(folder, 'downloads.lock'))
    if (lock === null)
      return fail('busy', 'Another library is downloading a model just now.', 'Try again when it is there.')
    try {
      return await act()
    } finally {
      lock.release()
    }
  }
  const fetch = async (
    entry: RegistryEntry,
    { controller }: { readonly controller: AbortController },
  ): Promise<Result<null>> => {
    const directory = join(folder, entry.id)
    const network = openNetwork()
    networks.add(network)
    const tools: ModelDownload = {
      network,
      // A catalog that closes waits for nothing.
      patience: {
        ...usualPatience,
        get retries() {
          return closing ? -1 : usualPatience.retries
        },
      },
      sleep: async (seconds, signal) => {
        await wait(closing ? 0 : seconds * 1000, undefined, { signal })
        if (closing) throw new RequestProblem('Kinora is closing', { again: false })
      },
      signal: controller.signal,
      clock: () => performance.now() / 1000,
      onProgress: progressTeller(entry.id),
      readPorts: options.readPorts,
      have: options.have(),
    }
    try {
      const fetched = await downloadModel(entry, directory, tools)
      return fetched.ok ? await passParity(entry, directory, options.gate, tools) : fetched
    } finally {
      networks.delete(network)
      await network.close()
    }
  }
  const progressTeller = (id: string): ((progress: Progress) => void) => {
    let told = -Infinity
    return (progress) => {
      const own = running.get(id)
      if (own === undefined) return
      own.progress = progress
      const now = performance.now() / 1000
      if (now - told < tellSeconds) return
      told = now
      onChange()
    }
  }
  const begin = (entry: RegistryEntry): Running => {
    const controller = new AbortController()
    errors.delete(entry.id)
    const task = async (): Promise<Result<null>> => {
      if (controller.signal.aborted) return fail('cancelled', 'The download was cancelled')
      if (closing) return fail('cancelled', 'Kinora is closing')
      return withFolder(() => fetch(entry, { controller }))
    }
    const finish = async (): Promise<Result<null>> => {
      const result = await queue.add(task)
      if (running.get(entry.id) === own) running.delete(entry.id)
      if (!result.ok && result.error.code !== 'cancelled') errors.set(entry.id, result.error)
      onChange()
      return result
    }
    const progress = { bytes: 0, total: bytesOf(entry), speed: null, secondsLeft: null }
    const own: Running = { controller, progress, callers: 0, done: Promise.resolve(ok(null)) }
    const started: Running = Object.assign(own, { done: finish() })
    running.set(entry.id, started)
    onChange()
    return started
  }

  return {
    get: (entry, signal) => {
      const present = running.get(entry.id)
      // One that is being cancelled is not joined: it is begun anew behind it.
      const own = present?.controller.signal.aborted === false ? present : begin(entry)
      own.callers += 1
      const cancelled = Promise.withResolvers<Result<null>>()
      signal.addEventListener('abort', () => {
        // A host that dies, or a window that is closed, has not said that it does not want the model any more.
        if (signal.reason === callerGone) return
        own.callers -= 1
        if (own.callers > 0) {
          cancelled.resolve(fail('cancelled', 'Others go on downloading it.'))
          return
        }
        own.controller.abort()
        if (running.get(entry.id) === own) running.delete(entry.id)
        onChange()
      })
      return Promise.race([own.done, cancelled.promise])
    },
    sideLoad: async (entry, from, signal) => {
      const directory = join(folder, entry.id)
      const loaded = await queue.add(() =>
        withFolder(() => sideLoad(entry, from, directory, { readPorts: options.readPorts, signal })),
      )
      if (!loaded.ok) return loaded
      errors.delete(entry.id)
      // Nothing is downloaded for somebody who brings files by hand: the gate is offered.
      if (isQuantised(entry))
        await writeParity(directory, { state: 'unverified', why: 'it was brought by hand' })
      onChange()
      return loaded
    },
    state: (id) => ({ download: running.get(id)?.progress ?? null, error: errors.get(id) ?? null }),
    close: async () => {
      closing = true
      // Connections break off: what is there stays, and is gone on with the next time.
      for (const network of networks) drop(network.close())
      await Promise.race([queue.onIdle(), wait(farewellSeconds * 1000, undefined, { ref: false })])
    },
  }
}
