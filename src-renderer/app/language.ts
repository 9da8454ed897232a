import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import de from '../../resources/locales/de.json'
import en from '../../resources/locales/en.json'
import { drop } from '../api/drop.ts'
import { usePreferences } from '../state/preferences.ts'

declare module 'i18next' {
  // The keys of the English texts are the type of every key. An interface, because i18next merges it.
  // eslint-disable-next-line @typescript-eslint/consistent-type-definitions
  interface CustomTypeOptions {
    defaultNS: 'translation'
    resources: { readonly translation: typeof en }
  }
}

const languages = ['en', 'de'] as const

/** The language that the person chose, else the first of the system's that Kinora speaks, else English. */
const wanted = (): string => {
  const { language } = usePreferences.getState()
  if (language !== 'system') return language
  const [first = 'en'] = navigator.languages
    .map((tag) => tag.split('-')[0])
    .filter((tag) => languages.some((known) => known === tag))
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
