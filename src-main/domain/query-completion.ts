import { filterNames, isFilterName } from './query-filters.ts'
import type { FilterName } from './query-filters.ts'
import type { Span } from './query-tokens.ts'

/** What the caret stands in that can be completed, and the part of the text that a choice replaces. */
export type Completion =
  | { readonly kind: 'filter-name'; readonly span: Span; readonly prefix: string }
  | {
      readonly kind: 'filter-value'
      readonly span: Span
      readonly name: FilterName
      readonly prefix: string
    }

export type CompletionLanguage = 'en' | 'de'

/** `key` names its explanation: a filter (`in`), a filter's value (`is.portrait`), or `in.example`. */
export type CompletionChoice = { readonly value: string; readonly key: string }

/** What could be completed at `caret` (a UTF-16 index), or null. */
export const completionAt = (text: string, caret: number): Completion | null => {
  const head = text.slice(0, caret)
  const value = /(?:^|\s)-?(\p{L}[\p{L}_-]*):("[^"]*|[^\s"]*)$/u.exec(head)
  const rest = /^[^\s"]*/.exec(text.slice(caret))?.[0].length ?? 0
  const name = value?.[1]?.toLowerCase() ?? ''
  if (value?.[2] !== undefined && isFilterName(name)) {
    const span = { start: caret - value[2].length, end: caret + rest }
    return { kind: 'filter-value', span, name, prefix: value[2].replace(/^"/, '') }
  }
  const word = /(?:^|\s)-?(\p{L}+)$/u.exec(head)?.[1]
  if (word === undefined || rest > 0) return null
  return { kind: 'filter-name', span: { start: caret - word.length, end: caret }, prefix: word }
}

const values: Readonly<Record<string, readonly string[]>> = {
  is: ['portrait', 'landscape', 'square', 'offline', 'online', 'hdr'],
  has: ['subtitles', 'audio', 'chapters'],
  longer: ['10s', '1m', '10m', '1h'],
  shorter: ['10s', '1m', '10m', '1h'],
  after: ['today', 'yesterday', '2025', '2025-06'],
  before: ['today', 'yesterday', '2025', '2025-06'],
  res: ['>=1080', '4k', '720p'],
  rating: ['>=4', '5', '3'],
}

/** The choices that need no library. */
export const completionsFor = (
  completion: Completion,
  _language: CompletionLanguage = 'en',
): readonly CompletionChoice[] => {
  const prefix = completion.prefix.toLowerCase()
  if (completion.kind === 'filter-name')
    return filterNames
      .filter((name) => name.startsWith(prefix))
      .map((name) => ({ value: `${name}:`, key: name }))
  const { name } = completion
  const isClosed = name === 'is' || name === 'has'
  return (values[name] ?? [])
    .filter((value) => value.startsWith(prefix))
    .map((value) => ({ value, key: isClosed ? `${name}.${value}` : `${name}.example` }))
}

/** `text` with `value` in the place of `span`, and where the caret stands then. */
export const applyCompletion = (
  text: string,
  span: Span,
  value: string,
): { readonly text: string; readonly caret: number } => {
  const isName = value.endsWith(':')
  const rest = text.slice(span.end)
  const blank = isName || /^\s/.test(rest) ? '' : ' '
  const written = (/\s/.test(value) ? `"${value}"` : value) + blank
  const caret = span.start + written.length + (isName || blank !== '' ? 0 : 1)
  return { text: text.slice(0, span.start) + written + rest, caret }
}
