import type { LikeReference } from '../../src-preload/contract/search-nouns.ts'
import { filterNameOf, suggestFilter, type FilterName } from './query-filter-names.ts'
import { readFilter, type ReadFilter } from './query-filters.ts'
import { readLike } from './query-like.ts'
import { quoteValue } from './query-quotes.ts'
import type { FilterToken, QueryToken, Span } from './query-tokens.ts'

/** Words to look for. `text`: looks like this. `exact`: exactly these words were said, written or stand in a name. */
export type DescribedWords = Span & {
  readonly kind: 'text' | 'exact'
  /** Without quotation marks, minus and weight; white space as single blanks. */
  readonly text: string
  /** 1 unless written (`sunset^2`); above 0, at most 10. */
  readonly weight: number
  /** Written with a minus: less like this. */
  readonly negative: boolean
}

/** A frame or a picture to look for. `text` is the chip as written. */
export type DescribedPicture = Span & {
  readonly reference: LikeReference
  readonly weight: number
  readonly negative: boolean
  readonly text: string
}

/** A filter with its place; `text` is the filter as written. */
export type PlacedFilter = Span & ReadFilter & { readonly negative: boolean; readonly text: string }

export type QueryErrorCode =
  'unknown-filter' | 'bad-value' | 'lone-minus' | 'lone-then' | 'open-quote' | 'empty-quote' | 'bad-weight'

/** A part of the query that means nothing. `suggestion` replaces it; '' where nobody can tell what was meant. */
export type PlacedError = Span & {
  readonly code: QueryErrorCode
  readonly message: string
  readonly suggestion: string
}

/** What one token of a query means. `isPlain`: the next plain words go on with it: `dog on a` + `beach`. */
export type QueryItem =
  | { readonly kind: 'words'; readonly words: DescribedWords; readonly isPlain: boolean }
  | { readonly kind: 'picture'; readonly picture: DescribedPicture }
  | { readonly kind: 'filter'; readonly filter: PlacedFilter }
  | { readonly kind: 'error'; readonly error: PlacedError }
  /** `then` or an arrow; whether it joins two parts is seen from what stands around it. */
  | { readonly kind: 'then'; readonly span: Span; readonly isArrow: boolean }

const heaviest = 10
const badWeight = `A weight is a number above 0, at most ${heaviest}`

export const queryError = (
  { start, end }: Span,
  code: QueryErrorCode,
  message: string,
  suggestion = '',
): PlacedError => ({ code, message, suggestion, start, end })

const wrong = (...parts: Parameters<typeof queryError>): QueryItem => ({
  kind: 'error',
  error: queryError(...parts),
})

/** The weight as written; null where there is no such weight. */
const readWeight = (written: string | null): number | null => {
  const weight = written === null ? 1 : Number(written.replace(',', '.'))
  return weight > 0 && weight <= heaviest ? weight : null
}

/** What a weight out of range was meant for: as much as can be, or less like this. */
const betterWeight = (written: string | null, negative: boolean, chip: string): string =>
  Number((written ?? '').replace(',', '.')) > heaviest
    ? `${negative ? '-' : ''}${chip}^${heaviest}`
    : `-${chip}`

const filterText = (negative: boolean, name: string, value: string): string =>
  `${negative ? '-' : ''}${name}:${quoteValue(value)}`

const isRead = (name: FilterName, value: string): boolean => !('message' in readFilter(name, value))

const likeItem = (token: FilterToken, text: string): QueryItem => {
  const { start, end, negative } = token
  const [, bare = token.value, tail = null] =
    token.weight === null ? (/^(.*)\^(\d+(?:[.,]\d+)?)$/s.exec(token.value) ?? []) : []
  const written = token.weight ?? tail
  const read = readLike(bare)
  if ('message' in read) {
    const words = bare.trim()
    const better = /[\p{L}\p{N}]/u.test(words) ? `${negative ? '-' : ''}${words}` : ''
    return wrong(token, 'bad-value', read.message, better)
  }
  const weight = readWeight(written)
  if (weight === null)
    return wrong(token, 'bad-weight', badWeight, betterWeight(written, negative, `like:${quoteValue(bare)}`))
  return {
    kind: 'picture',
    picture: { ...read, weight, negative, text: text.slice(start, end), start, end },
  }
}

