import { useId, useRef } from 'react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Model } from '../../../src-preload/contract/nouns.ts'
import { useKeepFocus } from '../../parts/keep-focus.ts'
import { useSpeedTest } from '../../state/providers.ts'
import { ModelActions } from './model-actions.tsx'
import { ModelBadges } from './model-badges.tsx'
import { FailedDownload, ModelDownload } from './model-download.tsx'
import { ModelFacts } from './model-facts.tsx'
import { ModelPending } from './model-pending.tsx'
import { goodAtWords, modelName } from './model-words.ts'
import { SpeedTest } from './speed-test.tsx'

type CardProps = {
  readonly model: Model
  /** All for the same thing. */
  readonly models: readonly Model[]
}

/** Everything about one model, and everything that can be done with it. */
export const ModelCard = ({ model, models }: CardProps): ReactElement => {
  const { t, i18n } = useTranslation()
  const box = useRef<HTMLElement>(null)
  const heading = useId()
  const isTesting = useSpeedTest(({ running }) => running === model.id)
  const { state, next, downloadError } = model
  useKeepFocus(
    box,
    [state, model.current, next, downloadError !== null, model.coverage > 0, isTesting].join(),
  )
  const name = modelName(t, model)
  return (
    <article
      className={`settings-card model-card${model.current || next ? ' model-used' : ''}`}
      aria-labelledby={heading}
      tabIndex={-1}
      ref={box}
    >
      <header>
        <h3 id={heading}>{name}</h3>
        <ModelBadges model={model} />
      </header>
      <p className="model-good-at">{goodAtWords(t, model, i18n.language)}</p>
      {state === 'broken' && <p className="model-broken">{t('models.brokenText')}</p>}
      <ModelFacts model={model} models={models} />
      {next && <ModelPending model={model} current={models.find(({ current }) => current)} />}
      {state === 'downloading' && <ModelDownload model={model} name={name} />}
      {state === 'available' && downloadError !== null && (
        <FailedDownload model={model} error={downloadError} />
      )}
      <ModelActions model={model} />
      <SpeedTest model={model} />
    </article>
  )
}
