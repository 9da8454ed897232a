import { useTranslation } from 'react-i18next'
import type { Shot, VideoDetail } from '../../../src-preload/contract/nouns.ts'
import { usePlayback } from '../../state/playback.ts'
import { say } from '../../state/player-note.ts'
import { usualFrameRate } from './controls.ts'
import type { Controls } from './controls.ts'
import { neighbourShot } from './shot-steps.ts'
import { shotWords } from './shot-words.ts'

/** Goes from shot to shot, whether the film plays or stands, and says to which. */
export const useShotSteps = (
  film: VideoDetail,
  shots: readonly Shot[],
  seek: Controls['seek'],
): ((direction: 1 | -1) => void) => {
  const { t } = useTranslation()
  return (direction) => {
    const { time, rate } = usePlayback.getState()
    const index = neighbourShot(shots, time, direction, rate)
    const shot = shots[index]
    if (shot === undefined) return
    // A little into its first picture: rounded down, a container's time would show the last one of the shot before.
    seek(shot.start === 0 ? 0 : shot.start + 0.25 / (film.frameRate ?? usualFrameRate))
    say(shotWords(t, shots, index).join(', '))
  }
}
