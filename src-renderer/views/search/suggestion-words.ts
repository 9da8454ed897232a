import type { TFunction, i18n as I18n } from 'i18next'
import type { Completion } from '../../../src-main/domain/query-completion.ts'
import { spokenQuery } from '../chips/like-words.ts'
import type { Suggestion } from '../../state/suggestions.ts'

type FilterName = Extract<Completion, { readonly kind: 'filter-value' }>['name']
type Choice = Suggestion & { readonly kind: 'choice' }

/** The filter that a choice is of: what its explanation is filed under, or whose value is written. */
export const filterOf = ({ completion, key }: Choice): string =>
  completion.kind === 'filter-value' ? completion.name : key

/** What a filter or one of its values means, in the person's own language; empty where it says that itself. */
export const choiceMeaning = (t: TFunction, i18n: I18n, { completion, key }: Choice): string => {
  if (completion.kind === 'filter-name') return t(`filter.${key as FilterName}`)
  const [filter, value] = key.split('.') as ['is', 'portrait']
  return i18n.exists(`filterValue.${key}`) ? t(`filterValue.${filter}.${value}`) : ''
}

/** A line as it is read aloud. */
export const spokenSuggestion = (t: TFunction, i18n: I18n, suggestion: Suggestion): string => {
  switch (suggestion.kind) {
    case 'choice': {
      const { value, count } = suggestion
      const films = count === null ? '' : t('library.count', { count })
      return [value, choiceMeaning(t, i18n, suggestion), films].filter((word) => word !== '').join(', ')
    }
    case 'recent':
      return t('suggest.spokenRecent', { query: spokenQuery(t, suggestion.query) })
    case 'collection':
      return t('suggest.spokenCollection', { name: suggestion.name })
    case 'forget-all':
      return t('suggest.forgetAll')
  }
}
