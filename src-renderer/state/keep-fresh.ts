import type { LibraryChange } from '../../src-preload/contract/nouns.ts'
import { drop } from '../api/drop.ts'
import { library } from '../api/library.ts'
import { renewCard } from './cards.ts'
import { useFilm } from './film.ts'
import { useFolders } from './folders.ts'
import { useHost } from './host.ts'
import { useProblems } from './problems.ts'
import { useProgress } from './progress.ts'
import { useSearch } from './search.ts'
import { useFilteredList, useLibraryList } from './video-list.ts'

/** Changes come by the hundred while a library is indexed; lists are asked for anew once in this time. */
const restMilliseconds = 1500

const createRest = (act: () => void): (() => void) => {
  let isWaiting = false
  return () => {
    if (isWaiting) return
    isWaiting = true
    setTimeout(() => {
      isWaiting = false
      act()
    }, restMilliseconds)
  }
}

const renewLists = (): void => {
  drop(useFolders.getState().load())
  drop(useProblems.getState().load())
  useLibraryList.getState().refresh()
  if (useFilteredList.getState().filter !== '') useFilteredList.getState().refresh()
}

/** Listens to the library for as long as the page lives: asks again for what has changed, and for all after a loss. */
export const keepFresh = (): void => {
  const renewSoon = createRest(renewLists)
  library.on('change', (change: LibraryChange) => {
    if (change.kind === 'video-ready') {
      drop(renewCard(change.videoId))
      const film = useFilm.getState()
      if (film.open?.videoId === change.videoId) film.renew()
    }
    renewSoon()
  })
  library.onLink((link) => {
    if (link !== 'online') return
    drop(useHost.getState().load())
    drop(useProgress.getState().load())
    renewLists()
    useFilm.getState().renew()
    const search = useSearch.getState()
    if (search.error !== null) search.submit()
  })
}
