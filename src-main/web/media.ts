import type { IncomingMessage, ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import type { ErrorCode, Failure, Result } from '../../src-preload/contract/result.ts'
import { fail, ok } from '../../src-preload/contract/result.ts'
import { answerBytes } from '../domain/byte-range.ts'
import type { LibraryHolder } from '../foundation/library-holder.ts'
import type { Log } from '../foundation/log.ts'
import { isForEver, mediaKinds, openMedia } from '../foundation/media-file.ts'
import type { MediaFile } from '../foundation/media-file.ts'
import { readFrameSecond } from '../foundation/moment-frames.ts'
import type { MomentFrames } from '../foundation/moment-frames.ts'
import { refuse } from './answer.ts'

/** No frame of such a film will ever come: there is nothing to show. */
const brokenFilm: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  ...(['empty-file', 'not-a-video', 'no-video-stream', 'encrypted', 'truncated', 'damaged'] as const),
  ...(['unsupported-codec', 'no-frames', 'timed-out', 'decoder-crashed', 'ffmpeg-failed'] as const),
])

const statusOf = (code: ErrorCode): number => {
  if (code === 'not-found' || code === 'missing-file' || code === 'offline') return 404
  if (brokenFilm.has(code)) return 404
  if (code === 'unreadable-file' || code === 'not-allowed') return 403
  if (code === 'bad-arguments') return 400
  return 503
}

/** A frame of a film: there already, or made for as long as the page waits for it. */
const openFrame = async (
  response: ServerResponse,
  id: string,
  query: URLSearchParams,
  { library, frames }: MediaOptions,
): Promise<Result<MediaFile>> => {
  const milliseconds = readFrameSecond(query.get('t'))
  if (milliseconds === null) return fail('bad-arguments', 'A frame has a second, ?t=SECONDS.')
  const gone = new AbortController()
  response.once('close', () => gone.abort())
  const found = await library.ask((client) => frames.find(client, id, milliseconds))
  if (!found.ok) return found
  return found.value.kind === 'kept' ? ok(found.value.file) : found.value.make(gone.signal)
}

const nothing: Failure = fail('not-found', 'There is nothing here.')

export type MediaOptions = {
  readonly library: LibraryHolder
  readonly frames: MomentFrames
  readonly log: Log
}

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

/** Answers `/media/KIND/ID`: pictures, films and their frames by id, never by path. */
export const answerMedia = async (
  request: IncomingMessage,
  response: ServerResponse,
  { segments, query }: { readonly segments: readonly string[]; readonly query: URLSearchParams },
  options: MediaOptions,
): Promise<void> => {
  const { library, log } = options
  const [kindName, id, ...more] = segments
  const kind = mediaKinds.find((known) => known === kindName)
  if (kind === undefined || id === undefined || more.length > 0) {
    refuse(response, 404, nothing)
    return
  }
  const file =
    kind === 'frame'
      ? await openFrame(response, id, query, options)
      : await library.ask((client) => openMedia(client, kind, id))
  if (response.destroyed) {
    // The page went away while it was looked for.
    if (file.ok) await file.value.close()
    return
  }
  if (!file.ok) {
    refuse(response, statusOf(file.error.code), file)
    return
  }
  try {
    await send(request, response, file.value, isForEver(kind, query) ? forever : 'private, no-cache')
  } catch (cause) {
    // A page that seeks or closes ends its old request early: that is how films are watched.
    const code = (cause as NodeJS.ErrnoException).code
    if (code !== 'ERR_STREAM_PREMATURE_CLOSE') log.warn({ err: cause, kind, id }, 'media not sent')
    response.destroy()
  }
}
