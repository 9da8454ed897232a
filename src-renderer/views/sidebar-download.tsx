import { CircleAlert, Download } from 'lucide-react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Bar } from '../parts/bar.tsx'
import { percent } from '../parts/format.ts'
import { useModels } from '../state/models.ts'
import { usePlace } from '../state/place.ts'
import { valueOr } from '../state/resource.ts'
import { useWantedModel } from '../state/wanted-model.ts'
import { modelName } from './models/model-words.ts'

/** A model on its way, or one that was wanted and did not come: seen wherever one is. */
export const SidebarDownload = (): ReactElement | null => {
  const { t, i18n } = useTranslation()
  const models = useModels(({ loaded }) => valueOr(loaded, null))
  const wanted = useWantedModel(({ id }) => id)
  const go = usePlace((place) => place.go)
  const model =
    models?.find(({ state }) => state === 'downloading') ??
    models?.find(({ id, downloadError }) => id === wanted && downloadError !== null)
  if (model === undefined) return null
  const name = modelName(t, model)
  const { download } = model
  const share = download === null || download.total === 0 ? 0 : download.bytes / download.total
  const isRunning = model.state === 'downloading'
  return (
    <div className="sidebar-download">
      <button type="button" className="entry" onClick={() => go('models')}>
        {isRunning ? <Download size={17} aria-hidden /> : <CircleAlert size={17} aria-hidden />}
        <span>{name}</span>
        <span className="entry-count">
          {isRunning ? percent(share, i18n.language) : t('models.notDownloaded')}
        </span>
      </button>
      {isRunning && <Bar label={t('models.downloadOf', { name })} share={share} />}
    </div>
  )
}
