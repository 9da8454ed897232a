import type { ReactElement } from 'react'
import { usePlayback } from '../../state/playback.ts'
import { usePreferences } from '../../state/preferences.ts'
import { linesAt } from './lines-at.ts'
import type { Transcript } from './use-transcript.ts'
import './captions.css'

/** More lines at once hide the film; signs and songs of .ass files can be many. */
const mostLines = 4

/** What is said, over the film: every line that is spoken now. Screen readers find it in the transcript. */
export const Captions = ({ transcript }: { readonly transcript: Transcript }): ReactElement | null => {
  const { lines, ends, isTrusted } = transcript
  const isOn = usePreferences((preferences) => preferences.isCaptioned) && isTrusted
  const size = usePreferences((preferences) => preferences.captionSize)
  // A text, because it changes with the lines only and not with every picture.
  const spoken = usePlayback(({ time }) =>
    isOn ? linesAt(lines, ends, time).slice(-mostLines).join(' ') : '',
  )
  if (spoken === '') return null
  return (
    <div className={`captions captions-${size}`} aria-hidden>
      {spoken.split(' ').map((index) => (
        <p key={index}>
          <span>{lines[Number(index)]?.text}</span>
        </p>
      ))}
    </div>
  )
}
