import { createHash } from 'node:crypto'
import { open, stat, type FileHandle } from 'node:fs/promises'
import { fail, ok, type Result } from '../../src-preload/contract/result.ts'
import type { PathRef } from '../../src-preload/contract/video-facts.ts'
import { fingerprintPrefix, sampledBlocks, videoIdOf } from '../domain/file-identity.ts'
import { fileFailure } from './file-failure.ts'
import { fsPath } from '../foundation/path-ref.ts'

/** Who a file is. `size` in bytes, `mtime` in seconds, both as they were while it was read. */
export type FileIdentity = {
  readonly videoId: string
  /** sha256 in hex of the size and the sampled blocks (`domain/file-identity.ts`). */
  readonly fingerprint: string
  readonly size: number
  readonly mtime: number
}

type Input = {
  readonly path: PathRef
  readonly signal: AbortSignal
  /** Epoch seconds: a file written to after it counts as still being written. Two seconds ago is a good choice. */
  readonly quietSince?: number
}

const busy = (path: string): Result<never> =>
  fail('busy', `${path} is still being written`, 'It is looked at again when it has come to rest.')

const identify = async (
  file: FileHandle,
  { path, signal, quietSince }: Input,
): Promise<Result<FileIdentity>> => {
  const before = await file.stat()
  if (before.size === 0)
    return fail('empty-file', `${path.path} is empty`, 'Copy it again from where it came.')
  if (quietSince !== undefined && before.mtimeMs / 1000 > quietSince) return busy(path.path)
  const hash = createHash('sha256').update(fingerprintPrefix(before.size))
  for (const { offset, length } of sampledBlocks(before.size)) {
    signal.throwIfAborted()
    const { bytesRead, buffer } = await file.read(Buffer.alloc(length), 0, length, offset)
    if (bytesRead < length) return busy(path.path)
    hash.update(buffer)
  }
  const after = await file.stat()
  if (after.size !== before.size || after.mtimeMs !== before.mtimeMs) return busy(path.path)
  const fingerprint = hash.digest('hex')
  return ok({ videoId: videoIdOf(fingerprint), fingerprint, size: before.size, mtime: before.mtimeMs / 1000 })
}

/**
 * Reads who a file is: at most 1 MiB of it, whatever its size. Fails with `busy` where it changed meanwhile (then
 * look again later), `empty-file` (which has no content to be known by), `missing-file`, `unreadable-file`, `cancelled`.
 */
export const readFileIdentity = async (input: Input): Promise<Result<FileIdentity>> => {
  let file: FileHandle | null = null
  try {
    // Opening a FIFO would wait for its writer and block one of the few threads that do the process's file work.
    if (!(await stat(fsPath(input.path))).isFile())
      return fail('unreadable-file', `${input.path.path} is not a regular file`)
    file = await open(fsPath(input.path), 'r')
    return await identify(file, input)
  } catch (error) {
    if (input.signal.aborted) return fail('cancelled', 'Cancelled')
    return { ok: false, error: fileFailure(error, input.path.path) }
  } finally {
    await file?.close()
  }
}
