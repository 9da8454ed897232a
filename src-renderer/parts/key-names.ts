import { isMac, keyParts, shortcuts } from '../state/shortcuts.ts'
import type { ShortcutId } from '../state/shortcuts.ts'

const signs: Readonly<Record<string, string>> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Escape: 'Esc',
  ContextMenu: '▤',
  Delete: 'Del',
  Backspace: '⌫',
  '-': '−',
}

/** One key as it stands on the keyboard: `Mod+k` is ⌘K on a Mac and Ctrl K elsewhere. */
export const keyNames = (written: string, space: string): readonly string[] =>
  keyParts(written).map((part) => {
    if (part === 'Mod') return isMac() ? '⌘' : 'Ctrl'
    if (part === ' ') return space
    return signs[part] ?? (part.length === 1 ? part.toUpperCase() : part)
  })

/** The first key of a shortcut, for tooltips. */
export const firstKey = (id: ShortcutId, space: string): string =>
  keyNames(shortcuts[id].keys[0], space).join(' ')
