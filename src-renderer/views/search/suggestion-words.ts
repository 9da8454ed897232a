import type { TFunction, i18n as I18n } from 'i18next'
import type { FilterName } from '../../../src-main/domain/query-filters.ts'
import type { Suggestion } from '../../state/suggestions.ts'

type Choice = Suggestion & { readonly kind: 'choice' }

/** The filter that a choice is of: what its explanation is filed under, or whose value is written. */
export const filterOf = ({ completion, key }: Choice): string =>
  completion.kind === 'filter-value' ? completion.name : key

/** What a filter or one of its values means, in the person's own language; empty where it says that itself. */
export const choiceMeaning = (t: TFunction, i18n: I18n, { completion, key }: Choice): string => {
  if (key === '') return ''
  const text = completion.kind === 'filter-name' ? `filter.${key}` : `filterValue.${key}`
  if (!i18n.exists(text)) return ''
  return completion.kind === 'filter-name'
    ? t(`filter.${key as FilterName}`)
    : t(`filterValue.${key as 'is.portrait'}`)
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
      return t('suggest.spokenRecent', { query: suggestion.query })
    case 'collection':
      return t('suggest.spokenCollection', { name: suggestion.name })
    case 'forget-all':
      return t('suggest.forgetAll')
  }
}
