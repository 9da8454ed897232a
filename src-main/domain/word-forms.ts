/**
 * How one word stands for another. `inflected`: the same word in English grammar, in any text (dogs, baked). `german`: the
 * same word in German grammar, whose endings make other words in English (Hunde; care is no form of car). `german-er`: by
 * the ending that does so most (Kinder; flower is no form of flow). `compound`: it begins or ends with the other
 * (Geburtstagskuchen).
 */
export type FormKind = 'same' | 'inflected' | 'german' | 'german-er' | 'compound'

const hasVowel = (stem: string): boolean => /[aeiouy]/.test(stem)
/** Shorter ones are other words: `sing` is no form of `s`, `bed` none of `b`. */
const shortestStem = 3

const stem = (word: string, ending: string, instead = ''): readonly string[] => {
  if (!word.endsWith(ending) || word.length - ending.length < shortestStem) return []
  const rest = word.slice(0, word.length - ending.length)
  return hasVowel(rest) ? [rest + instead] : []
}
/** `running` has the stems runn, run and runne. */
const verbStems = (word: string, ending: string): readonly string[] =>
  stem(word, ending).flatMap((rest) => {
    const doubled = /([b-df-hj-np-tv-z])\1$/.test(rest) ? [rest.slice(0, -1)] : []
    return [rest, `${rest}e`, ...doubled]
  })

const englishStems = (word: string): readonly string[] => [
  word,
  ...(word.endsWith('ss') ? [] : stem(word, 's')),
  ...stem(word, 'es'),
  ...stem(word, 'ies', 'y'),
  ...stem(word, 'ied', 'y'),
  ...verbStems(word, 'ed'),
  ...verbStems(word, 'ing'),
]

const germanEndings = ['e', 'en', 'n', 'em', 'es', 's']
const germanStems = (word: string, endings: readonly string[] = germanEndings): readonly string[] => [
  word,
  ...endings.flatMap((ending) => stem(word, ending)),
]
const germanErStems = (word: string): readonly string[] =>
  germanStems(word, [...germanEndings, 'er', 'ern', 'ers'])

const meet = (some: readonly string[], others: readonly string[]): boolean =>
  some.some((one) => others.includes(one))

/** `hund` is long enough to be looked for in German compounds; `ei` and `tag` stand in everything. */
const shortestPart = 4
const shortestRest = 3

const isCompoundOf = (asked: string, there: string): boolean =>
  asked.length >= shortestPart &&
  there.length >= asked.length + shortestRest &&
  (there.startsWith(asked) || there.endsWith(asked))

/** `birthday2019`: names of files are written so. */
const isNumbered = (asked: string, there: string): boolean =>
  asked.length >= shortestStem && there.startsWith(asked) && /^\d+$/.test(there.slice(asked.length))

/** How `there`, a word of a text, stands for `asked`, both folded; null: not at all. */
export const formKind = (asked: string, there: string): FormKind | null => {
  if (asked === there) return 'same'
  // Every stem begins like its word: most words are told apart by this alone.
  if (!there.startsWith(asked.slice(0, shortestStem)) || there.length < shortestStem)
    return isCompoundOf(asked, there) ? 'compound' : null
  if (meet(englishStems(asked), englishStems(there)) || isNumbered(asked, there)) return 'inflected'
  if (meet(germanStems(asked), germanStems(there))) return 'german'
  if (meet(germanErStems(asked), germanErStems(there))) return 'german-er'
  return isCompoundOf(asked, there) ? 'compound' : null
}

/** Languages that write two words as one. */
const compounding: ReadonlySet<string> = new Set(['de', 'nl', 'sv', 'da', 'no', 'nb', 'nn', 'fi', 'is', 'hu'])
/** ISO 639-2 as films and file names have it, for those that matter here. */
const shortCodes: Readonly<Record<string, string>> = {
  ger: 'de',
  deu: 'de',
  eng: 'en',
  dut: 'nl',
  nld: 'nl',
  swe: 'sv',
  dan: 'da',
  nor: 'no',
  nob: 'nb',
  nno: 'nn',
  fin: 'fi',
  ice: 'is',
  isl: 'is',
  hun: 'hu',
}

/** The language of a tag such as `pt-br` or `ger`, by two letters where we know them. */
export const mainLanguage = (tag: string): string => {
  const main = tag.toLowerCase().split(/[-_]/)[0] ?? ''
  return shortCodes[main] ?? main
}

/**
 * How well a form stands for the word in a text of a language (a tag; null: nobody knows), 0..1. Where the language is
 * not known, German endings and compounds count where the word is long enough not to be another by chance.
 */
export const formQuality = (kind: FormKind, asked: string, language: string | null): number => {
  const main = language === null ? null : mainLanguage(language)
  switch (kind) {
    case 'same':
      return 1
    case 'inflected':
      return 0.9
    case 'german':
      if (main === 'de') return 0.9
      return main === null && asked.length >= shortestPart ? 0.8 : 0
    case 'german-er':
      return main === 'de' ? 0.9 : 0
    case 'compound':
      if (main === null) return asked.length > shortestPart ? 0.7 : 0
      return compounding.has(main) ? 0.7 : 0
  }
}

/** Where words that may be forms of `asked` begin: every ending that we know leaves so much of it. */
export const formPrefix = (asked: string): string => {
  const stems = [...englishStems(asked), ...germanErStems(asked)]
  const shortest = stems.reduce((least, one) => (one.length < least.length ? one : least), asked)
  return /[eiy]$/.test(shortest) && shortest.length > shortestStem ? shortest.slice(0, -1) : shortest
}
