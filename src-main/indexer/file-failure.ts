import { fail, type ErrorCode, type KinoraError } from '../../src-preload/contract/result.ts'

/** errno names of a missing path, of one without permission, and of a drive that went away. */
const codes: Readonly<Record<string, ErrorCode>> = {
  ENOENT: 'missing-file',
  ENOTDIR: 'missing-file',
  ENODEV: 'offline',
  ENXIO: 'offline',
  ESTALE: 'offline',
  EHOSTDOWN: 'offline',
  ENOTCONN: 'offline',
  ETIMEDOUT: 'offline',
}

/** The errno name of what an fs call threw, or null where it is no such error (then it is a bug). */
export const errnoOf = (error: unknown): string | null =>
  error instanceof Error && 'syscall' in error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : null

/**
 * What an fs call threw, as a failure of the file or folder `path`; `otherwise` where errno says nothing better.
 * Anything that is no system error is thrown on: it is a bug.
 */
export const fileFailure = (
  error: unknown,
  path: string,
  otherwise: 'unreadable-file' | 'unreadable-folder' = 'unreadable-file',
): KinoraError => {
  const errno = errnoOf(error)
  if (errno === null) throw error
  const advice = errno === 'EACCES' || errno === 'EPERM' ? 'Allow Kinora to read it.' : ''
  return fail(codes[errno] ?? otherwise, `${path}: ${errno}`, advice).error
}
