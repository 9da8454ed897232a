import { useEffect, useRef } from 'react'
import type { RefObject } from 'react'

/**
 * A control that was pressed may be gone a moment later ("Download" becomes "Cancel"). Then whoever works by keyboard
 * goes on at the first control inside `box`, or at `box` itself. `state`: whatever decides which controls there are.
 */
export const useKeepFocus = (box: RefObject<HTMLElement | null>, state: unknown): void => {
  const had = useRef(false)
  useEffect(() => {
    const note = (): void => {
      const active = document.activeElement
      // The focus of a removed control falls to the body, and so does one that a click on nothing takes away.
      if (active !== document.body) had.current = box.current?.contains(active) === true
    }
    document.addEventListener('focusin', note)
    return () => document.removeEventListener('focusin', note)
  }, [box])
  useEffect(() => {
    if (!had.current || document.activeElement !== document.body) return
    const next = box.current?.querySelector<HTMLElement>('button:not(:disabled)') ?? box.current
    next?.focus({ preventScroll: true })
  }, [box, state])
}
