import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'

/** The menu in English: used for what a locale does not have. The keys stand under `appMenu` in resources/locales. */
const english = {
  file: 'File',
  addFolder: 'Add folder…',
  edit: 'Edit',
  view: 'View',
  window: 'Window',
  help: 'Help',
  ffmpeg: 'Get ffmpeg',
}
export type MenuTexts = typeof english

const localeFile = v.object({ appMenu: v.record(v.string(), v.string()) })

/** The menu's words for a locale such as `de-AT`, from `localesDirectory`; English where it has none. */
export const menuTexts = (localesDirectory: string, locale: string): MenuTexts => {
  const language = /^[a-z]{2,3}/.exec(locale.toLowerCase())?.[0] ?? 'en'
  try {
    const text = readFileSync(join(localesDirectory, `${language}.json`), 'utf8')
    const parsed = v.safeParse(localeFile, JSON.parse(text))
    if (!parsed.success) return english
    const { appMenu } = parsed.output
    const known = Object.entries(english).map(([key, word]) => [key, appMenu[key] ?? word])
    return Object.fromEntries(known) as MenuTexts
  } catch {
    return english // no such language
  }
}
