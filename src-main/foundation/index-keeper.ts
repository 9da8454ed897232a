import { setTimeout as sleep } from 'node:timers/promises'
import type { LibraryApi } from '../../src-preload/contract/api.ts'
import type { IndexProgress } from '../../src-preload/contract/nouns.ts'
import type { Client } from '../../src-preload/contract/schema.ts'
import { drop } from './drop.ts'
import type { LibraryHolder } from './library-holder.ts'
import type { Log } from './log.ts'

/** After a run that could not begin (a model that went missing): long enough to burn nothing, short enough to heal. */
const retryMilliseconds = 30_000

export type HostProgress = IndexProgress & { readonly paused: boolean }

/** Keeps the library indexed and its folders followed for as long as a host lives. Its run names no model: it follows a change. */
export type IndexKeeper = {
  readonly pause: () => void
  readonly resume: () => void
  readonly isPaused: () => boolean
  readonly onProgress: (listener: (progress: HostProgress) => void) => void
}

/** Follows the folders with every client that `library` connects; a paused one follows nothing. Begins at once. */
export const createIndexKeeper = ({
  library,
  log,
}: {
  readonly library: LibraryHolder
  readonly log: Log
}): IndexKeeper => {
  const listeners = new Set<(progress: HostProgress) => void>()
  let client: Client<LibraryApi> | null = null
  let run: AbortController | null = null
  let paused = false

  let told = ''
  const tell = (progress: IndexProgress): void => {
    const news: HostProgress = { ...progress, paused }
    // The library repeats itself twice a second; a page would draw each time.
    const text = JSON.stringify(news)
    if (text === told) return
    told = text
    for (const listener of listeners) listener(news)
  }
  /** Pausing is progress too: the page hears of it even when the library has nothing new to say. */
  const tellNow = async (): Promise<void> => {
    const progress = await client?.call.index.progress({})
    if (progress?.ok === true) tell(progress.value)
  }

  const follow = async (own: Client<LibraryApi>, { signal }: AbortController): Promise<void> => {
    const stopped = (): boolean => signal.aborted || own !== client
    while (!stopped()) {
      const summary = await own.call.index.follow({}, { signal })
      // Gone with its service: the next client brings its own run.
      if (stopped() || (!summary.ok && summary.error.code === 'disconnected')) return
      if (!summary.ok) log.warn({ error: summary.error }, 'indexing could not run')
      await sleep(retryMilliseconds, undefined, { signal, ref: false }).catch(() => undefined)
    }
  }
  const restart = (): void => {
    run?.abort()
    run = null
    if (paused || client === null) return
    run = new AbortController()
    drop(follow(client, run))
  }
  const setPaused = (wanted: boolean): void => {
    if (paused === wanted) return
    paused = wanted
    restart()
    drop(tellNow())
  }

  library.onClient((connected) => {
    client = connected
    connected.on('progress', tell)
    restart()
  })
  return {
    pause: () => setPaused(true),
    resume: () => setPaused(false),
    isPaused: () => paused,
    onProgress: (listener) => void listeners.add(listener),
  }
}
