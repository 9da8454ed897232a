import { useState } from 'react'
import type { ReactElement } from 'react'
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
import './collections.css'

const longestName = 200

/** "dog on a beach" -> Dog on a beach: what most would call it anyway. */
const nameFor = (query: string): string => {
  const { terms, filters } = parseQuery(query)
  const words = terms.filter(({ negative }) => !negative).map(({ text }) => text)
  const values = filters.map(({ text }) => text.slice(text.indexOf(':') + 1).replaceAll('"', ''))
  const name = [...words, ...(words.length === 0 ? values : [])].join(' ').slice(0, longestName)
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
  const [name, setName] = useState(shown?.collection.name ?? nameFor(query))
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
        <p className="collection-query">{query}</p>
        <p>
          {same === undefined
            ? t(isGrid ? 'collections.saveFilms' : 'collections.saveMoments')
            : t('collections.replaces', { name: given })}
        </p>
      </div>
      <footer className="dialog-foot">
        <Button onPress={onClose}>{t('dialog.cancel')}</Button>
        <Button kind="primary" isDisabled={given === ''} onPress={() => drop(save())}>
          {t(same === undefined ? 'collections.saveAction' : 'collections.update')}
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
