import { entries, type Entry } from './palette-lexicon.ts'

const umlauts: readonly (readonly [string, string])[] = [
  ['ä', 'ae'],
  ['ö', 'oe'],
  ['ü', 'ue'],
]

/** What the tokenizer makes of a written word: lower case, accents off, ss for ß. */
export const plainWord = (word: string): string =>
  word
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')

const inflected = (pattern: string): readonly string[] => {
  const stem = pattern.slice(0, -1)
  if (pattern.endsWith('~')) return ['', 'e', 'er', 'es', 'en', 'em'].map((ending) => stem + ending)
  if (pattern.endsWith('+')) return [stem, `${stem}s`]
  return [pattern]
}

/** A word and its ae/oe/ue spelling, both plain. */
const spellings = (word: string): readonly string[] => {
  const written = umlauts.reduce((text, [umlaut, letters]) => text.replaceAll(umlaut, letters), word)
  return [...new Set([plainWord(word), plainWord(written)])]
}

export type Word = {
  /** As plainWord leaves it; several words still have their spaces. */
  readonly text: string
  readonly means: Entry['means']
  readonly doubt: number
}

/** Every word Palette knows, in a fixed order, each once (the first entry that names it holds). */
export const words: readonly Word[] = [
  ...new Map(
    entries
      .flatMap(({ means, doubt = 0, words: list }) =>
        list
          .split(', ')
          .flatMap(inflected)
          .flatMap(spellings)
          .map((text) => [text, { text, means, doubt }] as const),
      )
      .reverse(),
  ).values(),
].reverse()
