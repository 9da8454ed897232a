import type { TFunction } from 'i18next'
import type { Model, ProviderState } from '../../../src-preload/contract/nouns.ts'
import { bytes, percent, roughly } from '../../parts/format.ts'
import { builtInModel } from '../../state/models.ts'
import { timeLeft } from '../index-words.ts'

export const modelName = (t: TFunction, model: Model): string =>
  model.id === builtInModel ? t('models.builtInName') : model.name

const inLanguage = (words: { readonly en: string; readonly de: string }, language: string): string =>
  language.startsWith('de') ? words.de : words.en

export const goodAtWords = (t: TFunction, model: Model, language: string): string => {
  if (model.id === builtInModel) return t('models.builtIn')
  return model.goodAt === null ? model.description : inLanguage(model.goodAt, language)
}

const letters = (text: string): string => text.toLowerCase().replace(/[^a-z0-9.]/g, '')

/** The licence in plain words (of another of the `models` where its own has none), and by its name. */
export const licenceWords = (
  t: TFunction,
  model: Model,
  models: readonly Model[],
  language: string,
): string => {
  const all = [model, ...models].filter(({ licence }) => licence === model.licence)
  const known = all.find((one) => one.licenceWords !== null)?.licenceWords ?? null
  if (known === null) {
    return model.licence === '' ? '' : t('models.licence', { licence: model.licence })
  }
  const words = inLanguage(known, language)
  return letters(words).startsWith(letters(model.licence)) ? words : `${model.licence}: ${words}`
}

/** So many are named; of more, only their number is told. */
const mostNamed = 3

/** What it understands. `mul` stands for languages that nobody counted. */
export const languageWords = (t: TFunction, model: Model, language: string): string => {
  const { languages } = model
  if (languages.includes('mul')) return t('models.manyLanguages')
  const names = new Intl.DisplayNames(language, { type: 'language' })
  const named = (tag: string): string => names.of(tag) ?? tag
  if (languages.length <= mostNamed) return new Intl.ListFormat(language).format(languages.map(named))
  const own = language.split('-')[0] ?? language
  return languages.includes(own)
    ? t('models.languagesWithOwn', { number: languages.length, language: named(own) })
    : t('models.languages', { number: languages.length })
}

/** "1,200 of 2,000 films"; empty where there is no film. */
export const seenWords = (t: TFunction, { coverage, cost }: Model, language: string): string => {
  if (coverage >= 1 || (coverage > 0 && cost?.films === 0)) return t('models.seenAll')
  if (cost === null) return coverage > 0 ? t('models.seenShare', { share: percent(coverage, language) }) : ''
  if (cost.films === 0) return ''
  if (coverage === 0) return t('models.seenNone')
  const total = Math.round(cost.films / (1 - coverage))
  return t('models.seenSome', { seen: total - cost.films, total })
}

type Cost = NonNullable<Model['cost']>

/** "about 25 minutes of work"; empty where nothing is left to do. */
export const costWords = (t: TFunction, { films, seconds }: Cost): string => {
  if (films === 0) return ''
  return seconds === null ? t('models.timeUnknown') : t('models.work', { time: timeLeft(t, seconds) })
}

/** "40 MB, guessed" */
export const costNote = (
  t: TFunction,
  { seconds, measured, bytes: size }: Cost,
  language: string,
): string => {
  const source = seconds === null ? [] : [measured ? t('models.measured') : t('models.guessed')]
  return [bytes(size, language), ...source].join(', ')
}

const providers = ['cuda', 'dml', 'coreml', 'webgpu', 'cpu'] as const satisfies ProviderState['provider'][]

/** What people call it; what is not known is shown as it is written. */
export const providerWords = (t: TFunction, name: string): string => {
  const known = providers.find((provider) => provider === name.toLowerCase())
  return known === undefined ? name : t(`provider.${known}`)
}

/** "42 pictures a second" */
export const paceWords = (t: TFunction, picturesPerSecond: number, language: string): string =>
  t('models.pace', { count: picturesPerSecond, pictures: roughly(picturesPerSecond, language) })

/** "312 MB of 696 MB · 11 MB/s · about 2 minutes left": what is known of it. */
export const downloadWords = (
  t: TFunction,
  download: NonNullable<Model['download']>,
  language: string,
): readonly string[] => {
  const { bytes: done, total, speed, secondsLeft } = download
  return [
    t('models.downloaded', { done: bytes(done, language), total: bytes(total, language) }),
    ...(speed === null ? [] : [speed === 0 ? t('models.stands') : `${bytes(speed, language)}/s`]),
    ...(secondsLeft === null ? [] : [t('models.timeLeft', { time: timeLeft(t, secondsLeft) })]),
  ]
}
