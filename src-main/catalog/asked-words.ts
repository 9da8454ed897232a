import { wordsOf } from '../domain/fold-words.ts'
import { isFunctionWord } from '../domain/function-words.ts'
import {
  decisiveWords,
  leastShare,
  phraseAt,
  qualityReader,
  shareOf,
  wantedWords,
} from '../domain/word-match.ts'
import type { QualityReader, TextWords, WantedWord, WantedWords } from '../domain/word-match.ts'
import { ftsForms, ftsMatch } from './fts-match.ts'
import type { KnownForm, WordBook } from './word-book.ts'

/** One term of a query as texts are searched for it. */
export type AskedWords = {
  /** Of a term in quotation marks: just these words, one behind the other; null: a description. */
  readonly phrase: readonly string[] | null
  readonly wanted: WantedWords
  readonly read: QualityReader
  /** FTS5 queries for texts that may answer, the strictest first; none where nothing can. */
  readonly matches: readonly string[]
}

/** How well one text answers, both 0..1: `share` of what is asked for is there, `score` orders. */
export type TextScore = { readonly share: number; readonly score: number }

const ofContent = ({ signs }: WantedWord): boolean => signs.length > 1 || !isFunctionWord(signs[0] ?? '')

/** Reads terms: `exact` for what stands in quotation marks. A term without a word asks for nothing. */
export const createAskWords = (book: WordBook): ((text: string, exact: boolean) => AskedWords) => {
  const quoted = (text: string): AskedWords => {
    const match = ftsMatch(text, true)
    const matches = match === null ? [] : [match]
    const wanted = { words: [], total: 0 }
    return { phrase: wordsOf(text), wanted, read: qualityReader(wanted), matches }
  }
  return (text, exact) => {
    if (exact) return quoted(text)
    const known = new Map<string, readonly KnownForm[]>()
    const knownForms = (word: string): readonly KnownForm[] => {
      const forms = known.get(word) ?? book.formsOf(word)
      known.set(word, forms)
      return forms
    }
    /** A run of writing without spaces has no endings, and nobody counts it. */
    const formsOf = ({ signs }: WantedWord): readonly (readonly string[])[] =>
      signs.length > 1 ? [signs] : knownForms(signs[0] ?? '').map(({ word }) => [word])
    const linesWith = (signs: readonly string[]): number =>
      signs.length > 1
        ? Math.min(...signs.map(book.linesWith))
        : knownForms(signs[0] ?? '')
            .filter(({ kind }) => kind === 'same' || kind === 'inflected')
            .reduce((sum, { lines }) => sum + lines, 0)
    const wanted = wantedWords(text, linesWith, book.lines())
    const content = wanted.words.filter(ofContent)
    const all = ftsForms((content.length > 0 ? content : wanted.words).map(formsOf), true)
    const some = ftsForms(decisiveWords(wanted).map(formsOf), false)
    const matches = [all, some].filter((match) => match !== null)
    return { phrase: null, wanted, read: qualityReader(wanted), matches: [...new Set(matches)] }
  }
}

/** Half of the order of short texts is how little else stands in them. */
const coverageShare = 0.5

/** A short text (a title, a name) against a term; null: it does not answer. */
export const scoreShortText = ({ phrase, wanted, read }: AskedWords, text: TextWords): TextScore | null => {
  const { words } = text
  if (phrase !== null) {
    if (phrase.length === 0 || phraseAt(words, phrase) < 0) return null
    return { share: 1, score: 1 - coverageShare + (coverageShare * phrase.length) / words.length }
  }
  const qualities = read(text)
  const share = shareOf(wanted, qualities)
  if (share < leastShare) return null
  const found = qualities.filter((quality) => quality > 0).length
  return {
    share,
    score: share * (1 - coverageShare + (coverageShare * found) / Math.max(found, words.length)),
  }
}
