import { open, rename } from 'node:fs/promises'
import { dirname } from 'node:path'
import { fail, type Failure } from '../../src-preload/contract/result.ts'

/** Gives a finished file or folder its name so that it survives a power cut: what is in it must be synced already. */
export const publish = async (from: string, to: string): Promise<void> => {
  await rename(from, to)
  await syncFolder(dirname(to))
}

/** Renames last only when their folder is on the disk; Windows has no such call and needs none. */
export const syncFolder = async (folder: string): Promise<void> => {
  if (process.platform === 'win32') return
  await using handle = await open(folder, 'r')
  await handle.sync()
}

/** What a full or forbidden disk says; `makeRoom` is the advice where it is full; anything else is a bug or a broken machine and is thrown on. */
export const diskFailure = (
  error: unknown,
  path: string,
  makeRoom = 'Make room on that disk, then try again.',
): Failure => {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const message = `${path} cannot be written: ${error instanceof Error ? error.message : String(error)}`
  if (code === 'ENOSPC' || code === 'EDQUOT') return fail('disk-full', message, makeRoom)
  if (['EACCES', 'EPERM', 'EROFS', 'ENOENT', 'ENOTDIR'].includes(code))
    return fail('unreadable-folder', message)
  throw error
}
