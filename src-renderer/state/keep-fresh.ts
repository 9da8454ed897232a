import type { LibraryChange } from '../../src-preload/contract/nouns.ts'
import { drop } from '../api/drop.ts'
import { library } from '../api/library.ts'
import { renewCard } from './cards.ts'
import { useCollections } from './collections.ts'
import { useFilm } from './film.ts'
import { useFolders } from './folders.ts'
import { useHistory } from './history.ts'
import { useHost } from './host.ts'
import { followFirstFolder } from './first-model.ts'
import { followModels, knownModels, useModels } from './models.ts'
import { usePlace } from './place.ts'
import { useProblems } from './problems.ts'
import { useProgress } from './progress.ts'
import { useSearch } from './search.ts'
import { useFilteredList, useLibraryList } from './video-list.ts'

/** Changes come by the hundred while a library is indexed; lists are asked for anew once in this time. */
const restMilliseconds = 1500
/** A download tells of itself often, and a switch should be seen soon. */
const modelsRestMilliseconds = 300
/** A search that is looked at is asked again this often while the library changes: each time costs what a search costs. */
const answerRestMilliseconds = 4000

const createRest = (act: () => void, milliseconds: number): (() => void) => {
  let isWaiting = false
  return () => {
    if (isWaiting) return
    isWaiting = true
    setTimeout(() => {
      isWaiting = false
      act()
    }, milliseconds)
  }
}

const renewModels = (): void => drop(useModels.getState().load())

/** How many films a model has seen changes with each film: for those who look, and while one waits for its turn. */
const isCoverageShown = (): boolean =>
  ['models', 'settings'].includes(usePlace.getState().view) || knownModels().some(({ next }) => next)

const renewLists = (): void => {
  if (isCoverageShown()) renewModels()
  drop(useFolders.getState().load())
  drop(useProblems.getState().load())
  useLibraryList.getState().refresh()
  if (useFilteredList.getState().filter !== '') useFilteredList.getState().refresh()
}

/** Listens to the library for as long as the page lives: asks again for what has changed, and for all after a loss. */
export const keepFresh = (): void => {
  const renewSoon = createRest(renewLists, restMilliseconds)
  const renewModelsSoon = createRest(renewModels, modelsRestMilliseconds)
  const renewAnswerSoon = createRest(() => useSearch.getState().renew(), answerRestMilliseconds)
  followModels()
  followFirstFolder()
  library.on('change', (change: LibraryChange) => {
    if (change.kind === 'models') {
      renewModelsSoon()
      return
    }
    if (change.kind === 'collections') {
      drop(useCollections.getState().load())
      return
    }
    // The player listens for the marks of its film itself.
    if (change.kind === 'marks') drop(renewCard(change.videoId))
    if (change.kind === 'video-ready' || change.kind === 'subtitles') {
      drop(renewCard(change.videoId))
      const film = useFilm.getState()
      if (film.open?.videoId === change.videoId) film.renew()
    }
    renewSoon()
    renewAnswerSoon()
  })
  library.onLink((link) => {
    if (link !== 'online') return
    drop(useHost.getState().load())
    drop(useProgress.getState().load())
    drop(useHistory.getState().load())
    drop(useCollections.getState().load())
    renewModels()
    renewLists()
    useFilm.getState().renew()
    const search = useSearch.getState()
    if (search.error !== null) search.submit()
  })
}
