import { isFilterName, suggestFilter } from './query-filters.ts'

/** Where something stands in the query: UTF-16 indexes, `end` not included. */
export type Span = { readonly start: number; readonly end: number }

/** The query cut at white space, quotation marks and filters; every other character belongs to exactly one token. */
export type QueryToken = Span &
  (
    | {
        readonly kind: 'word'
        readonly text: string
        readonly negative: boolean
        readonly weight: string | null
      }
    | {
        readonly kind: 'quoted'
        readonly text: string
        readonly negative: boolean
        readonly weight: string | null
      }
    | { readonly kind: 'filter'; readonly name: string; readonly value: string; readonly negative: boolean }
    | { readonly kind: 'arrow' }
    | { readonly kind: 'lone-minus' }
    | { readonly kind: 'open-quote' }
  )

/** Opening marks with what may close them, as English, German and French write them. */
const closers: Readonly<Record<string, string>> = { '"': '"', '“': '”“"', '„': '“”"', '«': '»', '»': '«' }

const isSpace = (character: string | undefined): boolean => character !== undefined && /\s/.test(character)

/** Index of the mark that closes the one at `at`, or -1. */
const closingQuote = (text: string, at: number): number => {
  const closing = closers[text[at] ?? '']
  if (closing === undefined) return -1
  for (let i = at + 1; i < text.length; i += 1) if (closing.includes(text[i] ?? '')) return i
  return -1
}

const wordEnd = (text: string, from: number): number => {
  let end = from
  while (end < text.length && !isSpace(text[end])) end += 1
  return end
}

/** Two letters at least (C:\ is a drive), no :// and no :: behind it (addresses, code). */
const filterHead = /(\p{L}[\p{L}_-]+):(?!\/\/|\\|:)/uy
/** How a value may begin; what does not (`lol:)`) is no filter. */
const valueHead = /^[\p{L}\p{N}"“„«<>=≤≥/~.*]/u
const weightTail = /^\^(\d{1,4}(?:\.\d{1,4})?)(?=\s|$)/

/** The filter at `at`, or null where the text there is no filter. */
const filterAt = (text: string, start: number, at: number): QueryToken | null => {
  filterHead.lastIndex = at
  const head = filterHead.exec(text)
  if (!head) return null
  const name = (head[1] ?? '').toLowerCase()
  const from = at + head[0].length
  // "Lecture: entropy" is a sentence; "durration: 2m" is a filter with a slip of the pen.
  const isMeant = (): boolean => isFilterName(name) || (name.length > 3 && suggestFilter(name) !== null)
  if (!valueHead.test(text.slice(from, from + 2)) && !isMeant()) return null
  const sign = /^[<>=≤≥]{0,2}/.exec(text.slice(from, from + 2))?.[0] ?? ''
  const quote = from + sign.length
  const closing = closingQuote(text, quote)
  const end = closing >= 0 ? closing + 1 : wordEnd(text, from)
  const value = closing >= 0 ? sign + text.slice(quote + 1, closing) : text.slice(from, end)
  return { kind: 'filter', name, value, negative: at > start, start, end }
}

/** The token that begins at `start`, which is no white space. */
const tokenAt = (text: string, start: number, quotesClose: boolean): QueryToken => {
  if (text.startsWith('->', start)) return { kind: 'arrow', start, end: start + 2 }
  if (text[start] === '→') return { kind: 'arrow', start, end: start + 1 }
  let at = start
  while (text[at] === '-') at += 1
  const negative = at > start
  if (negative && (at === text.length || isSpace(text[at]))) return { kind: 'lone-minus', start, end: at }
  if (closers[text[at] ?? ''] !== undefined) {
    const closing = quotesClose ? closingQuote(text, at) : -1
    if (closing < 0) return { kind: 'open-quote', start, end: at + 1 }
    const weight = weightTail.exec(text.slice(closing + 1, closing + 12))
    const end = closing + 1 + (weight?.[0].length ?? 0)
    return {
      kind: 'quoted',
      text: text.slice(at + 1, closing),
      negative,
      weight: weight?.[1] ?? null,
      start,
      end,
    }
  }
  const filter = filterAt(text, start, at)
  if (filter) return filter
  const end = wordEnd(text, at)
  const caret = text.lastIndexOf('^', end - 1)
  const weight = caret > at ? /^\^(-?\d+(?:\.\d+)?)$/.exec(text.slice(caret, end)) : null
  const word = text.slice(at, weight ? caret : end)
  return { kind: 'word', text: word, negative, weight: weight?.[1] ?? null, start, end }
}

/** Cuts a query into tokens, in order. Never throws; time grows with the length. */
export const tokensOf = (text: string): readonly QueryToken[] => {
  const tokens: QueryToken[] = []
  let quotesClose = true
  let at = 0
  while (at < text.length) {
    if (isSpace(text[at])) {
      at += 1
      continue
    }
    const token = tokenAt(text, at, quotesClose)
    // After one mark that nothing closes, later ones are not searched again: linear time on 10,000 marks.
    if (token.kind === 'open-quote') quotesClose = false
    tokens.push(token)
    at = token.end
  }
  return tokens
}
