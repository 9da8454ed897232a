import { isFilterName, suggestFilter } from './query-filter-names.ts'
import { opensQuote, quoteFinder } from './query-quotes.ts'

/** Where something stands in the query: UTF-16 indexes, `end` not included. */
export type Span = { readonly start: number; readonly end: number }

type Described = { readonly text: string; readonly negative: boolean; readonly weight: string | null }

export type FilterToken = Span & {
  readonly kind: 'filter'
  /** As written, in small letters. */
  readonly name: string
  /** Without its quotation marks; with one where it is never closed. */
  readonly value: string
  readonly negative: boolean
  /** Written behind the closing mark of a `like:`. */
  readonly weight: string | null
}

/** The query cut at white space, quotation marks and filters; every other character belongs to exactly one token. */
export type QueryToken =
  | (Span & Described & { readonly kind: 'word' | 'quoted' })
  | FilterToken
  | (Span & { readonly kind: 'arrow' | 'lone-minus' | 'open-quote' })

type Reader = { readonly text: string; readonly closingQuote: (at: number) => number }

const isSpace = (character: string | undefined): boolean => character !== undefined && /\s/.test(character)
/** The last three are what programs make of - and --; with nothing right behind them they are punctuation. */
const isMinus = (character: string | undefined): boolean =>
  character !== undefined && '-−–—'.includes(character)
const arrow = /-{1,3}>|→/y
const arrowEnd = (text: string, at: number): number => {
  arrow.lastIndex = at
  return arrow.test(text) ? arrow.lastIndex : -1
}

const wordEnd = (text: string, from: number): number => {
  let end = from
  while (end < text.length && !isSpace(text[end])) end += 1
  return end
}

/** As `wordEnd`, and at an arrow in a word, as in `door->sofa`; not in `<->`, which is no arrow of ours. */
const plainEnd = (text: string, from: number): number => {
  let end = from
  while (end < text.length && !isSpace(text[end])) {
    if (end > from && !'<(=-'.includes(text[end - 1] ?? '') && arrowEnd(text, end) >= 0) return end
    end += 1
  }
  return end
}

/** Two letters at least (C:\ is a drive), no :// and no :: behind it (addresses, code). */
const filterHead = /(\p{L}[\p{L}\p{M}_-]+):(?!\/\/|:)/uy
/** How a value may begin; what does not (`lol:)`) is no filter. */
const valueHead = /^[\p{L}\p{N}"“„«<>=≤≥/\\~.*★#]/u
const weightTail = /^\^(-?\d{1,4}(?:[.,]\d{1,4})?)(?=\s|$)/

/** The filter at `at`, or null where the text there is no filter. */
const filterAt = ({ text, closingQuote }: Reader, start: number, at: number): FilterToken | null => {
  filterHead.lastIndex = at
  const head = filterHead.exec(text)
  if (!head) return null
  const name = (head[1] ?? '').normalize('NFC').toLowerCase()
  const from = at + head[0].length
  // "Lecture: entropy" is a sentence; "durration: 2m" is a filter with a slip of the pen.
  const isMeant = (): boolean => isFilterName(name) || (name.length > 3 && suggestFilter(name) !== null)
  if (!valueHead.test(text.slice(from, from + 2)) && !isMeant()) return null
  const sign = /^[<>=≤≥]{0,2}/.exec(text.slice(from, from + 2))?.[0] ?? ''
  const quote = from + sign.length
  const closing = opensQuote(text[quote]) ? closingQuote(quote) : -1
  const filter = { kind: 'filter', name, negative: at > start, start } as const
  if (closing < 0) {
    const end = wordEnd(text, from)
    return { ...filter, value: text.slice(from, end), weight: null, end }
  }
  const tail = name === 'like' ? weightTail.exec(text.slice(closing + 1, closing + 12)) : null
  return {
    ...filter,
    value: sign + text.slice(quote + 1, closing),
    weight: tail?.[1] ?? null,
    end: closing + 1 + (tail?.[0].length ?? 0),
  }
}

const quotedAt = ({ text, closingQuote }: Reader, start: number, at: number): QueryToken => {
  const closing = closingQuote(at)
  if (closing < 0) return { kind: 'open-quote', start, end: at + 1 }
  const weight = weightTail.exec(text.slice(closing + 1, closing + 12))
  return {
    kind: 'quoted',
    text: text.slice(at + 1, closing),
    negative: at > start,
    weight: weight?.[1] ?? null,
    start,
    end: closing + 1 + (weight?.[0].length ?? 0),
  }
}

const wordAt = ({ text }: Reader, start: number, at: number): QueryToken => {
  const end = plainEnd(text, at)
  const written = text.slice(at, end)
  const weight = /\^(-?\d+(?:[.,]\d+)?)$/.exec(written)
  const isWeighted = weight !== null && weight.index > 0
  return {
    kind: 'word',
    text: isWeighted ? written.slice(0, weight.index) : written,
    negative: at > start,
    weight: isWeighted ? (weight[1] ?? null) : null,
    start,
    end,
  }
}

/** The token that begins at `start`, which is no white space. */
const tokenAt = (reader: Reader, start: number): QueryToken => {
  const { text } = reader
  const end = arrowEnd(text, start)
  if (end >= 0) return { kind: 'arrow', start, end }
  let at = start
  while (isMinus(text[at])) at += 1
  if (at === text.length || isSpace(text[at])) {
    if (/^-+$/.test(text.slice(start, at))) return { kind: 'lone-minus', start, end: at }
    at = start // a dash between words
  }
  if (opensQuote(text[at])) return quotedAt(reader, start, at)
  return filterAt(reader, start, at) ?? wordAt(reader, start, at)
}

/** Cuts a query into tokens, in order. Never throws; takes time in proportion to the length. */
export const tokensOf = (text: string): readonly QueryToken[] => {
  const reader = { text, closingQuote: quoteFinder(text) }
  const tokens: QueryToken[] = []
  let at = 0
  while (at < text.length) {
    if (isSpace(text[at])) at += 1
    else {
      const token = tokenAt(reader, at)
      tokens.push(token)
      at = token.end
    }
  }
  return tokens
}
