import { useState } from 'react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Collection } from '../../../src-preload/contract/search-nouns.ts'
import { drop } from '../../api/drop.ts'
import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { Field } from '../../parts/field.tsx'
import { knownCollections, renameCollection } from '../../state/collections.ts'

type RenameProps = { readonly collection: Collection; readonly onClose: () => void }

const RenameForm = ({ collection, onClose }: RenameProps): ReactElement => {
  const { t } = useTranslation()
  const [name, setName] = useState(collection.name)
  const to = name.trim()
  const isTaken = to !== collection.name && knownCollections().some((one) => one.name === to)
  const isReady = to !== '' && !isTaken
  const rename = async (): Promise<void> => {
    if (to === collection.name || (await renameCollection(collection.name, to))) onClose()
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (isReady) drop(rename())
      }}
    >
      <div className="dialog-body">
        <Field
          label={t('collections.name')}
          value={name}
          onChange={setName}
          error={isTaken ? t('collections.taken') : null}
        />
      </div>
      <footer className="dialog-foot">
        <Button onPress={onClose}>{t('dialog.cancel')}</Button>
        <Button kind="primary" isDisabled={!isReady} onPress={() => drop(rename())}>
          {t('collections.rename')}
        </Button>
      </footer>
    </form>
  )
}

/** Gives a collection another name; null: nobody asked. */
export const RenameCollection = ({
  collection,
  onClose,
}: {
  readonly collection: Collection | null
  readonly onClose: () => void
}): ReactElement => {
  const { t } = useTranslation()
  return (
    <Dialog title={t('collections.renameTitle')} isOpen={collection !== null} onClose={onClose}>
      {collection !== null && <RenameForm collection={collection} onClose={onClose} />}
    </Dialog>
  )
}
