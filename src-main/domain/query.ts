import {
  itemsOf,
  queryError,
  type DescribedPicture,
  type DescribedWords,
  type PlacedError,
  type PlacedFilter,
  type QueryItem,
} from './query-items.ts'
import { tokensOf, type Span } from './query-tokens.ts'

/** Words to look for; `step`: which part of `first then second` they belong to, from 0. */
export type QueryTerm = DescribedWords & { readonly step: number }

/** A frame or a picture to look for, in that step. */
export type QueryLike = DescribedPicture & { readonly step: number }

export type QueryFilter = PlacedFilter

/** A part of the query that means nothing. */
export type QueryError = PlacedError

export type Query = {
  readonly terms: readonly QueryTerm[]
  readonly likes: readonly QueryLike[]
  readonly filters: readonly QueryFilter[]
  readonly errors: readonly QueryError[]
  /** The `then` and `->` between the steps: one less than there are steps. */
  readonly sequence: readonly Span[]
}

/** True for what a step can be about: something that is wanted. Less like something is no step of its own. */
const describes = (item: QueryItem): boolean =>
  (item.kind === 'words' && !item.words.negative) || (item.kind === 'picture' && !item.picture.negative)

/** For each item whether something is described behind it, before the next `then` or the end. */
const describedBehind = (items: readonly QueryItem[]): readonly boolean[] => {
  const behind: boolean[] = []
  let described = false
  for (const item of items.toReversed()) {
    behind.push(described)
    described = item.kind === 'then' ? false : described || describes(item)
  }
  return behind.reverse()
}

/** A `then` that joins nothing is a word, an arrow is nothing. */
const looseThen = (
  { start, end }: Span,
  isArrow: boolean,
  text: string,
): Extract<QueryItem, { readonly kind: 'words' | 'error' }> =>
  isArrow
    ? { kind: 'error', error: queryError({ start, end }, 'lone-then', 'Something must stand on both sides') }
    : {
        kind: 'words',
        words: { kind: 'text', text: text.slice(start, end), weight: 1, negative: false, start, end },
        isPlain: true,
      }

/**
 * Reads a query as people write it (product.md, "The query, one box"; docs/search.md). Never fails: what means nothing
 * stands in `errors` with its place, and every character that is not white space belongs to a term, a like, a filter, an
 * error or the `sequence`. Pure; takes time in proportion to the length.
 */
export const parseQuery = (text: string): Query => {
  const terms: QueryTerm[] = []
  const likes: QueryLike[] = []
  const filters: QueryFilter[] = []
  const errors: QueryError[] = []
  const sequence: Span[] = []
  const items = itemsOf(tokensOf(text), text)
  const behind = describedBehind(items)
  /** Whether the step so far has something to look for, and whether a plain word goes on with the last term. */
  const now: { described: boolean; goesOn: boolean } = { described: false, goesOn: false }

  const add = (item: Exclude<QueryItem, { readonly kind: 'then' }>): void => {
    const step = sequence.length
    now.described ||= describes(item)
    switch (item.kind) {
      case 'words': {
        const last = terms.at(-1)
        if (item.isPlain && now.goesOn && last)
          terms[terms.length - 1] = { ...last, text: `${last.text} ${item.words.text}`, end: item.words.end }
        else terms.push({ ...item.words, step })
        break
      }
      case 'picture':
        likes.push({ ...item.picture, step })
        break
      case 'filter':
        filters.push(item.filter)
        break
      case 'error':
        errors.push(item.error)
        break
    }
    now.goesOn = item.kind === 'words' && item.isPlain
  }

  for (const [i, item] of items.entries()) {
    if (item.kind !== 'then') add(item)
    else if (now.described && behind[i] === true) {
      sequence.push({ start: item.span.start, end: item.span.end })
      now.described = false
      now.goesOn = false
    } else add(looseThen(item.span, item.isArrow, text))
  }
  return { terms, likes, filters, errors, sequence }
}
