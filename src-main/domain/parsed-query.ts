import type { ParsedQuery } from '../../src-preload/contract/search-nouns.ts'
import type { Query } from './query.ts'

/** What was read, as chips for the page and the terminal. */
export const parsedForPeople = (query: Query): ParsedQuery => ({
  terms: query.terms.map(({ kind, text, weight, negative, step, start, end }) => ({
    kind,
    text,
    weight,
    negative,
    step,
    start,
    end,
  })),
  likes: query.likes,
  filters: query.filters.map(({ name, operator, text, start, end }) => ({
    name,
    operator,
    value: text.slice(text.indexOf(':') + 1),
    text,
    start,
    end,
  })),
  errors: query.errors.map(({ start, end, message, suggestion }) => ({
    start,
    end,
    message,
    suggestion: suggestion === '' ? null : suggestion,
  })),
})
