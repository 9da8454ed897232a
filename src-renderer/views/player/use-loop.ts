import { useState } from 'react'
import type { VideoDetail } from '../../../src-preload/contract/nouns.ts'
import type { Moment } from '../../../src-preload/contract/search-nouns.ts'
import { rangeOf, useRange } from '../../state/film-range.ts'
import type { Stretch } from '../../state/film-range.ts'
import { usePlayback } from '../../state/playback.ts'
import type { Controls } from './controls.ts'
import { neighbourHit } from './neighbour-hit.ts'

type Loop = {
  /** What is repeated, or null. */
  readonly loop: Stretch | null
  readonly canLoop: boolean
  readonly goToHit: (direction: 1 | -1) => void
  readonly toggleLoop: () => void
  readonly endLoop: () => void
}

/** Nothing shorter is repeated: two pictures of most films. In seconds. */
const leastLoop = 0.1

/** Goes from moment to moment, and repeats the marked stretch, or else the moment where the film is. */
export const useLoop = (film: VideoDetail, hits: readonly Moment[], seek: Controls['seek']): Loop => {
  const [loop, setLoop] = useState<Stretch | null>(null)
  const { from, to } = useRange()
  const range = rangeOf({ from, to }, film.duration)
  const marked = range !== null && range.end - range.start >= leastLoop ? range : null
  return {
    loop,
    canLoop: marked !== null || hits.length > 0,
    goToHit: (direction) => {
      const hit = neighbourHit(hits, usePlayback.getState().time, direction)
      if (hit === null) return
      if (loop !== null) setLoop(hit)
      seek(hit.peak)
    },
    toggleLoop: () => {
      if (loop !== null) {
        setLoop(null)
        return
      }
      const { time } = usePlayback.getState()
      const next =
        marked ??
        hits.find(({ start, end }) => time >= start - 0.05 && time <= end) ??
        neighbourHit(hits, time, 1)
      setLoop(next)
      if (next !== null) seek(next.start)
    },
    endLoop: () => setLoop(null),
  }
}
