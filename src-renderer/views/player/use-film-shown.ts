import { useEffect, useState } from 'react'
import { usePlayback } from '../../state/playback.ts'

/** A film that shows nothing for so long is not waited for any more, in milliseconds. */
const patience = 8000

/** True once the film's first picture is there, or cannot come: what is nice to have is asked for after that only. */
export const useFilmShown = (isOnline: boolean): boolean => {
  const isThere = usePlayback(({ isWaiting, fault }) => !isWaiting || fault !== null)
  const [wasThere, setWasThere] = useState(!isOnline)
  const [isLate, setLate] = useState(false)
  if (isThere && !wasThere) setWasThere(true)
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), patience)
    return () => clearTimeout(timer)
  }, [])
  return wasThere || isLate
}
