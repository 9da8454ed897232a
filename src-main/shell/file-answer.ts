import { open } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { Readable } from 'node:stream'
import type { PathRef } from '../../src-preload/contract/video-facts.ts'
import { answerBytes } from '../domain/byte-range.ts'
import { fsPath } from '../foundation/path-ref.ts'

const openFile = async (path: PathRef): Promise<FileHandle | null> => {
  try {
    return await open(fsPath(path), 'r')
  } catch {
    return null // gone, unplugged or not ours to read: 404 says so
  }
}

/**
 * Answers `request` with (a range of) a file: 200, 206, 304 or 416, or 404 when it cannot be opened. Streams it;
 * the file is closed when the stream ends or the page loses interest. Not through `net.fetch`, which ignores
 * ranges (anchors.md 2.7). `headers` are added; content-type belongs among them.
 */
export const answerFile = async (
  request: Request,
  path: PathRef,
  headers: Readonly<Record<string, string>>,
): Promise<Response> => {
  const file = await openFile(path)
  if (file === null) return new Response(null, { status: 404, headers })
  const facts = await file.stat({ bigint: true })
  const isHead = request.method === 'HEAD'
  const answer = answerBytes(
    {
      range: isHead ? null : request.headers.get('range'), // RFC 9110, 14.2: ranges are for GET
      ifRange: request.headers.get('if-range'),
      ifNoneMatch: request.headers.get('if-none-match'),
    },
    Number(facts.size),
    `"${facts.size.toString(36)}-${facts.mtimeNs.toString(36)}"`,
  )
  const init = { status: answer.status, headers: { ...headers, ...answer.headers } }
  if (answer.span === null || isHead || !facts.isFile()) {
    await file.close()
    return facts.isFile() ? new Response(null, init) : new Response(null, { status: 404, headers })
  }
  const stream = file.createReadStream({ ...answer.span, highWaterMark: 256 * 1024 })
  return new Response(Readable.toWeb(stream) as ReadableStream<Uint8Array>, init)
}
