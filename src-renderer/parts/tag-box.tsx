import { Plus, Tag } from 'lucide-react'
import { useContext, useEffect, useRef, useState } from 'react'
import type { KeyboardEvent, ReactElement } from 'react'
import { ComboBox, ComboBoxStateContext, Input, ListBox, ListBoxItem, Popover } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { drop } from '../api/drop.ts'
import { useKnownTags } from '../state/known-tags.ts'
import { valueOr } from '../state/resource.ts'
import { foldText } from './fold-text.ts'
import { offeredTags } from './offered-tags.ts'
import './tag-box.css'

/** Keys of the list: a tag that is there, by its name, or the one that was typed. */
const there = 'there '
const fresh = 'fresh'

/** Closes the list once `isAsked`: with text and choice both in our hands, react-aria leaves that to us. */
const CloseList = ({ isAsked }: { readonly isAsked: boolean }): null => {
  const state = useContext(ComboBoxStateContext)
  const latest = useRef(state)
  useEffect(() => {
    latest.current = state
  })
  useEffect(() => {
    if (isAsked) latest.current?.close()
  }, [isAsked])
  return null
}

type BoxProps = {
  readonly label: string
  readonly placeholder: string
  /** Tags that are there already: not offered again. */
  readonly taken: readonly string[]
  readonly autoFocus?: boolean
  readonly onAdd: (tag: string) => void
  /** Enter in the empty box. */
  readonly onDone?: () => void
}

/** A box for one tag at a time, which offers those that the library knows. */
export const TagBox = ({
  label,
  placeholder,
  taken,
  autoFocus = false,
  onAdd,
  onDone,
}: BoxProps): ReactElement => {
  const { t, i18n } = useTranslation()
  const { loaded, load } = useKnownTags()
  const [typed, setTyped] = useState('')
  /** We have emptied the box, and nothing was typed since. */
  const [isEmptied, setEmptied] = useState(false)
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => drop(load()), [load])
  const known = valueOr(loaded, [])
  const written = typed.trim().replace(/\s+/g, ' ')
  const offered = offeredTags(known, written, taken)
  const isNew = written !== '' && !known.some(({ tag }) => foldText(tag) === foldText(written))
  const empty = (): void => {
    setTyped('')
    setEmptied(true)
  }
  const add = (tag: string): void => {
    if (tag === '') return
    empty()
    onAdd(tag)
  }
  /** Escape closes the list, then empties the box, then leaves it; what is around hears of it only after that. */
  const leave = (event: KeyboardEvent<HTMLInputElement>, isOpen: boolean): void => {
    const isEmpty = !isOpen && typed === ''
    if (isEmpty && onDone !== undefined) return
    event.stopPropagation()
    if (isEmpty) event.currentTarget.blur()
    else if (!isOpen) empty()
  }
  return (
    <ComboBox
      ref={box}
      className="tag-box"
      aria-label={label}
      allowsCustomValue
      // What is offered comes a moment after what is typed: without this a first tag would never be offered.
      allowsEmptyCollection={written !== ''}
      // What we do to the box is no typing.
      menuTrigger={isEmptied ? 'manual' : 'input'}
      inputValue={typed}
      value={null}
      onInputChange={(text) => {
        setTyped(text)
        if (text !== '') setEmptied(false)
      }}
      defaultFilter={() => true}
      onChange={(key) => {
        if (key !== null) add(key === fresh ? written : String(key).slice(there.length))
      }}
    >
      <CloseList isAsked={isEmptied} />
      <Tag size={15} aria-hidden />
      <Input
        className="tag-box-input"
        placeholder={placeholder}
        maxLength={100}
        autoFocus={autoFocus}
        spellCheck={false}
        onKeyDown={(event) => {
          const input = event.currentTarget
          if (event.key === 'Escape') leave(event, input.getAttribute('aria-expanded') === 'true')
          if (event.key !== 'Enter' || input.getAttribute('aria-activedescendant')) return
          event.preventDefault()
          if (written === '') onDone?.()
          else add(written)
        }}
      />
      <Popover className="popover tag-box-list" triggerRef={box} offset={4} placement="bottom start">
        <section aria-label={t('tags.known')}>
          <ListBox className="list-box">
            {offered.map(({ tag, videos }) => (
              <ListBoxItem key={tag} id={`${there}${tag}`} textValue={tag} className="menu-item pick-item">
                <span>{tag}</span>
                <span className="tag-box-count">{videos.toLocaleString(i18n.language)}</span>
              </ListBoxItem>
            ))}
            {isNew && (
              <ListBoxItem id={fresh} textValue={written} className="menu-item">
                <Plus size={15} aria-hidden />
                <span>{t('tags.new', { tag: written })}</span>
              </ListBoxItem>
            )}
          </ListBox>
        </section>
      </Popover>
    </ComboBox>
  )
}
