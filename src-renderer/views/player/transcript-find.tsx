import { ChevronDown, ChevronUp, ListFilter, Search } from 'lucide-react'
import { useEffect, useRef } from 'react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../../parts/button.tsx'
import { firstKey } from '../../parts/key-names.ts'
import type { LineFind } from './use-line-find.ts'

type FindProps = {
  readonly find: LineFind
  /** The key for this box was pressed; `onTaken` when it has the focus. */
  readonly isAsked: boolean
  readonly onTaken: () => void
  readonly onStep: (direction: 1 | -1) => void
  readonly isOnlyFound: boolean
  readonly onOnlyFound: (isOnly: boolean) => void
  /** Into the lines. */
  readonly onDown: () => void
}

/** The box that finds in the transcript: Enter goes on, Shift+Enter back. */
export const TranscriptFind = (props: FindProps): ReactElement => {
  const { find, isAsked, onTaken, onStep, isOnlyFound, onOnlyFound, onDown } = props
  const { t } = useTranslation()
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (!isAsked) return
    input.current?.focus()
    input.current?.select()
    onTaken()
  }, [isAsked, onTaken])
  const { found, at, text } = find
  const words =
    found.length === 0
      ? t('transcript.foundNone')
      : at === -1
        ? t('transcript.found', { count: found.length })
        : t('transcript.foundAt', { number: at + 1, total: found.length })
  return (
    <div className="find" role="search" aria-label={t('transcript.find')}>
      <Search size={15} aria-hidden />
      <input
        ref={input}
        type="text"
        role="searchbox"
        aria-label={t('transcript.find')}
        aria-keyshortcuts="Enter Shift+Enter"
        placeholder={t('transcript.find')}
        value={text}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => find.setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') onStep(event.shiftKey ? -1 : 1)
          else if (event.key === 'ArrowDown') onDown()
          else if (event.key !== 'Escape') return
          else if (text === '') input.current?.blur()
          else find.setText('')
          event.preventDefault()
        }}
      />
      {text.trim() === '' ? (
        <kbd aria-hidden>{firstKey('findInTranscript')}</kbd>
      ) : (
        <>
          <span className="find-count" role="status">
            {words}
          </span>
          <IconButton
            icon={ListFilter}
            size="small"
            label={t('transcript.onlyFound')}
            isOn={isOnlyFound}
            isDisabled={found.length === 0}
            onPress={() => onOnlyFound(!isOnlyFound)}
          />
          <IconButton
            icon={ChevronUp}
            size="small"
            label={t('transcript.previousFound')}
            keys="Shift ↵"
            isDisabled={found.length === 0}
            onPress={() => onStep(-1)}
          />
          <IconButton
            icon={ChevronDown}
            size="small"
            label={t('transcript.nextFound')}
            keys="↵"
            isDisabled={found.length === 0}
            onPress={() => onStep(1)}
          />
        </>
      )}
    </div>
  )
}
