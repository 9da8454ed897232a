import type { Dirent } from 'node:fs'
import { lstat, open, opendir, stat } from 'node:fs/promises'
import { fail } from '../../src-preload/contract/result.ts'
import type { PathRef } from '../../src-preload/contract/video-facts.ts'
import { looksLikeVideo, magicBytes } from '../domain/container-magic.ts'
import { ignoredByName, ignoredBySize } from '../domain/ignore-rules.ts'
import { hasAmbiguousEnding } from '../domain/video-endings.ts'
import { errnoOf, fileFailure } from './file-failure.ts'
import { entryOf, fsPath } from '../foundation/path-ref.ts'
import type { Seen } from './scan-batch.ts'

/** An entry of a folder with its real name, and what readdir says it is. */
export type Entry = { readonly path: PathRef; readonly name: string; readonly dirent: Dirent<Buffer> }

/** Entries are stat-ed so many at a time: over a network each waits for the server. */
const chunkSize = 32

/** The entries of `folder` in chunks, without ever holding them all. Throws what `opendir` throws. */
export async function* entriesOf(folder: PathRef): AsyncGenerator<readonly Entry[], void> {
  // Node takes 'buffer' and then gives names as buffers; its types do not say so.
  const options = { encoding: 'buffer' as BufferEncoding, bufferSize: chunkSize }
  let chunk: Entry[] = []
  for await (const dirent of await opendir(fsPath(folder), options)) {
    const raw = dirent as unknown as Dirent<Buffer>
    chunk.push({ path: entryOf(folder, raw.name), name: raw.name.toString(), dirent: raw })
    if (chunk.length < chunkSize) continue
    yield chunk
    chunk = []
  }
  if (chunk.length > 0) yield chunk
}

type Kind = 'file' | 'folder' | 'link' | 'other'

const kindOf = (of: Pick<Dirent<Buffer>, 'isFile' | 'isDirectory' | 'isSymbolicLink'>): Kind =>
  of.isFile() ? 'file' : of.isDirectory() ? 'folder' : of.isSymbolicLink() ? 'link' : 'other'

const firstBytes = async (path: PathRef): Promise<Uint8Array> => {
  const file = await open(fsPath(path), 'r')
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(magicBytes), 0, magicBytes, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

/** What an fs call threw while an entry was looked at. Its absence is not this function's to judge: `gone`. */
export const failedEntry = (path: PathRef, error: unknown): Seen => {
  const errno = errnoOf(error)
  if (errno === 'ENOENT' || errno === 'ENOTDIR') return { is: 'gone' }
  return { is: 'unreadable', path, error: fileFailure(error, path.path) }
}

/** Looks at the file `path` (through links), which is called `name` in its folder. */
export const seeFile = async (path: PathRef, name: string, minimumBytes: number): Promise<Seen> => {
  const byName = ignoredByName(name, 'file')
  if (byName !== null) return { is: 'ignored', path, rule: byName }
  try {
    const facts = await stat(fsPath(path))
    // A FIFO or a device: opening it could wait for ever.
    if (!facts.isFile()) {
      const { error } = fail('unreadable-file', `${path.path} is not a regular file`)
      return { is: 'unreadable', path, error }
    }
    const bySize = ignoredBySize(facts.size, minimumBytes)
    if (bySize !== null) return { is: 'ignored', path, rule: bySize }
    if (hasAmbiguousEnding(name) && !looksLikeVideo(await firstBytes(path)))
      return { is: 'ignored', path, rule: 'not-a-video' }
    return { is: 'file', file: { path, size: facts.size, mtime: facts.mtimeMs / 1000 } }
  } catch (error) {
    return failedEntry(path, error)
  }
}

/** Looks at one entry. Links are only named: `scan-links.ts` follows them when everything real has been seen. */
export const seeEntry = async ({ path, name, dirent }: Entry, minimumBytes: number): Promise<Seen> => {
  try {
    const told = kindOf(dirent)
    // Some file systems do not tell the kind with the name.
    const kind = told === 'other' ? kindOf(await lstat(fsPath(path))) : told
    if (kind === 'link') return { is: 'link', path }
    if (kind !== 'folder') return await seeFile(path, name, minimumBytes)
  } catch (error) {
    return failedEntry(path, error)
  }
  const rule = ignoredByName(name, 'folder')
  return rule === null ? { is: 'folder', path } : { is: 'ignored', path, rule }
}
