import { create } from 'zustand'
import type { StoreApi, UseBoundStore } from 'zustand'
import type { KinoraError, Result } from '../../src-preload/contract/result.ts'

/** What is known of something that the library was asked for: the one shape behind loading, failure and content. */
export type Loaded<T> =
  | { readonly status: 'loading' }
  | { readonly status: 'failed'; readonly error: KinoraError }
  | { readonly status: 'ready'; readonly value: T }

export type Resource<T> = {
  readonly loaded: Loaded<T>
  /** Asks again; what is shown stays until the answer is there. */
  readonly load: () => Promise<void>
  readonly put: (value: T) => void
}

/** A store of one question to the library. Nothing is asked before the first `load`. */
export const createResource = <T>(ask: () => Promise<Result<T>>): UseBoundStore<StoreApi<Resource<T>>> => {
  let latest = 0
  return create<Resource<T>>((set, get) => ({
    loaded: { status: 'loading' },
    load: async () => {
      const number = ++latest
      if (get().loaded.status === 'failed') set({ loaded: { status: 'loading' } })
      const result = await ask()
      if (number !== latest) return
      if (result.ok) set({ loaded: { status: 'ready', value: result.value } })
      else if (get().loaded.status !== 'ready') set({ loaded: { status: 'failed', error: result.error } })
    },
    put: (value) => {
      latest += 1
      set({ loaded: { status: 'ready', value } })
    },
  }))
}

/** The value, or `fallback` while there is none. */
export const valueOr = <T, F>(loaded: Loaded<T>, fallback: F): T | F =>
  loaded.status === 'ready' ? loaded.value : fallback
