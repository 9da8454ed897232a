import { LoaderCircle, Search, X } from 'lucide-react'
import { useRef } from 'react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../parts/button.tsx'
import { firstKey } from '../parts/key-names.ts'
import { useShortcuts } from '../parts/use-shortcuts.ts'
import { usePlace } from '../state/place.ts'
import { useSearch } from '../state/search.ts'
import './search-box.css'

/** The first thing of the answer that can take the focus. */
const focusAnswer = (): void => {
  document.querySelector<HTMLElement>('main [data-roving="true"]')?.focus()
}

/** The one box, always one key away. */
export const SearchBox = (): ReactElement => {
  const { t } = useTranslation()
  const input = useRef<HTMLInputElement>(null)
  const { text, answer, isSearching, setText, submit } = useSearch()
  const isCurrent = !isSearching && answer?.query === text
  const { view, go } = usePlace()

  useShortcuts('everywhere', {
    search: () => {
      input.current?.focus()
      input.current?.select()
    },
  })

  const type = (next: string): void => {
    if (view !== 'library') go('library')
    setText(next)
  }

  return (
    <search className="search-box">
      {isSearching ? (
        <LoaderCircle className="spin" size={17} aria-hidden />
      ) : (
        <Search size={17} aria-hidden />
      )}
      <input
        ref={input}
        type="text"
        role="searchbox"
        aria-label={t('search.label')}
        placeholder={t('search.placeholder')}
        value={text}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => type(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') {
            if (isCurrent) focusAnswer()
            else submit()
          }
          if (event.key === 'ArrowDown') {
            event.preventDefault()
            focusAnswer()
          }
          if (event.key === 'Escape') {
            event.preventDefault()
            if (text === '') input.current?.blur()
            else type('')
          }
        }}
      />
      {text === '' ? (
        <kbd aria-hidden>{firstKey('search', '')}</kbd>
      ) : (
        <IconButton
          icon={X}
          size="small"
          label={t('search.clear')}
          onPress={() => {
            type('')
            input.current?.focus()
          }}
        />
      )}
    </search>
  )
}
