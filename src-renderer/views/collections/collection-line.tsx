import { Undo2 } from 'lucide-react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { drop } from '../../api/drop.ts'
import { Button } from '../../parts/button.tsx'
import { openCollection, saveCollection, useShownCollection } from '../../state/collections.ts'
import { useSearch } from '../../state/search.ts'
import { collectionIcon } from './collection-icon.ts'
import './collections.css'

/** Which collection is shown; once its query is changed: keep the change, or go back to what was saved. */
export const CollectionLine = (): ReactElement | null => {
  const { t } = useTranslation()
  const shown = useShownCollection()
  if (shown === null) return null
  const { collection, isChanged } = shown
  const Icon = collectionIcon(collection.query)
  return (
    <div className="collection-line">
      <Icon size={17} aria-hidden />
      <h2>{collection.name}</h2>
      {isChanged ? (
        <>
          <span>{t('collections.changed')}</span>
          <Button
            kind="quiet"
            onPress={() => drop(saveCollection(collection.name, useSearch.getState().text.trim()))}
          >
            {t('collections.update')}
          </Button>
          <Button kind="quiet" icon={Undo2} onPress={() => openCollection(collection)}>
            {t('collections.revert')}
          </Button>
        </>
      ) : (
        <span>{t('collections.live')}</span>
      )}
    </div>
  )
}
