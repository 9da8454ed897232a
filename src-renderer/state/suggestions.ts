import type { Collection, FilterValueCount, PastQuery } from '../../src-preload/contract/search-nouns.ts'
import { completionAt, completionsFor } from '../../src-main/domain/query-completion.ts'
import type { Completion, CompletionLanguage } from '../../src-main/domain/query-completion.ts'

/** One line of the list under the search box. `id` is unique in the list. */
export type Suggestion =
  | {
      readonly kind: 'choice'
      readonly id: string
      readonly completion: Completion
      readonly value: string
      /** Names its explanation (domain/query-completion.ts); empty for a value of the library. */
      readonly key: string
      /** Films that have it; null where nobody counted. */
      readonly count: number | null
    }
  | { readonly kind: 'recent'; readonly id: string; readonly query: string }
  | { readonly kind: 'collection'; readonly id: string; readonly name: string; readonly query: string }
  | { readonly kind: 'forget-all'; readonly id: string }

export type SuggestionGroup = {
  readonly kind: 'values' | 'filters' | 'recent' | 'collections'
  readonly suggestions: readonly Suggestion[]
}

export type Typed = {
  readonly text: string
  readonly caret: number
  readonly past: readonly PastQuery[]
  readonly collections: readonly Collection[]
  readonly values: readonly FilterValueCount[]
  readonly language: CompletionLanguage
}

/** One letter says nothing of what a word will be. */
const leastLetters = 2
const mostChoices = 8
const mostNames = 4
const mostRecent = { empty: 6, typed: 4 }
const mostCollections = { empty: 5, typed: 3 }

const choicesFor = (
  completion: Completion,
  language: CompletionLanguage,
  values: readonly FilterValueCount[],
): readonly Suggestion[] => {
  const counts = new Map(values.map(({ value, count }) => [value, count]))
  const fixed = completionsFor(completion, language)
  const own = values.filter(({ value }) => !fixed.some((one) => one.value === value))
  return [...own.map(({ value }) => ({ value, key: '' })), ...fixed]
    .filter(({ value }) => value !== completion.prefix)
    .map(({ value, key }) => ({
      kind: 'choice',
      id: `choice-${value}`,
      completion,
      value,
      key,
      count: counts.get(value) ?? null,
    }))
}

const begins = (text: string, typed: string): boolean =>
  text.toLowerCase().startsWith(typed) && text.toLowerCase() !== typed

const recentOf = (past: readonly PastQuery[], typed: string): readonly Suggestion[] =>
  past
    .filter(({ query }) => begins(query, typed))
    .slice(0, typed === '' ? mostRecent.empty : mostRecent.typed)
    .map(({ query }) => ({ kind: 'recent', id: `recent-${query}`, query }))

const collectionsOf = (all: readonly Collection[], typed: string): readonly Suggestion[] =>
  all
    .filter(({ name }) => name.toLowerCase().includes(typed))
    .slice(0, typed === '' ? mostCollections.empty : mostCollections.typed)
    .map(({ name, query }) => ({ kind: 'collection', id: `collection-${name}`, name, query }))

/** The completion that the caret asks for; null while only a word is written that may become anything. */
export const openCompletion = (text: string, caret: number): Completion | null => {
  const completion = completionAt(text, caret)
  if (completion === null) return null
  const isShort = completion.kind === 'filter-name' && completion.prefix.length < leastLetters
  return isShort ? null : completion
}

const groups = (
  found: Readonly<Partial<Record<SuggestionGroup['kind'], readonly Suggestion[]>>>,
  order: readonly SuggestionGroup['kind'][],
): readonly SuggestionGroup[] =>
  order
    .map((kind) => ({ kind, suggestions: found[kind] ?? [] }))
    .filter(({ suggestions }) => suggestions.length > 0)

/** An empty box offers what was searched for and kept before, and what a search may hold. */
const forEmptyBox = ({ text, past, collections, language }: Typed): readonly SuggestionGroup[] => {
  const recent = recentOf(past, '')
  const forget: readonly Suggestion[] = recent.length === 0 ? [] : [{ kind: 'forget-all', id: 'forget-all' }]
  const completion = { kind: 'filter-name', span: { start: 0, end: text.length }, prefix: '' } as const
  return groups(
    {
      recent: [...recent, ...forget],
      collections: collectionsOf(collections, ''),
      filters: choicesFor(completion, language, []),
    },
    ['recent', 'collections', 'filters'],
  )
}

/** What the list under the search box offers, in groups. */
export const suggestionsFor = (typed: Typed): readonly SuggestionGroup[] => {
  const { text, caret, past, collections, values, language } = typed
  const words = text.trim().toLowerCase()
  if (words === '') return forEmptyBox(typed)
  const completion = openCompletion(text, caret)
  if (completion?.kind === 'filter-value')
    return groups({ values: choicesFor(completion, language, values).slice(0, mostChoices) }, ['values'])
  // What was searched for before is a whole text; it is offered to who writes at its end.
  const isAtEnd = caret === text.length
  return groups(
    {
      recent: isAtEnd ? recentOf(past, words) : [],
      collections: isAtEnd ? collectionsOf(collections, words) : [],
      filters: completion === null ? [] : choicesFor(completion, language, []).slice(0, mostNames),
    },
    ['filters', 'recent', 'collections'],
  )
}