const unknownFilter = ({ name, value, negative, ...span }: FilterToken, written: string): QueryItem => {
  const meant = suggestFilter(name, value)
  const message = `There is no filter “${name}:”`
  if (meant === null)
    return wrong(span, 'unknown-filter', message, `${negative ? '-' : ''}"${written.replaceAll('"', '')}"`)
  const fits = isRead(meant.name, meant.value)
  const better = fits ? filterText(negative, meant.name, meant.value) : `${negative ? '-' : ''}${meant.name}:`
  return wrong(span, 'unknown-filter', message, better)
}

const filterItem = (token: FilterToken, text: string): QueryItem => {
  const { name: called, value, negative, start, end } = token
  const written = text.slice(start, end)
  const name = filterNameOf(called)
  if (name === null && called !== 'like') return unknownFilter(token, written.replace(/^[-−–—]+/, ''))
  const open = /^[<>=≤≥]{0,2}(["“„«])/.exec(value)?.[1]
  if (open !== undefined) {
    const close = open === '“' ? '”' : open === '«' ? '»' : '"'
    return wrong(token, 'open-quote', 'This quotation mark is never closed', written + close)
  }
  if (name === null) return likeItem(token, text)
  const read = readFilter(name, value)
  if (!('message' in read))
    return { kind: 'filter', filter: { ...read, negative, text: written, start, end } }
  const better = read.suggestion === '' ? '' : filterText(negative, read.name ?? name, read.suggestion)
  return wrong(token, 'bad-value', read.message, better)
}

/** `in: Holidays`: the value belongs right behind the colon. Null where the next token is none. */
const strayValue = (token: FilterToken, next: QueryToken | undefined): QueryItem | null => {
  if (token.value !== '' || token.name === 'like') return null
  if (next === undefined || (next.kind !== 'word' && next.kind !== 'quoted')) return null
  if (next.negative || next.weight !== null) return null
  const name = filterNameOf(token.name) ?? suggestFilter(token.name)?.name
  if (name === undefined || !isRead(name, next.text)) return null
  const span = { start: token.start, end: next.end }
  const better = filterText(token.negative, name, next.text)
  return filterNameOf(token.name) === null
    ? wrong(span, 'unknown-filter', `There is no filter “${token.name}:”`, better)
    : wrong(span, 'bad-value', `“${token.name}:” needs its value right behind it`, better)
}

const wordsItem = (token: QueryToken & { readonly kind: 'word' | 'quoted' }): QueryItem => {
  const { negative, start, end } = token
  const text = token.text.trim().replace(/\s+/g, ' ')
  if (text === '') return wrong(token, 'empty-quote', 'Nothing stands between the quotation marks')
  const weight = readWeight(token.weight)
  if (weight === null) {
    const better = token.kind === 'word' ? betterWeight(token.weight, negative, text) : ''
    return wrong(token, 'bad-weight', badWeight, better)
  }
  return {
    kind: 'words',
    words: { kind: token.kind === 'quoted' ? 'exact' : 'text', text, weight, negative, start, end },
    isPlain: token.kind === 'word' && !negative && token.weight === null,
  }
}

const itemOf = (token: QueryToken, text: string): QueryItem => {
  switch (token.kind) {
    case 'filter':
      return filterItem(token, text)
    case 'lone-minus':
      return wrong(token, 'lone-minus', 'A minus stands right before its word')
    case 'open-quote':
      return wrong(token, 'open-quote', 'This quotation mark is never closed')
    case 'arrow':
      return { kind: 'then', span: token, isArrow: true }
    case 'quoted':
      return wordsItem(token)
    case 'word': {
      const item = wordsItem(token)
      const isThen = item.kind === 'words' && item.isPlain && item.words.text.toLowerCase() === 'then'
      return isThen ? { kind: 'then', span: token, isArrow: false } : item
    }
  }
}

/** The tokens of `text` with what they mean, in their order; each character of a token belongs to one item. */
export const itemsOf = (tokens: readonly QueryToken[], text: string): readonly QueryItem[] => {
  const items: QueryItem[] = []
  for (let i = 0; i < tokens.length; i += 1) {
    const token = tokens[i]
    if (token === undefined) break
    const stray = token.kind === 'filter' ? strayValue(token, tokens[i + 1]) : null
    if (stray !== null) i += 1
    items.push(stray ?? itemOf(token, text))
  }
  return items
}
