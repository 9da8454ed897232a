import type { MouseEvent, ReactElement } from 'react'
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { ShotList, VideoDetail } from '../../../src-preload/contract/nouns.ts'
import type { Moment } from '../../../src-preload/contract/search-nouns.ts'
import { LoadedView } from '../../parts/states.tsx'
import { valueOr } from '../../state/resource.ts'
import type { Loaded } from '../../state/resource.ts'
import { ChapterList } from './chapter-list.tsx'
import { FilmFacts } from './film-facts.tsx'
import type { FilmSubject } from './film-subject.ts'
import { FilmTags } from './film-tags.tsx'
import { HitList } from './hit-list.tsx'
import { Transcript } from './transcript.tsx'
import type { Transcript as TranscriptOf } from './use-transcript.ts'
import './film-side.css'

const tabIds = ['hits', 'chapters', 'lines', 'facts'] as const
export type SideTab = (typeof tabIds)[number]

type SideProps = {
  readonly film: VideoDetail
  readonly hits: readonly Moment[]
  readonly shots: ShotList | null
  readonly query: string
  readonly transcript: Loaded<TranscriptOf>
  /** What the person chose; null: what says most of the film. */
  readonly tab: SideTab | null
  readonly onTab: (tab: SideTab) => void
  /** The person wants to find something in the transcript. */
  readonly isFindAsked: boolean
  readonly onFindTaken: () => void
  readonly onRetryTranscript: () => void
  readonly onSeek: (seconds: number) => void
  readonly onTag: () => void
  readonly onPlay: (seconds: number) => void
  readonly onMenu: (event: MouseEvent<HTMLElement>, subject: FilmSubject) => void
}

/** Beside the film: its moments, its chapters, what is said in it, and what is known of it. */
export const FilmSide = (props: SideProps): ReactElement => {
  const { film, hits, shots, query, transcript, isFindAsked, onFindTaken, onRetryTranscript } = props
  const { tab: chosen, onTab, onSeek, onTag, onPlay, onMenu } = props
  const { t } = useTranslation()
  const first = hits.length > 0 ? 'hits' : film.chapters.length > 0 ? 'chapters' : 'facts'
  const counts: Readonly<Partial<Record<SideTab, number>>> = {
    hits: hits.length,
    chapters: film.chapters.length,
  }
  return (
    <aside className="side" aria-label={t('player.side')}>
      <Tabs
        className="side-tabs"
        selectedKey={chosen ?? first}
        onSelectionChange={(key) => {
          const tab = tabIds.find((id) => id === key)
          if (tab !== undefined) onTab(tab)
        }}
      >
        <TabList className="tabs" aria-label={t('player.side')}>
          {tabIds.map((id) => (
            <Tab key={id} id={id} className="tab">
              {t(`player.tabs.${id}`)}
              {(counts[id] ?? 0) > 0 && <span className="tab-count">{counts[id]}</span>}
            </Tab>
          ))}
        </TabList>
        <TabPanel id="hits" className="side-panel">
          <HitList film={film} hits={hits} onSeek={onSeek} onMenu={onMenu} />
        </TabPanel>
        <TabPanel id="chapters" className="side-panel">
          <ChapterList film={film} onSeek={onSeek} onMenu={onMenu} />
        </TabPanel>
        <TabPanel id="lines" className="side-panel side-panel-lines">
          <LoadedView loaded={transcript} onRetry={onRetryTranscript}>
            {(value) => (
              <Transcript
                film={film}
                transcript={value}
                query={query}
                isFindAsked={isFindAsked}
                onFindTaken={onFindTaken}
                onPlay={onPlay}
                onMenu={onMenu}
              />
            )}
          </LoadedView>
        </TabPanel>
        <TabPanel id="facts" className="side-panel">
          <FilmTags film={film} onSeek={onSeek} onTag={onTag} onMenu={onMenu} />
          <FilmFacts film={film} shots={shots} tracks={valueOr(transcript, null)?.tracks ?? []} />
        </TabPanel>
      </Tabs>
    </aside>
  )
}
