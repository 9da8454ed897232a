import { Download, Eraser, Gauge, Trash2 } from 'lucide-react'
import { useState } from 'react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Model } from '../../../src-preload/contract/nouns.ts'
import { drop } from '../../api/drop.ts'
import { Button } from '../../parts/button.tsx'
import { bestModel, builtInModel, getModel, isBrought, switchModel } from '../../state/models.ts'
import { useSpeedTest } from '../../state/providers.ts'
import { ModelLosses } from './model-losses.tsx'

/** What can be done with a model now; what has its own place in the card (cancel, try again, switch) is not here. */
export const ModelActions = ({ model }: { readonly model: Model }): ReactElement | null => {
  const { t } = useTranslation()
  const { running, run } = useSpeedTest()
  const [loss, setLoss] = useState<'forget' | 'remove' | null>(null)
  const { id, kind, state, current, next, coverage } = model
  const isOffered = id !== builtInModel && !isBrought(model)
  const canGet = isOffered && (state === 'broken' || (state === 'available' && model.downloadError === null))
  const canUse = state === 'ready' && !current && !next
  const canTest = state === 'ready' && kind === 'pair'
  const canForget = kind === 'pair' && coverage > 0 && !current && !next
  const canRemove = id !== builtInModel && (state === 'ready' || state === 'broken')
  if (!canGet && !canUse && !canTest && !canForget && !canRemove) return null
  return (
    <footer className="model-actions">
      {canGet && (
        <>
          <Button
            kind={id === bestModel ? 'primary' : 'plain'}
            icon={Download}
            onPress={() => drop(getModel(id, true))}
          >
            {t('models.getAndUse')}
          </Button>
          <Button kind="quiet" onPress={() => drop(getModel(id, false))}>
            {t('models.getOnly')}
          </Button>
        </>
      )}
      {canUse && <Button onPress={() => drop(switchModel(id))}>{t('models.use')}</Button>}
      <span className="model-more">
        {canTest && (
          <Button kind="quiet" icon={Gauge} isDisabled={running !== null} onPress={() => drop(run(id))}>
            {t('models.test')}
          </Button>
        )}
        {canForget && (
          <Button kind="quiet" icon={Eraser} onPress={() => setLoss('forget')}>
            {t('models.forget')}
          </Button>
        )}
        {canRemove && (
          <Button kind="quiet" icon={Trash2} onPress={() => setLoss('remove')}>
            {t('models.remove')}
          </Button>
        )}
      </span>
      <ModelLosses model={model} loss={loss} onClose={() => setLoss(null)} />
    </footer>
  )
}
