import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { RelevanceCurve } from '../../../src-preload/contract/search-nouns.ts'
import { clock } from '../../parts/format.ts'
import { bestTimes } from './curve-path.ts'

/** So many times a person can keep in mind who hears them. */
const mostTimes = 3

type WordsProps = { readonly curve: RelevanceCurve; readonly query: string }

/** The curve in words: where the film answers best. */
export const CurveWords = ({ curve, query }: WordsProps): ReactElement => {
  const { t, i18n } = useTranslation()
  const times = bestTimes(curve, mostTimes).map(clock)
  const list = new Intl.ListFormat(i18n.language, { type: 'conjunction' }).format(times)
  return <>{times.length === 0 ? t('curve.nowhere', { query }) : t('curve.best', { query, times: list })}</>
}
