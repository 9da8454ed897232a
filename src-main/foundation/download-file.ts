import { open } from 'node:fs/promises'
import { fail, ok, type Result } from '../../src-preload/contract/result.ts'
import type { DownloadNetwork } from './download-network.ts'
import { fetchPart } from './fetch-part.ts'
import { digestOf, type Digest } from './file-digest.ts'
import { checkFreeSpace, freeSpaceMargin } from './free-space.ts'
import { findPart, partOf, removeNote, removePart, type Part } from './part-file.ts'
import { diskFailure, publish } from './publish-file.ts'
import { RequestProblem, retryPatiently, type Patience, type Sleep } from './retry-patiently.ts'

export type FileDownload = {
  readonly url: string
  /** Where the file will be; its folder exists. Until it is whole and right there is only `TARGET.part`. */
  readonly target: string
  readonly bytes: number
  readonly digest: Digest
}

export type DownloadTools = {
  readonly network: DownloadNetwork
  readonly patience: Patience
  readonly sleep: Sleep
  readonly signal: AbortSignal
  /** Bytes that are there by now; they go back when a server starts afresh. */
  readonly onBytes: (bytes: number) => void
  /** Bytes that stay free beside the file; without it, 300 MB. */
  readonly margin?: number
}

/**
 * Downloads one file: what a break or a crash left is gone on with, and only what has the right size and digest, as
 * it is read back from the disk, gets its name. Errors: download-failed (what was wrong, in words; the part stays for
 * the next call), disk-full (with the numbers; nothing stays, for a full disk harms the library too),
 * unreadable-folder, cancelled (nothing stays).
 */
export const downloadFile = async (file: FileDownload, tools: DownloadTools): Promise<Result<null>> => {
  const { target, bytes } = file
  const wanted = { url: file.url, bytes, digest: `${file.digest.kind}:${file.digest.hex}` }
  let part = await findPart(target, wanted)
  const room = await checkFreeSpace(target, bytes - part.have, tools.margin ?? freeSpaceMargin)
  if (!room.ok) return room

  // What was gained since patience began anew: a hundredth of the file, at most 1 MiB, is worth another try at once.
  let gained = 0
  const hasProgressed = (): boolean => {
    if (gained < Math.min(1 << 20, bytes / 100)) return false
    gained = 0
    return true
  }
  const onPart = (next: Part): void => {
    part = next
    tools.onBytes(next.have)
  }
  const attempt = async (): Promise<void> => {
    if (part.have === bytes) return
    const before = part.have
    try {
      await fetchPart(target, wanted, part, tools.network, tools.signal, onPart)
    } finally {
      gained += Math.max(0, part.have - before)
    }
  }

  try {
    tools.onBytes(part.have)
    for (let wrong = 0; ; wrong += 1) {
      await retryPatiently(attempt, { ...tools, hasProgressed })
      const found = await syncedDigest(target, file.digest.kind, tools.signal)
      if (found === file.digest.hex) break
      await removePart(target)
      onPart({ have: 0, etag: null })
      if (wrong > 0) return wrongFile(file, found)
    }
    tools.signal.throwIfAborted()
    await publish(partOf(target), target)
    await removeNote(target)
    return ok(null)
  } catch (error) {
    if (tools.signal.aborted) {
      await removePart(target)
      return fail('cancelled', 'The download was cancelled')
    }
    if (error instanceof RequestProblem) return fail('download-failed', error.message, error.advice)
    const failure = diskFailure(error, target)
    if (failure.error.code === 'disk-full') await removePart(target)
    return failure
  }
}

const wrongFile = ({ url, digest }: FileDownload, found: string): Result<never> =>
  fail(
    'download-failed',
    `${url} is twice not the file it should be: ${digest.kind} ${found} instead of ${digest.hex}`,
    'Something on the way changes the file, or the mirror has another one: try without mirror or proxy.',
  )

/** Of what the disk really holds. */
const syncedDigest = async (target: string, kind: Digest['kind'], signal: AbortSignal): Promise<string> => {
  {
    await using handle = await open(partOf(target), 'r+')
    await handle.sync()
  }
  return (await digestOf(partOf(target), kind, signal)).hex
}
