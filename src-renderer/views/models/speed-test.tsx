import { LoaderCircle } from 'lucide-react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Model } from '../../../src-preload/contract/nouns.ts'
import { Button } from '../../parts/button.tsx'
import { useSpeedTest } from '../../state/providers.ts'
import { modelName, paceWords, providerWords } from './model-words.ts'
import { ProviderTable } from './provider-table.tsx'

/** The speed test of a model, while it runs and what it found; nothing before the first one. */
export const SpeedTest = ({ model }: { readonly model: Model }): ReactElement | null => {
  const { t, i18n } = useTranslation()
  const isRunning = useSpeedTest(({ running }) => running === model.id)
  const states = useSpeedTest(({ results }) => results[model.id])
  const stop = useSpeedTest((test) => test.stop)
  if (!isRunning && states === undefined) return null
  const chosen = states?.find((state) => state.chosen)
  const speed = chosen?.picturesPerSecond ?? null
  const summary =
    chosen === undefined || speed === null
      ? t('models.testedNothing')
      : t('models.tested', {
          pace: paceWords(t, speed, i18n.language),
          provider: providerWords(t, chosen.provider),
        })
  return (
    <div className="speed-test">
      <div className="speed-test-head">
        <p role="status">
          {isRunning && <LoaderCircle className="spin" size={16} aria-hidden />}
          {isRunning ? t('models.testing') : summary}
        </p>
        {isRunning && (
          <Button kind="quiet" onPress={stop}>
            {t('dialog.cancel')}
          </Button>
        )}
      </div>
      {!isRunning && states !== undefined && (
        <ProviderTable label={t('models.testOf', { name: modelName(t, model) })} states={states} />
      )}
    </div>
  )
}
