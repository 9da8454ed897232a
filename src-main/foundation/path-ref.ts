import type { PathRef } from '../../src-preload/contract/video-facts.ts'

const separator = process.platform === 'win32' ? 0x5c : 0x2f

/** The path with these bytes; `bytes` is kept only where they are not UTF-8. */
export const pathRefOf = (bytes: Uint8Array): PathRef => {
  const path = Buffer.from(bytes).toString('utf8')
  return Buffer.from(path, 'utf8').equals(bytes) ? { path, bytes: null } : { path, bytes }
}

/** A path's own bytes: what it is compared by and opened with. */
export const pathKey = (ref: PathRef): Buffer => (ref.bytes === null ? Buffer.from(ref.path, 'utf8') : Buffer.from(ref.bytes))

/** True when `inner` is `outer` or lies below it (both as `pathKey`). */
export const isWithin = (outer: Buffer, inner: Buffer): boolean =>
  inner.length >= outer.length &&
  inner.subarray(0, outer.length).equals(outer) &&
  (inner.length === outer.length || inner[outer.length] === separator || outer.at(-1) === separator)

/** `pathBytes` of `cli.md`: base64 of a name that is not UTF-8, and no key at all for the others. */
export const pathBytesField = (path: string, key: Buffer): { readonly pathBytes?: string } =>
  Buffer.from(path, 'utf8').equals(key) ? {} : { pathBytes: key.toString('base64') }
