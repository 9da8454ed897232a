import type { Protocol } from 'electron'
import * as v from 'valibot'
import type { LibraryApi } from '../../src-preload/contract/api.ts'
import type { MediaPlaces } from '../../src-preload/contract/nouns.ts'
import type { Result } from '../../src-preload/contract/result.ts'
import type { Client } from '../../src-preload/contract/schema.ts'
import type { PathRef } from '../../src-preload/contract/video-facts.ts'
import { filmType } from '../domain/film-type.ts'
import { pathRef } from '../foundation/path-ref.ts'
import { answerFile } from './file-answer.ts'

/** What is needed of a `LibraryHolder`. */
type LibrarySource = { readonly client: () => Promise<Result<Client<LibraryApi>>> }

export type MediaOptions = {
  readonly library: LibrarySource
  /** The one origin whose pages may load media. */
  readonly origin: string
}

const kinds = ['poster', 'sprite', 'film'] as const
const mediaParts = v.tuple([v.picklist(kinds), v.pipe(v.string(), v.regex(/^v[0-9a-f]{20}$/))])

type MediaAddress = {
  readonly kind: (typeof kinds)[number]
  readonly id: string
  readonly version: string | null
}

/** Takes `media://library/KIND/ID` apart; `?v=` is a picture's version. Null for any other address. */
export const readMediaAddress = (url: string): MediaAddress | null => {
  if (!URL.canParse(url)) return null
  const { protocol, host, pathname, searchParams } = new URL(url)
  if (protocol !== 'media:' || host !== 'library') return null
  const parsed = v.safeParse(mediaParts, pathname.slice(1).split('/'))
  if (!parsed.success) return null
  const [kind, id] = parsed.output
  return { kind, id, version: searchParams.get('v') }
}

const refuse = (status: number): Response =>
  new Response(null, {
    status,
    headers: { 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' },
  })

type Place = { readonly path: PathRef; readonly type: string }

const placeOf = (kind: MediaAddress['kind'], places: MediaPlaces): Place | null => {
  if (kind === 'film') {
    const { film, container } = places
    return film === null ? null : { path: film, type: filmType(container, film.path) }
  }
  const picture = places[kind]
  return picture === null ? null : { path: pathRef(picture), type: 'image/jpeg' }
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
  if (!client.ok) return refuse(503)
  const places = await client.value.call.videos.places({ id: address.id }, { signal: request.signal })
  if (!places.ok) return refuse(places.error.code === 'disconnected' ? 503 : 404)
  const place = placeOf(address.kind, places.value)
  if (place === null) return refuse(404)
  // Pictures are immutable files with their version in the address (architecture.md); a film may be edited in place.
  const isForEver = address.kind !== 'film' && address.version !== null
  return answerFile(request, place.path, {
    'content-type': place.type,
    'x-content-type-options': 'nosniff',
    'cache-control': isForEver ? 'private, max-age=31536000, immutable' : 'no-cache',
  })
}

/** Serves `media://library/`. */
export const serveMedia = (protocol: Protocol, options: MediaOptions): void =>
  protocol.handle('media', (request) => answerMedia(request, options))
