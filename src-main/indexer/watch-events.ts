import type { Stats } from 'node:fs'
import { lstat, stat } from 'node:fs/promises'
import { basename, dirname, join, sep } from 'node:path'
import type { FolderChange } from '../domain/changed-folders.ts'
import { ignoredByName } from '../domain/ignore-rules.ts'
import { hasSubtitleEnding, hasVideoEnding } from '../domain/video-endings.ts'
import { errnoOf } from './file-failure.ts'

const statOrNull = async (path: string, how: typeof lstat | typeof stat): Promise<Stats | null> => {
  try {
    return await how(path)
  } catch (error) {
    if (errnoOf(error) === null) throw error
    return null
  }
}

const matters = (name: string): boolean => hasVideoEnding(name) || hasSubtitleEnding(name)

/** `fresh`: a folder is there that may be new, to which the watcher may be deaf. */
export type EventChange = FolderChange & { readonly fresh: boolean }

/**
 * What must be looked at again because of an event at `path`; null when nothing, 'everything' when it was the root.
 * The event says only where: whether something is there, and what, is asked of the disk (ffmpeg.md).
 */
export const changeAt = async (root: string, path: string): Promise<EventChange | 'everything' | null> => {
  if (path === root) return 'everything'
  const names = path
    .slice(root.length)
    .split(sep)
    .filter((name) => name !== '')
  const folders = names.slice(0, -1)
  if (folders.some((name) => ignoredByName(name, 'folder') !== null)) return null
  // The watcher gives U+FFFD for what is not UTF-8: only the folder above it can be named, and is looked at whole.
  const unnamed = names.findIndex((name) => name.includes('\ufffd'))
  if (unnamed >= 0) return { path: join(root, ...names.slice(0, unnamed)), deep: true, fresh: true }

  const parent: EventChange = { path: dirname(path), deep: false, fresh: false }
  const name = basename(path)
  const link = await statOrNull(path, lstat)
  // Perhaps it was a folder: then a scan of it finds that nothing in it is left.
  if (link === null) return matters(name) ? parent : { path, deep: true, fresh: false }
  const facts = link.isSymbolicLink() ? await statOrNull(path, stat) : link
  if (facts?.isDirectory() !== true) return matters(name) || facts === null ? parent : null
  return ignoredByName(name, 'folder') === null ? { path, deep: true, fresh: true } : null
}
