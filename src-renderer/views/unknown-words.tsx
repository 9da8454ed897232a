import { Boxes } from 'lucide-react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../parts/button.tsx'
import { usePlace } from '../state/place.ts'

/** Which words the current model does not know, so that nobody waits for pictures of them. */
export const UnknownWords = ({ words }: { readonly words: readonly string[] }): ReactElement | null => {
  const { t, i18n } = useTranslation()
  const go = usePlace((place) => place.go)
  if (words.length === 0) return null
  const list = new Intl.ListFormat(i18n.language).format(
    words.map((word) => t('results.unknownWord', { word })),
  )
  return (
    <div className="coverage coverage-words">
      <p>{t('results.unknown', { words: list })}</p>
      <Button kind="quiet" icon={Boxes} onPress={() => go('models')}>
        {t('results.otherModel')}
      </Button>
    </div>
  )
}
