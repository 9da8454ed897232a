import { Check, CircleDashed, Minus, X } from 'lucide-react'
import type { LucideIcon } from 'lucide-react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { ProviderState } from '../../../src-preload/contract/nouns.ts'
import { Badge } from '../../parts/badge.tsx'
import { roughly } from '../../parts/format.ts'
import { providerWords } from './model-words.ts'
import './provider-table.css'

const icons: Readonly<Record<ProviderState['state'], LucideIcon>> = {
  passed: Check,
  failed: X,
  absent: Minus,
  unknown: CircleDashed,
}

type TableProps = { readonly label: string; readonly states: readonly ProviderState[] }

/** Each way to compute: whether it computes right, how fast, and why it is used or not. */
export const ProviderTable = ({ label, states }: TableProps): ReactElement => {
  const { t, i18n } = useTranslation()
  return (
    <table className="providers" aria-label={label}>
      <thead>
        <tr>
          <th scope="col">{t('provider.name')}</th>
          <th scope="col">{t('provider.check')}</th>
          <th scope="col" className="providers-number">
            {t('provider.speed')}
          </th>
        </tr>
      </thead>
      <tbody>
        {states.map(({ provider, chosen, state, picturesPerSecond, detail }) => {
          const Icon = icons[state]
          return (
            <tr key={provider} className={`provider-${state}`}>
              <th scope="row">
                <span className="provider-name">
                  {providerWords(t, provider)}
                  {chosen && <Badge tone="good">{t('provider.chosen')}</Badge>}
                </span>
                {detail !== '' && <span className="provider-detail">{detail}</span>}
              </th>
              <td>
                <span className="provider-state">
                  <Icon size={15} aria-hidden />
                  {t(`provider.state.${state}`)}
                </span>
              </td>
              <td className="providers-number">
                {picturesPerSecond === null ? '–' : roughly(picturesPerSecond, i18n.language)}
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
