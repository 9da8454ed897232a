import { ArrowRight, Eye, Images, Minus, Quote, TriangleAlert } from 'lucide-react'
import type { LucideIcon } from 'lucide-react'
import type { TFunction } from 'i18next'
import { isNegative, weightOf } from '../../state/query-parts.ts'
import type { QueryPart } from '../../state/query-parts.ts'
import { filterIcon } from './filter-icons.ts'
import { likeWords } from './like-words.ts'

/** A chip as it is seen: a quiet word before what counts. */
export type ChipWords = { readonly name: string; readonly value: string }

const signs: Readonly<Record<string, string>> = { '>=': '≥ ', '<=': '≤ ', '>': '> ', '<': '< ', '=': '' }

const withoutQuotes = (value: string): string => value.replace(/^["“„«]|["”“»]$/g, '')

/** `-in:"Old films"` -> in, Old films. */
const filterWords = (written: string): ChipWords => {
  const colon = written.indexOf(':')
  const value = written.slice(colon + 1)
  const sign = /^(>=|<=|>|<|=)/.exec(value)?.[0] ?? ''
  return {
    name: written.slice(0, colon).replace(/^-+/, '').toLowerCase(),
    value: `${signs[sign] ?? ''}${withoutQuotes(value.slice(sign.length))}`,
  }
}

export const chipWords = (t: TFunction, part: QueryPart, text: string): ChipWords => {
  switch (part.kind) {
    case 'term':
      return { name: '', value: part.term.text }
    case 'like':
      return { name: '', value: likeWords(t, part.like.reference) }
    case 'filter':
      return filterWords(part.filter.text)
    case 'then':
      return { name: '', value: t('chips.then') }
    case 'error':
      return { name: '', value: text.slice(part.start, part.end) }
  }
}

export const chipIcon = (part: QueryPart): LucideIcon => {
  switch (part.kind) {
    case 'term':
      if (part.term.negative) return Minus
      return part.term.kind === 'exact' ? Quote : Eye
    case 'like':
      return part.like.negative ? Minus : Images
    case 'filter':
      return filterIcon(part.filter.name)
    case 'then':
      return ArrowRight
    case 'error':
      return TriangleAlert
  }
}

/** A chip as it is read aloud: what it does, and how much. */
export const spokenChip = (t: TFunction, part: QueryPart, text: string): string => {
  const { name, value } = chipWords(t, part, text)
  const weight = weightOf(part) === 1 ? '' : `, ${t('chips.weight', { weight: weightOf(part) })}`
  switch (part.kind) {
    case 'term': {
      const exact = part.term.kind === 'exact' ? 'exact' : 'looks'
      return t(`chips.spoken.${part.term.negative ? 'less' : exact}`, { text: value }) + weight
    }
    case 'like':
      return t(`chips.spoken.${part.like.negative ? 'unlike' : 'like'}`, { text: value }) + weight
    case 'filter':
      return t(`chips.spoken.${isNegative(part) ? 'filterNot' : 'filter'}`, { name, value })
    case 'then':
      return t('chips.spoken.then')
    case 'error':
      return t('chips.spoken.error', { text: value, why: t(`queryError.${part.error.code}`) })
  }
}
