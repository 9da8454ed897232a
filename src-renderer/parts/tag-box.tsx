import { Plus, Tag } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import type { ReactElement } from 'react'
import { ComboBox, Input, ListBox, ListBoxItem, Popover } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { TagCount } from '../../src-preload/contract/nouns.ts'
import { drop } from '../api/drop.ts'
import { useKnownTags } from '../state/known-tags.ts'
import { valueOr } from '../state/resource.ts'
import { foldText } from './fold-text.ts'
import './tag-box.css'

/** So many fit under a box without being read as a list of all. */
const mostOffered = 8
/** Keys of the list: a tag that is there, by its name, or the one that was typed. */
const there = 'there '
const fresh = 'fresh'

/** Known tags for what was typed so far: those that begin so before those that hold it, else the most used. */
export const offeredTags = (
  known: readonly TagCount[],
  typed: string,
  taken: readonly string[],
): readonly TagCount[] => {
  const part = foldText(typed.trim())
  const names = new Set(taken.map(foldText))
  const place = (tag: string): number => foldText(tag).indexOf(part)
  return known
    .filter(({ tag }) => place(tag) !== -1 && !names.has(foldText(tag)))
    .toSorted(
      (a, b) =>
        Number(place(a.tag) > 0) - Number(place(b.tag) > 0) ||
        b.videos - a.videos ||
        (a.tag < b.tag ? -1 : 1),
    )
    .slice(0, mostOffered)
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
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => drop(load()), [load])
  const known = valueOr(loaded, [])
  const written = typed.trim().replace(/\s+/g, ' ')
  const offered = offeredTags(known, written, taken)
  const isNew = written !== '' && !known.some(({ tag }) => foldText(tag) === foldText(written))
  const add = (tag: string): void => {
    if (tag === '') return
    setTyped('')
    onAdd(tag)
  }
  return (
    <ComboBox
      ref={box}
      className="tag-box"
      aria-label={label}
      allowsCustomValue
      // What is offered comes a moment after what is typed: without this a first tag would never be offered.
      allowsEmptyCollection={written !== ''}
      menuTrigger="input"
      inputValue={typed}
      value={null}
      onInputChange={setTyped}
      defaultFilter={() => true}
      onChange={(key) => {
        if (key !== null) add(key === fresh ? written : String(key).slice(there.length))
      }}
    >
      <Tag size={15} aria-hidden />
      <Input
        className="tag-box-input"
        placeholder={placeholder}
        maxLength={100}
        autoFocus={autoFocus}
        spellCheck={false}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.currentTarget.getAttribute('aria-activedescendant')) return
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
