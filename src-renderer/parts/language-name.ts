/** The tag of a language as browsers write it: `ger` and `deu` are `de`; null for what is none. */
const canonical = (code: string): string | null => {
  try {
    return Intl.getCanonicalLocales(code)[0] ?? null
  } catch {
    // Containers carry any three letters.
    return null
  }
}

/** What a language is called in the language `shown`; what is no language tag is shown as it is, `und` not at all. */
export const languageName = (code: string, shown: string): string => {
  const tag = canonical(code)
  if (tag === 'und') return ''
  return tag === null ? code : (new Intl.DisplayNames(shown, { type: 'language' }).of(tag) ?? code)
}

/** Whether two tags are of one language, wherever it is spoken. */
export const sameLanguage = (a: string, b: string): boolean => {
  const [one, other] = [canonical(a), canonical(b)]
  return one !== null && other !== null && one.split('-')[0] === other.split('-')[0]
}
