import { ChevronLeft } from 'lucide-react'
import { useEffect, useRef } from 'react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Model } from '../../../src-preload/contract/nouns.ts'
import { drop } from '../../api/drop.ts'
import { Button } from '../../parts/button.tsx'
import { useKeepFocus } from '../../parts/keep-focus.ts'
import { LoadedView } from '../../parts/states.tsx'
import { useModels } from '../../state/models.ts'
import { usePlace } from '../../state/place.ts'
import { valueOr } from '../../state/resource.ts'
import { ModelCard } from './model-card.tsx'
import { ModelState } from './model-state.tsx'
import { WideChoiceGroup } from './wide-choice.tsx'
import { WhyCpu } from './why-cpu.tsx'
import './models-view.css'

type GroupProps = {
  readonly title: string
  readonly lead: string
  readonly models: readonly Model[]
}

/** Models for one thing. */
const Group = ({ title, lead, models }: GroupProps): ReactElement | null =>
  models.length === 0 ? null : (
    <section className="model-group" aria-label={title}>
      <h2>{title}</h2>
      <p className="page-lead">{lead}</p>
      {models.map((model) => (
        <ModelCard key={model.id} model={model} models={models} />
      ))}
    </section>
  )

/** All models: what they are good at and cost, which one answers, and how to get another. */
export const ModelsView = (): ReactElement => {
  const { t } = useTranslation()
  const { loaded, load } = useModels()
  const go = usePlace((place) => place.go)
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => drop(load()), [load])
  // What led here is gone; whoever works by keyboard goes on from the top.
  useEffect(() => {
    if (document.activeElement === document.body) heading.current?.focus({ preventScroll: true })
  }, [])
  const body = useRef<HTMLDivElement>(null)
  useKeepFocus(
    body,
    valueOr(loaded, [])
      .map(({ id }) => id)
      .join(),
  )
  return (
    <main className="view page" aria-label={t('view.models')}>
      <header className="page-head models-head">
        <Button kind="quiet" icon={ChevronLeft} onPress={() => go('settings')}>
          {t('view.settings')}
        </Button>
        <h1 tabIndex={-1} ref={heading}>
          {t('view.models')}
        </h1>
      </header>
      <div className="page-body" ref={body}>
        <LoadedView loaded={loaded} onRetry={() => drop(load())}>
          {(models) => (
            <>
              <ModelState models={models} />
              <Group
                title={t('models.forSearch')}
                lead={t('models.lead')}
                models={models.filter(({ kind }) => kind === 'pair')}
              />
              <WideChoiceGroup models={models} />
              <Group
                title={t('models.forCuts')}
                lead={t('models.cutsLead')}
                models={models.filter(({ kind }) => kind === 'shots')}
              />
            </>
          )}
        </LoadedView>
        <WhyCpu />
        <p className="page-lead models-bring">{t('models.bring')}</p>
      </div>
    </main>
  )
}
