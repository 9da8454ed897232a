import { usePreferences } from '../state/preferences.ts'

/** Puts light or dark on the document, as the person or the system wants it, and follows both. */
export const startAppearance = (): void => {
  const system = matchMedia('(prefers-color-scheme: dark)')
  const apply = (): void => {
    const { appearance } = usePreferences.getState()
    document.documentElement.dataset['scheme'] =
      appearance === 'system' ? (system.matches ? 'dark' : 'light') : appearance
  }
  apply()
  system.addEventListener('change', apply)
  usePreferences.subscribe(apply)
}
