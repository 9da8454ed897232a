import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Model } from '../../../src-preload/contract/nouns.ts'
import { drop } from '../../api/drop.ts'
import { Bar } from '../../parts/bar.tsx'
import { Button } from '../../parts/button.tsx'
import { percent } from '../../parts/format.ts'
import { switchModel } from '../../state/models.ts'
import { modelName } from './model-words.ts'

type PendingProps = {
  readonly model: Model
  /** The one that answers until then. */
  readonly current: Model | undefined
}

/** The model is chosen and still looks at films: it can have its turn at once, or not at all. */
export const ModelPending = ({ model, current }: PendingProps): ReactElement => {
  const { t, i18n } = useTranslation()
  const share = percent(model.coverage, i18n.language)
  return (
    <div className="model-pending">
      <p>{t('models.pending', { share })}</p>
      <Bar label={t('models.seenBy', { name: modelName(t, model) })} share={model.coverage} />
      <p className="model-note">{t('models.pendingText')}</p>
      <div className="model-actions">
        <Button onPress={() => drop(switchModel(model.id, true))}>{t('models.switchNow')}</Button>
        {current !== undefined && (
          <Button kind="quiet" onPress={() => drop(switchModel(current.id))}>
            {t('models.stay', { name: modelName(t, current) })}
          </Button>
        )}
      </div>
    </div>
  )
}
