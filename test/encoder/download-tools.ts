import { watch } from 'node:fs'
import { readdirSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, onTestFinished } from 'vitest'
import type { DownloadTools } from '../../src-main/foundation/download-file.ts'
import {
  openDownloadNetwork,
  type DownloadNetwork,
  type NetworkOptions,
} from '../../src-main/foundation/download-network.ts'
import { createRequestLog } from '../../src-main/foundation/request-log.ts'
import { seededRandom } from '../../src-main/domain/seeded-random.ts'

/** The network of a test: impatient, without a proxy, its log in `lines`. */
export const testNetwork = (
  base: string,
  change: Partial<NetworkOptions> = {},
): { readonly network: DownloadNetwork; readonly lines: string[] } => {
  const lines: string[] = []
  const network = openDownloadNetwork({
    hub: 'https://huggingface.co',
    hosts: ['huggingface.co'],
    mirror: base,
    proxy: null,
    environment: {},
    log: createRequestLog(
      (line) => lines.push(line),
      () => 1.8e9,
    ),
    clock: () => 1.8e9,
    stall: 0.4,
    longestRetryAfter: 120,
    ...change,
  })
  afterAll(() => network.close())
  return { network, lines }
}

export type Slept = { readonly seconds: number[] }

/** Tools that try again at once; what a server asked to wait for is written down, not waited for. */
export const testTools = (network: DownloadNetwork, slept: Slept = { seconds: [] }): DownloadTools => ({
  network,
  patience: { retries: 3, firstWait: 0.001, longestWait: 0.002 },
  sleep: async (seconds) => {
    slept.seconds.push(seconds)
    await wait(1)
  },
  signal: new AbortController().signal,
  onBytes: () => undefined,
  margin: 0,
})

/** Bytes that look like weights and are the same each time. */
export const bytesOf = (length: number, seed: number): Buffer => {
  const random = seededRandom(seed)
  const words = new Uint32Array(Math.ceil(length / 4)).map(() => random() * 2 ** 32)
  return Buffer.from(words.buffer, 0, length)
}

/** Every name that ever appears in a folder while the test runs: what must never be there, is not there for a moment. */
export const namesIn = (folder: string): (() => ReadonlySet<string>) => {
  const names = new Set<string>(readdirSync(folder))
  const watcher = watch(folder, (_, name) => name !== null && names.add(name))
  onTestFinished(() => watcher.close())
  return () => new Set([...names, ...readdirSync(folder)])
}
