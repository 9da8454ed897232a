import { isUtf8 } from 'node:buffer'
import { sep } from 'node:path'
import type { PathRef } from '../../src-preload/contract/video-facts.ts'

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
  const separator = Buffer.from(parent.at(-1) === sep.charCodeAt(0) ? '' : sep)
  return { path, bytes: Buffer.concat([parent, separator, name]) }
}
