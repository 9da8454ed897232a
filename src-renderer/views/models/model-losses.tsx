import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Model } from '../../../src-preload/contract/nouns.ts'
import { drop } from '../../api/drop.ts'
import { Confirm } from '../../parts/dialog.tsx'
import { bytes } from '../../parts/format.ts'
import { dropVectors, isBrought, removeModel } from '../../state/models.ts'
import { modelName } from './model-words.ts'

type LossProps = {
  readonly model: Model
  readonly loss: 'forget' | 'remove' | null
  readonly onClose: () => void
}

/** Asks before a model goes, or what it has seen; says what is lost and what is not. */
export const ModelLosses = ({ model, loss, onClose }: LossProps): ReactElement => {
  const { t, i18n } = useTranslation()
  const name = modelName(t, model)
  const seen = model.kind === 'pair' && model.coverage > 0
  return (
    <>
      <Confirm
        title={t('models.removeTitle', { name })}
        action={t('models.remove')}
        isOpen={loss === 'remove'}
        onClose={onClose}
        onConfirm={() => drop(removeModel(model.id))}
      >
        <p>
          {isBrought(model)
            ? t('models.removeBrought')
            : t('models.removeFiles', { size: bytes(model.bytes, i18n.language) })}
        </p>
        {seen && <p>{t('models.removeSeen')}</p>}
        {model.current && model.kind === 'pair' && (
          <p>{t('models.removeCurrent', { name: t('models.builtInName') })}</p>
        )}
        <p>{t('models.nothingElse')}</p>
      </Confirm>
      <Confirm
        title={t('models.forgetTitle', { name })}
        action={t('models.forget')}
        isOpen={loss === 'forget'}
        onClose={onClose}
        onConfirm={() => drop(dropVectors(model.id))}
      >
        <p>{t('models.forgetText')}</p>
        <p>{t('models.nothingElse')}</p>
      </Confirm>
    </>
  )
}
