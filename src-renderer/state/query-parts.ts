import { parseQuery } from '../../src-main/domain/query.ts'
import type { QueryError, QueryFilter, QueryLike, QueryTerm } from '../../src-main/domain/query.ts'
import type { Span } from '../../src-main/domain/query-tokens.ts'

/** What a chip stands for: a part of the query and where it is written. */
export type QueryPart = Span &
  (
    | { readonly kind: 'term'; readonly term: QueryTerm }
    | { readonly kind: 'like'; readonly like: QueryLike }
    | { readonly kind: 'filter'; readonly filter: QueryFilter }
    | { readonly kind: 'then' }
    | { readonly kind: 'error'; readonly error: QueryError }
  )

const at = ({ start, end }: Span): Span => ({ start, end })

/** The parts of a query in the order in which they are written. */
export const queryParts = (text: string): readonly QueryPart[] => {
  const { terms, likes, filters, errors, sequence } = parseQuery(text)
  const isThen = ({ start }: QueryError): boolean => sequence.some((span) => span.start === start)
  const parts: readonly QueryPart[] = [
    ...terms.map((term) => ({ kind: 'term', ...at(term), term }) as const),
    ...likes.map((like) => ({ kind: 'like', ...at(like), like }) as const),
    ...filters.map((filter) => ({ kind: 'filter', ...at(filter), filter }) as const),
    ...sequence.map((span) => ({ kind: 'then', ...at(span) }) as const),
    ...errors
      .filter((error) => !isThen(error))
      .map((error) => ({ kind: 'error', ...at(error), error }) as const),
  ]
  return parts.toSorted((a, b) => a.start - b.start)
}

/**
 * Whether `part` is only not finished yet: its filter still lacks the value, its quotation the end. `caret`: where
 * somebody writes just now, or null.
 */
export const isUnfinished = (text: string, part: QueryPart, caret: number | null): boolean => {
  if (part.kind !== 'error' || caret === null) return false
  if (part.error.code === 'open-quote') return caret === text.length
  const isWithin = caret > part.start && caret <= part.end
  return isWithin && /(:|^-+)$/.test(text.slice(part.start, caret))
}

/** The weights that a key leads through; any other may be typed. */
const steps = [0.25, 0.5, 1, 1.5, 2, 3, 5, 10] as const

/** Whether a weight can be written behind the part: behind several plain words it would belong to the last alone. */
export const takesWeight = (part: QueryPart): boolean => {
  if (part.kind === 'like') return true
  return part.kind === 'term' && (part.term.kind === 'exact' || !/\s/.test(part.term.text))
}

export const weightOf = (part: QueryPart): number => {
  if (part.kind === 'like') return part.like.weight
  return part.kind === 'term' ? part.term.weight : 1
}

export const isNegative = (part: QueryPart): boolean => {
  if (part.kind === 'like') return part.like.negative
  if (part.kind === 'filter') return part.filter.negative
  return part.kind === 'term' && part.term.negative
}

const putWeight = (written: string, weight: number): string => {
  const plain = written.replace(/\^\d+(\.\d+)?(["”“»]?)$/, '$2')
  if (weight === 1) return plain
  // Behind a colon the quotation marks hold the whole value, its weight too.
  return /^-*\p{L}+:.*["”“»]$/su.test(plain)
    ? `${plain.slice(0, -1)}^${weight}${plain.slice(-1)}`
    : `${plain}^${weight}`
}

/** How `part` is written with the next greater (1) or smaller (-1) weight; null where it has none, or none further. */
export const reweighed = (text: string, part: QueryPart, direction: 1 | -1): string | null => {
  if (!takesWeight(part)) return null
  const now = weightOf(part)
  const next = direction === 1 ? steps.find((step) => step > now) : steps.findLast((step) => step < now)
  return next === undefined ? null : putWeight(text.slice(part.start, part.end), next)
}

/** How `part` is written with its minus taken away, or with one; null where a minus means nothing. */
export const turned = (text: string, part: QueryPart): string | null => {
  const written = text.slice(part.start, part.end)
  if (isNegative(part)) return written.replace(/^-+/, '')
  return takesWeight(part) || part.kind === 'filter' ? `-${written}` : null
}
