import type { KeyboardEvent } from 'react'

/** Rows that a page of the list has: nobody measures them for a list that is short enough to be whole. */
const page = 8

/** The row that a key leads to from row `at` of `count`, or null where the key means something else. */
export const rowStep = (key: string, at: number, count: number): number | null => {
  const within = (row: number): number => Math.min(count - 1, Math.max(0, row))
  switch (key) {
    case 'ArrowDown':
      return within(at + 1)
    case 'ArrowUp':
      return within(at - 1)
    case 'PageDown':
      return within(at + page)
    case 'PageUp':
      return within(at - page)
    case 'Home':
      return 0
    case 'End':
      return count - 1
    default:
      return null
  }
}

/** Moves the focus among the `[data-row]` of a list by arrow keys, Home and End. For the list's `onKeyDown`. */
export const moveAmongRows = (event: KeyboardEvent<HTMLElement>): void => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-row]')]
  const at = rows.findIndex((row) => row === document.activeElement)
  const next = at === -1 ? null : rowStep(event.key, at, rows.length)
  if (next === null) return
  event.preventDefault()
  rows[next]?.focus()
}
