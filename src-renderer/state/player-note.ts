import { create } from 'zustand'

/** What has just been done to the film, in a word. `stars`: shown as such. */
export type PlayerNote = {
  readonly id: number
  readonly text: string
  readonly stars: number | null
  readonly undo: (() => void) | null
}

type Notes = {
  /** What is seen over the picture now. */
  readonly note: PlayerNote | null
  /** What a screen reader says; stays when the note has gone from the picture. */
  readonly spoken: string
  /** Takes back the last thing that can be, also when its note has gone. */
  readonly undo: (() => void) | null
}

const start: Notes = { note: null, spoken: '', undo: null }

/** What was just done in the player, for a moment. */
export const useNotes = create<Notes>(() => start)

/** Words are read in two seconds; a button has to be found, too. In milliseconds. */
const shown = { plain: 2200, undo: 8000 } as const

let nextId = 1

export const dismissNote = (id: number): void =>
  useNotes.setState(({ note }) => (note?.id === id ? { note: null } : {}))

/** Says it to those who listen only. */
export const say = (spoken: string): void => useNotes.setState({ spoken })

type NoteOptions = { readonly stars?: number; readonly undo?: () => void }

/** Shows and says what was done; with `undo` it can be taken back. */
export const tellNote = (text: string, { stars, undo }: NoteOptions = {}): void => {
  const note = { id: nextId++, text, stars: stars ?? null, undo: undo ?? null }
  useNotes.setState({ note, spoken: text, undo: note.undo })
  setTimeout(() => dismissNote(note.id), undo === undefined ? shown.plain : shown.undo)
}

/** Takes back the last thing that can be; once. */
export const undoLast = (): void => {
  const { undo } = useNotes.getState()
  useNotes.setState({ note: null, undo: null })
  undo?.()
}

/** Another film: what was done to the last one is over. */
export const clearNotes = (): void => useNotes.setState(start)
