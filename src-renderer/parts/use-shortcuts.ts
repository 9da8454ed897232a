import { useEffect, useRef } from 'react'
import { pressedShortcut } from '../state/shortcuts.ts'
import type { ShortcutId, ShortcutScope } from '../state/shortcuts.ts'

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target instanceof HTMLTextAreaElement ||
    (target instanceof HTMLInputElement && target.type !== 'range'))

/** Space and Enter belong to the button that has the focus. */
const isForControl = (event: KeyboardEvent): boolean =>
  (event.key === ' ' || event.key === 'Enter') &&
  event.target instanceof HTMLElement &&
  event.target.closest('button, a, [role="menuitem"], [role="option"]') !== null

/** What an open dialog or menu hears belongs to it; a list that goes along with typing (data-live) takes nothing away. */
const isOverlaid = (): boolean =>
  document.querySelector(
    '[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]:not([data-live])',
  ) !== null

/** `key`: the one of the shortcut's keys that was pressed. */
type Handlers = Readonly<Partial<Record<ShortcutId, (key: string) => void>>>

/** Listens for the shortcuts of `scope` while the caller is shown. */
export const useShortcuts = (scope: ShortcutScope, handlers: Handlers): void => {
  const current = useRef(handlers)
  useEffect(() => {
    current.current = handlers
  })
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || isOverlaid() || isForControl(event)) return
      // A field takes back its own letters.
      if (isTyping(event.target) && event.key === 'z') return
      if (isTyping(event.target) && !event.ctrlKey && !event.metaKey && event.key !== 'Escape') return
      const id = pressedShortcut(event, scope)
      const act = id === null ? undefined : current.current[id]
      if (act === undefined) return
      // A field takes back its own letters.
      if (id === 'undoInFilm' && isTyping(event.target)) return
      event.preventDefault()
      act(event.key)
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [scope])
}
