import { lstat } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { ErrorCode } from '../../src-preload/contract/result.ts'
import type { PathRef, SidecarFile } from '../../src-preload/contract/video-facts.ts'
import { libraryMarker, type IgnoreRule } from '../domain/ignore-rules.ts'
import { errnoOf, fileFailure } from './file-failure.ts'
import { entryOf, fsPath, pathKey } from '../foundation/path-ref.ts'
import { type BatchBuilder, type ScanBatch, type Seen } from './scan-batch.ts'
import { entriesOf, failedEntry, seeEntry } from './scan-entry.ts'
import { fileKey } from './scan-links.ts'
import { gatherSidecars } from './sidecars.ts'

/** What to scan. */
export type ScanInput = {
  /** The watched folder. */
  readonly root: PathRef
  /** A folder under `root` to look at instead of all of it; it may be gone, then nothing is found in it. */
  readonly path?: PathRef
  /** False: only the entries of the folder itself, not of the folders in it. */
  readonly deep?: boolean
  /** Films of 1 to `minimumBytes` - 1 bytes are ignored as 'too-small'. */
  readonly minimumBytes: number
  readonly signal: AbortSignal
  /** Kinora's own library, should it lie under `root`. */
  readonly libraryDirectory?: string
  /** Most entries in a batch, 256 by default. */
  readonly batchSize?: number
}

/** Why a scan cannot go on. */
export type Stop = { readonly code: ErrorCode; readonly message: string }

/** One scan's own memory: the folders still to do and those done, never the files. */
export type Scan = {
  readonly input: ScanInput
  readonly rootKey: string | null
  readonly batch: BatchBuilder
  readonly folders: PathRef[]
  readonly links: PathRef[]
  /** Subtitle files beside links that may lead to films, by the link's path. */
  readonly besideLinks: Map<string, SidecarFile[]>
  readonly done: Set<string>
  readonly count: { files: number; folders: number; unreadable: number; ignored: Record<IgnoreRule, number> }
}

/** The root is gone. */
export const offline = (root: PathRef): Stop => ({
  code: 'offline',
  message: `${root.path} is not there any more`,
})

/** Whether the root went away (a drive was unplugged): then what is missing under it proves nothing. */
export const rootGone = async ({ input, rootKey }: Scan): Promise<boolean> => {
  try {
    return (await fileKey(input.root)) !== rootKey
  } catch (error) {
    if (errnoOf(error) === null) throw error
    return true
  }
}

const isLibrary = async (folder: PathRef, libraryDirectory: string | undefined): Promise<boolean> => {
  if (libraryDirectory !== undefined && resolve(folder.path) === resolve(libraryDirectory)) return true
  try {
    await lstat(fsPath(entryOf(folder, Buffer.from(libraryMarker))))
    return true
  } catch (error) {
    if (errnoOf(error) === null) throw error
    return false
  }
}

/** Files one finding. A `gone` entry is a `Stop` when it is gone because the root is. */
export const take = async (scan: Scan, seen: Seen): Promise<Stop | null> => {
  switch (seen.is) {
    case 'folder':
      if (scan.input.deep !== false) scan.folders.push(seen.path)
      return null
    case 'link':
      scan.links.push(seen.path)
      return null
    case 'gone':
      return (await rootGone(scan)) ? offline(scan.input.root) : null
    case 'unreadable':
      if (await rootGone(scan)) return offline(scan.input.root)
      scan.count.unreadable += 1
      break
    case 'file':
      scan.count.files += 1
      break
    case 'ignored':
      scan.count.ignored[seen.rule] += 1
      break
    case 'sidecar':
  }
  scan.batch.add(seen)
  return null
}

const keyOf = (path: PathRef): string => pathKey(path).toString('latin1')

/** The subtitle files beside the link `path`, which has turned out to be a film. */
export const takeBeside = (scan: Scan, path: PathRef): void => {
  for (const file of scan.besideLinks.get(keyOf(path)) ?? []) scan.batch.add({ is: 'sidecar', file })
}

/** Looks through one folder; gives a batch whenever one is full. What lies beside a film comes when all films are known. */
export async function* scanOne(scan: Scan, folder: PathRef): AsyncGenerator<ScanBatch, Stop | null> {
  const { input } = scan
  try {
    const key = await fileKey(folder)
    if (key !== null && scan.done.has(key))
      return await take(scan, { is: 'ignored', path: folder, rule: 'link-loop' })
    if (key !== null) scan.done.add(key)
    if (await isLibrary(folder, input.libraryDirectory))
      return await take(scan, { is: 'ignored', path: folder, rule: 'kinora' })
    const beside = gatherSidecars()
    for await (const chunk of entriesOf(folder)) {
      if (input.signal.aborted) return null
      const all = await Promise.all(
        chunk.map(async (entry) => ({ entry, seen: await seeEntry(entry, input.minimumBytes) })),
      )
      for (const { entry, seen } of all) {
        beside.add(entry, seen)
        const stop = await take(scan, seen)
        if (stop !== null) return stop
        const full = scan.batch.full() ? scan.batch.take() : null
        if (full !== null) yield full
      }
    }
    for await (const { isLink, file } of beside.pairs()) {
      const key = keyOf(file.film)
      if (isLink) scan.besideLinks.set(key, [...(scan.besideLinks.get(key) ?? []), file])
      else scan.batch.add({ is: 'sidecar', file })
      const full = scan.batch.full() ? scan.batch.take() : null
      if (full !== null) yield full
    }
    scan.count.folders += 1
    return null
  } catch (error) {
    const seen = failedEntry(folder, error)
    if (seen.is !== 'unreadable') return await take(scan, seen)
    return await take(scan, { ...seen, error: fileFailure(error, folder.path, 'unreadable-folder') })
  }
}
