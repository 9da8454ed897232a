import { Check, ChevronRight, CornerLeftUp, Folder, FolderOpen } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { BrowsedPlace } from '../../src-preload/contract/page-api.ts'
import { drop } from '../api/drop.ts'
import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { fileName } from '../parts/format.ts'
import { LoadedView } from '../parts/states.tsx'
import { useBrowsing } from '../state/browsing.ts'
import { addBrowsedFolder } from '../state/folders.ts'
import { usePlace } from '../state/place.ts'
import './folder-browser.css'

const PlaceList = ({
  place,
  onGo,
}: {
  readonly place: BrowsedPlace
  readonly onGo: (to: string) => void
}): ReactElement => {
  const { t } = useTranslation()
  const { parent } = place
  return (
    <ul className="browse-list" aria-label={t('browse.folders')}>
      {parent !== null && (
        <li>
          <button type="button" className="browse-row" onClick={() => onGo(parent)}>
            <CornerLeftUp size={17} aria-hidden />
            <span>{t('browse.up')}</span>
          </button>
        </li>
      )}
      {place.folders.map((folder) => (
        <li key={folder.place}>
          <button type="button" className="browse-row" onClick={() => onGo(folder.place)}>
            <Folder size={17} aria-hidden />
            <span>{folder.name}</span>
            {folder.watched && (
              <span className="browse-watched">
                <Check size={13} aria-hidden />
                {t('browse.watched')}
              </span>
            )}
            <ChevronRight size={15} aria-hidden />
          </button>
        </li>
      ))}
      {place.folders.length === 0 && <li className="browse-empty">{t('browse.noFolders')}</li>}
    </ul>
  )
}

const Browser = ({ onClose }: { readonly onClose: () => void }): ReactElement => {
  const { t } = useTranslation()
  const { loaded, isMoving, go } = useBrowsing()
  const [isAdding, setAdding] = useState(false)
  useEffect(() => drop(go(null)), [go])
  const add = async (place: string): Promise<void> => {
    setAdding(true)
    const done = await addBrowsedFolder(place)
    setAdding(false)
    if (done) onClose()
  }
  return (
    <LoadedView loaded={loaded} onRetry={() => drop(go(null))}>
      {(place) => (
        <>
          <div className="browse-here" aria-live="polite">
            <FolderOpen size={18} aria-hidden />
            <p>{place.path}</p>
            <span>{t('browse.films', { count: place.films })}</span>
          </div>
          <PlaceList place={place} onGo={(to) => drop(go(to))} />
          <footer className="dialog-foot">
            <p className="browse-note">{t('browse.note')}</p>
            <Button onPress={onClose}>{t('dialog.cancel')}</Button>
            <Button kind="primary" isDisabled={isMoving || isAdding} onPress={() => drop(add(place.place))}>
              {t('browse.add', { name: fileName(place.path) })}
            </Button>
          </footer>
        </>
      )}
    </LoadedView>
  )
}

/** Chooses a folder of the machine that serves; the page knows places by opaque ids only. */
export const FolderBrowser = (): ReactElement => {
  const { t } = useTranslation()
  const { dialog, show } = usePlace()
  const close = (): void => show(null)
  return (
    <Dialog title={t('browse.title')} isOpen={dialog === 'browse'} onClose={close} width="wide">
      <Browser onClose={close} />
    </Dialog>
  )
}
