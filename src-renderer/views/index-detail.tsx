import { Info } from 'lucide-react'
import { Dialog, DialogTrigger, Popover } from 'react-aria-components'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Model } from '../../src-preload/contract/nouns.ts'
import { IconButton } from '../parts/button.tsx'
import { useModels } from '../state/models.ts'
import type { Progress } from '../state/progress.ts'
import { valueOr } from '../state/resource.ts'
import { decoderWords, encoderWords, filmLeft, speedWords } from './index-words.ts'
import { modelName } from './models/model-words.ts'
import './index-detail.css'

const none: readonly Model[] = []

/** On what the work runs and how fast: for those who ask. */
export const IndexDetail = ({ progress }: { readonly progress: Progress }): ReactElement | null => {
  const { t, i18n } = useTranslation()
  const models = useModels(({ loaded }) => valueOr(loaded, none))
  const { runsOn, speed } = progress
  if (runsOn === null) return null
  const model =
    models.find(({ next }) => next) ?? models.find(({ current, kind }) => current && kind === 'pair')
  const rows: readonly (readonly [string, string])[] = [
    ...(model === undefined ? [] : [[t('indexing.model'), modelName(t, model)] as const]),
    [t('indexing.decoding'), decoderWords(t, runsOn.decoder)],
    [t('indexing.encoder'), encoderWords(t, runsOn.encoder)],
    ...(speed === null ? [] : [[t('indexing.pace'), speedWords(t, speed, i18n.language)] as const]),
    ...(progress.filmLeft === 0 ? [] : [[t('indexing.toAnalyze'), filmLeft(t, progress.filmLeft)] as const]),
  ]
  return (
    <DialogTrigger>
      <IconButton icon={Info} size="small" label={t('indexing.detail')} />
      <Popover className="popover" offset={8} placement="top end">
        <Dialog className="index-detail" aria-label={t('indexing.detail')}>
          <dl>
            {rows.map(([name, value]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        </Dialog>
      </Popover>
    </DialogTrigger>
  )
}
