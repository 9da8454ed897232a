import { create } from 'zustand'
import { library } from '../api/library.ts'
import type { Link } from '../api/steady-client.ts'

/** Is the host there? */
export const useLink = create<{ readonly link: Link }>((set) => {
  library.onLink((link) => set({ link }))
  return { link: 'connecting' }
})
