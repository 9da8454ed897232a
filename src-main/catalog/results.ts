import type { PictureSet } from '../../src-preload/contract/picture-set.ts'
import type { AnalyzeTask, ProbeTask, SkimTask } from '../../src-preload/contract/indexer-api.ts'
import type { FrameSight } from '../../src-preload/contract/wide-pictures.ts'
import type { KinoraError } from '../../src-preload/contract/result.ts'
import type { VideoFacts } from '../../src-preload/contract/video-facts.ts'
import { joinTracks } from '../domain/join-tracks.ts'
import { shotsOf } from '../domain/shots.ts'
import type { AnalysisPart } from './analysis-parts.ts'
import { joinPacks } from './join-packs.ts'
import type { Job } from './jobs.ts'
import type { Store } from './store.ts'
import type { VectorPack } from './vector-chunks.ts'

export type Skimmed = {
  readonly pictures: PictureSet | null
  readonly vectors: readonly (VectorPack & { readonly model: string; readonly seen: FrameSight })[]
}

export type Results = {
  /** The film's own subtitles are put before, in slices: they may be very many lines. */
  readonly probed: (task: ProbeTask, jobs: readonly Job[], facts: VideoFacts) => void
  readonly skimmed: (task: SkimTask, jobs: readonly Job[], result: Skimmed) => void
  /** Keeps a part of an analysis that goes on. */
  readonly partDone: (task: AnalyzeTask, jobs: readonly Job[], part: AnalysisPart) => void
  /** Publishes an analysis; `last` is its last part. */
  readonly analyzed: (task: AnalyzeTask, jobs: readonly Job[], last: AnalysisPart) => void
  readonly failed: (jobs: readonly Job[], error: KinoraError) => void
}

/**
 * Commits what the indexer found out: a result and its job's state in one transaction of derived.db. `onCommitted`: what
 * is known of a film, for one model or for all, has changed and can be searched.
 */
export const createResults = (store: Store, onCommitted: () => void = () => undefined): Results => {
  const { database, jobs: jobTable, parts } = store
  const done = (jobs: readonly Job[]): void => {
    jobTable.mark(jobs, 'done')
    for (const { videoId, stage } of jobs) store.problems.clear({ videoId }, stage)
  }
  /** Not for a model that was removed meanwhile. */
  const putVectors = (
    videoId: string,
    stage: 'skimmed' | 'analyzed',
    packs: Skimmed['vectors'],
  ): readonly (() => void)[] =>
    packs
      .filter(({ model }) => store.models.place(model) !== null)
      .map((pack) => {
        store.sights.put(videoId, pack.model, pack.seen)
        return store.vectors.put(videoId, pack.model, stage, pack)
      })
  /** Search is told of new vectors after their commit. */
  const publish = (write: () => readonly (() => void)[]): void => {
    for (const show of database.transaction(write)()) show()
    onCommitted()
  }

  return {
    probed: (task, jobs, facts) => {
      database.transaction(() => {
        store.facts.put(task.videoId, jobs[0]?.version ?? 0, facts, null)
        store.filterRows.refresh([task.videoId])
        done(jobs)
      })()
      // After it: no transaction writes to both files.
      store.successors.inherit(task.videoId)
    },
    skimmed: ({ videoId }, jobs, { pictures, vectors }) =>
      publish(() => {
        if (pictures !== null) store.pictures.put(videoId, pictures)
        // The frames that an analysis chose are better than any that a skim sees.
        const coarse = vectors.filter(({ model }) => !store.vectors.isFine(videoId, model))
        const shows = putVectors(videoId, 'skimmed', coarse)
        done(jobs)
        return shows
      }),
    partDone: ({ videoId, models }, jobs, part) => {
      database.transaction(() => {
        parts.keep(videoId, jobs, models[0]?.wide ?? 'crop', part)
        jobTable.forgive(jobs)
      })()
    },
    analyzed: ({ videoId, facts }, jobs, last) =>
      publish(() => {
        const all = [...parts.get(videoId), last]
        if (jobs.some(({ model }) => model === '')) {
          const tracks = joinTracks(all)
          const boundaries = all.flatMap((part) => part.boundaries)
          const duration = Math.max(facts.duration, last.to)
          store.shots.put(videoId, shotsOf(boundaries, tracks, duration), tracks)
        }
        // A film of which no frame was worth a vector keeps those of its skim.
        const fine = joinPacks(all.flatMap((part) => part.vectors)).filter(({ times }) => times.length > 0)
        const shows = putVectors(videoId, 'analyzed', fine)
        parts.drop(videoId)
        done(jobs)
        return shows
      }),
    failed: (jobs, error) => {
      database.transaction(() => {
        jobTable.mark(jobs, 'failed')
        // Jobs of one stage, with and without a model, fail by one decode: that is one try.
        const tries = new Map(jobs.map((job) => [`${job.videoId} ${job.stage}`, job]))
        for (const { videoId, stage } of tries.values()) store.problems.put({ videoId }, stage, error)
      })()
      onCommitted()
    },
  }
}
