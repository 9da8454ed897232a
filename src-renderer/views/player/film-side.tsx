import type { ReactElement } from 'react'
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { ShotList, VideoDetail } from '../../../src-preload/contract/nouns.ts'
import type { Moment } from '../../../src-preload/contract/search-nouns.ts'
import { Confidence } from '../../parts/confidence.tsx'
import { clock, clockRange } from '../../parts/format.ts'
import { SpriteTile } from '../../parts/frame-picture.tsx'
import { ReasonLine } from '../../parts/reason-line.tsx'
import { useMediaBase } from '../../state/host.ts'
import { usePlayback } from '../../state/playback.ts'
import { FilmFacts } from './film-facts.tsx'
import './film-side.css'

type SideProps = {
  readonly film: VideoDetail
  readonly hits: readonly Moment[]
  readonly shots: ShotList | null
  readonly onSeek: (seconds: number) => void
}

const isWithin = (time: number, start: number, end: number): boolean => time >= start - 0.05 && time <= end

const Hits = ({ film, hits, onSeek }: Omit<SideProps, 'shots'>): ReactElement => {
  const { t } = useTranslation()
  const base = useMediaBase()
  const here = usePlayback(({ time }) => hits.findIndex((hit) => isWithin(time, hit.start, hit.end)))
  if (hits.length === 0) return <p className="side-empty">{t('player.noHits')}</p>
  return (
    <ul className="side-list">
      {hits.map((hit, index) => (
        <li key={`${hit.start}-${hit.peak}`}>
          <button
            type="button"
            className="side-hit"
            aria-current={index === here}
            onClick={() => onSeek(hit.peak)}
          >
            <span className="frame">
              <SpriteTile base={base} card={film} seconds={hit.peak} />
            </span>
            <span className="side-hit-text">
              <b>{clockRange(hit.start, hit.end)}</b>
              {hit.reasons[0] && <ReasonLine reason={hit.reasons[0]} />}
              <Confidence confidence={hit.confidence} />
            </span>
          </button>
        </li>
      ))}
    </ul>
  )
}

const Chapters = ({ film, onSeek }: Omit<SideProps, 'hits' | 'shots'>): ReactElement => {
  const { t } = useTranslation()
  const here = usePlayback(({ time }) => film.chapters.findLastIndex(({ start }) => start <= time + 0.05))
  if (film.chapters.length === 0) return <p className="side-empty">{t('player.noChapters')}</p>
  return (
    <ol className="side-list">
      {film.chapters.map((chapter, index) => (
        <li key={chapter.start}>
          <button
            type="button"
            className="side-chapter"
            aria-current={index === here}
            onClick={() => onSeek(chapter.start)}
          >
            <span>{chapter.title}</span>
            <span className="side-time">{clock(chapter.start)}</span>
          </button>
        </li>
      ))}
    </ol>
  )
}

/** Beside the film: its moments, its chapters, and what is known of it. */
export const FilmSide = ({ film, hits, shots, onSeek }: SideProps): ReactElement => {
  const { t } = useTranslation()
  const first = hits.length > 0 ? 'hits' : film.chapters.length > 0 ? 'chapters' : 'facts'
  const tabs = [
    { id: 'hits', label: t('player.hits'), count: hits.length },
    { id: 'chapters', label: t('player.chapters'), count: film.chapters.length },
    { id: 'facts', label: t('player.facts'), count: 0 },
  ] as const
  return (
    <aside className="side" aria-label={t('player.side')}>
      <Tabs key={first} defaultSelectedKey={first} className="side-tabs">
        <TabList className="tabs" aria-label={t('player.side')}>
          {tabs.map(({ id, label, count }) => (
            <Tab key={id} id={id} className="tab">
              {label}
              {count > 0 && <span className="tab-count">{count}</span>}
            </Tab>
          ))}
        </TabList>
        <TabPanel id="hits" className="side-panel">
          <Hits film={film} hits={hits} onSeek={onSeek} />
        </TabPanel>
        <TabPanel id="chapters" className="side-panel">
          <Chapters film={film} onSeek={onSeek} />
        </TabPanel>
        <TabPanel id="facts" className="side-panel">
          <FilmFacts film={film} shots={shots} />
        </TabPanel>
      </Tabs>
    </aside>
  )
}
