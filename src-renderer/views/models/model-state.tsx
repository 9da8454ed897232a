import { Hourglass } from 'lucide-react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Model } from '../../../src-preload/contract/nouns.ts'
import { percent } from '../../parts/format.ts'
import { modelName } from './model-words.ts'

/** A quiet note while a model is chosen that does not answer yet. */
export const ModelState = ({ models }: { readonly models: readonly Model[] }): ReactElement | null => {
  const { t, i18n } = useTranslation()
  const current = models.find((model) => model.current && model.kind === 'pair')
  const next = models.find((model) => model.next)
  if (current === undefined || next === undefined) return null
  return (
    <p className="coverage models-note">
      <Hourglass size={15} aria-hidden />
      <span>
        {t('models.note', {
          current: modelName(t, current),
          next: modelName(t, next),
          share: percent(next.coverage, i18n.language),
        })}
      </span>
    </p>
  )
}
