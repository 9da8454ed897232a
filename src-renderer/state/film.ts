import { create } from 'zustand'
import type { LibraryChange, ShotList, VideoDetail } from '../../src-preload/contract/nouns.ts'
import type { Moment } from '../../src-preload/contract/search-nouns.ts'
import { drop } from '../api/drop.ts'
import { library } from '../api/library.ts'
import { stopped, usePlayback } from './playback.ts'
import { queryMode } from './query-mode.ts'
import type { Loaded } from './resource.ts'

/** A film to look at: from `at` seconds, or from its start and playing where `at` is null. */
export type OpenFilm = { readonly videoId: string; readonly at: number | null; readonly query: string }

type FilmState = {
  readonly open: OpenFilm | null
  readonly detail: Loaded<VideoDetail>
  /** This film's moments for the query, in the order of the film. */
  readonly hits: readonly Moment[]
  /** Null until it is known whether somebody has looked for shots. */
  readonly shots: ShotList | null
  /** How often the film was asked for anew since it is open: what is asked later (film-part.ts) follows it. */
  readonly renewals: number
  readonly show: (film: OpenFilm) => void
  /** Asks anew for what is known of the open film; what is shown stays until then. */
  readonly renew: () => void
  /** Puts in what was just told or changed of a film, if it is the open one. */
  readonly know: (videoId: string, change: Partial<VideoDetail>) => void
  readonly close: () => void
}

/** Which film is played, and what is known of it? */
export const useFilm = create<FilmState>((set, get) => {
  /** How often something newer than an answer on its way was put in: a rating shows before the library has it. */
  let knowings = 0
  const load = async (film: OpenFilm): Promise<void> => {
    const before = knowings
    const detail = await library.call.videos.get({ id: film.videoId })
    if (get().open !== film) return
    if (before !== knowings) {
      drop(load(film))
      return
    }
    // Somebody who watches is not thrown out because an answer did not come.
    if (!detail.ok && get().detail.status === 'ready') return
    set({
      detail: detail.ok
        ? { status: 'ready', value: detail.value }
        : { status: 'failed', error: detail.error },
    })
  }
  const loadShots = async (film: OpenFilm): Promise<void> => {
    const shots = await library.call.videos.shots({ id: film.videoId })
    // Without shots the film is shown all the same; what is wrong with the library, the film itself says.
    if (get().open === film && shots.ok) set({ shots: shots.value })
  }
  const findHits = async (film: OpenFilm): Promise<void> => {
    if (queryMode(film.query) !== 'moments') return
    const answer = await library.call.search.moments({ query: film.query, in: film.videoId, limit: 200 })
    if (get().open !== film || !answer.ok) return
    set({ hits: answer.value.moments.toSorted((a, b) => a.start - b.start) })
  }
  // Tags and ratings may be given in another window, or in a terminal.
  library.on('change', (change: LibraryChange) => {
    const { open } = get()
    if (open !== null && change.kind === 'marks' && change.videoId === open.videoId) drop(load(open))
  })
  return {
    open: null,
    detail: { status: 'loading' },
    hits: [],
    shots: null,
    renewals: 0,
    show: (film) => {
      usePlayback.setState(stopped)
      set({ open: film, detail: { status: 'loading' }, hits: [], shots: null, renewals: 0 })
      drop(load(film))
      drop(loadShots(film))
      drop(findHits(film))
    },
    renew: () => {
      const { open, renewals } = get()
      if (open === null) return
      set({ renewals: renewals + 1 })
      drop(load(open))
      drop(loadShots(open))
    },
    know: (videoId, change) => {
      const { detail } = get()
      if (detail.status !== 'ready' || detail.value.id !== videoId) return
      knowings += 1
      set({ detail: { status: 'ready', value: { ...detail.value, ...change } } })
    },
    close: () => set({ open: null, hits: [], shots: null }),
  }
})
