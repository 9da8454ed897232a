import { statfs } from 'node:fs/promises'
import { dirname } from 'node:path'
import { fail, ok, type Result } from '../../src-preload/contract/result.ts'

/** Bytes that may still be written where `path` is or will be. Throws where the disk cannot be asked. */
export const freeBytes = async (path: string): Promise<number> => {
  for (let folder = path; ; folder = dirname(folder)) {
    try {
      const { bavail, bsize } = await statfs(folder)
      return bavail * bsize
    } catch (error) {
      // The folder is not made yet: its parent is on the same disk.
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || folder === dirname(folder)) throw error
    }
  }
}

/** So much stays free beside a download: the library on the same disk must go on working. */
export const freeSpaceMargin = 300e6

/** Checks that `bytes` and a margin fit where `path` will be. Errors: disk-full, with the numbers. */
export const checkFreeSpace = async (
  path: string,
  bytes: number,
  margin: number,
  free: (path: string) => Promise<number> = freeBytes,
): Promise<Result<null>> => {
  const there = await free(path)
  if (bytes === 0 || there >= bytes + margin) return ok(null)
  const megabytes = (count: number): string => `${Math.ceil(count / 1e6)} MB`
  return fail(
    'disk-full',
    `The download needs ${megabytes(bytes)} and ${megabytes(margin)} to spare; ${megabytes(there)} are free at ${path}.`,
    'Make room on that disk, or choose a smaller model.',
  )
}
