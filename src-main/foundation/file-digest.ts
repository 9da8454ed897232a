import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'

/** What a file must be. `git-blob` is how git names a file that a hub keeps without LFS: sha1 of `blob SIZE\0` and it. */
export type Digest = { readonly kind: 'sha256' | 'git-blob'; readonly hex: string }

/** The digest of the whole file as it is on the disk, about a second a gigabyte. Throws what the disk or `signal` says. */
export const digestOf = async (
  path: string,
  kind: Digest['kind'],
  signal: AbortSignal | undefined,
): Promise<Digest> => {
  const hash = createHash(kind === 'sha256' ? 'sha256' : 'sha1')
  if (kind === 'git-blob') hash.update(`blob ${(await stat(path)).size}\0`)
  for await (const piece of createReadStream(path, { highWaterMark: 1 << 20, signal }))
    hash.update(piece as Buffer)
  return { kind, hex: hash.digest('hex') }
}
