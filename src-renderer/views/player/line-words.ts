import { parseQuery } from '../../../src-main/domain/query.ts'
import { foldText } from '../../parts/fold-text.ts'
import type { TextMark } from '../../parts/marked-text.ts'

/** Words that stand in every line say nothing of it; of three letters and more (shorter ones are not marked at all). */
const everywhere: ReadonlySet<string> = new Set(
  'and the then der die das den dem des und ein eine einen einem einer ist mit'.split(' '),
)
const leastLetters = 3

/** The words of a query that are worth seeing in what was said, folded; a phrase in quotation marks stays one. */
export const wordsOfQuery = (query: string): readonly string[] => {
  const terms = parseQuery(query).terms.filter(({ negative }) => !negative)
  const words = terms.flatMap(({ kind, text }) =>
    kind === 'exact'
      ? [foldText(text)]
      : foldText(text)
          .split(/[^\p{L}\p{N}]+/u)
          .filter((word) => word.length >= leastLetters && !everywhere.has(word)),
  )
  return [...new Set(words.filter((word) => word !== ''))]
}

const isLetter = (sign: string): boolean => /[\p{L}\p{N}]/u.test(sign)

const placesOf = (folded: string, part: string): readonly number[] => {
  const places: number[] = []
  for (let at = folded.indexOf(part); at !== -1; at = folded.indexOf(part, at + part.length)) places.push(at)
  return places
}

/** Where words of the query begin in a line; their endings may differ ("dog", "dogs"). */
export const wordMarks = (folded: string, words: readonly string[]): readonly TextMark[] =>
  words.flatMap((word) =>
    placesOf(folded, word)
      .filter((at) => at === 0 || !isLetter(folded.charAt(at - 1)))
      .map((start) => {
        let end = start + word.length
        while (end < folded.length && isLetter(folded.charAt(end))) end += 1
        return { start, end, kind: 'word' as const }
      }),
  )

/** Where the person's search stands in a line, anywhere in its words; `part` folded. */
export const foundMarks = (folded: string, part: string): readonly TextMark[] =>
  part === ''
    ? []
    : placesOf(folded, part).map((start) => ({ start, end: start + part.length, kind: 'found' as const }))
