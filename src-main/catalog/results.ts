import type { PictureSet } from '../../src-preload/contract/picture-set.ts'
import type { ProbeTask, SkimTask } from '../../src-preload/contract/indexer-api.ts'
import type { KinoraError } from '../../src-preload/contract/result.ts'
import type { Cue, VideoFacts } from '../../src-preload/contract/video-facts.ts'
import type { Job } from './jobs.ts'
import type { Store } from './store.ts'
import type { VectorPack } from './vector-chunks.ts'

export type Skimmed = {
  readonly pictures: PictureSet | null
  readonly vectors: readonly (VectorPack & { readonly model: string })[]
}

export type Results = {
  readonly probed: (task: ProbeTask, jobs: readonly Job[], facts: VideoFacts, cues: readonly Cue[]) => void
  readonly skimmed: (task: SkimTask, jobs: readonly Job[], result: Skimmed) => void
  readonly failed: (jobs: readonly Job[], error: KinoraError) => void
}

/** Commits what the indexer found out: a result and its job's state in one transaction of derived.db. */
export const createResults = (store: Store): Results => {
  const { database, jobs: jobTable } = store
  const done = (jobs: readonly Job[]): void => {
    jobTable.mark(jobs, 'done')
    for (const { videoId, stage } of jobs) store.problems.clear({ videoId }, stage)
  }
  return {
    probed: (task, jobs, facts, cues) => {
      database.transaction(() => {
        store.facts.put(task.videoId, jobs[0]?.version ?? 0, facts, cues)
        done(jobs)
      })()
    },
    skimmed: (task, jobs, result) => {
      const publish = database.transaction(() => {
        if (result.pictures !== null) store.pictures.put(task.videoId, result.pictures)
        const afterCommit = result.vectors.map((pack) =>
          store.vectors.put(task.videoId, pack.model, 'skimmed', pack),
        )
        done(jobs)
        return afterCommit
      })()
      for (const show of publish) show()
    },
    failed: (jobs, error) => {
      database.transaction(() => {
        jobTable.mark(jobs, 'failed')
        // Jobs of one stage, with and without a model, fail by one decode: that is one try.
        const tries = new Map(jobs.map((job) => [`${job.videoId} ${job.stage}`, job]))
        for (const { videoId, stage } of tries.values()) store.problems.put({ videoId }, stage, error)
      })()
    },
  }
}
