import { CircleAlert, Clapperboard, Keyboard, Settings } from 'lucide-react'
import type { LucideIcon } from 'lucide-react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { firstKey } from '../parts/key-names.ts'
import { IconButton } from '../parts/button.tsx'
import { usePlace } from '../state/place.ts'
import type { View } from '../state/place.ts'
import { useShownCollection } from '../state/collections.ts'
import { useProblems } from '../state/problems.ts'
import { valueOr } from '../state/resource.ts'
import { useSearch } from '../state/search.ts'
import { useLibraryList } from '../state/video-list.ts'
import { SidebarCollections } from './sidebar-collections.tsx'
import { SidebarDownload } from './sidebar-download.tsx'
import { SidebarFolders } from './sidebar-folders.tsx'
import './sidebar.css'

/** The models are a part of the settings. */
const isIn = (here: View, view: View): boolean => here === view || (here === 'models' && view === 'settings')

type EntryProps = { readonly view: View; readonly icon: LucideIcon; readonly count?: number | undefined }

const Entry = ({ view, icon: Icon, count }: EntryProps): ReactElement => {
  const { t, i18n } = useTranslation()
  const here = usePlace((place) => place.view)
  const go = usePlace((place) => place.go)
  const setText = useSearch((search) => search.setText)
  // Who looks into a collection is there, not in the whole library.
  const isInside = useShownCollection() !== null && view === 'library'
  return (
    <button
      type="button"
      className="entry"
      aria-current={isIn(here, view) && !isInside ? 'page' : undefined}
      onClick={() => {
        if (view === 'library') setText('')
        go(view)
      }}
    >
      <Icon size={17} aria-hidden />
      <span>{t(`view.${view}`)}</span>
      {count !== undefined && <span className="entry-count">{count.toLocaleString(i18n.language)}</span>}
    </button>
  )
}

/** Where one can go: what was kept, and the folders that Kinora looks at. */
export const Sidebar = (): ReactElement => {
  const { t } = useTranslation()
  const total = useLibraryList((list) => (list.filter === '' ? list.total : null))
  const problems = useProblems((resource) => valueOr(resource.loaded, []).length)
  const show = usePlace((place) => place.show)
  return (
    <nav className="sidebar" aria-label={t('sidebar.label')}>
      <p className="wordmark">
        <svg viewBox="0 0 24 24" width="22" height="22" aria-hidden>
          <rect x="2" y="2" width="20" height="20" rx="6" className="wordmark-box" />
          <path d="M8 7v10M8 12.6 15.6 7M10.6 10.8 16 17" className="wordmark-k" />
        </svg>
        Kinora
      </p>
      <Entry view="library" icon={Clapperboard} count={total ?? undefined} />
      <div className="sidebar-middle">
        <SidebarCollections />
        <SidebarFolders />
      </div>
      <div className="sidebar-end">
        <SidebarDownload />
        {problems > 0 && <Entry view="problems" icon={CircleAlert} count={problems} />}
        {problems === 0 && <Entry view="problems" icon={CircleAlert} />}
        <div className="sidebar-last">
          <Entry view="settings" icon={Settings} />
          <IconButton
            icon={Keyboard}
            label={t('shortcut.sheet')}
            keys={firstKey('help')}
            onPress={() => show('shortcuts')}
          />
        </div>
      </div>
    </nav>
  )
}
