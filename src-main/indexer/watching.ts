import type { WatchedFolder } from '../../src-preload/contract/indexer-api.ts'
import { drop } from '../foundation/drop.ts'
import type { Log } from '../foundation/log.ts'
import { isWithin, pathKey, pathRef } from '../foundation/path-ref.ts'
import type { IndexerLink } from './indexer-link.ts'
import { watchFolder } from './watch.ts'
import type { FolderWatch } from './watch.ts'

/** How often a folder that sends no events is looked at. */
const pollSeconds = 60

/** Keeps the watchers equal to the folders that the catalog wants followed. Call `refresh` whenever that changes. */
export const createWatching = (
  link: IndexerLink,
  library: string,
  log: Log,
  signal: AbortSignal,
): { readonly refresh: () => Promise<void> } => {
  const watches = new Map<number, Promise<FolderWatch>>()

  const begin = async ({ id, root }: WatchedFolder): Promise<FolderWatch> => {
    const watch = await watchFolder({
      root,
      pollSeconds,
      // Only what lies below the root: the path of any other folder would be taken for the root itself.
      ignore: isWithin(pathKey(root), pathKey(pathRef(library))) ? [library] : [],
      signal,
      onChange: (change) => {
        const folders =
          'everything' in change
            ? null
            : change.folders.map(({ path, bytes, deep }) => ({ path: { path, bytes }, deep }))
        drop(link.call.watch.changed({ folderId: id, folders }))
      },
    })
    if (watch.reason !== null) log.info({ folder: root.path, reason: watch.message }, 'folder is polled')
    await link.call.watch.mode({ folderId: id, mode: watch.mode, reason: watch.message })
    return watch
  }

  return {
    refresh: async () => {
      const wanted = await link.call.watch.folders({})
      if (!wanted.ok) return
      const ids = new Set(wanted.value.map(({ id }) => id))
      for (const [id, watch] of watches) {
        if (ids.has(id)) continue
        watches.delete(id)
        drop(watch.then(({ close }) => close()))
      }
      for (const folder of wanted.value) {
        if (!watches.has(folder.id)) watches.set(folder.id, begin(folder))
      }
    },
  }
}
