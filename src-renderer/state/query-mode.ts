import { parseQuery } from '../../src-main/domain/query.ts'

/** What a text in the search box shows: everything, the videos that filters let through, or moments. */
export type QueryMode = 'everything' | 'videos' | 'moments'

export const queryMode = (text: string): QueryMode => {
  const { terms, likes, filters } = parseQuery(text)
  if (terms.length > 0 || likes.length > 0) return 'moments'
  return filters.length > 0 ? 'videos' : 'everything'
}

/** `text` with the part from `start` to `end` replaced; white space is mended at the seam only, quotations keep theirs. */
export const replaceSpan = (text: string, start: number, end: number, replacement: string): string =>
  [text.slice(0, start).trimEnd(), replacement, text.slice(end).trimStart()]
    .filter((part) => part !== '')
    .join(' ')

/** `text` with one more part at its end. */
export const appendPart = (text: string, part: string): string =>
  replaceSpan(text, text.length, text.length, part)
