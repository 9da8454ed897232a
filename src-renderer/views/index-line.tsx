import { Pause, Play } from 'lucide-react'
import type { TFunction } from 'i18next'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { drop } from '../api/drop.ts'
import { IconButton } from '../parts/button.tsx'
import { fileName } from '../parts/format.ts'
import { useProgress } from '../state/progress.ts'
import type { Progress } from '../state/progress.ts'
import './index-line.css'

const timeLeft = (t: TFunction, seconds: number): string => {
  if (seconds < 60) return t('indexing.lessThanMinute')
  const minutes = Math.ceil(seconds / 60)
  return minutes < 90
    ? t('indexing.minutesLeft', { count: minutes })
    : t('indexing.hoursLeft', { count: Math.round(minutes / 60) })
}

const whatIsDone = (t: TFunction, progress: Progress): string => {
  if (progress.paused) return t('indexing.paused', { count: progress.jobsLeft })
  if (progress.jobsLeft > 0) return t('indexing.left', { count: progress.jobsLeft })
  return t('indexing.scanning')
}

/** Quiet line on what is being indexed; nothing when there is nothing to do. */
export const IndexLine = (): ReactElement | null => {
  const { t } = useTranslation()
  const { progress, secondsLeft, setPaused } = useProgress()
  if (progress === null) return null
  const isBusy = progress.jobsLeft > 0 || progress.scanning > 0
  const phase = progress.paused ? 'isPaused' : isBusy ? 'isRunning' : 'isDone'
  // Told at each change of phase only: nobody wants every number read aloud.
  const spoken = (
    <span className="hidden" role="status">
      {t(`indexing.${phase}`)}
    </span>
  )
  if (phase === 'isDone') return spoken
  const all = progress.jobsDone + progress.jobsLeft
  const [current] = progress.current
  return (
    <footer className="index-line">
      {spoken}
      <span
        className="index-line-bar"
        role="progressbar"
        aria-label={t('indexing.label')}
        aria-valuemin={0}
        aria-valuemax={all}
        aria-valuenow={progress.jobsDone}
      >
        <i style={{ width: `${all === 0 ? 0 : (progress.jobsDone / all) * 100}%` }} />
      </span>
      <p>
        {whatIsDone(t, progress)}
        {secondsLeft !== null && !progress.paused && <span> · {timeLeft(t, secondsLeft)}</span>}
      </p>
      <p className="index-line-current">{!progress.paused && current !== undefined && fileName(current)}</p>
      <IconButton
        icon={progress.paused ? Play : Pause}
        size="small"
        label={progress.paused ? t('indexing.resume') : t('indexing.pause')}
        onPress={() => drop(setPaused(!progress.paused))}
      />
    </footer>
  )
}
