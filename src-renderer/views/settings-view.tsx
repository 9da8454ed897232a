import type { ReactElement, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Segments } from '../parts/choice.tsx'
import { useHost } from '../state/host.ts'
import { setPreferences, usePreferences } from '../state/preferences.ts'
import { valueOr } from '../state/resource.ts'
import { DoctorSettings } from './doctor-settings.tsx'
import { ModelSettings } from './model-settings.tsx'
import './settings-view.css'

type SectionProps = { readonly title: string; readonly children: ReactNode }

/** A titled part of the settings. */
const Section = ({ title, children }: SectionProps): ReactElement => (
  <section className="settings-section" aria-label={title}>
    <h2>{title}</h2>
    {children}
  </section>
)

const Row = ({ name, children }: { readonly name: string; readonly children: ReactNode }): ReactElement => (
  <div className="settings-row">
    <span>{name}</span>
    {children}
  </div>
)

/** How the window looks, what finds moments, and whether all parts work. */
export const SettingsView = (): ReactElement => {
  const { t } = useTranslation()
  const { appearance, language } = usePreferences()
  const host = useHost((resource) => valueOr(resource.loaded, null))
  return (
    <main className="view page" aria-label={t('view.settings')}>
      <header className="page-head">
        <h1>{t('view.settings')}</h1>
      </header>
      <div className="page-body">
        <Section title={t('settings.window')}>
          <div className="settings-card">
            <Row name={t('settings.appearance')}>
              <Segments
                label={t('settings.appearance')}
                value={appearance}
                options={(['system', 'light', 'dark'] as const).map((id) => ({
                  id,
                  label: t(`settings.${id}`),
                }))}
                onChange={(next) => setPreferences({ appearance: next })}
              />
            </Row>
            <Row name={t('settings.language')}>
              <Segments
                label={t('settings.language')}
                value={language}
                options={[
                  { id: 'system', label: t('settings.system') },
                  { id: 'en', label: 'English' },
                  { id: 'de', label: 'Deutsch' },
                ]}
                onChange={(next) => setPreferences({ language: next })}
              />
            </Row>
          </div>
        </Section>
        <Section title={t('settings.model')}>
          <ModelSettings />
        </Section>
        <Section title={t('settings.checks')}>
          <DoctorSettings />
        </Section>
        <Section title={t('settings.about')}>
          <p className="page-lead">
            {t('settings.version', { version: host?.version ?? '' })} {t('settings.promise')}
          </p>
        </Section>
      </div>
    </main>
  )
}
