import { sep } from 'node:path'
import type { PathRef } from '../../src-preload/contract/video-facts.ts'
import { coalesceChanges } from '../domain/changed-folders.ts'
import { drop } from '../foundation/drop.ts'
import { pathRef } from '../foundation/path-ref.ts'
import { changeAt, type EventChange } from './watch-events.ts'

/** A folder to scan again; `deep` as `scanFolder` takes it. Scanning it deeply anyway is never wrong. */
export type ChangedFolder = PathRef & { readonly deep: boolean }

/** What a watch asks to have scanned again. It never says what happened: the scan finds out. */
export type WatchChange = { readonly folders: readonly ChangedFolder[] } | { readonly everything: true }

/** What a burst of events amounts to; `change` is null when nothing of it matters. */
export type Burst = {
  readonly change: WatchChange | null
  /** True where new folders may be there. */
  readonly fresh: boolean
  readonly paths: readonly string[]
}

/** Gathers the paths of events. */
export type PathGatherer = { readonly add: (paths: readonly string[]) => void; readonly stop: () => void }

/** More folders than these are told as `everything`, and of a burst of more paths not each is looked at. */
const mostFolders = 64
const mostPaths = 4096
/** A file that is written to all the time must not keep the others waiting longer than so many settling times. */
const mostWaits = 10

const burstOf = async (root: string, paths: readonly string[]): Promise<Burst> => {
  const everything: Burst = { change: { everything: true }, fresh: true, paths }
  if (paths.length > mostPaths) return everything
  const found: EventChange[] = []
  for (const path of paths) {
    const change = await changeAt(root, path)
    if (change === 'everything') return everything
    if (change !== null) found.push(change)
  }
  const fresh = found.some((change) => change.fresh)
  const folders = coalesceChanges(found, sep).map(({ path, deep }) => ({ ...pathRef(path), deep }))
  if (folders.length > mostFolders) return { ...everything, fresh }
  return { change: folders.length === 0 ? null : { folders }, fresh, paths }
}

/** Gathers paths until none has come for `settleSeconds`, then says what they amount to. */
export const gatherPaths = (
  root: string,
  settleSeconds: number,
  onBurst: (burst: Burst) => void,
): PathGatherer => {
  let pending = new Set<string>()
  let timer: NodeJS.Timeout | null = null
  let waits = 0
  let stopped = false
  const flush = async (): Promise<void> => {
    const paths = [...pending]
    pending = new Set()
    timer = null
    waits = 0
    const burst = await burstOf(root, paths)
    if (!stopped) onBurst(burst)
  }
  return {
    add: (paths) => {
      if (stopped) return
      // One more than are looked at is enough to know that there were too many.
      for (const path of paths) if (pending.size <= mostPaths) pending.add(path)
      if (timer !== null && waits >= mostWaits) return
      if (timer !== null) clearTimeout(timer)
      waits += 1
      timer = setTimeout(() => drop(flush()), settleSeconds * 1000)
    },
    stop: () => {
      stopped = true
      if (timer !== null) clearTimeout(timer)
    },
  }
}
