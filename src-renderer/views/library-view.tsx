import { FilmIcon, FolderOpen, SearchX } from 'lucide-react'
import type { ReactElement, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { PickOne } from '../parts/choice.tsx'
import { Failed, Message, Waiting } from '../parts/states.tsx'
import { setPreferences, usePreferences } from '../state/preferences.ts'
import { useProgress } from '../state/progress.ts'
import { queryMode } from '../state/query-mode.ts'
import { useSearch } from '../state/search.ts'
import { sorts, useFilteredList, useLibraryList } from '../state/video-list.ts'
import type { VideoList } from '../state/video-list.ts'
import { CollectionLine } from './collections/collection-line.tsx'
import { QueryChips } from './query-chips.tsx'
import { ResultsView } from './results-view.tsx'
import { VideoGrid } from './video-grid.tsx'
import './library-view.css'

const GridToolbar = ({
  list,
  children,
}: {
  readonly list: VideoList
  readonly children?: ReactNode
}): ReactElement => {
  const { t } = useTranslation()
  const tileWidth = usePreferences((preferences) => preferences.tileWidth)
  return (
    <header className="toolbar">
      {children}
      <p className="toolbar-count" role="status">
        {list.total === null ? '' : t('library.count', { count: list.total })}
      </p>
      {list.total !== null && list.total > 0 && (
        <>
          <PickOne
            label={t('sort.label')}
            value={list.sort}
            options={sorts.map((id) => ({ id, label: t(`sort.${id}`) }))}
            onChange={(sort) => list.show(list.filter, sort)}
          />
          <input
            type="range"
            className="range"
            aria-label={t('library.tileSize')}
            min={140}
            max={420}
            step={20}
            value={tileWidth}
            onChange={(event) => setPreferences({ tileWidth: event.target.valueAsNumber })}
          />
        </>
      )}
    </header>
  )
}

const EmptyLibrary = (): ReactElement => {
  const { t } = useTranslation()
  const progress = useProgress(({ progress: now }) => now)
  const isBusy = progress !== null && (progress.scanning > 0 || progress.jobsLeft > 0)
  return isBusy ? (
    <Message icon={FilmIcon} title={t('library.looking')}>
      <p>{t('library.lookingText')}</p>
    </Message>
  ) : (
    <Message icon={FolderOpen} title={t('library.empty')}>
      <p>{t('library.emptyText')}</p>
    </Message>
  )
}

const gridBody = (list: VideoList, empty: ReactElement, grid: ReactElement): ReactElement => {
  if (list.error !== null && list.total === null) return <Failed error={list.error} onRetry={list.refresh} />
  if (list.total === null) return <Waiting />
  return list.total === 0 ? empty : grid
}

const WholeLibrary = (): ReactElement => {
  const { t } = useTranslation()
  const list = useLibraryList()
  const grid = <VideoGrid key={list.sort} useList={useLibraryList} label={t('library.label')} />
  return (
    <>
      <GridToolbar list={list} />
      {gridBody(list, <EmptyLibrary />, grid)}
    </>
  )
}

const FilteredLibrary = (): ReactElement => {
  const { t } = useTranslation()
  const list = useFilteredList()
  const empty = (
    <Message icon={SearchX} title={t('library.noneFits')}>
      <p>{t('library.noneFitsText')}</p>
    </Message>
  )
  const grid = (
    <VideoGrid key={`${list.filter} ${list.sort}`} useList={useFilteredList} label={t('library.label')} />
  )
  return (
    <>
      <CollectionLine />
      <GridToolbar list={list}>
        <QueryChips />
      </GridToolbar>
      {gridBody(list, empty, grid)}
    </>
  )
}

/** The middle of the window: all films, those that filters let through, or moments. */
export const LibraryView = (): ReactElement => {
  const { t } = useTranslation()
  const mode = useSearch((search) => queryMode(search.text))
  const hasText = useSearch((search) => search.text.trim() !== '')
  return (
    <main className="view" aria-label={t('library.label')}>
      <h1 className="hidden">{mode === 'moments' ? t('results.title') : t('library.label')}</h1>
      {mode === 'moments' && <ResultsView />}
      {mode === 'videos' && <FilteredLibrary />}
      {mode === 'everything' && (
        <>
          {hasText && (
            <div className="toolbar">
              <QueryChips />
            </div>
          )}
          <WholeLibrary />
        </>
      )}
    </main>
  )
}
