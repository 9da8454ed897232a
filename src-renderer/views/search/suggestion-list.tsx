import { History, Trash2, X } from 'lucide-react'
import type { LucideIcon } from 'lucide-react'
import { useEffect, useRef } from 'react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { keyNames } from '../../parts/key-names.ts'
import type { Suggestion } from '../../state/suggestions.ts'
import { QueryText } from '../chips/query-text.tsx'
import { filterIcon } from '../chips/filter-icons.ts'
import { collectionIcon } from '../collections/collection-icon.ts'
import { choiceMeaning, filterOf, spokenSuggestion } from './suggestion-words.ts'
import type { Suggestions } from './use-suggestions.ts'
import './suggestion-list.css'

/** Ids in the page: a query may hold any sign. */
export const optionId = (suggestion: Suggestion): string => `suggestion-${encodeURIComponent(suggestion.id)}`

const iconOf = (suggestion: Suggestion): LucideIcon => {
  switch (suggestion.kind) {
    case 'choice':
      return filterIcon(filterOf(suggestion))
    case 'recent':
      return History
    case 'collection':
      return collectionIcon(suggestion.query)
    case 'forget-all':
      return Trash2
  }
}

type OptionProps = {
  readonly suggestion: Suggestion
  readonly isActive: boolean
  readonly isOffered: boolean
  readonly isPill: boolean
  readonly onAccept: () => void
  readonly onPoint: () => void
  readonly onForget: () => void
}

const OptionWords = ({ suggestion, isPill }: Pick<OptionProps, 'suggestion' | 'isPill'>): ReactElement => {
  const { t, i18n } = useTranslation()
  switch (suggestion.kind) {
    case 'choice':
      return (
        <>
          <span className="suggestion-text">{suggestion.value}</span>
          {!isPill && <span className="suggestion-more">{choiceMeaning(t, i18n, suggestion)}</span>}
          {suggestion.count !== null && (
            <span className="suggestion-count">{t('library.count', { count: suggestion.count })}</span>
          )}
        </>
      )
    case 'recent':
      return (
        <span className="suggestion-text">
          <QueryText text={suggestion.query} />
        </span>
      )
    case 'collection':
      return (
        <>
          <span className="suggestion-text">{suggestion.name}</span>
          <span className="suggestion-more">
            <QueryText text={suggestion.query} />
          </span>
        </>
      )
    case 'forget-all':
      return <span className="suggestion-more">{t('suggest.forgetAll')}</span>
  }
}

const Option = (props: OptionProps): ReactElement => {
  const { suggestion, isActive, isOffered, isPill, onAccept, onPoint, onForget } = props
  const { t, i18n } = useTranslation()
  const line = useRef<HTMLDivElement>(null)
  const Icon = iconOf(suggestion)
  useEffect(() => {
    if (isActive) line.current?.scrollIntoView({ block: 'nearest' })
  }, [isActive])
  return (
    <div
      ref={line}
      role="option"
      id={optionId(suggestion)}
      aria-label={spokenSuggestion(t, i18n, suggestion)}
      aria-selected={isActive}
      className={`suggestion suggestion-${suggestion.kind}`}
      title={isPill && suggestion.kind === 'choice' ? choiceMeaning(t, i18n, suggestion) : undefined}
      onPointerMove={isActive ? undefined : onPoint}
      onClick={onAccept}
    >
      <Icon size={isPill ? 13 : 15} aria-hidden />
      <OptionWords suggestion={suggestion} isPill={isPill} />
      {isOffered && <kbd aria-hidden>{keyNames('Tab')}</kbd>}
      {suggestion.kind === 'recent' && (
        // By keys it is Shift+Delete: nothing inside an option can take the focus.
        <span
          className="suggestion-forget"
          title={t('suggest.forget')}
          aria-hidden
          onClick={(event) => {
            event.stopPropagation()
            onForget()
          }}
        >
          <X size={14} />
        </span>
      )}
    </div>
  )
}

type ListProps = {
  readonly id: string
  readonly isEmpty: boolean
  readonly suggestions: Suggestions
  readonly onAccept: (suggestion: Suggestion) => void
}

/** The list under the search box: values, filters, what was searched for and kept before. The focus stays in the box. */
export const SuggestionList = ({ id, isEmpty, suggestions, onAccept }: ListProps): ReactElement => {
  const { t, i18n } = useTranslation()
  const { groups, active, offered, point, forget } = suggestions
  return (
    <div
      className="suggestions"
      // The box would lose the focus, and with it the list.
      onPointerDown={(event) => event.preventDefault()}
      onMouseDown={(event) => event.preventDefault()}
      onPointerLeave={() => point(null)}
    >
      <div role="listbox" id={id} aria-label={t('suggest.label')} data-live className="suggestions-list">
        {groups.map(({ kind, suggestions: own }) => {
          const isPills = isEmpty && kind === 'filters'
          const [first] = own
          const head =
            kind === 'values' && first?.kind === 'choice' && first.completion.kind === 'filter-value'
              ? t(`filter.${first.completion.name}`)
              : t(`suggest.${kind}`)
          return (
            <div
              key={kind}
              role="group"
              aria-label={head}
              className={isPills ? 'suggestion-group suggestion-pills' : 'suggestion-group'}
            >
              <p className="suggestion-head" aria-hidden>
                {head}
              </p>
              {own.map((suggestion) => (
                <Option
                  key={suggestion.id}
                  suggestion={suggestion}
                  isActive={suggestion.id === active?.id}
                  isOffered={active === null && suggestion.id === offered?.id}
                  isPill={isPills}
                  onAccept={() => onAccept(suggestion)}
                  onPoint={() => point(suggestion.id)}
                  onForget={() => forget(suggestion)}
                />
              ))}
            </div>
          )
        })}
      </div>
      <p className="suggestions-foot" aria-hidden>
        {active?.kind === 'choice' && isEmpty && <b>{choiceMeaning(t, i18n, active)}</b>}
        <span>
          <kbd>↑</kbd>
          <kbd>↓</kbd>
          {t('suggest.choose')}
        </span>
        <span>
          {keyNames('Enter').map((name) => (
            <kbd key={name}>{name}</kbd>
          ))}
          {active === null ? t('suggest.search') : t('suggest.accept')}
        </span>
        {active?.kind === 'recent' && (
          <span>
            {keyNames('Shift+Delete').map((name) => (
              <kbd key={name}>{name}</kbd>
            ))}
            {t('suggest.forgetOne')}
          </span>
        )}
        <span>
          {keyNames('Escape').map((name) => (
            <kbd key={name}>{name}</kbd>
          ))}
          {t('suggest.close')}
        </span>
      </p>
    </div>
  )
}
