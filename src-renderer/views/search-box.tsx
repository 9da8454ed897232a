import { LoaderCircle, Search } from 'lucide-react'
import { useCallback, useEffect, useId, useLayoutEffect, useRef } from 'react'
import type { KeyboardEvent, ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { drop } from '../api/drop.ts'
import { useShortcuts } from '../parts/use-shortcuts.ts'
import { useBoxCaret, useBoxSelection } from '../state/box-selection.ts'
import { keepQuery } from '../state/history.ts'
import { usePlace } from '../state/place.ts'
import { prepareSearch, useSearch } from '../state/search.ts'
import { pressedShortcut } from '../state/shortcuts.ts'
import type { Suggestion } from '../state/suggestions.ts'
import { BoxButtons } from './search/box-buttons.tsx'
import { hasPictures, QueryText } from './chips/query-text.tsx'
import { optionId, SuggestionList } from './search/suggestion-list.tsx'
import { useSuggestions } from './search/use-suggestions.ts'
import './search-box.css'

/** The first thing of the answer that can take the focus. */
const focusAnswer = (): void => {
  document.querySelector<HTMLElement>('main [data-roving="true"]')?.focus()
}

const setCaret = (at: number | null): void => useBoxCaret.setState({ at })

/**
 * The one box, always one key away: an editable combobox with a list that never chooses by itself
 * (https://www.w3.org/WAI/ARIA/apg/patterns/combobox/), so that Enter always searches for what is written.
 */
export const SearchBox = (): ReactElement => {
  const { t } = useTranslation()
  const input = useRef<HTMLInputElement>(null)
  const listId = useId()
  const text = useSearch((search) => search.text)
  const isSearching = useSearch((search) => search.isSearching)
  const isCurrent = useSearch((search) => !search.isSearching && search.answer?.query === search.text.trim())
  const { setText, submit } = useSearch.getState()
  const { view, go } = usePlace()
  const caret = useBoxCaret((box) => box.at) ?? text.length
  const suggestions = useSuggestions(caret)
  const { groups, active, offered } = suggestions
  const isOpen = groups.length > 0

  /** Where the caret belongs once the text is in the box. */
  const wantedCaret = useRef<number | null>(null)
  useLayoutEffect(() => {
    if (wantedCaret.current === null) return
    input.current?.setSelectionRange(wantedCaret.current, wantedCaret.current)
    wantedCaret.current = null
  })

  const selection = useBoxSelection()
  const seenTurn = useRef(selection.turn)
  useEffect(() => {
    if (seenTurn.current === selection.turn) return
    seenTurn.current = selection.turn
    input.current?.focus()
    input.current?.setSelectionRange(selection.start, selection.end)
  }, [selection])

  useShortcuts('everywhere', {
    search: () => {
      input.current?.focus()
      input.current?.select()
    },
  })

  const type = (next: string): void => {
    if (view !== 'library') go('library')
    suggestions.point(null)
    setText(next)
  }
  const accept = (suggestion: Suggestion): void => {
    const at = suggestions.accept(suggestion)
    const end = useSearch.getState().text.length
    wantedCaret.current = at ?? end
    setCaret(at ?? end)
  }

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    // What confirms a composed letter is not meant for us.
    if (event.nativeEvent.isComposing) return
    const pressed = pressedShortcut(event, 'box')
    if (pressed === 'forget' && active?.kind === 'recent') {
      event.preventDefault()
      suggestions.forget(active)
      return
    }
    if (pressed === 'suggest') {
      event.preventDefault()
      suggestions.open()
      return
    }
    switch (event.key) {
      case 'ArrowDown':
      case 'ArrowUp':
        event.preventDefault()
        if (isOpen) suggestions.step(event.key === 'ArrowDown' ? 1 : -1)
        else if (event.key === 'ArrowDown') focusAnswer()
        return
      case 'Tab': {
        const taken = active ?? offered
        if (event.shiftKey || !isOpen || taken === null) return
        event.preventDefault()
        accept(taken)
        return
      }
      case 'Enter':
        // Else the moment that gets the focus would hear it too, and be played.
        event.preventDefault()
        if (active !== null) {
          accept(active)
          return
        }
        suggestions.close()
        drop(keepQuery(text))
        if (isCurrent) focusAnswer()
        else submit()
        return
      case 'Escape':
        event.preventDefault()
        suggestions.close()
        if (isOpen) return
        if (text === '') input.current?.blur()
        else type('')
    }
  }

  const clear = useCallback(() => {
    useSearch.getState().setText('')
    input.current?.focus()
  }, [])

  return (
    <search
      className="search-box"
      onBlur={({ currentTarget, relatedTarget }) => {
        if (!currentTarget.contains(relatedTarget)) suggestions.close()
      }}
    >
      {isSearching ? (
        <LoaderCircle className="spin" size={17} aria-hidden />
      ) : (
        <Search size={17} aria-hidden />
      )}
      <span className="search-box-text">
        <input
          ref={input}
          type="text"
          role="combobox"
          aria-label={t('search.label')}
          aria-autocomplete="list"
          aria-expanded={isOpen}
          aria-controls={isOpen ? listId : undefined}
          aria-activedescendant={active === null ? undefined : optionId(active)}
          placeholder={t('search.placeholder')}
          value={text}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => {
            setCaret(event.target.selectionStart ?? event.target.value.length)
            type(event.target.value)
            suggestions.open()
          }}
          onSelect={({ currentTarget }) => setCaret(currentTarget.selectionStart ?? 0)}
          onBlur={() => setCaret(null)}
          onFocus={() => {
            prepareSearch()
            if (text === '') suggestions.open()
          }}
          onClick={() => text === '' && suggestions.open()}
          onKeyDown={onKeyDown}
        />
        {/* Nobody reads ids; whoever writes has to see them. */}
        {hasPictures(text) && (
          <span className="shown-query" aria-hidden>
            <QueryText text={text} />
          </span>
        )}
      </span>
      <BoxButtons onClear={clear} />
      {isOpen && (
        <SuggestionList
          id={listId}
          isEmpty={text.trim() === ''}
          suggestions={suggestions}
          onAccept={accept}
        />
      )}
    </search>
  )
}
