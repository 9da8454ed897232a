import { CloudOff, Folder as FolderIcon, FolderPlus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Folder } from '../../src-preload/contract/nouns.ts'
import { drop } from '../api/drop.ts'
import { IconButton } from '../parts/button.tsx'
import { Confirm } from '../parts/dialog.tsx'
import { fileName } from '../parts/format.ts'
import { removeFolder, useFolders } from '../state/folders.ts'
import { usePlace } from '../state/place.ts'
import { valueOr } from '../state/resource.ts'
import { useSearch } from '../state/search.ts'
import { useAddFolder } from './use-add-folder.ts'

const FolderRow = ({
  folder,
  onRemove,
}: {
  readonly folder: Folder
  readonly onRemove: () => void
}): ReactElement => {
  const { t, i18n } = useTranslation()
  const setText = useSearch((search) => search.setText)
  const go = usePlace((place) => place.go)
  const name = fileName(folder.path)
  const watching = folder.watching === null ? '' : t(`folders.${folder.watching}`)
  const state = folder.online ? watching : t('folders.offline')
  return (
    <li className="folder-row">
      <button
        type="button"
        className={folder.online ? 'entry' : 'entry entry-away'}
        title={state === '' ? folder.path : `${folder.path}\n${state}`}
        onClick={() => {
          go('library')
          setText(/\s/.test(name) ? `in:"${name}"` : `in:${name}`)
        }}
      >
        {folder.online ? <FolderIcon size={17} aria-hidden /> : <CloudOff size={17} aria-hidden />}
        <span>{name}</span>
        {!folder.online && <span className="entry-state">{t('tile.offline')}</span>}
        <span className="entry-count">{folder.videos.toLocaleString(i18n.language)}</span>
      </button>
      <IconButton icon={Trash2} size="small" label={t('folders.remove', { name })} onPress={onRemove} />
    </li>
  )
}

/** The watched folders with their state; a folder filters the library. */
export const SidebarFolders = (): ReactElement => {
  const { t } = useTranslation()
  const folders = useFolders((resource) => valueOr(resource.loaded, []))
  const add = useAddFolder()
  const [leaving, setLeaving] = useState<Folder | null>(null)
  const name = leaving === null ? '' : fileName(leaving.path)
  return (
    <section className="sidebar-section" aria-label={t('folders.label')}>
      <header>
        <h2>{t('folders.label')}</h2>
        <IconButton icon={FolderPlus} size="small" label={t('folders.add')} onPress={add} />
      </header>
      <ul>
        {folders.map((folder) => (
          <FolderRow key={folder.id} folder={folder} onRemove={() => setLeaving(folder)} />
        ))}
      </ul>
      <Confirm
        title={t('folders.removeTitle', { name })}
        action={t('folders.removeAction')}
        isOpen={leaving !== null}
        onClose={() => setLeaving(null)}
        onConfirm={() => leaving && drop(removeFolder(leaving.id))}
      >
        <p>{t('folders.removeText', { count: leaving?.videos ?? 0 })}</p>
        <p>{t('folders.removePromise')}</p>
      </Confirm>
    </section>
  )
}
