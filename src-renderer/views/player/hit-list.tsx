import { useEffect, useRef, useState } from 'react'
import type { MouseEvent, ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { VideoDetail } from '../../../src-preload/contract/nouns.ts'
import type { Moment } from '../../../src-preload/contract/search-nouns.ts'
import { Confidence } from '../../parts/confidence.tsx'
import { clockRange } from '../../parts/format.ts'
import { FramePicture } from '../../parts/frame-picture.tsx'
import { ReasonList } from '../../parts/reason-list.tsx'
import { moveAmongRows } from '../../parts/roving-rows.ts'
import { useMediaBase } from '../../state/host.ts'
import { usePlayback } from '../../state/playback.ts'
import { momentSubject } from './film-subject.ts'
import type { FilmSubject } from './film-subject.ts'

type HitListProps = {
  readonly film: VideoDetail
  readonly hits: readonly Moment[]
  readonly onSeek: (seconds: number) => void
  readonly onMenu: (event: MouseEvent<HTMLElement>, subject: FilmSubject) => void
}

const isWithin = (time: number, { start, end }: Moment): boolean => time >= start - 0.05 && time <= end

/** The moments of the film for the query, each with its reasons: all of them where the film is, or the keyboard. */
export const HitList = ({ film, hits, onSeek, onMenu }: HitListProps): ReactElement => {
  const { t } = useTranslation()
  const base = useMediaBase()
  const list = useRef<HTMLUListElement>(null)
  const here = usePlayback(({ time }) => hits.findIndex((hit) => isWithin(time, hit)))
  const [focused, setFocused] = useState<number | null>(null)
  const [hasFocus, setHasFocus] = useState(false)
  useEffect(() => {
    list.current?.children[here]?.scrollIntoView({ block: 'nearest' })
  }, [here])
  if (hits.length === 0) return <p className="side-empty">{t('player.noHits')}</p>
  const roving = Math.min(focused ?? Math.max(0, here), hits.length - 1)
  return (
    <ul
      className="side-list"
      ref={list}
      onKeyDown={moveAmongRows}
      onFocus={() => setHasFocus(true)}
      onBlur={() => setHasFocus(false)}
    >
      {hits.map((hit, index) => (
        <li key={`${hit.start}-${hit.peak}`}>
          <button
            type="button"
            className="side-hit"
            data-row
            tabIndex={index === roving ? 0 : -1}
            aria-current={index === here}
            onFocus={() => setFocused(index)}
            onClick={() => onSeek(hit.peak)}
            onContextMenu={(event) => onMenu(event, momentSubject(hit))}
          >
            <span className="frame">
              <FramePicture base={base} card={film} seconds={hit.peak} start={hit.start} end={hit.end} />
            </span>
            <span className="side-hit-text">
              <b>{clockRange(hit.start, hit.end)}</b>
              <ReasonList reasons={hit.reasons} isWhole={index === here || (hasFocus && index === focused)} />
              <Confidence confidence={hit.confidence} />
            </span>
          </button>
        </li>
      ))}
    </ul>
  )
}
