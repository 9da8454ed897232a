import type { ServerResponse } from 'node:http'
import type { KeptPicture } from '../../src-preload/contract/search-nouns.ts'

const given = new Map<string, Uint8Array>()

/** Keeps a picture as the library does; ids count up. */
export const givePictureToDouble = (bytes: Uint8Array, name: string): KeptPicture => {
  const id = `p${String(given.size + 1).padStart(20, '0')}`
  given.set(id, bytes)
  return { id, name, width: 640, height: 360 }
}

/** Sends the picture that `path` names; false where it names none. */
export const sendGivenPicture = (path: string, response: ServerResponse): boolean => {
  const id = /^\/media\/picture\/(p[0-9a-f]{20})$/.exec(path)?.[1]
  const picture = id === undefined ? undefined : given.get(id)
  if (picture === undefined) return false
  response.writeHead(200, { 'content-type': 'image/jpeg', 'content-length': picture.length }).end(picture)
  return true
}
