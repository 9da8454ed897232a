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
  /** Seconds until everything is looked at, as the last minute's pace has it; null while nobody can tell. */
  readonly secondsLeft: number | null
  readonly load: () => Promise<void>
  readonly setPaused: (paused: boolean) => Promise<void>
}

const windowMilliseconds = 60_000
/** A pace from less than this says nothing. */
const leastMilliseconds = 4000
let samples: readonly Sample[] = []

const secondsLeftOf = (progress: Progress, now: number): number | null => {
  const last = samples.at(-1)
  if (!progress.running || progress.paused || (last !== undefined && progress.jobsDone < last.done))
    samples = []
  samples = [
    ...samples.filter(({ at }) => now - at < windowMilliseconds),
    { at: now, done: progress.jobsDone },
  ]
  const first = samples[0]
  if (first === undefined || now - first.at < leastMilliseconds) return null
  const perMillisecond = (progress.jobsDone - first.done) / (now - first.at)
  return perMillisecond > 0 ? progress.jobsLeft / perMillisecond / 1000 : null
}

/** Where does indexing stand? */
export const useProgress = create<ProgressState>((set, get) => {
  const put = (progress: Progress): void =>
    set({ progress, secondsLeft: secondsLeftOf(progress, performance.now()) })
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
