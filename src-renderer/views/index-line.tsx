import { Pause, Play } from 'lucide-react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { drop } from '../api/drop.ts'
import { IconButton } from '../parts/button.tsx'
import { fileName } from '../parts/format.ts'
import { useProgress } from '../state/progress.ts'
import type { Progress } from '../state/progress.ts'
import { IndexDetail } from './index-detail.tsx'
import { indexPhase, indexWords } from './index-words.ts'
import './index-line.css'

/** What is told aloud, at each change only: nobody wants every number read. */
const spokenState = (progress: Progress): 'isPaused' | 'isDone' | 'isWaiting' | 'isSlow' | 'isRunning' => {
  const phase = indexPhase(progress)
  if (phase === 'paused') return 'isPaused'
  if (phase === 'done') return 'isDone'
  if (phase === 'waiting') return 'isWaiting'
  return progress.pace === 'slow' ? 'isSlow' : 'isRunning'
}

/** Quiet line on what is being indexed; nothing when there is nothing to do. */
export const IndexLine = (): ReactElement | null => {
  const { t, i18n } = useTranslation()
  const { progress, secondsLeft, setPaused } = useProgress()
  if (progress === null) return null
  const phase = indexPhase(progress)
  const spoken = (
    <span className="hidden" role="status">
      {t(`indexing.${spokenState(progress)}`)}
    </span>
  )
  if (phase === 'done') return spoken
  const all = progress.jobsDone + progress.jobsLeft
  const isAtWork = phase !== 'paused' && phase !== 'waiting'
  const [first, ...rest] = indexWords(t, progress, secondsLeft, i18n.language)
  const [current] = progress.current
  return (
    <footer className="index-line">
      {spoken}
      <span
        className={isAtWork ? 'index-line-bar' : 'index-line-bar index-line-still'}
        role="progressbar"
        aria-label={t('indexing.label')}
        aria-valuemin={0}
        aria-valuemax={all}
        aria-valuenow={progress.jobsDone}
      >
        <i style={{ width: `${all === 0 ? 0 : (progress.jobsDone / all) * 100}%` }} />
      </span>
      <p className="index-line-words">
        <b>{first}</b>
        {rest.map((words) => ` · ${words}`)}
      </p>
      <p className="index-line-current">{isAtWork && current !== undefined && fileName(current)}</p>
      <IndexDetail progress={progress} />
      <IconButton
        icon={progress.paused ? Play : Pause}
        size="small"
        label={progress.paused ? t('indexing.resume') : t('indexing.pause')}
        onPress={() => drop(setPaused(!progress.paused))}
      />
    </footer>
  )
}
