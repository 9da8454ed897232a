import { create } from 'zustand'
import type { SearchAnswer } from '../../src-preload/contract/search-nouns.ts'
import type { KinoraError } from '../../src-preload/contract/result.ts'
import { drop } from '../api/drop.ts'
import { library } from '../api/library.ts'
import { wantCards } from './cards.ts'
import { queryMode } from './query-mode.ts'
import { useLibraryList, useFilteredList } from './video-list.ts'

type Search = {
  readonly text: string
  /** The last answer stays while the next one is looked for. */
  readonly answer: SearchAnswer | null
  readonly error: KinoraError | null
  readonly isSearching: boolean
  readonly setText: (text: string) => void
  /** Asks now, without waiting for more letters, and again if it was asked before. */
  readonly submit: () => void
}

/** A pause in typing that is worth a search, in milliseconds. */
const typingPause = 200
const mostMoments = 120

/** What is searched for, and what was found? */
export const useSearch = create<Search>((set, get) => {
  let timer: ReturnType<typeof setTimeout> | undefined
  let running: AbortController | null = null

  const ask = async (text: string): Promise<void> => {
    running?.abort()
    const own = new AbortController()
    running = own
    const result = await library.call.search.moments(
      { query: text, limit: mostMoments },
      { signal: own.signal },
    )
    if (own.signal.aborted) return
    if (!result.ok) {
      set({ error: result.error, isSearching: false })
      return
    }
    await wantCards(result.value.moments.map(({ videoId }) => videoId))
    if (running === own) set({ answer: result.value, error: null, isSearching: false })
  }

  const go = (text: string): void => {
    clearTimeout(timer)
    const mode = queryMode(text)
    if (mode === 'moments') {
      set({ isSearching: true })
      drop(ask(text))
      return
    }
    running?.abort()
    set({ isSearching: false, answer: null, error: null })
    if (mode === 'videos') useFilteredList.getState().show(text, useLibraryList.getState().sort)
  }

  return {
    text: '',
    answer: null,
    error: null,
    isSearching: false,
    setText: (text) => {
      set({ text })
      clearTimeout(timer)
      if (queryMode(text) === 'everything') go(text)
      else {
        if (queryMode(text) === 'moments') set({ isSearching: true })
        timer = setTimeout(() => go(text), typingPause)
      }
    },
    submit: () => go(get().text),
  }
})
