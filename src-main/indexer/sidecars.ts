import { readdir, stat } from 'node:fs/promises'
import { dirname, sep } from 'node:path'
import type { Result } from '../../src-preload/contract/result.ts'
import { ok } from '../../src-preload/contract/result.ts'
import type { PathRef } from '../../src-preload/contract/video-facts.ts'
import { sidecarNames } from '../domain/sidecar-names.ts'
import { errnoOf, fileFailure } from './file-failure.ts'
import { entryOf, fsPath } from '../foundation/path-ref.ts'

/** A subtitle file beside a film. `size` in bytes, `mtime` in seconds: another of either means reading it again. */
export type Sidecar = {
  readonly path: PathRef
  readonly language: string | null
  readonly size: number
  readonly mtime: number
}

/** The folder of `path` and its name in it, as bytes. */
const split = (path: PathRef): { readonly folder: PathRef; readonly name: Buffer } => {
  const bytes = Buffer.from(path.bytes ?? Buffer.from(path.path))
  const cut = bytes.lastIndexOf(sep)
  const folder = dirname(path.path)
  return {
    folder: { path: folder, bytes: path.bytes === null ? null : bytes.subarray(0, Math.max(cut, 1)) },
    name: bytes.subarray(cut + 1),
  }
}

const look = async (path: PathRef, language: string | null): Promise<Sidecar | null> => {
  try {
    const facts = await stat(fsPath(path))
    return facts.isFile() ? { path, language, size: facts.size, mtime: facts.mtimeMs / 1000 } : null
  } catch (error) {
    // Gone since the folder was read: then there is no such sidecar.
    if (errnoOf(error) === 'ENOENT') return null
    throw error
  }
}

/** The subtitle files beside the film `path`, sorted by name. Fails where its folder cannot be read. */
export const sidecarsOf = async (path: PathRef): Promise<Result<readonly Sidecar[]>> => {
  const { folder, name } = split(path)
  try {
    // One byte a letter: names are compared as they are, UTF-8 or not.
    const names = await readdir(fsPath(folder), { encoding: 'buffer' })
    const found = sidecarNames(
      name.toString('latin1'),
      names.map((entry) => entry.toString('latin1')),
    )
    const sidecars = await Promise.all(
      found.map((entry) => look(entryOf(folder, Buffer.from(entry.name, 'latin1')), entry.language)),
    )
    return ok(sidecars.filter((sidecar) => sidecar !== null))
  } catch (error) {
    return { ok: false, error: fileFailure(error, folder.path, 'unreadable-folder') }
  }
}
