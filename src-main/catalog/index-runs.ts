import type { IndexSummary, StageCount } from '../../src-preload/contract/nouns.ts'
import type { StageName } from '../../src-preload/contract/stage-names.ts'
import { stagesUpTo } from '../domain/stages.ts'
import type { Wanted } from './job-questions.ts'
import type { Store } from './store.ts'

/** One request to index: it ends when nothing is left, or follows the folders until it is cancelled. */
export type IndexRun = {
  readonly stage: StageName | null
  /** The vectors to make; null: those of the model that is to answer, also when that changes meanwhile. */
  readonly model: string | null
  readonly follow: boolean
}

/** Frames with a vector, and pictures that models looked at for them. */
type Embedded = { readonly frames: number; readonly pictures: number }

/** What one ended task adds to the sums of every run under way. */
export type TaskOutcome = {
  readonly stage: StageName
  readonly failed: boolean
  readonly seconds: number
  readonly videoId: string | null
  /** What a skim adds: length of the film too. */
  readonly skimmed?: Embedded & { readonly videoSeconds: number }
}

/** What one part of an analysis adds. Seconds of wall time, `decoded` of film. */
export type PartOutcome = Embedded & {
  readonly seconds: number
  readonly cost: {
    readonly decoded: number
    readonly decoding: number
    readonly embedding: number
    readonly waiting: number
  }
}

/** The sums of a run that grow. */
type Sums = {
  videoSeconds: number
  framesEmbedded: number
  picturesEmbedded: number
  decodedSeconds: number
  decodeSeconds: number
  embedSeconds: number
  waitSeconds: number
}

type ActiveRun = IndexRun & {
  readonly startedAt: number
  readonly stages: Map<StageName, StageCount>
  readonly videos: Set<string>
  readonly sums: Sums
  readonly settle: (summary: IndexSummary) => void
}

export type IndexRuns = {
  readonly isActive: () => boolean
  readonly isFollowing: () => boolean
  /** The union of what the runs want; nothing when there is none. */
  readonly wanted: () => Wanted
  readonly begin: (run: IndexRun, signal: AbortSignal) => Promise<IndexSummary>
  readonly count: (outcome: TaskOutcome) => void
  readonly countPart: (outcome: PartOutcome) => void
  /** Nothing is left to do: runs that do not follow are over. */
  readonly finishIdle: () => void
  readonly jobsDone: () => number
}

const nothing = {
  videoSeconds: 0,
  framesEmbedded: 0,
  picturesEmbedded: 0,
  decodedSeconds: 0,
  decodeSeconds: 0,
  embedSeconds: 0,
  waitSeconds: 0,
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
    ...run.sums,
    stages: Object.fromEntries(run.stages),
    ignored: store.ignored.counts(),
    cancelled,
  })
  const end = (run: ActiveRun, cancelled: boolean): void => {
    if (!runs.delete(run)) return
    run.settle(summary(run, cancelled))
    onChange()
  }
  const addToStage = ({ stages }: ActiveRun, stage: StageName, more: StageCount): void => {
    const sum = stages.get(stage) ?? { done: 0, failed: 0, seconds: 0 }
    stages.set(stage, {
      done: sum.done + more.done,
      failed: sum.failed + more.failed,
      seconds: sum.seconds + more.seconds,
    })
  }
  const addEmbedded = ({ sums }: ActiveRun, { frames, pictures }: Embedded): void => {
    sums.framesEmbedded += frames
    sums.picturesEmbedded += pictures
  }

  return {
    isActive: () => runs.size > 0,
    isFollowing: () => [...runs].some(({ follow }) => follow),
    wanted: () => {
      const all = [...runs]
      const rows = all.flatMap((run) => stagesUpTo(run.stage))
      return {
        stages: [...new Set(rows)],
        models: [...new Set(all.map(({ model }) => model ?? store.models.targetSpace()))],
      }
    },
    begin: (run, signal) => {
      const { promise, resolve } = Promise.withResolvers<IndexSummary>()
      const active: ActiveRun = {
        ...run,
        startedAt: clock(),
        stages: new Map(stagesUpTo(run.stage).map(({ name }) => [name, { done: 0, failed: 0, seconds: 0 }])),
        videos: new Set(),
        sums: { ...nothing },
        settle: resolve,
      }
      active.stages.set('found', { done: 0, failed: 0, seconds: 0 })
      runs.add(active)
      signal.addEventListener('abort', () => end(active, true))
      onChange()
      return promise
    },
    count: ({ stage, failed, seconds, videoId, skimmed }) => {
      if (stage !== 'found') jobsDone += 1
      for (const run of runs) {
        addToStage(run, stage, { done: failed ? 0 : 1, failed: failed ? 1 : 0, seconds })
        if (videoId !== null && !failed) run.videos.add(videoId)
        if (skimmed === undefined) continue
        run.sums.videoSeconds += skimmed.videoSeconds
        addEmbedded(run, skimmed)
      }
    },
    countPart: ({ seconds, cost, ...embedded }) => {
      for (const run of runs) {
        addToStage(run, 'analyzed', { done: 0, failed: 0, seconds })
        addEmbedded(run, embedded)
        run.sums.decodedSeconds += cost.decoded
        run.sums.decodeSeconds += cost.decoding
        run.sums.embedSeconds += cost.embedding
        run.sums.waitSeconds += cost.waiting
      }
    },
    finishIdle: () => {
      for (const run of [...runs].filter(({ follow }) => !follow)) end(run, false)
    },
    jobsDone: () => jobsDone,
  }
}
