import { memo } from 'react'
import type { MouseEvent, ReactElement } from 'react'
import type { SubtitleLine } from '../../../src-preload/contract/nouns.ts'
import { clock } from '../../parts/format.ts'
import { markedText } from '../../parts/marked-text.ts'
import { foundMarks, wordMarks } from './line-words.ts'

type LineProps = {
  readonly line: SubtitleLine
  readonly folded: string
  readonly index: number
  /** The query's words, and what is looked for in the transcript. */
  readonly words: readonly string[]
  readonly find: string
  readonly isHere: boolean
  /** The person's search stands at it. */
  readonly isFound: boolean
  readonly isRoving: boolean
  readonly onPlay: (index: number) => void
  readonly onFocus: (index: number) => void
  readonly onMenu: (event: MouseEvent<HTMLElement>, index: number) => void
}

const TranscriptLineBase = (props: LineProps): ReactElement => {
  const { line, folded, index, words, find, isHere, isFound, isRoving, onPlay, onFocus, onMenu } = props
  const pieces = markedText(line.text, [...wordMarks(folded, words), ...foundMarks(folded, find)])
  return (
    <button
      type="button"
      className={isFound ? 'line line-found' : 'line'}
      data-line={index}
      tabIndex={isRoving ? 0 : -1}
      aria-current={isHere}
      onClick={() => onPlay(index)}
      onFocus={() => onFocus(index)}
      onContextMenu={(event) => onMenu(event, index)}
    >
      <span className="line-time">{clock(line.start)}</span>
      <span className="line-text">
        {pieces.map(({ text, kind }, at) =>
          kind === null ? (
            text
          ) : (
            <mark key={at} className={kind}>
              {text}
            </mark>
          ),
        )}
      </span>
    </button>
  )
}

/** One line of what is said: its time and its words. */
export const TranscriptLine = memo(TranscriptLineBase)
