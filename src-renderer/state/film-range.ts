import { create } from 'zustand'

/** A stretch of a film in seconds. */
export type Stretch = { readonly start: number; readonly end: number }

type FilmRange = {
  /** The in and the out mark; null where none is set. Where both are, `from` is before `to`. */
  readonly from: number | null
  readonly to: number | null
  readonly setFrom: (seconds: number) => void
  readonly setTo: (seconds: number) => void
  readonly clear: () => void
}

/** Which stretch of the open film has the person marked? A mark that comes to stand wrong takes the other one away. */
export const useRange = create<FilmRange>((set, get) => ({
  from: null,
  to: null,
  setFrom: (from) => {
    const { to } = get()
    set({ from, to: to !== null && to > from ? to : null })
  },
  setTo: (to) => {
    const { from } = get()
    set({ to, from: from !== null && from < to ? from : null })
  },
  clear: () => set({ from: null, to: null }),
}))

/** The marked stretch of a film of `duration` seconds: an open end is the film's own; null where no mark is set. */
export const rangeOf = ({ from, to }: Pick<FilmRange, 'from' | 'to'>, duration: number): Stretch | null =>
  from === null && to === null ? null : { start: from ?? 0, end: to ?? duration }
