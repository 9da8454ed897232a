import type { TFunction } from 'i18next'
import { roughly } from '../parts/format.ts'
import type { Progress } from '../state/progress.ts'

/** What the work on the library is about just now; the first that holds. */
export type IndexPhase = 'paused' | 'done' | 'waiting' | 'analyzing' | 'reading' | 'scanning'

/** Skims come before analysis (domain/stages.ts). */
export const indexPhase = (progress: Progress): IndexPhase => {
  if (progress.paused) return 'paused'
  if (progress.jobsLeft === 0 && progress.scanning === 0) return 'done'
  if (progress.pace === 'paused') return 'waiting'
  if (progress.skimsLeft === 0 && progress.filmLeft > 0) return 'analyzing'
  return progress.jobsLeft > 0 ? 'reading' : 'scanning'
}

/** "about 17 minutes": what is left of the person's own time. */
export const timeLeft = (t: TFunction, seconds: number): string => {
  if (seconds < 60) return t('indexing.lessThanMinute')
  const minutes = Math.ceil(seconds / 60)
  return minutes < 90
    ? t('indexing.minutesLeft', { count: minutes })
    : t('indexing.hoursLeft', { count: Math.round(minutes / 60) })
}

/** "3.5 hours of film left": what is left of the library's time. */
export const filmLeft = (t: TFunction, seconds: number): string => {
  const minutes = Math.max(1, Math.round(seconds / 60))
  return minutes < 90
    ? t('indexing.filmMinutes', { count: minutes })
    : t('indexing.filmHours', {
        count: minutes < 600 ? Math.round(minutes / 30) / 2 : Math.round(minutes / 60),
      })
}

/** "12× realtime": a tenth counts while it is slow. */
export const speedWords = (t: TFunction, speed: number, language: string): string =>
  t('indexing.speed', { speed: roughly(speed, language) })

/** The line's parts, the most important first: a narrow window cuts off the last ones. `secondsLeft`: what is known of the time, or null. */
export const indexWords = (
  t: TFunction,
  progress: Progress,
  secondsLeft: number | null,
  language: string,
): readonly [string, ...string[]] => {
  const time = secondsLeft === null ? [] : [timeLeft(t, secondsLeft)]
  const slow = progress.pace === 'slow' ? [t('indexing.slow')] : []
  const film = progress.filmLeft > 0 ? [filmLeft(t, progress.filmLeft)] : []
  const phase = indexPhase(progress)
  switch (phase) {
    case 'paused':
    case 'waiting':
      return [t(`indexing.${phase}`), ...film]
    case 'analyzing':
      return [
        t('indexing.analyzing'),
        ...slow,
        ...time,
        ...film,
        ...(progress.speed === null ? [] : [speedWords(t, progress.speed, language)]),
      ]
    case 'reading':
      return progress.skimsLeft > 0
        ? [t('indexing.films', { count: progress.skimsLeft }), ...slow, ...time]
        : [t('indexing.left', { count: progress.jobsLeft }), ...slow, ...time]
    case 'scanning':
    case 'done':
      return [t('indexing.scanning')]
  }
}

/** The decoder as people know it: `software`, or the machine's own that ffmpeg names. */
export const decoderWords = (t: TFunction, decoder: string): string =>
  decoder === 'software' ? t('indexing.software') : t('indexing.hardware', { name: decoder })

/** Such as `CPU, 2 threads`; what is written otherwise is shown as it is. */
export const encoderWords = (t: TFunction, encoder: string): string => {
  const threads = /^CPU, (\d+) threads?$/.exec(encoder)?.[1]
  return threads === undefined ? encoder : t('indexing.cpu', { count: Number(threads) })
}
