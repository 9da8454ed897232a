import { useEffect, useRef } from 'react'
import type { RefObject } from 'react'

/**
 * Keeps whoever works by keyboard inside the answer: where the moment with the focus is no longer in the next answer
 * ("not this"), the first one has it. `query`: of the answer that is shown.
 */
export const useAnswerFocus = (scroller: RefObject<HTMLElement | null>, query: string): void => {
  const wasWithin = useRef(false)
  useEffect(() => {
    const note = (): void => {
      const active = document.activeElement
      // The focus of a moment that is gone falls to the body.
      if (active !== document.body) wasWithin.current = scroller.current?.contains(active) === true
    }
    document.addEventListener('focusin', note)
    return () => document.removeEventListener('focusin', note)
  }, [scroller])
  useEffect(() => {
    if (!wasWithin.current) return
    const active = document.activeElement
    if (active === document.body)
      scroller.current?.querySelector<HTMLElement>('[data-roving="true"]')?.focus()
    else if (scroller.current?.contains(active) === true) active?.scrollIntoView({ block: 'nearest' })
  }, [scroller, query])
}
