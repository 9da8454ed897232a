import { Eye, FolderPlus, HardDrive, ShieldCheck } from 'lucide-react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../parts/button.tsx'
import { FirstRunModels } from './first-run-models.tsx'
import { useAddFolder } from './use-add-folder.ts'
import './first-run.css'

const promises = [
  { id: 'local', icon: HardDrive },
  { id: 'untouched', icon: ShieldCheck },
  { id: 'soon', icon: Eye },
] as const

/** The first screen: one thing to do, and what will happen then. */
export const FirstRun = (): ReactElement => {
  const { t } = useTranslation()
  const add = useAddFolder()
  return (
    <main className="first-run" aria-label={t('firstRun.label')}>
      <div className="first-run-strip" aria-hidden>
        {Array.from({ length: 7 }, (_, index) => (
          <i key={index} />
        ))}
      </div>
      <h1>{t('firstRun.title')}</h1>
      <p className="first-run-lead">{t('firstRun.lead')}</p>
      <Button kind="primary" icon={FolderPlus} onPress={add} autoFocus>
        {t('firstRun.choose')}
      </Button>
      <FirstRunModels />
      <ul>
        {promises.map(({ id, icon: Icon }) => (
          <li key={id}>
            <Icon size={20} strokeWidth={1.6} aria-hidden />
            <h2>{t(`firstRun.${id}`)}</h2>
            <p>{t(`firstRun.${id}Text`)}</p>
          </li>
        ))}
      </ul>
    </main>
  )
}
