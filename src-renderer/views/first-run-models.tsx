import type { ReactElement } from 'react'
import { RadioButton, RadioField, RadioGroup } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { Model } from '../../src-preload/contract/nouns.ts'
import { Badge } from '../parts/badge.tsx'
import { bytes } from '../parts/format.ts'
import { useFirstModel } from '../state/first-model.ts'
import { bestModel, builtInModel, useModels } from '../state/models.ts'
import { valueOr } from '../state/resource.ts'
import { goodAtWords, languageWords, licenceWords, modelName } from './models/model-words.ts'

/** What is there at once, what is best for most, and what is small (docs/models.md). */
const offered = [builtInModel, bestModel, 'clip-vit-b32-q8']

const Choice = ({ model }: { readonly model: Model }): ReactElement => {
  const { t, i18n } = useTranslation()
  const isBuiltIn = model.id === builtInModel
  const facts = isBuiltIn
    ? [t('firstRun.atOnce')]
    : [bytes(model.bytes, i18n.language), languageWords(t, model, i18n.language)]
  return (
    <RadioField value={model.id}>
      <RadioButton className="first-model">
        <span className="first-model-name">
          <span className="model-dot" aria-hidden />
          <b>{modelName(t, model)}</b>
          {isBuiltIn && <Badge tone="plain">{t('models.comesWith')}</Badge>}
          {model.id === bestModel && <Badge tone="accent">{t('models.best')}</Badge>}
        </span>
        <span>{goodAtWords(t, model, i18n.language)}</span>
        <span className="first-model-facts">{facts.join(' · ')}</span>
        {!isBuiltIn && (
          <span className="first-model-licence">{licenceWords(t, model, [], i18n.language)}</span>
        )}
      </RadioButton>
    </RadioField>
  )
}

/** What the first films are looked at with; the built-in model needs no choice. */
export const FirstRunModels = (): ReactElement | null => {
  const { t } = useTranslation()
  const models = useModels((resource) => valueOr(resource.loaded, null))
  const { id, choose } = useFirstModel()
  const choices = offered.flatMap((wanted) => models?.find((model) => model.id === wanted) ?? [])
  if (choices.length < 2) return null
  return (
    <section className="first-models" aria-label={t('firstRun.model')}>
      <h2>{t('firstRun.model')}</h2>
      <p>{t('firstRun.modelText')}</p>
      <RadioGroup aria-label={t('firstRun.model')} orientation="horizontal" value={id} onChange={choose}>
        {choices.map((model) => (
          <Choice key={model.id} model={model} />
        ))}
      </RadioGroup>
    </section>
  )
}
