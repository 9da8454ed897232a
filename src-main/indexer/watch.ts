import PQueue from 'p-queue'
import type { PathRef } from '../../src-preload/contract/video-facts.ts'
import { drop } from '../foundation/drop.ts'
import { errnoOf } from './file-failure.ts'
import { fileKey } from './scan-links.ts'
import { gatherPaths, type Burst, type WatchChange } from './watch-burst.ts'
import { subscribe, type PollingReason, type WatchSource } from './watch-source.ts'

/** What to watch, and whom to tell. */
export type WatchInput = {
  readonly root: PathRef
  readonly onChange: (changed: WatchChange) => void
  /** How often a polled folder is said to have changed, and how often it is checked that the root is there. */
  readonly pollSeconds: number
  /** Absolute folders below the root whose changes do not matter, such as Kinora's own library. */
  readonly ignore: readonly string[]
  readonly signal: AbortSignal
  /** Quiet time before changes are told, 1 by default. */
  readonly settleSeconds?: number
  /** Polls even where events would work. */
  readonly polling?: boolean
}

/** A running watch. */
export type FolderWatch = {
  readonly mode: 'events' | 'polling'
  /** Why it polls; null with events. May change while the watch runs: read it when it is shown. */
  readonly reason: PollingReason | null
  readonly message: string
  /** Ends the watch; nothing is told any more from the moment of the call. */
  readonly close: () => Promise<void>
}

/**
 * The watcher is deaf in folders that were made in quick succession, and names what happens below a renamed folder by
 * its old path, both for ever (measured with 2.6.0 on Linux). So a new folder means a new subscription, which reads the
 * whole tree: at most a tenth of the time goes into that.
 */
const renewalShare = 10

const keyOrNull = async (root: PathRef): Promise<string | null> => {
  try {
    return await fileKey(root)
  } catch (error) {
    if (errnoOf(error) === null) throw error
    return null
  }
}

const mayWorkLater: ReadonlySet<PollingReason> = new Set(['root-missing', 'no-watcher'])

/**
 * Watches a folder until `close` or `signal`: by events where the system can, else by polling, saying why. Watch first,
 * then scan: so nothing falls between. Changes behind symbolic links that lead out of the root are seen only by a
 * whole scan. A root that is not there (a drive) is waited for.
 */
export const watchFolder = async (input: WatchInput): Promise<FolderWatch> => {
  const { root } = input
  // Subscribing, renewing and looking take turns: each may replace the source.
  const turns = new PQueue({ concurrency: 1 })
  let source: WatchSource = { events: false, reason: 'root-missing', message: `${root.path} is not there` }
  let rootKey: string | null = null
  let renewAfter = 0
  let again = true
  let closed = false
  const tell = (change: WatchChange): void => {
    if (!closed) input.onChange(change)
  }

  const start = async (): Promise<void> => {
    const old = source
    const started = performance.now()
    if (input.polling === true) source = { events: false, reason: 'asked', message: 'Polling was asked for' }
    else if (root.bytes !== null)
      source = {
        events: false,
        reason: 'no-watcher',
        message: 'The watcher takes no names that are not UTF-8',
      }
    else {
      again = !again
      source = await subscribe(root.path, again, input.ignore, { onPaths: gathered.add, onLost: lose })
    }
    if (old.events) await old.stop()
    renewAfter = performance.now() + (performance.now() - started) * renewalShare
  }
  const lose = (message: string): void => {
    const lost = source
    source = { events: false, reason: 'no-watcher', message }
    if (lost.events) drop(turns.add(lost.stop))
    gathered.add([root.path])
  }
  const onBurst = async (burst: Burst): Promise<void> => {
    if (closed) return
    if (burst.fresh && source.events) {
      if (performance.now() < renewAfter) {
        gathered.add(burst.paths)
        return
      }
      await start()
    }
    if (burst.change !== null) tell(burst.change)
  }
  const gathered = gatherPaths(root.path, input.settleSeconds ?? 1, (burst) =>
    drop(turns.add(() => onBurst(burst))),
  )

  /** The slow poll: is the root there, is it the same, may events work now? */
  const look = async (): Promise<void> => {
    const key = await keyOrNull(root)
    const moved = key !== rootKey
    rootKey = key
    if (closed || (source.events && !moved)) return
    if (key === null) {
      if (source.events) await source.stop()
      source = { events: false, reason: 'root-missing', message: `${root.path} is not there` }
      if (!moved) return
    } else if (moved || (!source.events && mayWorkLater.has(source.reason))) await start()
    tell({ everything: true })
  }
  await turns.add(async () => {
    rootKey = await keyOrNull(root)
    if (rootKey !== null || input.polling === true) await start()
  })
  const timer = setInterval(() => {
    if (turns.size === 0) drop(turns.add(look))
  }, input.pollSeconds * 1000)

  const close = async (): Promise<void> => {
    closed = true
    clearInterval(timer)
    gathered.stop()
    await turns.onIdle()
    if (!source.events) return
    const { stop } = source
    source = { events: false, reason: 'asked', message: 'Closed' }
    await stop()
  }
  input.signal.addEventListener('abort', () => drop(close()), { once: true })
  if (input.signal.aborted) await close()
  return {
    get mode() {
      return source.events ? 'events' : 'polling'
    },
    get reason() {
      return source.events ? null : source.reason
    },
    get message() {
      return source.events ? '' : source.message
    },
    close,
  }
}
