import { create } from 'zustand'

export type View = 'library' | 'problems' | 'settings' | 'models'
export type OpenDialog = 'shortcuts' | 'browse' | 'save-collection' | null

type Place = {
  readonly view: View
  readonly dialog: OpenDialog
  readonly go: (view: View) => void
  readonly show: (dialog: OpenDialog) => void
}

/** Where in the window is the person? */
export const usePlace = create<Place>((set) => ({
  view: 'library',
  dialog: null,
  go: (view) => set({ view }),
  show: (dialog) => set({ dialog }),
}))
