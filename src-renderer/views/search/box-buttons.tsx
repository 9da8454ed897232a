import { BookmarkCheck, BookmarkPlus, ImagePlus, X } from 'lucide-react'
import { memo } from 'react'
import type { ReactElement } from 'react'
import { FileTrigger } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { drop } from '../../api/drop.ts'
import { IconButton } from '../../parts/button.tsx'
import { firstKey } from '../../parts/key-names.ts'
import { useShownCollection } from '../../state/collections.ts'
import { takePictures } from '../../state/given-pictures.ts'
import { usePlace } from '../../state/place.ts'
import { useSearch } from '../../state/search.ts'

const BoxButtonsBase = ({ onClear }: { readonly onClear: () => void }): ReactElement => {
  const { t } = useTranslation()
  const isEmpty = useSearch(({ text }) => text.trim() === '')
  const shown = useShownCollection()
  const show = usePlace((place) => place.show)
  const isKept = shown !== null && !shown.isChanged
  return (
    <>
      <FileTrigger
        acceptedFileTypes={['image/*']}
        onSelect={(files) => files !== null && drop(takePictures([...files]))}
      >
        <IconButton icon={ImagePlus} size="small" label={t('search.picture')} />
      </FileTrigger>
      {!isEmpty && (
        <IconButton
          icon={isKept ? BookmarkCheck : BookmarkPlus}
          size="small"
          isOn={isKept}
          label={isKept ? t('collections.keptAs', { name: shown.collection.name }) : t('collections.save')}
          keys={firstKey('save')}
          onPress={() => show('save-collection')}
        />
      )}
      {isEmpty ? (
        <kbd aria-hidden>{firstKey('search')}</kbd>
      ) : (
        <IconButton icon={X} size="small" label={t('search.clear')} onPress={onClear} />
      )}
    </>
  )
}

/** What stands in the box beside the text: search with a picture, keep the search, clear it. */
export const BoxButtons = memo(BoxButtonsBase)
