import { Equal, Minus, Quote, TriangleAlert, X } from 'lucide-react'
import type { LucideIcon } from 'lucide-react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { parseQuery } from '../../src-main/domain/query.ts'
import type { QueryError, QueryTerm } from '../../src-main/domain/query.ts'
import { Button } from '../parts/button.tsx'
import { replaceSpan } from '../state/query-mode.ts'
import { useSearch } from '../state/search.ts'
import './query-chips.css'

type ChipProps = {
  readonly icon?: LucideIcon | undefined
  readonly text: string
  readonly kind: 'term' | 'filter' | 'error'
  readonly onRemove: () => void
  readonly children?: ReactElement | false
}

const Chip = ({ icon: Icon, text, kind, onRemove, children }: ChipProps): ReactElement => {
  const { t } = useTranslation()
  return (
    <li className={`chip chip-${kind}`}>
      {Icon && <Icon size={13} aria-hidden />}
      <span className="chip-text">{text}</span>
      {children}
      <button
        type="button"
        className="chip-remove"
        aria-label={t('chips.remove', { text })}
        onClick={onRemove}
      >
        <X size={13} aria-hidden />
      </button>
    </li>
  )
}

const termIcon = (term: QueryTerm): LucideIcon | undefined => {
  if (term.negative) return Minus
  return term.kind === 'exact' ? Quote : undefined
}

/** What was read of the query: each part can be taken out, a mistake can be put right. */
export const QueryChips = (): ReactElement | null => {
  const { t } = useTranslation()
  const text = useSearch((search) => search.text)
  const setText = useSearch((search) => search.setText)
  const { terms, filters, errors } = parseQuery(text)
  if (terms.length + filters.length + errors.length === 0) return null

  const change = (span: { readonly start: number; readonly end: number }, replacement = ''): void =>
    setText(replaceSpan(text, span.start, span.end, replacement))
  const explain = (error: QueryError): string =>
    `${text.slice(error.start, error.end)}: ${t(`queryError.${error.code}`)}`

  return (
    <ul className="chips" aria-label={t('chips.label')}>
      {terms.map((term) => (
        <Chip
          key={term.start}
          kind="term"
          icon={termIcon(term)}
          text={term.weight === 1 ? term.text : `${term.text} ×${term.weight}`}
          onRemove={() => change(term)}
        />
      ))}
      {filters.map((filter) => (
        <Chip
          key={filter.start}
          kind="filter"
          icon={Equal}
          text={filter.text}
          onRemove={() => change(filter)}
        />
      ))}
      {errors.map((error) => (
        <Chip
          key={error.start}
          kind="error"
          icon={TriangleAlert}
          text={explain(error)}
          onRemove={() => change(error)}
        >
          {error.suggestion !== '' && (
            <Button kind="quiet" onPress={() => change(error, error.suggestion)}>
              {t('chips.use', { text: error.suggestion })}
            </Button>
          )}
        </Chip>
      ))}
    </ul>
  )
}
