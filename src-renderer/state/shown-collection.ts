import type { Collection } from '../../src-preload/contract/search-nouns.ts'

/** What is shown of a collection: its query as it was saved, or as it was changed since. */
export type ShownCollection = { readonly collection: Collection; readonly isChanged: boolean }

const wordsOf = (query: string): readonly string[] => query.toLowerCase().split(/\s+/)

/** Whether `text` is still a form of `query`: it has a word of it left. */
const isFormOf = (text: string, query: string): boolean => {
  const kept = new Set(wordsOf(query))
  return wordsOf(text).some((word) => kept.has(word))
}

/** The collection that `text` shows: the opened one while something of it is left, else one with just this query. */
export const shownCollection = (
  text: string,
  opened: string | null,
  all: readonly Collection[],
): ShownCollection | null => {
  const query = text.trim()
  if (query === '') return null
  const own = all.find(({ name }) => name === opened)
  if (own !== undefined && isFormOf(query, own.query))
    return { collection: own, isChanged: own.query !== query }
  const same = all.find((one) => one.query === query)
  return same === undefined ? null : { collection: same, isChanged: false }
}
