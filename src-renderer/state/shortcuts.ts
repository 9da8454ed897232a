/** Where a shortcut is heard. */
export type ShortcutScope =
  'everywhere' | 'box' | 'chips' | 'pictures' | 'answers' | 'grid' | 'collections' | 'player'

type Shortcut = {
  readonly scope: ShortcutScope
  /** As `KeyboardEvent.key` says it; `Mod` is Command on a Mac and Control elsewhere. */
  readonly keys: readonly string[]
  /** What the sheet shows in the place of many keys. */
  readonly shown?: string
}

/** The one table of keys: the handlers and the sheet on `?` are made from it. */
export const shortcuts = {
  search: { scope: 'everywhere', keys: ['/', 'Mod+k'] },
  save: { scope: 'everywhere', keys: ['Mod+s'] },
  undo: { scope: 'everywhere', keys: ['Mod+z'] },
  help: { scope: 'everywhere', keys: ['?'] },
  library: { scope: 'everywhere', keys: ['Mod+1'] },
  problems: { scope: 'everywhere', keys: ['Mod+2'] },
  settings: { scope: 'everywhere', keys: ['Mod+,'] },
  suggest: { scope: 'box', keys: ['Alt+ArrowDown'] },
  accept: { scope: 'box', keys: ['Tab', 'Enter'] },
  forget: { scope: 'box', keys: ['Shift+Delete', 'Shift+Backspace'] },
  editChip: { scope: 'chips', keys: ['Enter', 'F2'] },
  removeChip: { scope: 'chips', keys: ['Delete', 'Backspace'] },
  heavier: { scope: 'chips', keys: ['+', '='] },
  lighter: { scope: 'chips', keys: ['-'] },
  open: { scope: 'pictures', keys: ['Enter'] },
  similar: { scope: 'pictures', keys: ['s'] },
  menu: { scope: 'pictures', keys: ['Shift+F10', 'ContextMenu'] },
  moreLikeThis: { scope: 'answers', keys: ['+', '='] },
  notThis: { scope: 'answers', keys: ['-'] },
  moreOfFilm: { scope: 'answers', keys: ['m'] },
  order: { scope: 'answers', keys: ['o'] },
  scrubBack: { scope: 'grid', keys: [','] },
  scrubOn: { scope: 'grid', keys: ['.'] },
  rename: { scope: 'collections', keys: ['F2'] },
  deleteCollection: { scope: 'collections', keys: ['Delete'] },
  back: { scope: 'player', keys: ['Escape'] },
  play: { scope: 'player', keys: [' ', 'k'] },
  jumpBack: { scope: 'player', keys: ['j'] },
  jumpOn: { scope: 'player', keys: ['l'] },
  stepBack: { scope: 'player', keys: ['ArrowLeft'] },
  stepOn: { scope: 'player', keys: ['ArrowRight'] },
  previousShot: { scope: 'player', keys: ['Shift+ArrowLeft'] },
  nextShot: { scope: 'player', keys: ['Shift+ArrowRight'] },
  frameBack: { scope: 'player', keys: [','] },
  frameOn: { scope: 'player', keys: ['.'] },
  nextHit: { scope: 'player', keys: ['n'] },
  previousHit: { scope: 'player', keys: ['p'] },
  loop: { scope: 'player', keys: ['r'] },
  markIn: { scope: 'player', keys: ['i'] },
  markOut: { scope: 'player', keys: ['o'] },
  tag: { scope: 'player', keys: ['t'] },
  rate: { scope: 'player', keys: ['0', '1', '2', '3', '4', '5'], shown: '0–5' },
  similarNow: { scope: 'player', keys: ['s'] },
  filmMenu: { scope: 'player', keys: ['Shift+F10', 'ContextMenu'] },
  captions: { scope: 'player', keys: ['c'] },
  findInTranscript: { scope: 'player', keys: ['Mod+f'] },
  undoInFilm: { scope: 'player', keys: ['Mod+z'] },
  louder: { scope: 'player', keys: ['ArrowUp'] },
  quieter: { scope: 'player', keys: ['ArrowDown'] },
  mute: { scope: 'player', keys: ['m'] },
  faster: { scope: 'player', keys: ['>'] },
  slower: { scope: 'player', keys: ['<'] },
  fullScreen: { scope: 'player', keys: ['f'] },
} as const satisfies Readonly<Record<string, Shortcut>>

export type ShortcutId = keyof typeof shortcuts

export const shortcutIds = Object.keys(shortcuts) as readonly ShortcutId[]

export const isMac = (): boolean => navigator.platform.startsWith('Mac')

type KeyPress = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>

/** `Mod+k` -> Mod, k; a plus alone is the key itself. */
export const keyParts = (written: string): readonly string[] => (written === '+' ? ['+'] : written.split('+'))

const matches = (press: KeyPress, written: string): boolean => {
  const parts = keyParts(written)
  const key = parts.at(-1) ?? ''
  const mod = isMac() ? press.metaKey : press.ctrlKey
  const other = isMac() ? press.ctrlKey : press.metaKey
  if (press.altKey !== parts.includes('Alt') || other || mod !== parts.includes('Mod')) return false
  // A single sign may need Shift on some keyboards; with keys that have names it makes another key.
  if (key.length > 1 && parts.includes('Shift') !== press.shiftKey) return false
  return press.key === key || (key.length === 1 && press.key.toLowerCase() === key)
}

/** The shortcut of `scope` that was pressed, or null. */
export const pressedShortcut = (press: KeyPress, scope: ShortcutScope): ShortcutId | null =>
  shortcutIds.find(
    (id) => shortcuts[id].scope === scope && shortcuts[id].keys.some((key) => matches(press, key)),
  ) ?? null
