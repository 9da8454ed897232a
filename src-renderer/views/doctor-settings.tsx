import { CircleCheck, Stethoscope, TriangleAlert } from 'lucide-react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { drop } from '../api/drop.ts'
import { Button } from '../parts/button.tsx'
import { Waiting } from '../parts/states.tsx'
import { useDoctor } from '../state/doctor.ts'

/** Checks every part by doing, and says what to do where one fails. */
export const DoctorSettings = (): ReactElement => {
  const { t } = useTranslation()
  const { checks, isRunning, run } = useDoctor()
  return (
    <>
      <p className="page-lead">{t('doctor.lead')}</p>
      {checks !== null && (
        <ul className="settings-card checks">
          {checks.map((check) => (
            <li key={check.name} className={check.ok ? 'check' : 'check check-bad'}>
              {check.ok ? (
                <CircleCheck size={18} role="img" aria-label={t('doctor.ok')} />
              ) : (
                <TriangleAlert size={18} role="img" aria-label={t('doctor.bad')} />
              )}
              <span>
                <b>{check.name}</b>
                <span>{check.detail}</span>
                {check.advice !== '' && <span className="check-advice">{check.advice}</span>}
              </span>
            </li>
          ))}
        </ul>
      )}
      {isRunning ? (
        <Waiting label={t('doctor.running')} />
      ) : (
        <Button icon={Stethoscope} onPress={() => drop(run())}>
          {t('doctor.run')}
        </Button>
      )}
    </>
  )
}
