import { create } from 'zustand'

type WantedModel = {
  /** The model to be used as soon as its download is there, or null. */
  readonly id: string | null
  readonly want: (id: string | null) => void
}

const key = 'kinora.wantedModel'

/** "Download and use": a download takes minutes, and the window may be closed and opened in between. */
export const useWantedModel = create<WantedModel>((set) => ({
  id: localStorage.getItem(key),
  want: (id) => {
    set({ id })
    if (id === null) localStorage.removeItem(key)
    else localStorage.setItem(key, id)
  },
}))
