import { wordRunsOf } from './fold-words.ts'
import { isFunctionWord } from './function-words.ts'
import { formKind, formQuality } from './word-forms.ts'

/** A word that is looked for: folded, several signs where it is a run of writing without spaces. */
export type WantedWord = {
  readonly signs: readonly string[]
  /** How much it says: rare words more, the words between them next to nothing. */
  readonly weight: number
}

/** The words of a description, and the sum of their weights. */
export type WantedWords = { readonly words: readonly WantedWord[]; readonly total: number }

/** The folded words of a text, and its language where that is known. */
export type TextWords = { readonly words: readonly string[]; readonly language: string | null }

/** `the` weighs a tenth of what a word does that is as rare: in a library of few lines every word is rare. */
const functionWeight = 0.1
/** A description of more words is matched by those that say the most. */
const mostWords = 32

/** How much a word says that stands in `lines` of `all` lines (the idf of BM25, always above 0). */
export const rarity = (lines: number, all: number): number => {
  const there = Math.min(lines, all)
  return Math.log(1 + (all - there + 0.5) / (there + 0.5))
}

/** The words of `text`, each once; `linesWith` says in how many lines a word stands, of `all`. */
export const wantedWords = (
  text: string,
  linesWith: (signs: readonly string[]) => number,
  all: number,
): WantedWords => {
  const runs = new Map(wordRunsOf(text).map((signs) => [signs.join(' '), signs]))
  const words = [...runs.values()]
    .map((signs) => {
      const [first = ''] = signs
      const share = signs.length === 1 && isFunctionWord(first) ? functionWeight : 1
      return { signs, weight: rarity(linesWith(signs), all) * share }
    })
    .sort((a, b) => b.weight - a.weight)
    .slice(0, mostWords)
  return { words, total: words.reduce((sum, { weight }) => sum + weight, 0) }
}

/** Where `phrase` begins in `words`, from `from` on; -1: nowhere. */
export const phraseAt = (words: readonly string[], phrase: readonly string[], from = 0): number => {
  for (let at = from; at + phrase.length <= words.length; at += 1)
    if (phrase.every((word, i) => words[at + i] === word)) return at
  return -1
}

/** How well each wanted word stands in a text, 0..1, in the order of the words that are wanted. */
export type QualityReader = (text: TextWords) => readonly number[]

/** Reads texts against what is wanted. Keep it for all texts of a question: it remembers the words it has met. */
export const qualityReader = ({ words: wanted }: WantedWords): QualityReader => {
  const met = new Map<string | null, Map<string, readonly (readonly [at: number, quality: number])[]>>()
  const meet = (word: string, language: string | null): readonly (readonly [number, number])[] =>
    wanted.flatMap(({ signs }, at) => {
      const [asked = ''] = signs
      const kind = signs.length > 1 ? null : formKind(asked, word)
      const quality = kind === null ? 0 : formQuality(kind, asked, language)
      return quality > 0 ? [[at, quality] as const] : []
    })
  return ({ words, language }) => {
    const known = met.get(language) ?? new Map<string, readonly (readonly [number, number])[]>()
    met.set(language, known)
    const qualities: number[] = wanted.map(({ signs }) =>
      signs.length > 1 && phraseAt(words, signs) >= 0 ? 1 : 0,
    )
    for (const word of words) {
      let found = known.get(word)
      if (found === undefined) known.set(word, (found = meet(word, language)))
      for (const [at, quality] of found) qualities[at] = Math.max(qualities[at] ?? 0, quality)
    }
    return qualities
  }
}

/** The share of what is wanted that is there, 0..1, by weight. */
export const shareOf = ({ words, total }: WantedWords, qualities: readonly number[]): number =>
  total === 0 ? 0 : words.reduce((sum, { weight }, i) => sum + weight * (qualities[i] ?? 0), 0) / total

/** Of a description so much must be there, by weight. */
export const leastShare = 0.5

/**
 * The fewest words, the ones that say the most, of which every text with `leastShare` has one: what lacks them all
 * need not be looked at.
 */
export const decisiveWords = ({ words, total }: WantedWords): readonly WantedWord[] => {
  const decisive: WantedWord[] = []
  let sum = 0
  for (const word of words) {
    // The rest alone cannot reach the least share.
    if (sum > total * (1 - leastShare)) break
    decisive.push(word)
    sum += word.weight
  }
  return decisive
}
