import { realpath, statfs } from 'node:fs/promises'
import { errnoOf } from './file-failure.ts'

/** Why a folder is polled and not watched by events. Closed: the interface has a sentence for each. */
export type PollingReason = 'asked' | 'network' | 'too-many-folders' | 'no-watcher' | 'root-missing'

/** A running subscription, or why there is none. */
export type WatchSource =
  | { readonly events: true; readonly stop: () => Promise<void> }
  | { readonly events: false; readonly reason: PollingReason; readonly message: string }

/** File system numbers of statfs(2) behind which other machines write without any event here. */
const networkTypes: ReadonlySet<number> = new Set([
  0x6969, // NFS
  0x517b, // SMB
  0xff534d42, // CIFS
  0xfe534d42, // SMB2
  0x01021997, // 9p
  0x5346414f, // AFS
  0x00c36400, // Ceph
])

/** Linux only: elsewhere the numbers mean something else, and the watcher refuses by itself. */
const isNetwork = async (root: string): Promise<boolean> =>
  process.platform === 'linux' && networkTypes.has((await statfs(root)).type)

/** Folders that get no watch of their own: each costs one of the system's limited number. Globs below the root. */
const unwatched = ['**/.*', '**/node_modules', '**/__pycache__', '**/@eaDir', '**/lost+found']

/**
 * Another name of every folder. The watcher keeps what it knows of a folder's tree as long as anyone watches it by
 * that name; by another name it reads the tree anew, while the old subscription still hears everything.
 */
const otherName = process.platform === 'linux' ? '/proc/self/root' : ''

/**
 * On Linux the watcher fails to let go of folders that were renamed and then removed ("Unable to remove watcher:
 * Invalid argument", measured with 2.6.0): the system dropped those watches by itself, so there is nothing to do.
 */
const isLetGo = (error: unknown): boolean => messageOf(error).includes('Unable to remove watcher')

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** What a subscription tells. */
export type WatchListener = {
  /** The paths of a burst of events. */
  readonly onPaths: (paths: readonly string[]) => void
  /** The events have ended, or some were lost. */
  readonly onLost: (message: string) => void
}

/**
 * Subscribes to events below `root`, by its other name where `again`: then the tree is read anew although an older
 * subscription still runs. Whatever the watcher cannot do becomes a reason to poll.
 */
export const subscribe = async (
  root: string,
  again: boolean,
  ignore: readonly string[],
  { onPaths, onLost }: WatchListener,
): Promise<WatchSource> => {
  try {
    // The watcher does not follow a root that is a link.
    const real = await realpath(root)
    const watchedRoot = `${again ? otherName : ''}${real}`
    const within = (folder: string): string => `${watchedRoot}${folder.slice(root.length)}`
    const named = (path: string): string => `${root}${path.slice(watchedRoot.length)}`
    if (await isNetwork(root))
      return { events: false, reason: 'network', message: `${root} is a network drive` }
    // Loaded here and not above: where its binary is missing, folders are polled.
    const watcher = await import('@parcel/watcher')
    const subscription = await watcher.subscribe(
      watchedRoot,
      (error, events) => {
        if (error === null) onPaths(events.map(({ path }) => named(path)))
        else onLost(messageOf(error))
      },
      { ignore: [...unwatched, ...ignore.map(within)] },
    )
    const stop = async (): Promise<void> => {
      try {
        await subscription.unsubscribe()
      } catch (error) {
        if (!isLetGo(error)) throw error
      }
    }
    return { events: true, stop }
  } catch (error) {
    const message = messageOf(error)
    if (errnoOf(error) === 'ENOENT') return { events: false, reason: 'root-missing', message }
    const exhausted = /no space left|too many open files|ENOSPC|EMFILE/i.test(message)
    return { events: false, reason: exhausted ? 'too-many-folders' : 'no-watcher', message }
  }
}
