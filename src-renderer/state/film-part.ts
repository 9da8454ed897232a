import { create } from 'zustand'
import type { StoreApi, UseBoundStore } from 'zustand'
import type { Result } from '../../src-preload/contract/result.ts'
import type { OpenFilm } from './film.ts'
import type { Loaded } from './resource.ts'

/** What is asked of an open film after it is shown: nobody waits for it to watch. */
export type FilmPart<T> = {
  /** The film that `loaded` is of. */
  readonly film: OpenFilm | null
  readonly loaded: Loaded<T>
  /** Asks; what is shown of the same film stays until the answer is there. */
  readonly load: (film: OpenFilm) => Promise<void>
}

/** A store of one question about the film that is open; answers about films that are gone are dropped. */
export const createFilmPart = <T>(
  ask: (film: OpenFilm) => Promise<Result<T>>,
): UseBoundStore<StoreApi<FilmPart<T>>> => {
  let latest = 0
  return create<FilmPart<T>>((set, get) => ({
    film: null,
    loaded: { status: 'loading' },
    load: async (film) => {
      const number = ++latest
      if (get().film !== film || get().loaded.status === 'failed')
        set({ film, loaded: { status: 'loading' } })
      const result = await ask(film)
      if (number !== latest) return
      if (result.ok) set({ loaded: { status: 'ready', value: result.value } })
      else if (get().loaded.status !== 'ready') set({ loaded: { status: 'failed', error: result.error } })
    },
  }))
}

/** What is known for `film`: nothing yet while the store still holds another film's. */
export const ofFilm = <T>(part: FilmPart<T>, film: OpenFilm): Loaded<T> =>
  part.film === film ? part.loaded : { status: 'loading' }
