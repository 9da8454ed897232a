import { ChevronRight } from 'lucide-react'
import { useEffect } from 'react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { drop } from '../api/drop.ts'
import { Button } from '../parts/button.tsx'
import { percent } from '../parts/format.ts'
import { LoadedView } from '../parts/states.tsx'
import { useModels } from '../state/models.ts'
import { usePlace } from '../state/place.ts'
import { goodAtWords, modelName } from './models/model-words.ts'

/** Which model answers, which one will, and the way to all of them. */
export const ModelSettings = (): ReactElement => {
  const { t, i18n } = useTranslation()
  const { loaded, load } = useModels()
  const go = usePlace((place) => place.go)
  useEffect(() => drop(load()), [load])
  return (
    <LoadedView loaded={loaded} onRetry={() => drop(load())}>
      {(models) => {
        const current = models.find((model) => model.current && model.kind === 'pair')
        const next = models.find((model) => model.next)
        return (
          <div className="settings-card model-summary">
            <div>
              {current !== undefined && (
                <>
                  <b>{modelName(t, current)}</b>
                  <p>{goodAtWords(t, current, i18n.language)}</p>
                </>
              )}
              {next !== undefined && (
                <p className="model-summary-next">
                  {t('models.then', {
                    name: modelName(t, next),
                    share: percent(next.coverage, i18n.language),
                  })}
                </p>
              )}
            </div>
            <Button onPress={() => go('models')}>
              {t('models.all')}
              <ChevronRight size={15} aria-hidden />
            </Button>
          </div>
        )
      }}
    </LoadedView>
  )
}
