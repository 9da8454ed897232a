import { Readable } from 'node:stream'
import type { Protocol } from 'electron'
import type { ErrorCode } from '../../src-preload/contract/result.ts'
import { answerBytes } from '../domain/byte-range.ts'
import type { LibraryHolder } from '../foundation/library-holder.ts'
import { mediaKinds, openMedia } from '../foundation/media-file.ts'
import type { MediaFile, MediaKind } from '../foundation/media-file.ts'

export type MediaOptions = {
  readonly library: Pick<LibraryHolder, 'client'>
  /** The one origin whose pages may load media. */
  readonly origin: string
}

export type MediaAddress = {
  readonly kind: MediaKind
  readonly id: string
  /** Of a picture: it never changes under an address with one. */
  readonly hasVersion: boolean
}

/** Takes `media://library/KIND/ID?v=VERSION` apart; null for any other address. `openMedia` judges the id. */
export const readMediaAddress = (url: string): MediaAddress | null => {
  if (!URL.canParse(url)) return null
  const { protocol, host, pathname, searchParams } = new URL(url)
  if (protocol !== 'media:' || host !== 'library') return null
  const [kindName, id, ...more] = pathname.slice(1).split('/')
  const kind = mediaKinds.find((known) => known === kindName)
  if (kind === undefined || id === undefined || more.length > 0) return null
  return { kind, id, hasVersion: searchParams.has('v') }
}

const safety = { 'x-content-type-options': 'nosniff' }

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

/** Who asked, where Electron knows it (45's d.ts): unlike a header, no page can make it up. */
const initiatorOf = (request: Request): unknown =>
  (request as { readonly initiatorOrigin?: unknown }).initiatorOrigin

/** Answers a request for a poster, sprite or film by its video's id; the path comes from the catalog alone. */
export const answerMedia = async (request: Request, { library, origin }: MediaOptions): Promise<Response> => {
  if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(405)
  const initiator = initiatorOf(request)
  if (typeof initiator === 'string' && initiator !== origin) return refuse(403)
  const address = readMediaAddress(request.url)
  if (address === null) return refuse(404)
  const client = await library.client()
  const file = client.ok ? await openMedia(client.value, address.kind, address.id) : client
  if (!file.ok) return refuse(statusOf(file.error.code))
  const isForEver = address.kind !== 'film' && address.hasVersion
  return send(request, file.value, isForEver ? 'private, max-age=31536000, immutable' : 'private, no-cache')
}

/** Serves `media://library/`. */
export const serveMedia = (protocol: Protocol, options: MediaOptions): void =>
  protocol.handle('media', (request) => answerMedia(request, options))
