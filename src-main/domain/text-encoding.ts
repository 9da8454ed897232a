import { mainLanguage } from './word-forms.ts'

/** What Windows wrote before Unicode, as labels of the web's TextDecoder, and for which languages. */
const encodings: readonly (readonly [label: string, tags: string])[] = [
  ['windows-1250', 'pl cs sk sl hr bs ro hu sq pol cze ces slo slk slv hrv rum ron'],
  ['windows-1251', 'ru uk be bg mk sr rus ukr bul srp'],
  ['windows-1253', 'el gre ell'],
  ['windows-1254', 'tr tur'],
  ['windows-1255', 'he iw heb'],
  ['windows-1256', 'ar fa ur ara per fas'],
  ['windows-1257', 'lt lv et lit lav est'],
  ['shift_jis', 'ja jpn'],
  ['euc-kr', 'ko kor'],
  ['gb18030', 'zh chi zho'],
]
const byLanguage = new Map(encodings.flatMap(([label, tags]) => tags.split(' ').map((tag) => [tag, label])))

const isTraditional = (tag: string): boolean => /^(zh|chi|zho)[-_](tw|hk|mo|hant)/.test(tag)

/** Of Western text one letter in ten has an accent at most; of Cyrillic text every letter is above 0x80. */
const foreignShare = 0.4

/**
 * The encoding of a text that is neither UTF-8 nor marked as UTF-16: by its `language` (a tag, or null), else by its bytes:
 * zeros in every other place are UTF-16 without a mark, letters that are mostly above 0x80 are Cyrillic (windows-1251, or
 * KOI8-R, which has the small letters where 1251 has the large ones), and the rest is Western. A label of TextDecoder.
 */
export const legacyEncoding = (bytes: Uint8Array, language: string | null): string => {
  let [even, odd, plain, high, upper] = [0, 0, 0, 0, 0]
  for (const [at, byte] of bytes.entries()) {
    if (byte === 0) {
      if (at % 2 === 0) even += 1
      else odd += 1
    } else if (byte >= 0xc0) {
      high += 1
      if (byte < 0xe0) upper += 1
    } else if ((byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a)) plain += 1
  }
  // Digits and line ends of any script have a zero beside them.
  if (odd > bytes.length / 10 && odd > even * 4) return 'utf-16le'
  if (even > bytes.length / 10 && even > odd * 4) return 'utf-16be'
  if (language !== null) {
    if (isTraditional(language.toLowerCase())) return 'big5'
    const known = byLanguage.get(mainLanguage(language))
    if (known !== undefined) return known
  }
  if (high < (plain + high) * foreignShare) return 'windows-1252'
  return upper > high / 2 ? 'koi8-r' : 'windows-1251'
}

/** Wrong bytes in a UTF-8 text, for each ten right ones, before it is taken for something else. */
const mostWrong = 0.1

/** True for a text, decoded as UTF-8, that is UTF-8: a few broken signs do not make it anything else. */
export const isReadAsUtf8 = (text: string): boolean => {
  const strange = text.match(/[^\p{ASCII}]/gu) ?? []
  const wrong = strange.filter((sign) => sign === '\ufffd').length
  return wrong <= (strange.length - wrong) * mostWrong
}
