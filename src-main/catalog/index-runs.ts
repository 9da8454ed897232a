import type { IndexProgress, IndexSummary, StageCount } from '../../src-preload/contract/nouns.ts'
import type { StageName } from '../../src-preload/contract/stage-names.ts'
import { stagesUpTo } from '../domain/stages.ts'
import type { Wanted } from './jobs.ts'
import type { Store } from './store.ts'

/** One request to index: it ends when nothing is left, or follows the folders until it is cancelled. */
export type IndexRun = {
  readonly stage: StageName | null
  readonly model: string
  readonly follow: boolean
}

/** What one ended task adds to the sums of every run under way. */
export type TaskOutcome = {
  readonly stage: StageName
  readonly failed: boolean
  readonly seconds: number
  readonly videoId: string | null
  /** What a skim adds: length of the film, frames with a vector, pictures that models looked at for them. */
  readonly skimmed?: { readonly videoSeconds: number; readonly frames: number; readonly pictures: number }
}

type ActiveRun = IndexRun & {
  readonly startedAt: number
  readonly stages: Map<StageName, StageCount>
  readonly videos: Set<string>
  videoSeconds: number
  framesEmbedded: number
  picturesEmbedded: number
  readonly settle: (summary: IndexSummary) => void
}

export type IndexRuns = {
  readonly isActive: () => boolean
  readonly isFollowing: () => boolean
  /** The union of what the runs want; nothing when there is none. */
  readonly wanted: () => Wanted
  readonly begin: (run: IndexRun, signal: AbortSignal) => Promise<IndexSummary>
  readonly count: (outcome: TaskOutcome) => void
  /** Nothing is left to do: runs that do not follow are over. */
  readonly finishIdle: () => void
  readonly jobsDone: () => number
}

/** The runs under way and their sums. `onChange` is told when the set of runs changes; `clock` in seconds. */
export const createIndexRuns = (store: Store, clock: () => number, onChange: () => void): IndexRuns => {
  const runs = new Set<ActiveRun>()
  let jobsDone = 0

  const summary = (run: ActiveRun, cancelled: boolean): IndexSummary => ({
    videos: store.videos.countVisible(),
    indexed: run.videos.size,
    problems: store.problems.count(),
    seconds: clock() - run.startedAt,
    videoSeconds: run.videoSeconds,
    framesEmbedded: run.framesEmbedded,
    picturesEmbedded: run.picturesEmbedded,
    stages: Object.fromEntries(run.stages),
    ignored: store.ignored.counts(),
    cancelled,
  })
  const end = (run: ActiveRun, cancelled: boolean): void => {
    if (!runs.delete(run)) return
    run.settle(summary(run, cancelled))
    onChange()
  }

  return {
    isActive: () => runs.size > 0,
    isFollowing: () => [...runs].some(({ follow }) => follow),
    wanted: () => {
      const all = [...runs]
      const rows = all.flatMap((run) => stagesUpTo(run.stage))
      return { stages: [...new Set(rows)], models: [...new Set(all.map(({ model }) => model))] }
    },
    begin: (run, signal) => {
      const { promise, resolve } = Promise.withResolvers<IndexSummary>()
      const active: ActiveRun = {
        ...run,
        startedAt: clock(),
        stages: new Map(stagesUpTo(run.stage).map(({ name }) => [name, { done: 0, failed: 0, seconds: 0 }])),
        videos: new Set(),
        videoSeconds: 0,
        framesEmbedded: 0,
        picturesEmbedded: 0,
        settle: resolve,
      }
      active.stages.set('found', { done: 0, failed: 0, seconds: 0 })
      runs.add(active)
      signal.addEventListener('abort', () => end(active, true))
      onChange()
      return promise
    },
    count: (outcome) => {
      if (outcome.stage !== 'found') jobsDone += 1
      for (const run of runs) {
        const sum = run.stages.get(outcome.stage) ?? { done: 0, failed: 0, seconds: 0 }
        run.stages.set(outcome.stage, {
          done: sum.done + (outcome.failed ? 0 : 1),
          failed: sum.failed + (outcome.failed ? 1 : 0),
          seconds: sum.seconds + outcome.seconds,
        })
        if (outcome.videoId !== null && !outcome.failed) run.videos.add(outcome.videoId)
        run.videoSeconds += outcome.skimmed?.videoSeconds ?? 0
        run.framesEmbedded += outcome.skimmed?.frames ?? 0
        run.picturesEmbedded += outcome.skimmed?.pictures ?? 0
      }
    },
    finishIdle: () => {
      for (const run of [...runs].filter(({ follow }) => !follow)) end(run, false)
    },
    jobsDone: () => jobsDone,
  }
}

/** The progress line when nothing runs. */
export const idleProgress = (jobsDone: number, problems: number): IndexProgress => ({
  running: false,
  scanning: 0,
  jobsLeft: 0,
  jobsDone,
  problems,
  current: [],
})
