import { useEffect } from 'react'
import type { ReactElement } from 'react'
import { RadioButton, RadioField, RadioGroup } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { Model } from '../../src-preload/contract/nouns.ts'
import { drop } from '../api/drop.ts'
import { bytes } from '../parts/format.ts'
import { LoadedView } from '../parts/states.tsx'
import { builtInModel, switchModel, useModels } from '../state/models.ts'

const ModelRow = ({ model }: { readonly model: Model }): ReactElement => {
  const { t, i18n } = useTranslation()
  const facts = [
    ...(model.bytes > 0 ? [bytes(model.bytes, i18n.language)] : []),
    ...(model.licence === '' ? [] : [t('models.licence', { licence: model.licence })]),
    ...(model.state === 'ready' ? [] : [t(`models.${model.state}`)]),
  ]
  return (
    <RadioField value={model.id} className="model-row" isDisabled={model.state !== 'ready'}>
      <RadioButton className="model">
        <span className="model-dot" aria-hidden />
        <span className="model-text">
          <b>{model.name}</b>
          <span>{model.id === builtInModel ? t('models.builtIn') : model.description}</span>
          <span className="model-facts">{facts.join(' · ')}</span>
        </span>
      </RadioButton>
    </RadioField>
  )
}

/** Which pair of encoders finds moments. */
export const ModelSettings = (): ReactElement => {
  const { t } = useTranslation()
  const { loaded, load } = useModels()
  useEffect(() => drop(load()), [load])
  return (
    <LoadedView loaded={loaded} onRetry={() => drop(load())}>
      {(models) => (
        <>
          <p className="page-lead">{t('models.lead')}</p>
          <RadioGroup
            className="settings-card models"
            aria-label={t('settings.model')}
            value={models.find(({ current }) => current)?.id ?? ''}
            onChange={(id) => drop(switchModel(id))}
          >
            {models.map((model) => (
              <ModelRow key={model.id} model={model} />
            ))}
          </RadioGroup>
          <p className="page-lead models-more">{t('models.more')}</p>
        </>
      )}
    </LoadedView>
  )
}
