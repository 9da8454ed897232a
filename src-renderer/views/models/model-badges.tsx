import { Check, FlaskConical, Hourglass, Sparkles, TriangleAlert } from 'lucide-react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Model } from '../../../src-preload/contract/nouns.ts'
import { Badge } from '../../parts/badge.tsx'
import { bestModel, builtInModel, isBrought } from '../../state/models.ts'

/** What is to be seen of a model at a glance. */
export const ModelBadges = ({ model }: { readonly model: Model }): ReactElement => {
  const { t } = useTranslation()
  const { id, kind, current, next, state, commercialUse } = model
  return (
    <span className="model-badges">
      {current && (
        <Badge tone="good" icon={Check}>
          {kind === 'pair' ? t('models.answers') : t('models.inUse')}
        </Badge>
      )}
      {next && (
        <Badge tone="accent" icon={Hourglass}>
          {t('models.takesOver')}
        </Badge>
      )}
      {state === 'broken' && (
        <Badge tone="bad" icon={TriangleAlert}>
          {t('models.broken')}
        </Badge>
      )}
      {!commercialUse && (
        <Badge tone="bad" icon={FlaskConical}>
          {t('models.researchOnly')}
        </Badge>
      )}
      {id === builtInModel && <Badge tone="plain">{t('models.comesWith')}</Badge>}
      {isBrought(model) && <Badge tone="plain">{t('models.brought')}</Badge>}
      {id === bestModel && !current && !next && (
        <Badge tone="accent" icon={Sparkles}>
          {t('models.best')}
        </Badge>
      )}
    </span>
  )
}
