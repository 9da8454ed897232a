import type { LikeReference } from '../../src-preload/contract/search-nouns.ts'
import { readFilter, isFilterName, suggestFilter, type ReadFilter } from './query-filters.ts'
import { readLike } from './query-like.ts'
import { tokensOf, type QueryToken, type Span } from './query-tokens.ts'

/** Words to look for. `text`: looks like this. `exact`: exactly these words were said, written or stand in a name. */
export type QueryTerm = Span & {
  readonly kind: 'text' | 'exact'
  /** Without quotation marks, minus and weight; white space as single blanks. */
  readonly text: string
  /** 1 unless written (`sunset^2`); above 0, at most 10. */
  readonly weight: number
  /** Written with a minus: less like this. */
  readonly negative: boolean
  /** Which part of `first then second` it belongs to, from 0. */
  readonly step: number
}

/** `text` is the filter as written. */
export type QueryFilter = Span & ReadFilter & { readonly negative: boolean; readonly text: string }

/** Looks like this frame or picture. `text` is the chip as written. */
export type QueryLike = Span & {
  readonly reference: LikeReference
  readonly weight: number
  readonly negative: boolean
  readonly step: number
  readonly text: string
}

export type QueryErrorCode =
  | 'unknown-filter'
  | 'bad-value'
  | 'lone-minus'
  | 'lone-then'
  | 'open-quote'
  | 'empty-quote'
  | 'bad-weight'
  | 'not-yet'

/** A part of the query that means nothing. `suggestion` replaces it; '' where nobody can tell what was meant. */
export type QueryError = Span & {
  readonly code: QueryErrorCode
  readonly message: string
  readonly suggestion: string
}

export type Query = {
  readonly terms: readonly QueryTerm[]
  readonly likes: readonly QueryLike[]
  readonly filters: readonly QueryFilter[]
  readonly errors: readonly QueryError[]
  /** The `then` and `->` between the steps; each is also an error 'not-yet' until search answers sequences. */
  readonly sequence: readonly Span[]
}

const heaviest = 10

type Parts = {
  terms: QueryTerm[]
  likes: QueryLike[]
  filters: QueryFilter[]
  errors: QueryError[]
  sequence: Span[]
}

const quoted = (value: string): string => (/\s/.test(value) ? `"${value}"` : value)

const error = (span: Span, code: QueryErrorCode, message: string, suggestion = ''): QueryError => ({
  code,
  message,
  suggestion,
  start: span.start,
  end: span.end,
})

const unknownFilter = (token: QueryToken & { kind: 'filter' }, written: string): QueryError => {
  const minus = token.negative ? '-' : ''
  const near = suggestFilter(token.name)
  const message = `There is no filter “${token.name}:”`
  if (near === null)
    return error(token, 'unknown-filter', message, `${minus}"${written.replaceAll('"', '')}"`)
  const fits = token.value !== '' && !('message' in readFilter(near, token.value))
  return error(token, 'unknown-filter', message, `${minus}${near}:${fits ? quoted(token.value) : ''}`)
}

const addLike = (token: QueryToken & { kind: 'filter' }, text: string, parts: Parts): void => {
  const { start, end, negative } = token
  const [, value = token.value, weight = '1'] = /^(.*)\^(\d+(?:\.\d+)?)$/s.exec(token.value) ?? []
  const read = readLike(value)
  if ('message' in read) parts.errors.push(error(token, 'bad-value', read.message))
  else if (!(Number(weight) > 0 && Number(weight) <= heaviest))
    parts.errors.push(error(token, 'bad-weight', `A weight is a number above 0, at most ${heaviest}`))
  else {
    const step = parts.sequence.length
    const written = text.slice(start, end)
    parts.likes.push({ ...read, weight: Number(weight), negative, step, text: written, start, end })
  }
}

