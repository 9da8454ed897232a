import { realpath, stat } from 'node:fs/promises'
import { basename, sep } from 'node:path'
import { fail } from '../../src-preload/contract/result.ts'
import type { PathRef } from '../../src-preload/contract/video-facts.ts'
import { ignoredByName } from '../domain/ignore-rules.ts'
import { errnoOf } from './file-failure.ts'
import { fsPath } from '../foundation/path-ref.ts'
import type { Seen } from './scan-batch.ts'
import { failedEntry, seeFile } from './scan-entry.ts'

/** Who a file or folder is on this machine, however it is reached; null where the file system has no numbers. */
export const fileKey = async (path: PathRef): Promise<string | null> => {
  const { dev, ino } = await stat(fsPath(path), { bigint: true })
  return ino === 0n ? null : `${dev}:${ino}`
}

/** True where a scan of `realRoot` comes to `target` by itself: below it, with no ignored folder on the way. */
const isReached = (realRoot: string, target: string, kind: 'file' | 'folder'): boolean => {
  if (target === realRoot) return true
  const prefix = realRoot.endsWith(sep) ? realRoot : `${realRoot}${sep}`
  if (!target.startsWith(prefix)) return false
  const names = target.slice(prefix.length).split(sep)
  return names.every((name, at) => ignoredByName(name, at < names.length - 1 ? 'folder' : kind) === null)
}

/** What following links needs to know. `given`: keys of files that were found through links. */
export type LinkContext = {
  readonly realRoot: string
  readonly given: Set<string>
  readonly minimumBytes: number
}

const brokenLink = (path: PathRef): Seen => {
  const { error } = fail('offline', `${path.path} is a link to something that is not there`)
  return { is: 'unreadable', path, error }
}

/**
 * Follows the link `path`. What the scan finds by itself, or found through another link, is a 'link-loop'. A link that
 * leads nowhere may lead to an unplugged drive, so it is unreadable, never gone.
 */
export const followLink = async (path: PathRef, context: LinkContext): Promise<Seen> => {
  try {
    const name = basename(path.path)
    const facts = await stat(fsPath(path), { bigint: true })
    const kind = facts.isDirectory() ? 'folder' : 'file'
    const rule = ignoredByName(name, kind)
    if (rule !== null) return { is: 'ignored', path, rule }
    const target = (await realpath(fsPath(path), 'buffer')).toString()
    if (isReached(context.realRoot, target, kind)) return { is: 'ignored', path, rule: 'link-loop' }
    if (kind === 'folder') return { is: 'folder', path }
    const key = `${facts.dev}:${facts.ino}`
    if (facts.ino !== 0n && context.given.has(key)) return { is: 'ignored', path, rule: 'link-loop' }
    const seen = await seeFile(path, name, context.minimumBytes)
    if (seen.is === 'file') context.given.add(key)
    return seen
  } catch (error) {
    const errno = errnoOf(error)
    if (errno === 'ELOOP') return { is: 'ignored', path, rule: 'link-loop' }
    return errno === 'ENOENT' || errno === 'ENOTDIR' ? brokenLink(path) : failedEntry(path, error)
  }
}
