/** Opening marks with what may close them, as English, German and French write them. */
const closers: Readonly<Record<string, string>> = { '"': '"', '“': '”“"', '„': '“”"', '«': '»', '»': '«' }

/** True for a mark that may open a quotation. */
export const opensQuote = (character: string | undefined): boolean =>
  character !== undefined && Object.hasOwn(closers, character)

/**
 * Answers the index of the mark that closes the one at `at`, or -1. Reading a text from its start to its end with it
 * takes time in proportion to its length: a mark that nothing closes is known without a search.
 */
export const quoteFinder = (text: string): ((at: number) => number) => {
  const last = new Map(Array.from('"”“»«', (mark) => [mark, text.lastIndexOf(mark)]))
  return (at) => {
    const closing = closers[text[at] ?? ''] ?? ''
    if (!Array.from(closing).some((mark) => (last.get(mark) ?? -1) > at)) return -1
    for (let i = at + 1; i < text.length; i += 1) if (closing.includes(text[i] ?? '')) return i
    return -1
  }
}

const pairs = ['""', '“”', '«»', '„“'] as const

/**
 * A value as it is written behind a colon: in quotation marks where it has white space, in such as do not stand in it.
 * Where every kind of mark stands in it, marks are left out.
 */
export const quoteValue = (value: string): string => {
  if (value !== '' && !/\s/.test(value) && !opensQuote(value[0])) return value
  const pair = pairs.find(([open, close]) => {
    const closing = closers[open ?? ''] ?? ''
    return close !== undefined && !Array.from(value).some((character) => closing.includes(character))
  })
  return pair === undefined
    ? `"${value.replace(/["“”„«»]/g, '')}"`
    : `${pair.charAt(0)}${value}${pair.charAt(1)}`
}
