import { create } from 'zustand'

/** A part of the text in the search box that should be selected, and how often that was asked for. */
type BoxSelection = { readonly start: number; readonly end: number; readonly turn: number }

/** Where somebody writes in the search box just now; null while nobody does. */
export const useBoxCaret = create<{ readonly at: number | null }>(() => ({ at: null }))

/** What should the search box select when it takes the focus? */
export const useBoxSelection = create<BoxSelection>(() => ({ start: 0, end: 0, turn: 0 }))

/** Which chip should have the focus once the query is shown as it was changed; null: none was changed by key. */
export const useChipFocus = create<{ readonly wanted: number | null }>(() => ({ wanted: null }))

/** Brings the person into the box, with the text from `start` to `end` selected. */
export const selectInBox = (start: number, end: number): void =>
  useBoxSelection.setState(({ turn }) => ({ start, end, turn: turn + 1 }))
