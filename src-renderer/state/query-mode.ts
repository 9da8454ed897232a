import { parseQuery } from '../../src-main/domain/query.ts'

/** What a text in the search box shows: everything, the videos that filters let through, or moments. */
export type QueryMode = 'everything' | 'videos' | 'moments'

export const queryMode = (text: string): QueryMode => {
  const { terms, likes, filters } = parseQuery(text)
  if (terms.length > 0 || likes.length > 0) return 'moments'
  return filters.length > 0 ? 'videos' : 'everything'
}

/** `text` with the part from `start` to `end` replaced, and no white space left over. */
export const replaceSpan = (text: string, start: number, end: number, replacement: string): string =>
  `${text.slice(0, start)} ${replacement} ${text.slice(end)}`.replace(/\s+/g, ' ').trim()
