import { create } from 'zustand'
import * as v from 'valibot'

export const resultOrders = ['films', 'flat'] as const

const preferences = v.object({
  appearance: v.fallback(v.picklist(['system', 'light', 'dark']), 'system'),
  language: v.fallback(v.picklist(['system', 'en', 'de']), 'system'),
  /** Width of a tile that the grid aims at, in pixels. */
  tileWidth: v.fallback(v.pipe(v.number(), v.minValue(140), v.maxValue(420)), 240),
  /** Moments under their films, or all in one list, best first. */
  results: v.fallback(v.picklist(resultOrders), 'films'),
  volume: v.fallback(v.pipe(v.number(), v.minValue(0), v.maxValue(1)), 1),
  isMuted: v.fallback(v.boolean(), false),
  isCaptioned: v.fallback(v.boolean(), false),
  captionSize: v.fallback(v.picklist(['small', 'medium', 'large']), 'medium'),
})

export type Preferences = v.InferOutput<typeof preferences>

const key = 'kinora.preferences'

const stored = (): Preferences => {
  let raw: unknown
  try {
    raw = JSON.parse(localStorage.getItem(key) ?? '{}')
  } catch {
    // Somebody else's text under our key: begin with the defaults, the next change writes over it.
    raw = {}
  }
  return v.parse(preferences, v.is(v.looseObject({}), raw) ? raw : {})
}

/** How does this person like the window? Kept in the page's own storage. */
export const usePreferences = create<Preferences>(() => stored())

// Windows of the same library look the same.
addEventListener('storage', (event) => {
  if (event.key === key) usePreferences.setState(stored())
})

export const setPreferences = (change: Partial<Preferences>): void => {
  usePreferences.setState(change)
  localStorage.setItem(key, JSON.stringify(usePreferences.getState()))
}
