import { ChevronRight, Cpu } from 'lucide-react'
import { useEffect } from 'react'
import type { ReactElement } from 'react'
import { Button, Disclosure, DisclosurePanel, Heading } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { drop } from '../../api/drop.ts'
import { LoadedView } from '../../parts/states.tsx'
import { useProviders } from '../../state/providers.ts'
import { valueOr } from '../../state/resource.ts'
import { providerWords } from './model-words.ts'
import { ProviderTable } from './provider-table.tsx'

/** "Why am I on the CPU?": what each way to compute is worth on this machine. */
export const WhyCpu = (): ReactElement => {
  const { t } = useTranslation()
  const { loaded, load } = useProviders()
  useEffect(() => drop(load()), [load])
  const chosen = valueOr(loaded, []).find((state) => state.chosen)?.provider
  const title =
    chosen === 'cpu'
      ? t('provider.whyCpu')
      : chosen === undefined
        ? t('provider.title')
        : t('provider.runsOn', { provider: providerWords(t, chosen) })
  return (
    <Disclosure className="settings-card why-cpu">
      <Heading level={2}>
        <Button slot="trigger" className="why-cpu-title">
          <Cpu size={18} strokeWidth={1.7} aria-hidden />
          <span>{title}</span>
          <ChevronRight size={16} aria-hidden />
        </Button>
      </Heading>
      <DisclosurePanel>
        <div className="why-cpu-body">
          <p className="page-lead">{t('provider.lead')}</p>
          <LoadedView loaded={loaded} onRetry={() => drop(load())}>
            {(states) => <ProviderTable label={t('provider.title')} states={states} />}
          </LoadedView>
          <p className="page-lead">{t('provider.again')}</p>
        </div>
      </DisclosurePanel>
    </Disclosure>
  )
}
