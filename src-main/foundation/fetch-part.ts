import type { FileHandle } from 'node:fs/promises'
import type { Answer, DownloadNetwork } from './download-network.ts'
import { openPart, type Part, type PartNote } from './part-file.ts'
import { connectionProblem } from './request-problems.ts'
import { RequestProblem } from './retry-patiently.ts'

/**
 * One request for what is missing of `target`; what comes goes into its part. `onPart` hears each time how much is
 * there. Throws a RequestProblem where it broke off or is not the file, what the disk says, or the signal's reason.
 */
export const fetchPart = async (
  target: string,
  wanted: Omit<PartNote, 'etag'>,
  part: Part,
  network: DownloadNetwork,
  signal: AbortSignal,
  onPart: (part: Part) => void,
): Promise<void> => {
  const { host } = new URL(wanted.url)
  const answer = await ask(wanted.url, part, network, signal, onPart)
  const { body } = answer
  try {
    if ((answer.header('content-encoding') ?? 'identity') !== 'identity')
      throw new RequestProblem(`${host} sends the file in another form`, { again: false })
    const etag = strongEtag(answer.header('etag'))
    const start = startOf(answer, part, etag, wanted.bytes)
    if (start === null) {
      onPart({ have: 0, etag: null })
      throw new RequestProblem(`${host} sends another part than it was asked for`, { again: true })
    }
    await using handle = await openPart(target, { ...wanted, etag }, start)
    onPart({ have: start, etag })
    const have = await keep(body, handle, start, wanted.bytes, (now) => onPart({ have: now, etag })).catch(
      (error: unknown) => {
        if (signal.aborted || isDiskError(error)) throw error
        throw connectionProblem(error, host, network.stall)
      },
    )
    if (have < wanted.bytes)
      throw new RequestProblem(`${host} broke off after ${have} of ${wanted.bytes} bytes`, {
        again: true,
        advice: 'Check the connection; the download goes on where it stopped.',
      })
  } finally {
    body.stop()
  }
}

const ask = async (
  url: string,
  { have, etag }: Part,
  network: DownloadNetwork,
  signal: AbortSignal,
  onPart: (part: Part) => void,
): Promise<Answer> => {
  const range: Record<string, string> = have === 0 ? {} : { range: `bytes=${have}-` }
  if (have > 0 && etag !== null) range['if-range'] = etag
  try {
    return await network.get(url, range, signal)
  } catch (error) {
    if (error instanceof RequestProblem && error.status === 416) onPart({ have: 0, etag: null })
    throw error
  }
}

/**
 * Where the answer's body begins in the file; null where what is there does not go with it: a server may ignore the
 * range (200: from the start), mean another one, or ignore If-Range and have other content by now.
 */
const startOf = (answer: Answer, part: Part, etag: string | null, bytes: number): number | null => {
  if (answer.status !== 206) return 0
  const [, from, total] = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(answer.header('content-range') ?? '') ?? []
  if (Number(from) !== part.have || (total !== '*' && Number(total) !== bytes)) return null
  return part.etag !== null && etag !== null && etag !== part.etag ? null : part.have
}

/** Only a strong one names the very bytes (RFC 9110, 13.1.5). */
const strongEtag = (etag: string | null): string | null => (etag?.startsWith('"') === true ? etag : null)

/** A server may lie about its length: the file ends where it must, and its digest says whether it is right. */
const keep = async (
  body: AsyncIterable<Buffer>,
  handle: FileHandle,
  start: number,
  bytes: number,
  onHave: (have: number) => void,
): Promise<number> => {
  let have = start
  for await (const piece of body) {
    const fits = piece.subarray(0, bytes - have)
    for (let done = 0; done < fits.length;)
      done += (await handle.write(fits, done, fits.length - done, have + done)).bytesWritten
    have += fits.length
    onHave(have)
    if (have === bytes) break
  }
  return have
}

/** A connection's errors can have the same codes, but only a disk's come from these calls without an address. */
const isDiskError = (error: unknown): boolean =>
  error instanceof Error && 'syscall' in error && error.syscall === 'write' && !isConnectionCode(error)

const isConnectionCode = (error: Error): boolean =>
  ['EPIPE', 'ECONNRESET', 'ECANCELED'].includes(String((error as NodeJS.ErrnoException).code))
