import { constants } from 'node:fs'
import { open } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { pipeline, Readable, Transform } from 'node:stream'
import type { LibraryApi } from '../../src-preload/contract/api.ts'
import { fail, ok } from '../../src-preload/contract/result.ts'
import type { Result } from '../../src-preload/contract/result.ts'
import type { Client } from '../../src-preload/contract/schema.ts'
import type { PathRef } from '../../src-preload/contract/video-facts.ts'
import { filmType } from '../domain/film-type.ts'
import { pathKey, pathRef } from './path-ref.ts'

/** `frame`: a film's picture at a second (`moment-frames.ts`). `picture`: one that a person gave to search with. */
export const mediaKinds = ['poster', 'sprite', 'film', 'frame', 'picture'] as const
export type MediaKind = (typeof mediaKinds)[number]

/** True where what lies at an address never changes: it names its version, or its content. */
export const isForEver = (kind: MediaKind, query: URLSearchParams): boolean =>
  kind === 'picture' || (kind !== 'film' && query.has('v'))

/** Large enough that a film from a fast disk is not held up by turns of the event loop. */
const chunkBytes = 256 * 1024

/** An open picture or film; whoever opened it closes it, or reads it to its end. */
export type MediaFile = {
  readonly size: number
  /** Strong entity tag, with its quotes: another for another state of the file. */
  readonly tag: string
  readonly type: string
  /** The bytes from `start` to `end`, both included; the file closes with the stream's end or destruction. */
  readonly read: (span: { readonly start: number; readonly end: number }) => Readable
  readonly close: () => Promise<void>
}

/** Not blocking: a pipe that somebody named like a film would never open. Windows has no such flag. */
const openFlags = constants.O_RDONLY | (process.platform === 'win32' ? 0 : constants.O_NONBLOCK)

/** As contents are named; anything else is not even looked for. */
export const isVideoId = (id: string): boolean => /^v[0-9a-f]{20}$/.test(id)
const isPictureId = (id: string): boolean => /^p[0-9a-f]{20}$/.test(id)

/** `source`, of which `wanted` bytes are promised: a file that was cut meanwhile is an error, not a shorter film. */
const exactly = (source: Readable, wanted: number): Readable => {
  let read = 0
  const counted = new Transform({
    transform: (chunk: Buffer, _encoding, done) => {
      read += chunk.length
      done(null, chunk)
    },
    flush: (done) => done(read === wanted ? null : new Error(`the file ended ${wanted - read} bytes early`)),
  })
  // Whatever ends one of them ends the other; the reader of `counted` gets the error.
  pipeline(source, counted, () => undefined)
  return counted
}

/** Opens a file. `name`: what identifies what is in it, where that never changes; else its size and time do. */
export const openFile = async (ref: PathRef, type: string, name?: string): Promise<Result<MediaFile>> => {
  let handle: FileHandle
  try {
    handle = await open(pathKey(ref), openFlags)
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code
    return code === 'EACCES' || code === 'EPERM'
      ? fail('unreadable-file', 'The file may not be read.', 'Look at its permissions.')
      : fail(
          'missing-file',
          'The file is not there.',
          'Is its drive connected? Look for new files if it was moved.',
        )
  }
  const stat = await handle.stat()
  if (!stat.isFile()) {
    await handle.close()
    return fail('missing-file', 'It is no file.')
  }
  return ok({
    size: stat.size,
    tag: `"${name ?? `${stat.size.toString(16)}-${Math.round(stat.mtimeMs * 1000).toString(16)}`}"`,
    type,
    read: ({ start, end }) =>
      exactly(handle.createReadStream({ start, end, highWaterMark: chunkBytes }), end - start + 1),
    close: () => handle.close(),
  })
}

/** Bytes as if they lay in a file; `name` identifies them. */
export const memoryFile = (bytes: Uint8Array, name: string, type: string): MediaFile => ({
  size: bytes.byteLength,
  tag: `"${name}"`,
  type,
  read: ({ start, end }) => Readable.from([bytes.subarray(start, end + 1)]),
  close: () => Promise.resolve(),
})

const openPicture = async (client: Client<LibraryApi>, id: string): Promise<Result<MediaFile>> => {
  if (!isPictureId(id)) return fail('not-found', 'There is no such picture.')
  const place = await client.call.search.picturePlace({ id })
  return place.ok ? openFile(pathRef(place.value.path), 'image/jpeg', id) : place
}

/** Opens a video's poster, sprite or film, or a kept picture, by its id: `not-found` for unknown ids and pictures not made yet. */
export const openMedia = async (
  client: Client<LibraryApi>,
  kind: Exclude<MediaKind, 'frame'>,
  id: string,
): Promise<Result<MediaFile>> => {
  if (kind === 'picture') return openPicture(client, id)
  if (!isVideoId(id)) return fail('not-found', 'There is no such video.')
  const places = await client.call.videos.places({ id })
  if (!places.ok) return places
  const { film, container } = places.value
  const ref = kind === 'film' ? film : places.value[kind]
  if (ref === null) {
    return kind === 'film'
      ? fail('offline', 'No location of this film is there now.', 'Connect its drive.')
      : fail('not-found', 'Its pictures are not made yet.')
  }
  return typeof ref === 'string'
    ? openFile(pathRef(ref), 'image/jpeg')
    : openFile(ref, filmType(container, ref.path))
}
