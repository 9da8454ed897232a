import type { IncomingMessage, ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import type { ErrorCode, Failure } from '../../src-preload/contract/result.ts'
import { fail } from '../../src-preload/contract/result.ts'
import { answerBytes } from '../domain/byte-range.ts'
import type { LibraryHolder } from '../foundation/library-holder.ts'
import type { Log } from '../foundation/log.ts'
import { mediaKinds, openMedia } from '../foundation/media-file.ts'
import type { MediaFile } from '../foundation/media-file.ts'
import { refuse } from './answer.ts'

const statusOf = (code: ErrorCode): number => {
  if (code === 'not-found' || code === 'missing-file' || code === 'offline') return 404
  if (code === 'unreadable-file' || code === 'not-allowed') return 403
  return 503
}

const nothing: Failure = fail('not-found', 'There is nothing here.')

/** A year: the address carries the picture's version. */
const forever = 'private, max-age=31536000, immutable'

const send = async (
  request: IncomingMessage,
  response: ServerResponse,
  file: MediaFile,
  cacheControl: string,
): Promise<void> => {
  const { range, 'if-none-match': ifNoneMatch, 'if-range': ifRange } = request.headers
  const answer = answerBytes(
    {
      range: range ?? null,
      // Typed as one line; a client that sends several gets them joined by Node.
      ifRange: typeof ifRange === 'string' ? ifRange : null,
      ifNoneMatch: ifNoneMatch ?? null,
    },
    file.size,
    file.tag,
  )
  response.writeHead(answer.status, {
    ...answer.headers,
    'content-type': file.type,
    'cache-control': cacheControl,
  })
  if (answer.span === null || request.method === 'HEAD') {
    response.end()
    await file.close()
    return
  }
  // The pipeline ends the file when the page goes away, and the connection when the file ends too early.
  await pipeline(file.read(answer.span), response)
}

/** Answers `/media/KIND/ID`: pictures and films by id, never by path. */
export const answerMedia = async (
  request: IncomingMessage,
  response: ServerResponse,
  { segments, query }: { readonly segments: readonly string[]; readonly query: URLSearchParams },
  library: LibraryHolder,
  log: Log,
): Promise<void> => {
  const [kindName, id, ...more] = segments
  const kind = mediaKinds.find((known) => known === kindName)
  if (kind === undefined || id === undefined || more.length > 0) {
    refuse(response, 404, nothing)
    return
  }
  const file = await library.ask((client) => openMedia(client, kind, id))
  if (!file.ok) {
    refuse(response, statusOf(file.error.code), file)
    return
  }
  try {
    const isVersioned = kind !== 'film' && query.has('v')
    await send(request, response, file.value, isVersioned ? forever : 'private, no-cache')
  } catch (cause) {
    // A page that seeks or closes ends its old request early: that is how films are watched.
    const code = (cause as NodeJS.ErrnoException).code
    if (code !== 'ERR_STREAM_PREMATURE_CLOSE') log.warn({ err: cause, kind, id }, 'media not sent')
    response.destroy()
  }
}
