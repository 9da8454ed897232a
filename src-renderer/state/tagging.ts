import { create } from 'zustand'
import type { Stretch } from './film-range.ts'

/** What a tag can be put on: `kind` says what the stretch is; null: the whole film. */
export type TagTarget = {
  readonly kind: 'range' | 'moment' | 'shot' | 'chapter' | 'line' | 'here' | 'film'
  readonly stretch: Stretch | null
}

type Tagging = {
  /** What the open tag box offers, the likeliest first; null while it is closed. */
  readonly targets: readonly TagTarget[] | null
  readonly open: (targets: readonly TagTarget[]) => void
  readonly close: () => void
}

/** Is the person about to tag something, and what? */
export const useTagging = create<Tagging>((set) => ({
  targets: null,
  open: (targets) => set({ targets }),
  close: () => set({ targets: null }),
}))
