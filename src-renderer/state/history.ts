import { drop } from '../api/drop.ts'
import { library } from '../api/library.ts'
import { tellError, tellNews } from './notices.ts'
import { createResource, valueOr } from './resource.ts'

/** So many are offered; the library keeps more. */
const mostShown = 50

/** What was searched for before? Newest first. */
export const useHistory = createResource(() => library.call.history.list({ limit: mostShown }))

/** Keeps a query that was meant: one that somebody pressed Enter for, opened an answer of, or saved. */
export const keepQuery = async (text: string): Promise<void> => {
  const query = text.trim()
  if (query === '') return
  // What cannot be kept is no reason to disturb a search.
  const result = await library.call.history.add({ query })
  if (result.ok) await useHistory.getState().load()
}

const addAgain = async (queries: readonly string[]): Promise<void> => {
  for (const query of queries) await library.call.history.add({ query })
  await useHistory.getState().load()
}

/** Forgets one query, or all where it is null; can be taken back for some seconds. */
export const forgetQuery = async (query: string | null): Promise<void> => {
  const past = valueOr(useHistory.getState().loaded, [])
  const gone = past.filter((one) => query === null || one.query === query).map((one) => one.query)
  const result = await library.call.history.forget({ query })
  if (!result.ok) {
    tellError(result.error)
    return
  }
  useHistory.getState().put(past.filter((one) => !gone.includes(one.query)))
  const undo = (): void => drop(addAgain(gone.toReversed()))
  if (query === null) tellNews('history-forgotten', '', undo)
}