const addFilter = (token: QueryToken & { kind: 'filter' }, text: string, parts: Parts): void => {
  const { name, value, negative, start, end } = token
  if (name === 'like') {
    addLike(token, text, parts)
    return
  }
  const written = text.slice(start, end)
  if (!isFilterName(name)) {
    parts.errors.push(unknownFilter(token, written.replace(/^-+/, '')))
    return
  }
  if (/^[<>=≤≥]{0,2}["“„«]/.test(value)) {
    parts.errors.push(error(token, 'open-quote', 'This quotation mark is never closed', `${written}"`))
    return
  }
  const read = readFilter(name, value)
  if ('message' in read) {
    const better = read.suggestion === '' ? '' : `${negative ? '-' : ''}${name}:${quoted(read.suggestion)}`
    parts.errors.push(error(token, 'bad-value', read.message, better))
    return
  }
  parts.filters.push({ ...read, negative, text: written, start, end })
}

/** Adds words; plain ones that follow each other are one description. */
const addTerm = (token: QueryToken & { kind: 'word' | 'quoted' }, follows: boolean, parts: Parts): void => {
  const text = token.text.trim().replace(/\s+/g, ' ')
  const weight = token.weight === null ? 1 : Number(token.weight)
  const step = parts.sequence.length
  if (text === '') {
    parts.errors.push(error(token, 'empty-quote', 'Nothing stands between the quotation marks'))
    return
  }
  if (!(weight > 0 && weight <= heaviest)) {
    const better = weight > heaviest ? `${text}^${heaviest}` : `-${text}`
    const message = `A weight is a number above 0, at most ${heaviest}`
    parts.errors.push(error(token, 'bad-weight', message, token.kind === 'word' ? better : ''))
    return
  }
  const kind = token.kind === 'quoted' ? 'exact' : 'text'
  const plain = kind === 'text' && token.weight === null && !token.negative
  const last = parts.terms.at(-1)
  if (plain && follows && last) {
    parts.terms[parts.terms.length - 1] = { ...last, text: `${last.text} ${text}`, end: token.end }
    return
  }
  const { negative, start, end } = token
  parts.terms.push({ kind, text, weight, negative, step, start, end })
}

const isWords = (token: QueryToken | undefined): boolean => token?.kind === 'word' || token?.kind === 'quoted'
const isThen = (token: QueryToken): boolean =>
  token.kind === 'arrow' ||
  (token.kind === 'word' && !token.negative && token.weight === null && token.text.toLowerCase() === 'then')

/** A word that may be continued by the next one: `dog on a` + `beach`. */
const isPlain = (token: QueryToken | undefined): boolean =>
  token?.kind === 'word' && !token.negative && token.weight === null

/**
 * Reads a query as people write it (product.md, "The query, one box"). Never fails: what means nothing stands in
 * `errors` with its place, and every character that is not white space belongs to a term, a filter, an error or the
 * `sequence`. Pure; takes time in proportion to the length.
 */
export const parseQuery = (text: string): Query => {
  const parts: Parts = { terms: [], likes: [], filters: [], errors: [], sequence: [] }
  const tokens = tokensOf(text)
  const lastWords = tokens.findLastIndex(isWords)
  let merged: QueryToken | undefined
  for (const [i, token] of tokens.entries()) {
    if (isThen(token) && parts.terms.some((term) => term.step === parts.sequence.length) && i < lastWords) {
      parts.sequence.push({ start: token.start, end: token.end })
      // Leave this line out as soon as search ranks sequences (methods.md 2k).
      parts.errors.push(
        error(token, 'not-yet', 'One after the other is not understood yet; both are looked for'),
      )
      merged = undefined
      continue
    }
    switch (token.kind) {
      case 'filter':
        addFilter(token, text, parts)
        break
      case 'lone-minus':
        parts.errors.push(error(token, 'lone-minus', 'A minus stands right before its word'))
        break
      case 'arrow':
        parts.errors.push(error(token, 'lone-then', 'Something must stand on both sides'))
        break
      case 'open-quote':
        parts.errors.push(error(token, 'open-quote', 'This quotation mark is never closed'))
        break
      case 'quoted':
        addTerm(token, false, parts)
        break
      case 'word':
        addTerm(token, isPlain(merged), parts)
        break
    }
    merged = token
  }
  return parts
}
