import { Unplug } from 'lucide-react'
import { useEffect, useRef } from 'react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { library } from '../api/library.ts'
import { drop } from '../api/drop.ts'
import { Button } from '../parts/button.tsx'
import { Failed, Message, Waiting } from '../parts/states.tsx'
import { useShortcuts } from '../parts/use-shortcuts.ts'
import { useFilm } from '../state/film.ts'
import { useFolders } from '../state/folders.ts'
import { useLink } from '../state/link.ts'
import { usePlace } from '../state/place.ts'
import { FirstRun } from '../views/first-run.tsx'
import { FolderBrowser } from '../views/folder-browser.tsx'
import { IndexLine } from '../views/index-line.tsx'
import { SaveCollection } from '../views/collections/save-collection.tsx'
import { LibraryView } from '../views/library-view.tsx'
import { SpokenModelNews } from '../views/models/model-news.tsx'
import { ModelsView } from '../views/models/models-view.tsx'
import { Notices } from '../views/notices.tsx'
import { PictureDrop } from '../views/picture-drop.tsx'
import { PlayerView } from '../views/player/player-view.tsx'
import { ProblemsView } from '../views/problems-view.tsx'
import { SearchBox } from '../views/search-box.tsx'
import { SettingsView } from '../views/settings-view.tsx'
import { ShortcutSheet } from '../views/shortcut-sheet.tsx'
import { Sidebar } from '../views/sidebar.tsx'
import { OfflineBanner } from './offline-banner.tsx'
import './app.css'

const Shell = (): ReactElement => {
  const view = usePlace((place) => place.view)
  return (
    <div className="shell">
      <Sidebar />
      <div className="shell-main">
        <header className="topbar">
          <SearchBox />
        </header>
        {view === 'library' && <LibraryView />}
        {view === 'problems' && <ProblemsView />}
        {view === 'settings' && <SettingsView />}
        {view === 'models' && <ModelsView />}
        <IndexLine />
        <SpokenModelNews />
      </div>
    </div>
  )
}

/** Nothing was ever loaded: the window can only say so. */
const NoHost = (): ReactElement => {
  const { t } = useTranslation()
  return (
    <main className="alone" aria-label={t('offline.title')}>
      <h1 className="hidden">Kinora</h1>
      <Message
        icon={Unplug}
        title={t('offline.title')}
        action={<Button onPress={library.retry}>{t('offline.retry')}</Button>}
      >
        <p>{t('offline.text')}</p>
      </Message>
    </main>
  )
}

const Content = (): ReactElement => {
  const { t } = useTranslation()
  const { loaded, load } = useFolders()
  const link = useLink((state) => state.link)
  if (loaded.status === 'ready') return loaded.value.length === 0 ? <FirstRun /> : <Shell />
  if (link === 'offline') return <NoHost />
  return (
    <main className="alone" aria-label={t('library.label')}>
      <h1 className="hidden">Kinora</h1>
      {loaded.status === 'failed' ? (
        <Failed error={loaded.error} onRetry={() => drop(load())} />
      ) : (
        <Waiting />
      )}
    </main>
  )
}

/** The whole window: what is beneath keeps its place while a film is played over it. */
export const App = (): ReactElement => {
  const open = useFilm((film) => film.open)
  const link = useLink((state) => state.link)
  const hasContent = useFolders((folders) => folders.loaded.status === 'ready')
  const { go, show } = usePlace()
  const before = useRef<HTMLElement | null>(null)

  useShortcuts('everywhere', {
    help: () => show('shortcuts'),
    ...(open === null && hasContent
      ? {
          library: () => go('library'),
          problems: () => go('problems'),
          settings: () => go('settings'),
          save: () => show('save-collection'),
        }
      : {}),
  })
  const isOpen = open !== null
  useEffect(() => {
    if (!isOpen) before.current?.focus({ preventScroll: true })
  }, [isOpen])

  return (
    <>
      <div
        className="under"
        inert={isOpen}
        onFocus={(event) => {
          before.current = event.target
        }}
      >
        {link === 'offline' && hasContent && <OfflineBanner />}
        <Content />
      </div>
      {open !== null && <PlayerView open={open} />}
      <FolderBrowser />
      <SaveCollection />
      <ShortcutSheet />
      {hasContent && <PictureDrop />}
      <Notices />
    </>
  )
}
