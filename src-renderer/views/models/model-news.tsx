import { useEffect, useState } from 'react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { percent } from '../../parts/format.ts'
import { modelNews } from '../../state/model-news.ts'
import type { ModelNews } from '../../state/model-news.ts'
import { useModels } from '../../state/models.ts'
import { valueOr } from '../../state/resource.ts'
import { modelName } from './model-words.ts'

/** Tells aloud what becomes of downloads and of the model that answers: at each quarter, not at each tick. */
export const SpokenModelNews = (): ReactElement => {
  const { t, i18n } = useTranslation()
  const [news, setNews] = useState<ModelNews | null>(null)
  useEffect(
    () =>
      useModels.subscribe((now, before) => {
        const found = modelNews(valueOr(before.loaded, []), valueOr(now.loaded, []))
        if (found !== null) setNews(found)
      }),
    [],
  )
  return (
    <span className="hidden model-news" role="status">
      {news !== null &&
        t(`models.news.${news.kind}`, {
          name: modelName(t, news.model),
          share: percent(news.share, i18n.language),
        })}
    </span>
  )
}
