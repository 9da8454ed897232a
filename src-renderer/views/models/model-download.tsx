import { CircleAlert, RotateCw, X } from 'lucide-react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Model } from '../../../src-preload/contract/nouns.ts'
import { drop } from '../../api/drop.ts'
import { Bar } from '../../parts/bar.tsx'
import { Button } from '../../parts/button.tsx'
import { cancelDownload, getModel } from '../../state/models.ts'
import { useWantedModel } from '../../state/wanted-model.ts'
import { downloadWords } from './model-words.ts'

type DownloadProps = { readonly model: Model; readonly name: string }

/** How far the download is, and a way out of it. */
export const ModelDownload = ({ model, name }: DownloadProps): ReactElement => {
  const { t, i18n } = useTranslation()
  const isWanted = useWantedModel(({ id }) => id === model.id)
  const download = model.download ?? { bytes: 0, total: model.bytes, speed: null, secondsLeft: null }
  const words = downloadWords(t, download, i18n.language)
  const share = download.total === 0 ? 0 : download.bytes / download.total
  return (
    <div className="model-download">
      <div>
        <Bar label={t('models.downloadOf', { name })} share={share} words={words.join(', ')} />
        <p className="model-numbers">{words.join(' · ')}</p>
        {isWanted && <p className="model-note">{t('models.usedThen')}</p>}
      </div>
      <Button icon={X} onPress={() => drop(cancelDownload(model.id))}>
        {t('dialog.cancel')}
      </Button>
    </div>
  )
}

type FailedProps = {
  readonly model: Model
  readonly error: NonNullable<Model['downloadError']>
}

/** Why the last download ended early, what to do, and another try. */
export const FailedDownload = ({ model, error }: FailedProps): ReactElement => {
  const { t } = useTranslation()
  const isWanted = useWantedModel(({ id }) => id === model.id)
  return (
    <div className="model-failed">
      <CircleAlert size={18} aria-hidden />
      <div>
        <p>
          <b>{t(`error.${error.code}.title`)}.</b> {t(`error.${error.code}.advice`)}
        </p>
        <p className="message-detail">{error.message}</p>
        {error.advice !== '' && <p className="message-detail">{error.advice}</p>}
      </div>
      <Button icon={RotateCw} onPress={() => drop(getModel(model.id, isWanted))}>
        {t('state.retry')}
      </Button>
    </div>
  )
}
