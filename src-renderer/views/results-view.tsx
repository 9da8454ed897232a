import { memo, useEffect } from 'react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { SearchAnswer } from '../../src-preload/contract/search-nouns.ts'
import { PickOne } from '../parts/choice.tsx'
import { Failed, Waiting } from '../parts/states.tsx'
import { resultOrders, setPreferences, usePreferences } from '../state/preferences.ts'
import { markSearch } from '../state/search-marks.ts'
import { useSearch } from '../state/search.ts'
import { AnswerView } from './answer-view.tsx'
import { CollectionLine } from './collections/collection-line.tsx'
import { CoverageLine } from './coverage-line.tsx'
import { splitBySureness } from './group-moments.ts'
import { QueryChips } from './query-chips.tsx'
import './results-view.css'

const Count = ({ answer }: { readonly answer: SearchAnswer | null }): ReactElement => {
  const { t } = useTranslation()
  const { strong } = splitBySureness(answer?.moments ?? [])
  const films = new Set(strong.map(({ videoId }) => videoId)).size
  const moments = t('results.count', { count: strong.length })
  const isNothing = answer === null || answer.verdict === 'none'
  return (
    <p className="results-count" role="status">
      {!isNothing && t('results.inFilms', { moments, count: films })}
    </p>
  )
}

const OrderPick = (): ReactElement => {
  const { t } = useTranslation()
  const order = usePreferences((preferences) => preferences.results)
  return (
    <PickOne
      label={t('results.order')}
      value={order}
      options={resultOrders.map((id) => ({ id, label: t(`results.${id}`) }))}
      onChange={(results) => setPreferences({ results })}
    />
  )
}

const ResultsViewBase = (): ReactElement => {
  const { t } = useTranslation()
  const answer = useSearch((search) => search.answer)
  const error = useSearch((search) => search.error)
  const isSearching = useSearch((search) => search.isSearching)
  const isLate = useSearch((search) => search.isLate)
  const submit = useSearch((search) => search.submit)
  useEffect(() => {
    if (answer === null) return
    const frame = requestAnimationFrame(() => markSearch('kinora:shown', answer.query))
    return () => cancelAnimationFrame(frame)
  }, [answer])
  return (
    <>
      <CollectionLine />
      <header className="toolbar results-head">
        <QueryChips />
        <div className="results-tools">
          <Count answer={answer} />
          {answer !== null && answer.verdict !== 'none' && <OrderPick />}
        </div>
      </header>
      {answer !== null && error === null && <CoverageLine />}
      <div
        className={isLate && answer !== null ? 'results-body results-old' : 'results-body'}
        aria-busy={isSearching}
      >
        {error !== null && !isSearching && <Failed error={error} onRetry={submit} />}
        {error === null && answer !== null && <AnswerView answer={answer} />}
        {answer === null && (isSearching || error === null) && <Waiting label={t('results.searching')} />}
      </div>
    </>
  )
}

/** The moments that answer the query. */
export const ResultsView = memo(ResultsViewBase)
