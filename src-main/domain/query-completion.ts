import { foldAccents } from './fold-accents.ts'
import { filterNameOf, filterNames, germanNames, type FilterName } from './query-filter-names.ts'
import { closedValues } from './query-filters.ts'
import { opensQuote, quoteFinder, quoteValue } from './query-quotes.ts'
import { tokensOf, type QueryToken, type Span } from './query-tokens.ts'

/** What is being typed at a caret, and the part of the text that a chosen value replaces. */
export type Completion =
  | { readonly kind: 'filter-name'; readonly span: Span; readonly prefix: string }
  | {
      readonly kind: 'filter-value'
      readonly span: Span
      /** The English name, also where the German one was written. */
      readonly name: FilterName
      /** What stands between the colon and the caret, without its opening quotation mark. */
      readonly prefix: string
    }

export type CompletionLanguage = 'en' | 'de'

/**
 * Something that can be chosen. `key` names its explanation: a filter's name (`in`), or the filter and its value
 * (`is.portrait`); for examples the filter and `example`.
 */
export type CompletionChoice = { readonly value: string; readonly key: string }

/** Filters whose values come from the library (`search.values`). */
const openNames: readonly FilterName[] = ['in', 'tag', 'codec', 'name', 'rating']

export const hasOpenValues = (name: FilterName): boolean => openNames.includes(name)

/** For filters without a closed list: what values look like, in both languages of the interface. */
const examples: Readonly<
  Partial<Record<FilterName, Readonly<Record<CompletionLanguage, readonly string[]>>>>
> = {
  after: {
    en: ['2023', '2023-06', '2023-06-14', 'yesterday', 'last week', 'last summer'],
    de: ['2023', '2023-06', '14.6.2023', 'gestern', 'letzte Woche', 'letzter Sommer'],
  },
  before: {
    en: ['2023', '2023-06', '2023-06-14', 'this year', 'last month'],
    de: ['2023', '2023-06', '14.6.2023', 'dieses Jahr', 'letzter Monat'],
  },
  on: {
    en: ['today', 'yesterday', '2023-06', '2023-06..2023-08', 'last weekend', 'summer 2023'],
    de: ['heute', 'gestern', '2023-06', '2023-06..2023-08', 'letztes Wochenende', 'Sommer 2023'],
  },
  longer: { en: ['30s', '2m', '10m', '1h', '1h30'], de: ['30s', '2 Min', '10 Min', '1 Std', '1h30'] },
  shorter: { en: ['30s', '2m', '10m', '1h', '1h30'], de: ['30s', '2 Min', '10 Min', '1 Std', '1h30'] },
  res: { en: ['hd', '4k', '>=1080', '720', '<hd'], de: ['hd', '4k', '>=1080', '720', '<hd'] },
  size: {
    en: ['>100MB', '>500MB', '>1GB', '<50MB', '<1.5GB'],
    de: ['>100MB', '>500MB', '>1GB', '<50MB', '<1,5GB'],
  },
  rating: { en: ['>=4', '>=3', '5', '0'], de: ['>=4', '>=3', '5', '0'] },
}

const openQuoted = /^([<>=≤≥]{0,2})["“„«]/

/** The filter before `caret` whose quotation mark is not closed until there: what follows it is its value. */
const openFilter = (tokens: readonly QueryToken[]): QueryToken | undefined =>
  tokens.find((token) => token.kind === 'filter' && openQuoted.test(token.value))

const spaceOrEnd = (text: string, from: number): number => {
  const next = text.slice(from).search(/\s/)
  return next < 0 ? text.length : from + next
}

/**
 * What a person who types at `caret` may want completed: the name of a filter, or its value; null where it is neither. An
 * empty value is completed (`in:`), an empty name is not. `span` reaches to the end of what is being written, also behind
 * the caret, quotation marks with it, a minus not.
 */
export const completionAt = (text: string, caret: number): Completion | null => {
  const head = text.slice(0, caret)
  const tokens = tokensOf(head)
  const token = openFilter(tokens) ?? tokens.at(-1)
  if (token === undefined) return null
  if (token.kind === 'filter') {
    const name = filterNameOf(token.name)
    const start = head.indexOf(':', token.start) + 1
    const quote = start + (openQuoted.exec(token.value)?.[1]?.length ?? -1)
    if (name === null) return null
    if (quote >= start) {
      // Closed behind the caret, or the mark was only just opened.
      const closing = opensQuote(text[quote]) ? quoteFinder(text)(quote) : -1
      const sign = head.slice(start, quote)
      return {
        kind: 'filter-value',
        name,
        span: { start, end: closing < 0 ? caret : closing + 1 },
        prefix: sign + head.slice(quote + 1),
      }
    }
    if (token.end < caret || opensQuote(head[start])) return null
    return { kind: 'filter-value', name, span: { start, end: spaceOrEnd(text, caret) }, prefix: token.value }
  }
  // Words in a quotation that is still open are no names.
  const isQuoted = tokens.some(({ kind }) => kind === 'open-quote')
  if (token.kind !== 'word' || token.end < caret || token.weight !== null || isQuoted) return null
  const end = spaceOrEnd(text, caret)
  // `in` of `in:Holidays`: the name alone is replaced, with its colon.
  const colon = text.slice(caret, end).indexOf(':')
  const word = token.text + text.slice(caret, colon < 0 ? end : caret + colon)
  if (namesFor(word, 'en').length + namesFor(word, 'de').length === 0) return null
  return {
    kind: 'filter-name',
    span: { start: caret - token.text.length, end: colon < 0 ? end : caret + colon + 1 },
    prefix: token.text,
  }
}

const namesFor = (prefix: string, language: CompletionLanguage): readonly CompletionChoice[] => {
  const wanted = foldAccents(prefix)
  return filterNames.flatMap((key) => {
    const own = language === 'de' ? [germanNames.get(key) ?? key, key] : [key]
    const name = own.find((one) => foldAccents(one).startsWith(wanted))
    return name === undefined ? [] : [{ value: `${name}:`, key }]
  })
}

/** The choices that are known without a library, those that begin like the prefix; in the order to show them in. */
export const completionsFor = (
  completion: Completion,
  language: CompletionLanguage = 'en',
): readonly CompletionChoice[] => {
  if (completion.kind === 'filter-name') {
    const own = namesFor(completion.prefix, language)
    return own.length > 0 ? own : namesFor(completion.prefix, language === 'de' ? 'en' : 'de')
  }
  const { name, prefix } = completion
  const wanted = foldAccents(prefix)
  const begins = (value: string): boolean => foldAccents(value).startsWith(wanted)
  if (name === 'is' || name === 'has')
    return closedValues[name].filter(begins).map((value) => ({ value, key: `${name}.${value}` }))
  return (examples[name]?.[language] ?? []).filter(begins).map((value) => ({ value, key: `${name}.example` }))
}

/**
 * `text` with `span` replaced by a chosen value, and where the caret then stands: right behind a name's colon; behind a
 * value and one blank. A value with white space is put in quotation marks.
 */
export const applyCompletion = (
  text: string,
  span: Span,
  value: string,
): { readonly text: string; readonly caret: number } => {
  const isName = value.endsWith(':') && filterNameOf(value.slice(0, -1).toLowerCase()) !== null
  const rest = text.slice(span.end)
  const blank = isName || /^\s/.test(rest) ? '' : ' '
  const written = (isName ? value : quoteValue(value)) + blank
  const caret = span.start + written.length + (isName || blank !== '' ? 0 : 1)
  return { text: text.slice(0, span.start) + written + rest, caret }
}
