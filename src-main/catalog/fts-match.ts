import { wordsOf } from '../domain/fold-words.ts'

/** FTS5 knows no word longer than this in one query that anybody would write. */
const mostWords = 64

/** Signs one behind the other. Folded words have letters and digits only, so nothing in them is syntax. */
const phrase = (signs: readonly string[]): string => `"${signs.join(' ')}"`

/**
 * An FTS5 query for these words, quoted so that no sign in them is syntax: all of them anywhere, or (`exact`) one behind
 * the other. Null where there is no word at all.
 */
export const ftsMatch = (words: string, exact: boolean): string | null => {
  const tokens = wordsOf(words).slice(0, mostWords)
  if (tokens.length === 0) return null
  return exact ? phrase(tokens) : tokens.map((token) => phrase([token])).join(' AND ')
}

/** An FTS5 query for texts with one of each group's forms (`all`), or of any group's. A form is a run of folded signs. */
export const ftsForms = (
  groups: readonly (readonly (readonly string[])[])[],
  all: boolean,
): string | null => {
  const each = groups
    .filter((forms) => forms.length > 0)
    .map((forms) => `(${forms.map(phrase).join(' OR ')})`)
  return each.length === 0 || (all && each.length < groups.length) ? null : each.join(all ? ' AND ' : ' OR ')
}

/** An FTS5 query for what begins with these words: the last one may go on. Null where there is no word at all. */
export const ftsPrefix = (words: string): string | null => {
  const tokens = wordsOf(words).slice(0, mostWords)
  return tokens.length === 0 ? null : `"${tokens.join(' ')}" *`
}
