import { useState } from 'react'
import type { MouseEvent, ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { VideoDetail } from '../../../src-preload/contract/nouns.ts'
import { clock } from '../../parts/format.ts'
import { moveAmongRows } from '../../parts/roving-rows.ts'
import { usePlayback } from '../../state/playback.ts'
import { chapterSubject } from './film-subject.ts'
import type { FilmSubject } from './film-subject.ts'
import { lineBefore } from './lines-at.ts'

/** Containers keep the beginnings of chapters less exactly than frames. In seconds. */
const rounding = 0.05

type ChapterListProps = {
  readonly film: VideoDetail
  readonly onSeek: (seconds: number) => void
  readonly onMenu: (event: MouseEvent<HTMLElement>, subject: FilmSubject) => void
}

/** The chapters that the film's own container names. */
export const ChapterList = ({ film, onSeek, onMenu }: ChapterListProps): ReactElement => {
  const { t } = useTranslation()
  const { chapters } = film
  const here = usePlayback(({ time }) => lineBefore(chapters, time + rounding))
  const [focused, setFocused] = useState<number | null>(null)
  if (chapters.length === 0) return <p className="side-empty">{t('player.noChapters')}</p>
  const roving = Math.min(focused ?? Math.max(0, here), chapters.length - 1)
  return (
    <ol className="side-list" onKeyDown={moveAmongRows}>
      {chapters.map((chapter, index) => (
        <li key={chapter.start}>
          <button
            type="button"
            className="side-chapter"
            data-row
            tabIndex={index === roving ? 0 : -1}
            aria-current={index === here}
            onFocus={() => setFocused(index)}
            onClick={() => onSeek(chapter.start)}
            onContextMenu={(event) => onMenu(event, chapterSubject(chapter))}
          >
            <span>{chapter.title}</span>
            <span className="side-time">{clock(chapter.start)}</span>
          </button>
        </li>
      ))}
    </ol>
  )
}
