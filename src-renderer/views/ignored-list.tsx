import { ChevronRight } from 'lucide-react'
import type { ReactElement } from 'react'
import { Button, Disclosure, DisclosurePanel } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { ignoreRules } from '../../src-main/domain/ignore-rules.ts'
import type { IgnoreRule } from '../../src-main/domain/ignore-rules.ts'
import type { IgnoredCount, IgnoredEntry } from '../../src-preload/contract/nouns.ts'

const isKnown = (rule: string): rule is IgnoreRule => (ignoreRules as readonly string[]).includes(rule)

type IgnoredProps = { readonly counts: readonly IgnoredCount[]; readonly entries: readonly IgnoredEntry[] }

/** What Kinora does not look at, by rule: nothing is left out in silence. */
export const IgnoredList = ({ counts, entries }: IgnoredProps): ReactElement | null => {
  const { t, i18n } = useTranslation()
  if (counts.length === 0) return null
  return (
    <section className="ignored" aria-label={t('ignored.title')}>
      <h2>{t('ignored.title')}</h2>
      <p className="page-lead">{t('ignored.lead')}</p>
      {counts.map(({ rule, count }) => {
        const own = entries.filter((entry) => entry.rule === rule)
        const name = isKnown(rule) ? t(`ignored.${rule}`) : rule
        const number = count.toLocaleString(i18n.language)
        if (own.length === 0) {
          return (
            <p key={rule} className="ignored-rule ignored-alone">
              <span>{name}</span>
              <span className="ignored-count">{number}</span>
            </p>
          )
        }
        return (
          <Disclosure key={rule}>
            <Button slot="trigger" className="ignored-rule">
              <ChevronRight size={16} aria-hidden />
              <span>{name}</span>
              <span className="ignored-count">{number}</span>
            </Button>
            <DisclosurePanel>
              <ul className="ignored-paths">
                {own.map(({ path }) => (
                  <li key={path}>{path}</li>
                ))}
              </ul>
            </DisclosurePanel>
          </Disclosure>
        )
      })}
    </section>
  )
}
