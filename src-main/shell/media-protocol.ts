import { Readable } from 'node:stream'
import type { Protocol } from 'electron'
import type { ErrorCode } from '../../src-preload/contract/result.ts'
import { answerBytes } from '../domain/byte-range.ts'
import type { LibraryHolder } from '../foundation/library-holder.ts'
import { isForEver, mediaKinds, openMedia } from '../foundation/media-file.ts'
import type { MediaFile, MediaKind } from '../foundation/media-file.ts'
import { readFrameSecond } from '../foundation/moment-frames.ts'
import type { FoundFrame, MomentFrames } from '../foundation/moment-frames.ts'

export type MediaOptions = {
  readonly library: Pick<LibraryHolder, 'client'>
  readonly frames: Pick<MomentFrames, 'find'>
  /** The one origin whose pages may load media. */
  readonly origin: string
}

export type MediaAddress = {
  readonly kind: MediaKind
  readonly id: string
  readonly query: URLSearchParams
}

/** Takes `media://library/KIND/ID?v=VERSION` apart; null for any other address. `openMedia` judges the id. */
export const readMediaAddress = (url: string): MediaAddress | null => {
  if (!URL.canParse(url)) return null
  const { protocol, host, pathname, searchParams } = new URL(url)
  if (protocol !== 'media:' || host !== 'library') return null
  const [kindName, id, ...more] = pathname.slice(1).split('/')
  const kind = mediaKinds.find((known) => known === kindName)
  if (kind === undefined || id === undefined || more.length > 0) return null
  return { kind, id, query: searchParams }
}

const safety = { 'x-content-type-options': 'nosniff' }
const forEver = 'private, max-age=31536000, immutable'
const untilChanged = 'private, no-cache'

const refuse = (status: number): Response =>
  new Response(null, { status, headers: { ...safety, 'cache-control': 'no-store' } })

const statusOf = (code: ErrorCode): number => {
  if (code === 'not-found' || code === 'missing-file' || code === 'offline') return 404
  return code === 'unreadable-file' || code === 'not-allowed' ? 403 : 503
}

/**
 * A range of an open file as Chromium wants it: streamed, never through `net.fetch`, which ignores ranges
 * (anchors.md 2.7). The file closes with the stream, also when the page loses interest.
 */
const send = async (request: Request, file: MediaFile, cacheControl: string): Promise<Response> => {
  const { headers, method } = request
  const answer = answerBytes(
    {
      range: headers.get('range'),
      ifRange: headers.get('if-range'),
      ifNoneMatch: headers.get('if-none-match'),
    },
    file.size,
    file.tag,
  )
  const init = {
    status: answer.status,
    headers: { ...safety, ...answer.headers, 'content-type': file.type, 'cache-control': cacheControl },
  }
  if (answer.span === null || method === 'HEAD') {
    await file.close()
    return new Response(null, init)
  }
  return new Response(Readable.toWeb(file.read(answer.span)) as ReadableStream<Uint8Array>, init)
}

/**
 * A frame that has yet to be made. It is answered before it is there, because Electron tells of a page that loses
 * interest only by cancelling the answer's body (`lib/browser/api/protocol.ts`: the request has no signal of its own).
 * What cannot be made is a broken body, which a page sees as it sees a 404.
 */
const sendWanted = (
  request: Request,
  { make }: Extract<FoundFrame, { kind: 'wanted' }>,
  cacheControl: string,
): Response => {
  const headers = { ...safety, 'content-type': 'image/jpeg', 'cache-control': cacheControl }
  if (request.method === 'HEAD') return new Response(null, { headers })
  const gone = new AbortController()
  const body = new ReadableStream<Uint8Array>({
    start: async (controller) => {
      const made = await make(AbortSignal.any([gone.signal, request.signal]))
      if (gone.signal.aborted) return
      if (!made.ok) {
        controller.error(new Error(`${made.error.code}: ${made.error.message}`))
        return
      }
      const bytes = made.value.read({ start: 0, end: made.value.size - 1 })
      for await (const chunk of bytes) controller.enqueue(chunk as Uint8Array)
      controller.close()
    },
    cancel: () => gone.abort(),
  })
  return new Response(body, { headers })
}

/** Who asked, where Electron knows it (45's d.ts): unlike a header, no page can make it up. */
const initiatorOf = (request: Request): unknown =>
  (request as { readonly initiatorOrigin?: unknown }).initiatorOrigin

/** Answers a request for a picture, a film or its frame by id; the path comes from the catalog alone. */
export const answerMedia = async (
  request: Request,
  { library, frames, origin }: MediaOptions,
): Promise<Response> => {
  if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(405)
  const initiator = initiatorOf(request)
  if (typeof initiator === 'string' && initiator !== origin) return refuse(403)
  const address = readMediaAddress(request.url)
  if (address === null) return refuse(404)
  const { kind, id, query } = address
  const cacheControl = isForEver(kind, query) ? forEver : untilChanged
  const milliseconds = kind === 'frame' ? readFrameSecond(query.get('t')) : 0
  if (milliseconds === null) return refuse(400)
  const client = await library.client()
  if (!client.ok) return refuse(statusOf(client.error.code))
  if (kind !== 'frame') {
    const file = await openMedia(client.value, kind, id)
    return file.ok ? send(request, file.value, cacheControl) : refuse(statusOf(file.error.code))
  }
  const frame = await frames.find(client.value, id, milliseconds)
  if (!frame.ok) return refuse(statusOf(frame.error.code))
  if (frame.value.kind === 'kept') return send(request, frame.value.file, cacheControl)
  return sendWanted(request, frame.value, cacheControl)
}

/** Serves `media://library/`. */
export const serveMedia = (protocol: Protocol, options: MediaOptions): void =>
  protocol.handle('media', (request) => answerMedia(request, options))
