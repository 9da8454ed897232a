import { isUtf8 } from 'node:buffer'
import { sep } from 'node:path'
import type { PathRef } from '../../src-preload/contract/video-facts.ts'

const separator = sep.charCodeAt(0)

/** The path with these bytes; `bytes` is kept only where they are not UTF-8. */
export const pathRefOf = (bytes: Uint8Array): PathRef => {
  const path = Buffer.from(bytes).toString('utf8')
  return { path, bytes: isUtf8(bytes) ? null : bytes }
}

/** A path's own bytes: what it is compared by and opened with. */
export const pathKey = (ref: PathRef): Buffer =>
  ref.bytes === null ? Buffer.from(ref.path, 'utf8') : Buffer.from(ref.bytes)

/** True when `inner` is `outer` or lies below it (both as `pathKey`). */
export const isWithin = (outer: Buffer, inner: Buffer): boolean =>
  inner.length >= outer.length &&
  inner.subarray(0, outer.length).equals(outer) &&
  (inner.length === outer.length || inner[outer.length] === separator || outer.at(-1) === separator)

/** True when `inner` lies in the folder `outer` itself, not in a folder in it (both as `pathKey`). */
export const isChildOf = (outer: Buffer, inner: Buffer): boolean =>
  isWithin(outer, inner) &&
  inner.lastIndexOf(separator) <= outer.length - (outer.at(-1) === separator ? 1 : 0)

/** `pathBytes` of `cli.md`: base64 of a name that is not UTF-8, and no key at all for the others. */
export const pathBytesField = (path: string, key: Buffer): { readonly pathBytes?: string } =>
  Buffer.from(path, 'utf8').equals(key) ? {} : { pathBytes: key.toString('base64') }

/** A `PathRef` of an ordinary path. */
export const pathRef = (path: string): PathRef => ({ path, bytes: null })

/** What fs calls take for `ref`: the real bytes where the name is not UTF-8. */
export const fsPath = (ref: PathRef): string | Buffer =>
  ref.bytes === null ? ref.path : Buffer.from(ref.bytes)

/** The entry called `name` (its real bytes) of the folder `folder`. */
export const entryOf = (folder: PathRef, name: Buffer): PathRef => {
  const path = `${folder.path}${folder.path.endsWith(sep) ? '' : sep}${name.toString()}`
  if (folder.bytes === null && isUtf8(name)) return { path, bytes: null }
  const parent = folder.bytes === null ? Buffer.from(folder.path) : Buffer.from(folder.bytes)
  const between = Buffer.from(parent.at(-1) === separator ? '' : sep)
  return { path, bytes: Buffer.concat([parent, between, name]) }
}
