import { create } from 'zustand'
import type { SearchAnswer } from '../../src-preload/contract/search-nouns.ts'
import type { KinoraError, Result } from '../../src-preload/contract/result.ts'
import { drop } from '../api/drop.ts'
import { library } from '../api/library.ts'
import { wantCards } from './cards.ts'
import { queryMode } from './query-mode.ts'
import { goesOn } from './same-answer.ts'
import { markSearch } from './search-marks.ts'
import { useLibraryList, useFilteredList } from './video-list.ts'

type Search = {
  readonly text: string
  /** The last answer stays while the next one is looked for. */
  readonly answer: SearchAnswer | null
  /** A later answer to the same query that would move what is looked at: shown as soon as the person wants it. */
  readonly newer: SearchAnswer | null
  readonly error: KinoraError | null
  readonly isSearching: boolean
  /** The answer takes so long that what is shown is no longer believed to be it. */
  readonly isLate: boolean
  readonly setText: (text: string) => void
  /** Asks now, and again if it was asked before. */
  readonly submit: () => void
  /** Asks again in the background, after the library has changed. */
  readonly renew: () => void
  readonly showNewer: () => void
}

/** A filter's value is rarely meant before it is whole: films are listed after this pause, in milliseconds. */
const filterPause = 150
/** An answer that has not come by then is given up for a newer text, in milliseconds. */
const patience = 400
/** While somebody types, answers on the way are shown no more often, in milliseconds: drawing them delays the last one. */
const shownEvery = 250
/** So long nobody notices that the last answer is still shown, in milliseconds. */
const lateAfter = 400
const mostMoments = 120

/** Somebody is about to ask: whatever is slow only once is done before the first key. */
export const prepareSearch = (): void => drop(library.call.search.prepare({}))

type Question = { readonly text: string; readonly controller: AbortController; readonly since: number }

/** What is searched for, and what was found? One question at a time; of the texts that come meanwhile the newest waits. */
export const useSearch = create<Search>((set, get) => {
  let filterTimer: ReturnType<typeof setTimeout> | undefined
  let lateTimer: ReturnType<typeof setTimeout> | undefined
  let patienceTimer: ReturnType<typeof setTimeout> | undefined
  let running: Question | null = null
  let waiting: string | null = null
  let renewing: AbortController | null = null
  let shownAt = -Infinity

  const call = (text: string, signal: AbortSignal): Promise<Result<SearchAnswer>> =>
    library.call.search.moments({ query: text, limit: mostMoments }, { signal })

  const stop = (): void => {
    running?.controller.abort()
    running = null
    waiting = null
    for (const timer of [filterTimer, lateTimer, patienceTimer]) clearTimeout(timer)
  }

  const startLate = (): void => {
    clearTimeout(lateTimer)
    lateTimer = setTimeout(() => set({ isLate: true }), lateAfter)
  }

  const take = (result: Result<SearchAnswer>, isLast: boolean): void => {
    const end = { isSearching: !isLast, isLate: false }
    if (isLast) clearTimeout(lateTimer)
    else startLate()
    if (!result.ok) {
      set({ ...end, error: result.error, newer: null })
      return
    }
    drop(wantCards(result.value.moments.map(({ videoId }) => videoId)))
    set({ ...end, answer: result.value, error: null, newer: null })
  }

  const ask = async (text: string): Promise<void> => {
    renewing?.abort()
    const own: Question = { text, controller: new AbortController(), since: performance.now() }
    running = own
    markSearch('kinora:asked', text)
    const result = await call(text, own.controller.signal)
    if (running !== own) return
    markSearch('kinora:answered', text)
    running = null
    const next = waiting
    waiting = null
    if (next !== null) drop(ask(next))
    if (next !== null && performance.now() - shownAt < shownEvery) {
      startLate()
      return
    }
    shownAt = performance.now()
    take(result, next === null)
  }

  /** Asks at once where nothing is under way; else the text waits its turn, but not for longer than there is patience. */
  const want = (text: string): void => {
    if (!get().isSearching) startLate()
    set({ isSearching: true })
    if (running === null) {
      drop(ask(text))
      return
    }
    waiting = running.text === text ? null : text
    clearTimeout(patienceTimer)
    patienceTimer = setTimeout(
      () => {
        if (waiting === null) return
        const newest = waiting
        running?.controller.abort()
        waiting = null
        drop(ask(newest))
      },
      Math.max(0, running.since + patience - performance.now()),
    )
  }

  const go = (text: string, isPaused: boolean): void => {
    const mode = queryMode(text)
    if (mode === 'moments') {
      clearTimeout(filterTimer)
      const asked = text.trim()
      const isAnswered = !get().isSearching && get().error === null && get().answer?.query === asked
      if (!isPaused || !isAnswered) want(asked)
      return
    }
    stop()
    set({ isSearching: false, isLate: false, answer: null, newer: null, error: null })
    const list = (): void => useFilteredList.getState().show(text.trim(), useLibraryList.getState().sort)
    if (mode === 'videos') filterTimer = setTimeout(list, isPaused ? filterPause : 0)
  }

  return {
    text: '',
    answer: null,
    newer: null,
    error: null,
    isSearching: false,
    isLate: false,
    setText: (text) => {
      if (text === get().text) return
      set({ text })
      markSearch('kinora:key', text.trim())
      go(text, true)
    },
    submit: () => go(get().text, false),
    renew: () => {
      const { text, answer, isSearching } = get()
      if (answer === null || isSearching || answer.query !== text.trim()) return
      renewing?.abort()
      const own = new AbortController()
      renewing = own
      const look = async (): Promise<void> => {
        const result = await call(answer.query, own.signal)
        // What was shown meanwhile was asked for; this was not.
        if (own.signal.aborted || get().answer !== answer || !result.ok) return
        drop(wantCards(result.value.moments.map(({ videoId }) => videoId)))
        set(goesOn(answer, result.value) ? { answer: result.value, newer: null } : { newer: result.value })
      }
      drop(look())
    },
    showNewer: () => {
      const { newer } = get()
      if (newer !== null) set({ answer: newer, newer: null })
    },
  }
})
