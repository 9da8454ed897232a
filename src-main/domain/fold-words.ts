/** Writing without spaces: each sign is a word, and a run of them is looked for as they follow each other. */
const unspaced = String.raw`(?=[\p{L}\p{N}])[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]\p{M}*`
const run = new RegExp(String.raw`(?:${unspaced})+|(?:(?!${unspaced})[\p{L}\p{N}\p{M}])+`, 'gu')
const sign = new RegExp(unspaced, 'gu')

/** Letters that are no letter with a mark to Unicode, but are typed as others. */
const alike: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ł: 'l',
  þ: 'th',
  ı: 'i',
}

/** Lower case, without accents (of Latin, Greek, Cyrillic letters), full-width forms and ligatures as plain letters. */
const fold = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFC')
    .toLowerCase()
    .replace(/[ßæœøđðłþı]/g, (letter) => alike[letter] ?? letter)

/**
 * The words of a text, folded, each as the signs that are looked for one behind the other: one for a word with spaces
 * around it, several for a run of writing without spaces. What is neither letter nor digit is no part of any.
 */
export const wordRunsOf = (text: string): readonly (readonly string[])[] =>
  (fold(text).match(run) ?? []).map((word) => word.match(sign) ?? [word])

/** The words of a text in its order, folded: by these alone texts are indexed and looked for. */
export const wordsOf = (text: string): readonly string[] =>
  // Most lines have English letters only, and are read five times as fast so.
  /^\p{ASCII}*$/u.test(text) ? (text.toLowerCase().match(/[a-z0-9]+/g) ?? []) : wordRunsOf(text).flat()
