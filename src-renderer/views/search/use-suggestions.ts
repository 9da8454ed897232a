import { useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { applyCompletion } from '../../../src-main/domain/query-completion.ts'
import { drop } from '../../api/drop.ts'
import { openCollection, useCollections } from '../../state/collections.ts'
import { useFilterValues, wantFilterValues } from '../../state/filter-values.ts'
import { forgetQuery, keepQuery, useHistory } from '../../state/history.ts'
import { usePlace } from '../../state/place.ts'
import { valueOr } from '../../state/resource.ts'
import { useSearch } from '../../state/search.ts'
import { openCompletion, suggestionsFor } from '../../state/suggestions.ts'
import type { Suggestion, SuggestionGroup } from '../../state/suggestions.ts'

export type Suggestions = {
  readonly groups: readonly SuggestionGroup[]
  /** The line that the arrow keys stand on. */
  readonly active: Suggestion | null
  /** What Tab takes without any arrow key: a value is asked for, and this is the first. */
  readonly offered: Suggestion | null
  readonly open: () => void
  readonly close: () => void
  readonly step: (by: 1 | -1) => void
  readonly point: (id: string | null) => void
  /** Takes a line; answers where the caret belongs then, or null for the end of the text. */
  readonly accept: (suggestion: Suggestion) => number | null
  readonly forget: (suggestion: Suggestion) => void
}

/** What the list under the box offers to a text with its caret there, and what is done with it. */
export const useSuggestions = (caret: number): Suggestions => {
  const { i18n } = useTranslation()
  const language = i18n.language.startsWith('de') ? 'de' : 'en'
  const text = useSearch((search) => search.text)
  const past = useHistory(({ loaded }) => loaded)
  const collections = useCollections(({ loaded }) => loaded)
  const values = useFilterValues((found) => found.values)
  const [isOpen, setOpen] = useState(false)
  const [activeId, setActiveId] = useState<string | null>(null)

  const completion = isOpen ? openCompletion(text, caret) : null
  const name = completion?.kind === 'filter-value' ? completion.name : ''
  const prefix = completion?.prefix ?? ''
  useEffect(() => wantFilterValues(name === '' ? null : { name, prefix }), [name, prefix])

  const groups = useMemo(
    () =>
      isOpen
        ? suggestionsFor({
            text,
            caret,
            past: valueOr(past, []),
            collections: valueOr(collections, []),
            values,
            language,
          })
        : [],
    [isOpen, text, caret, past, collections, values, language],
  )
  const all = groups.flatMap(({ suggestions }) => suggestions)
  const at = all.findIndex(({ id }) => id === activeId)
  const close = (): void => {
    setOpen(false)
    setActiveId(null)
  }

  const take = (query: string): void => {
    usePlace.getState().go('library')
    useSearch.getState().setText(query)
  }
  const accept = (suggestion: Suggestion): number | null => {
    setActiveId(null)
    switch (suggestion.kind) {
      case 'choice': {
        const done = applyCompletion(text, suggestion.completion.span, suggestion.value)
        take(done.text)
        // Behind the name of a filter stands its value, and that is offered next.
        if (suggestion.completion.kind === 'filter-value') close()
        return done.caret
      }
      case 'recent':
        take(suggestion.query)
        drop(keepQuery(suggestion.query))
        close()
        return null
      case 'collection':
        openCollection(suggestion)
        close()
        return null
      case 'forget-all':
        drop(forgetQuery(null))
        return null
    }
  }

  return {
    groups,
    active: all[at] ?? null,
    offered: groups[0]?.kind === 'values' ? (all[0] ?? null) : null,
    open: () => setOpen(true),
    close,
    step: (by) => {
      // One step more than there are lines: between the last and the first one is in the box again.
      const next = (at + 1 + by + all.length + 1) % (all.length + 1)
      setActiveId(all[next - 1]?.id ?? null)
    },
    point: setActiveId,
    accept,
    forget: (suggestion) => {
      if (suggestion.kind === 'recent') drop(forgetQuery(suggestion.query))
    },
  }
}
