import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import de from '../../resources/locales/de.json'
import en from '../../resources/locales/en.json'
import { drop } from '../api/drop.ts'
import { usePreferences } from '../state/preferences.ts'

declare module 'i18next' {
  // The keys of the English texts are the type of every key. An interface, because i18next merges it.
  interface CustomTypeOptions {
    defaultNS: 'translation'
    resources: { readonly translation: typeof en }
  }
}

const languages = ['en', 'de'] as const

const speaks = (tag: string, language: string): boolean => tag.split('-')[0] === language

/**
 * The language that the person chose, else the first of the system's that Kinora speaks, else English; with the
 * system's region where it has one, for dates and numbers.
 */
const wanted = (): string => {
  const { language } = usePreferences.getState()
  const known = language === 'system' ? languages : [language]
  const [first = language === 'system' ? 'en' : language] = navigator.languages.filter((tag) =>
    known.some((one) => speaks(tag, one)),
  )
  return first
}

const apply = (): void => {
  drop(i18next.changeLanguage(wanted()))
  document.documentElement.lang = wanted()
}

/** Loads all texts (they are part of the page) and follows the preference. */
export const startLanguage = (): void => {
  drop(
    i18next.use(initReactI18next).init({
      resources: { en: { translation: en }, de: { translation: de } },
      lng: wanted(),
      fallbackLng: 'en',
      initAsync: false,
      interpolation: { escapeValue: false },
      react: { useSuspense: false },
    }),
  )
  apply()
  usePreferences.subscribe(apply)
}
