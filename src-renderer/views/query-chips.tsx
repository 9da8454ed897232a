import { useEffect, useId, useRef, useState } from 'react'
import type { KeyboardEvent, ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { ContextMenu, menuPointOf } from '../parts/context-menu.tsx'
import type { MenuPoint } from '../parts/context-menu.tsx'
import { isUnfinished, queryParts } from '../state/query-parts.ts'
import { useSearch } from '../state/search.ts'
import { pressedShortcut } from '../state/shortcuts.ts'
import { selectInBox, useBoxCaret, useChipFocus } from '../state/box-selection.ts'
import { chipActs, chipMenu } from './chips/chip-actions.ts'
import { Chip } from './chips/chip.tsx'
import './query-chips.css'

/** What was read of the query, one chip a part: each can be edited, weighed, turned round and taken out, by keys too. */
export const QueryChips = (): ReactElement | null => {
  const { t } = useTranslation()
  const text = useSearch((search) => search.text)
  const row = useRef<HTMLDivElement>(null)
  const hintId = useId()
  const [at, setAt] = useState(0)
  const [menu, setMenu] = useState<{ readonly index: number; readonly point: MenuPoint } | null>(null)
  const caret = useBoxCaret((box) => box.at)
  const parts = queryParts(text).filter((part) => !isUnfinished(text, part, caret))
  const roving = Math.min(at, parts.length - 1)

  // The chip with the focus was changed: the focus goes on at its place, also where another view shows the query now.
  const { wanted } = useChipFocus()
  useEffect(() => {
    const chips = row.current?.querySelectorAll<HTMLElement>('.chip-main') ?? []
    if (wanted === null || chips.length === 0) return
    useChipFocus.setState({ wanted: null })
    chips[Math.min(wanted, chips.length - 1)]?.focus()
  }, [wanted])

  const change = (act: (() => void) | null | undefined): void => {
    if (!act) return
    act()
    if (queryParts(useSearch.getState().text).length === 0) selectInBox(0, 0)
    else useChipFocus.setState({ wanted: roving })
  }
  const focusChip = (index: number): void => {
    row.current?.querySelectorAll<HTMLElement>('.chip-main')[index]?.focus()
  }

  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const { target } = event
    const part = parts[roving]
    if (!(target instanceof HTMLElement) || !target.matches('.chip-main') || part === undefined) return
    const acts = chipActs(part, text)
    const pressed = pressedShortcut(event, 'chips') ?? pressedShortcut(event, 'pictures')
    const steps: Readonly<Record<string, number>> = {
      ArrowLeft: Math.max(0, roving - 1),
      ArrowRight: Math.min(parts.length - 1, roving + 1),
      Home: 0,
      End: parts.length - 1,
    }
    const step = event.ctrlKey || event.metaKey || event.altKey ? undefined : steps[event.key]
    if (step !== undefined) {
      event.preventDefault()
      focusChip(step)
      return
    }
    if (pressed === null) return
    event.preventDefault()
    if (pressed === 'editChip' || pressed === 'open') acts.edit()
    if (pressed === 'removeChip') change(acts.remove)
    if (pressed === 'heavier') change(acts.heavier)
    if (pressed === 'lighter') change(acts.lighter)
    if (pressed === 'similar') change(acts.similar)
    if (pressed === 'menu') setMenu({ index: roving, point: menuPointOf({ clientX: 0, clientY: 0 }, target) })
  }

  const open = menu === null ? undefined : parts[menu.index]
  if (parts.length === 0) return null
  return (
    <div role="toolbar" aria-label={t('chips.label')} className="chips-row" ref={row} onKeyDown={onKeyDown}>
      <p className="hidden" id={hintId}>
        {t('chips.hint')}
      </p>
      <ul className="chips">
        {parts.map((part, index) => (
          <Chip
            key={`${part.kind} ${index}`}
            part={part}
            text={text}
            acts={chipActs(part, text)}
            isRoving={index === roving}
            hintId={hintId}
            onFocus={() => setAt(index)}
            onMenu={(event) => {
              event.preventDefault()
              setMenu({ index, point: menuPointOf(event, event.currentTarget) })
            }}
          />
        ))}
      </ul>
      <ContextMenu
        label={t('menu.label')}
        point={menu?.point ?? null}
        actions={open === undefined ? [] : chipMenu(t, open, chipActs(open, text))}
        onClose={() => setMenu(null)}
      />
    </div>
  )
}
