import { startTransition, useCallback, useEffect, useState } from 'react'

/** So many moments fill a screen and a bit: they are drawn at once. */
export const firstScreen = 24

/** Who types on within this time does not look further down, in milliseconds. */
const restMilliseconds = 400

/**
 * Whether all of an answer is drawn, or its first screen: the rest follows when no other query has come for a moment, or
 * as soon as somebody scrolls (`wantWhole`).
 */
export const useWholeAnswer = (
  query: string,
): { readonly isWhole: boolean; readonly wantWhole: () => void } => {
  const [drawn, setDrawn] = useState<string | null>(null)
  const wantWhole = useCallback(() => startTransition(() => setDrawn(query)), [query])
  useEffect(() => {
    const timer = setTimeout(wantWhole, restMilliseconds)
    return () => clearTimeout(timer)
  }, [wantWhole])
  return { isWhole: drawn === query, wantWhole }
}
