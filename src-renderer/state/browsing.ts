import { create } from 'zustand'
import type { BrowsedPlace } from '../../src-preload/contract/page-api.ts'
import { library } from '../api/library.ts'
import type { Loaded } from './resource.ts'

type Browsing = {
  readonly loaded: Loaded<BrowsedPlace>
  readonly isMoving: boolean
  /** Goes to a place; null is where browsing begins. */
  readonly go: (place: string | null) => Promise<void>
}

/** Where in the served machine's folders is the person looking? */
export const useBrowsing = create<Browsing>((set, get) => ({
  loaded: { status: 'loading' },
  isMoving: false,
  go: async (place) => {
    if (get().loaded.status === 'failed') set({ loaded: { status: 'loading' } })
    set({ isMoving: true })
    const result = await library.call.host.browse({ place })
    set({
      isMoving: false,
      loaded: result.ok
        ? { status: 'ready', value: result.value }
        : { status: 'failed', error: result.error },
    })
  },
}))
