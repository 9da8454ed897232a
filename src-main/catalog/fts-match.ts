/** The words of a text as FTS5's unicode61 tokenizer sees them. */
const tokensOf = (text: string): readonly string[] => text.match(/[\p{L}\p{N}\p{M}]+/gu) ?? []

/**
 * An FTS5 query for these words, quoted so that no sign in them is syntax: all of them anywhere, or (`exact`) one behind
 * the other. Null where there is no word at all.
 */
export const ftsMatch = (words: string, exact: boolean): string | null => {
  const tokens = tokensOf(words)
  if (tokens.length === 0) return null
  return exact ? `"${tokens.join(' ')}"` : tokens.map((token) => `"${token}"`).join(' AND ')
}

/** An FTS5 query for what begins with these words: the last one may go on. Null where there is no word at all. */
export const ftsPrefix = (words: string): string | null => {
  const tokens = tokensOf(words)
  return tokens.length === 0 ? null : `"${tokens.join(' ')}" *`
}
