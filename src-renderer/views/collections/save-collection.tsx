import { useState } from 'react'
import type { ReactElement } from 'react'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { parseQuery } from '../../../src-main/domain/query.ts'
import { drop } from '../../api/drop.ts'
import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { Field } from '../../parts/field.tsx'
import { knownCollections, saveCollection, useShownCollection } from '../../state/collections.ts'
import { usePlace } from '../../state/place.ts'
import { queryMode } from '../../state/query-mode.ts'
import { useSearch } from '../../state/search.ts'
import { likeWords } from '../chips/like-words.ts'
import { QueryText } from '../chips/query-text.tsx'
import './collections.css'

const longestName = 200

/** "dog on a beach" -> Dog on a beach: what most would call it anyway. */
const nameFor = (t: TFunction, query: string): string => {
  const { terms, filters, likes } = parseQuery(query)
  const words = terms.filter(({ negative }) => !negative).map(({ text }) => text)
  const values = filters.map(({ text }) => text.slice(text.indexOf(':') + 1).replaceAll('"', ''))
  const pictures = likes.filter(({ negative }) => !negative).map(({ reference }) => likeWords(t, reference))
  const name =
    [words, pictures, values]
      .find((parts) => parts.length > 0)
      ?.join(' ')
      .slice(0, longestName) ?? ''
  return `${name.charAt(0).toLocaleUpperCase()}${name.slice(1)}`
}

const SaveForm = ({
  query,
  onClose,
}: {
  readonly query: string
  readonly onClose: () => void
}): ReactElement => {
  const { t } = useTranslation()
  const shown = useShownCollection()
  const [name, setName] = useState(shown?.collection.name ?? nameFor(t, query))
  const given = name.trim()
  const same = knownCollections().find((one) => one.name === given)
  const isGrid = queryMode(query) === 'videos'
  const save = async (): Promise<void> => {
    if (await saveCollection(given, query)) onClose()
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (given !== '') drop(save())
      }}
    >
      <div className="dialog-body">
        <Field label={t('collections.name')} value={name} onChange={setName} maxLength={longestName} />
        <div className="collection-query">
          <QueryText text={query} />
        </div>
        <p>
          {same === undefined
            ? isGrid
              ? t('collections.saveFilms')
              : t('collections.saveMoments')
            : t('collections.replaces', { name: given })}
        </p>
      </div>
      <footer className="dialog-foot">
        <Button onPress={onClose}>{t('dialog.cancel')}</Button>
        <Button kind="primary" isDisabled={given === ''} onPress={() => drop(save())}>
          {same === undefined ? t('collections.saveAction') : t('collections.update')}
        </Button>
      </footer>
    </form>
  )
}

/** Keeps what is searched for under a name. */
export const SaveCollection = (): ReactElement => {
  const { t } = useTranslation()
  const { dialog, show } = usePlace()
  const query = useSearch((search) => search.text.trim())
  const onClose = (): void => show(null)
  return (
    <Dialog
      title={t('collections.save')}
      isOpen={dialog === 'save-collection' && query !== ''}
      onClose={onClose}
    >
      <SaveForm query={query} onClose={onClose} />
    </Dialog>
  )
}
