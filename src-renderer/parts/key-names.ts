import i18next from 'i18next'
import { isMac, keyParts, shortcuts } from '../state/shortcuts.ts'
import type { ShortcutId } from '../state/shortcuts.ts'

const signs: Readonly<Record<string, string>> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Escape: 'Esc',
  ContextMenu: '▤',
  Backspace: '⌫',
  '-': '−',
}

/** Keys that are lettered otherwise on keyboards of other languages. */
const lettered: Readonly<Record<string, () => string>> = {
  Mod: () => (isMac() ? '⌘' : i18next.t('key.control')),
  ' ': () => i18next.t('key.space'),
  Shift: () => i18next.t('key.shift'),
  Delete: () => i18next.t('key.delete'),
}

/** One key as it stands on the keyboard of the page's language: `Mod+k` is ⌘K on a Mac, else Ctrl K or Strg K. */
export const keyNames = (written: string): readonly string[] =>
  keyParts(written).map(
    (part) => lettered[part]?.() ?? signs[part] ?? (part.length === 1 ? part.toUpperCase() : part),
  )

/** The first key of a shortcut, for tooltips. */
export const firstKey = (id: ShortcutId): string => keyNames(shortcuts[id].keys[0]).join(' ')
