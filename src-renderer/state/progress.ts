import { create } from 'zustand'
import type { IndexProgress } from '../../src-preload/contract/nouns.ts'
import type { Result } from '../../src-preload/contract/result.ts'
import { library } from '../api/library.ts'
import { drop } from '../api/drop.ts'
import { tellError } from './notices.ts'

export type Progress = IndexProgress & { readonly paused: boolean }

type Sample = { readonly at: number; readonly done: number }

type ProgressState = {
  readonly progress: Progress | null
  /** Seconds until everything is looked at, as the library or the last minute's pace has it; null while nobody can tell. */
  readonly secondsLeft: number | null
  readonly load: () => Promise<void>
  readonly setPaused: (paused: boolean) => Promise<void>
}

const windowMilliseconds = 60_000
/** A pace from less than this says nothing. */
const leastMilliseconds = 4000
let samples: readonly Sample[] = []

const ownSecondsLeft = (progress: Progress, now: number): number | null => {
  const last = samples.at(-1)
  if (!progress.running || progress.paused || (last !== undefined && progress.jobsDone < last.done))
    samples = []
  samples = [
    ...samples.filter(({ at }) => now - at < windowMilliseconds),
    { at: now, done: progress.jobsDone },
  ]
  const first = samples[0]
  if (first === undefined || now - first.at < leastMilliseconds) return null
  // Steps of reading say nothing of the hours that analysis takes: where films wait for it, the library has to know.
  if (progress.filmLeft > 0) return null
  const perMillisecond = (progress.jobsDone - first.done) / (now - first.at)
  return perMillisecond > 0 ? progress.jobsLeft / perMillisecond / 1000 : null
}

/** Between two films nothing is analyzed for a moment: the line must not change to and fro with that. */
const holdMilliseconds = 3000
let analysis: { readonly at: number; readonly speed: number; readonly secondsLeft: number | null } | null =
  null

/** `progress` with the speed of a moment ago where it has none just now, and how long that may be shown. */
const steady = (progress: Progress, now: number): { readonly shown: Progress; readonly for: number } => {
  const { speed, secondsLeft } = progress
  if (speed !== null) analysis = { at: now, speed, secondsLeft }
  else if (!progress.running || progress.pace === 'paused' || progress.filmLeft === 0) analysis = null
  const left = analysis === null ? 0 : analysis.at + holdMilliseconds - now
  if (speed !== null || analysis === null || left <= 0) return { shown: progress, for: Infinity }
  return { shown: { ...progress, speed: analysis.speed, secondsLeft: analysis.secondsLeft }, for: left }
}

/** Where does indexing stand? */
export const useProgress = create<ProgressState>((set, get) => {
  let again: ReturnType<typeof setTimeout> | undefined
  const put = (told: Progress): void => {
    const now = performance.now()
    const own = ownSecondsLeft(told, now)
    const { shown, for: milliseconds } = steady(told, now)
    clearTimeout(again)
    if (milliseconds < Infinity) again = setTimeout(() => put(told), milliseconds)
    set({ progress: shown, secondsLeft: shown.secondsLeft ?? own })
  }
  library.on('progress', put)
  return {
    progress: null,
    secondsLeft: null,
    load: async () => {
      const result = await library.call.indexing.progress({})
      if (result.ok) put(result.value)
    },
    setPaused: async (paused) => {
      const { pause, resume } = library.call.indexing
      const result: Result<null> = await (paused ? pause({}) : resume({}))
      if (!result.ok) tellError(result.error)
      drop(get().load())
    },
  }
})
