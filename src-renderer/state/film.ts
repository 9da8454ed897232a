import { create } from 'zustand'
import type { Moment, VideoDetail } from '../../src-preload/contract/nouns.ts'
import { drop } from '../api/drop.ts'
import { library } from '../api/library.ts'
import { queryMode } from './query-mode.ts'
import type { Loaded } from './resource.ts'

/** A film to look at: from `at` seconds, or from its start and playing where `at` is null. */
export type OpenFilm = { readonly videoId: string; readonly at: number | null; readonly query: string }

type FilmState = {
  readonly open: OpenFilm | null
  readonly detail: Loaded<VideoDetail>
  /** This film's moments for the query, in the order of the film. */
  readonly hits: readonly Moment[]
  readonly show: (film: OpenFilm) => void
  readonly close: () => void
}

/** Which film is played, and what is known of it? */
export const useFilm = create<FilmState>((set, get) => {
  const load = async (film: OpenFilm): Promise<void> => {
    const detail = await library.call.videos.get({ id: film.videoId })
    if (get().open !== film) return
    set({
      detail: detail.ok
        ? { status: 'ready', value: detail.value }
        : { status: 'failed', error: detail.error },
    })
  }
  const findHits = async (film: OpenFilm): Promise<void> => {
    if (queryMode(film.query) !== 'moments') return
    const answer = await library.call.search.moments({ query: film.query, in: film.videoId, limit: 200 })
    if (get().open !== film || !answer.ok) return
    set({ hits: answer.value.moments.toSorted((a, b) => a.start - b.start) })
  }
  return {
    open: null,
    detail: { status: 'loading' },
    hits: [],
    show: (film) => {
      set({ open: film, detail: { status: 'loading' }, hits: [] })
      drop(load(film))
      drop(findHits(film))
    },
    close: () => set({ open: null, hits: [] }),
  }
})
