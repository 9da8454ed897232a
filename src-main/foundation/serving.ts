import type { Result } from '../../src-preload/contract/result.ts'
import type { EngineEntries } from './engine-entries.ts'

/** How a library is to be served to browsers. */
export type ServeOptions = {
  /** The library's folder, absolute. */
  readonly directory: string
  readonly entries: EngineEntries
  readonly host: string
  /** Null: the usual one, or any when that is taken. 0: any. */
  readonly port: number | null
  /** Null: a random one. */
  readonly token: string | null
  /** Folders that may be browsed, absolute; none: the home folder and the drives. */
  readonly roots: readonly string[]
  /** Further names that the `Host` header may have, `NAME` or `NAME:PORT`. */
  readonly allowedHosts: readonly string[]
  /** The built page's folder; null: `out/renderer` of this project. */
  readonly pageRoot: string | null
}

export type Serving = {
  /** With the token: whoever has it sees the library. */
  readonly url: string
  /** Ends the connections, leaves the library; its engines end when nobody else is there. */
  readonly close: () => Promise<void>
}

/** `web/serve-library.ts`, as the composition roots hand it to the terminal. */
export type ServeLibrary = (options: ServeOptions) => Promise<Result<Serving>>

/** The port that is taken when none is asked for: what a browser remembers of a page (its theme) hangs on it. */
export const usualPort = 4774

/** True for hosts that only this machine reaches. */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host)
