import { useMemo } from 'react'
import { create } from 'zustand'
import type { Collection } from '../../src-preload/contract/search-nouns.ts'
import type { Result } from '../../src-preload/contract/result.ts'
import { drop } from '../api/drop.ts'
import { library } from '../api/library.ts'
import { keepQuery } from './history.ts'
import { tellError, tellNews } from './notices.ts'
import { usePlace } from './place.ts'
import { createResource, valueOr } from './resource.ts'
import { useSearch } from './search.ts'
import { shownCollection } from './shown-collection.ts'
import type { ShownCollection } from './shown-collection.ts'

/** Which queries were kept under a name? */
export const useCollections = createResource(() => library.call.collections.list({}))

export const knownCollections = (): readonly Collection[] => valueOr(useCollections.getState().loaded, [])

/** The collection that was opened last, by its name. */
const useOpened = create<{ readonly name: string | null }>(() => ({ name: null }))

// Whoever empties the box has left it.
useSearch.subscribe(({ text }) => {
  if (text.trim() === '' && useOpened.getState().name !== null) useOpened.setState({ name: null })
})

/** Which collection is shown? */
export const useShownCollection = (): ShownCollection | null => {
  const opened = useOpened(({ name }) => name)
  const loaded = useCollections((resource) => resource.loaded)
  const all = useMemo(() => valueOr(loaded, []), [loaded])
  // A plain value, so that nobody is drawn anew at each letter.
  const key = useSearch(({ text }) => {
    const shown = shownCollection(text, opened, all)
    return shown === null ? null : `${shown.isChanged ? '*' : '='}${shown.collection.name}`
  })
  return useMemo(() => {
    const collection = key === null ? undefined : all.find(({ name }) => name === key.slice(1))
    return collection === undefined ? null : { collection, isChanged: key?.startsWith('*') === true }
  }, [key, all])
}

/** Runs a collection's query on the library of today. */
export const openCollection = ({ name, query }: Collection): void => {
  usePlace.getState().go('library')
  useSearch.getState().setText(query)
  useOpened.setState({ name })
}

const take = (result: Result<readonly Collection[]>): boolean => {
  if (result.ok) useCollections.getState().put(result.value)
  else tellError(result.error)
  return result.ok
}

/** Keeps `query` under a name; a collection of that name gets the new query. */
export const saveCollection = async (name: string, query: string): Promise<boolean> => {
  const before = knownCollections().find((one) => one.name === name)
  if (!take(await library.call.collections.save({ name, query }))) return false
  useOpened.setState({ name })
  drop(keepQuery(query))
  const undo = (): void =>
    drop(
      before === undefined
        ? library.call.collections.delete({ name }).then(take)
        : library.call.collections.save(before).then(take),
    )
  tellNews('collection-saved', name, undo)
  return true
}

export const renameCollection = async (name: string, to: string): Promise<boolean> => {
  if (!take(await library.call.collections.rename({ name, to }))) return false
  if (useOpened.getState().name === name) useOpened.setState({ name: to })
  return true
}

/** Deletes a collection; can be taken back for some seconds. */
export const deleteCollection = async (collection: Collection): Promise<void> => {
  const { name } = collection
  if (!take(await library.call.collections.delete({ name }))) return
  tellNews('collection-deleted', name, () => drop(library.call.collections.save(collection).then(take)))
}
