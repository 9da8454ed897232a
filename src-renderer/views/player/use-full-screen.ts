import { useEffect, useState } from 'react'

const isFull = (): boolean => document.fullscreenElement !== null

/** Whether the page fills the screen; leaves that when the caller goes. */
export const useFullScreen = (): boolean => {
  const [isFullNow, setFull] = useState(isFull)
  useEffect(() => {
    const follow = (): void => setFull(isFull())
    document.addEventListener('fullscreenchange', follow)
    return () => {
      document.removeEventListener('fullscreenchange', follow)
      // The library behind the film is a window again. One that cannot leave stays, and nothing is lost.
      if (isFull()) document.exitFullscreen().catch(() => undefined)
    }
  }, [])
  return isFullNow
}

/** A hand that rests for so long wants to see the film alone, in milliseconds. */
const restMilliseconds = 2500

/** Whether nobody has touched pointer or keys for a while; only looked at while `isWatched`. */
export const useIsResting = (isWatched: boolean): boolean => {
  const [isResting, setResting] = useState(false)
  useEffect(() => {
    if (!isWatched) return
    let timer: ReturnType<typeof setTimeout> | undefined
    const wake = (): void => {
      clearTimeout(timer)
      setResting(false)
      timer = setTimeout(() => setResting(true), restMilliseconds)
    }
    wake()
    const signs = ['pointermove', 'pointerdown', 'keydown'] as const
    for (const sign of signs) addEventListener(sign, wake)
    return () => {
      clearTimeout(timer)
      for (const sign of signs) removeEventListener(sign, wake)
    }
  }, [isWatched])
  return isWatched && isResting
}
