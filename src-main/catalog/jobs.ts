import type { ErrorCode } from '../../src-preload/contract/result.ts'
import type { StageName } from '../../src-preload/contract/stage-names.ts'
import type { Stage } from '../domain/stages.ts'
import type { Database } from './database.ts'
import { createJobQuestions, idle, kindsOf, reachable } from './job-questions.ts'
import type { JobQuestions, Wanted } from './job-questions.ts'

/** One job: a stage of a video, for a model or for none (''). */
export type Job = {
  readonly videoId: string
  readonly stage: StageName
  readonly model: string
  readonly version: number
}

/** Jobs of one stage of a video that are done together; `suspect`: they were in flight when the indexer died. */
export type JobGroup = { readonly videoId: string; readonly jobs: readonly Job[]; readonly suspect: boolean }

/** Deaths of the indexer after which a job in flight becomes a problem. */
export const maximumCrashes = 2
/** A kill from outside is hardly the file's fault, but a film that exhausts the memory is killed too. */
export const maximumKills = 8

export type Jobs = JobQuestions & {
  /**
   * Inserts the jobs that are missing, and whose needs are met, and revives those of older versions: of all videos, or
   * of one.
   */
  readonly insertMissing: (wanted: Wanted, videoId?: string) => void
  /**
   * The next group of a lane: `touched` videos first, then by the order of the stages. A video of which something is
   * running waits, so that one film is never decoded twice at once. Null when there is none.
   */
  readonly next: (lane: Stage['lane'], wanted: Wanted, touched: ReadonlySet<string>) => JobGroup | null
  readonly mark: (jobs: readonly Job[], state: 'pending' | 'running' | 'done' | 'failed') => void
  /** Counts a death of the indexer against jobs in flight; answers those that have died too often. */
  readonly strike: (jobs: readonly Job[], kind: 'crashed' | 'killed') => readonly Job[]
  /** A part of the work of these jobs is safe: they are not what kills the indexer. */
  readonly forgive: (jobs: readonly Job[]) => void
  /** The jobs of a stage and model are missing again, whatever became of them. */
  readonly redo: (stage: StageName, model: string) => void
  /** One that was done is missing again; its result stays until then. False where it was not done. */
  readonly again: (job: Pick<Job, 'videoId' | 'stage' | 'model'>) => boolean
  /** One that was missing again is not after all. */
  readonly enough: (job: Pick<Job, 'videoId' | 'stage' | 'model'>) => void
  /** A model has gone with its vectors: its jobs were never done. */
  readonly forgetModel: (model: string) => void
  /** After a death of the catalog itself nothing is in flight any more. */
  readonly recover: () => void
  /** Failed jobs are missing again: all, or those that failed with one of `codes`. */
  readonly retryFailed: (codes?: readonly ErrorCode[]) => void
}

type JobRow = { video_id: string; stage: StageName; model: string; version: number; strikes: number }

/** The job table: the only file that knows it. Starting up, a new model, a crash and a file event all end in `insertMissing`. */
export const createJobs = (database: Database): Jobs => {
  // Two statements, because `:video IS NULL OR …` would read every video.
  const insertInto = (which: string): string => `
    INSERT INTO derived.job (video_id, stage, model, version, state)
    SELECT video.id, :stage, :model, :version, 'pending' FROM video
    WHERE ${which}
      AND (:needs IS NULL OR EXISTS (SELECT 1 FROM derived.job AS needed
        WHERE needed.video_id = video.id AND needed.stage = :needs AND needed.model = '' AND needed.state = 'done'))
      AND EXISTS (SELECT 1 FROM location WHERE location.video_id = video.id AND present = 1)
      AND NOT EXISTS (SELECT 1 FROM derived.job
        WHERE job.video_id = video.id AND stage = :stage AND model = :model AND version = :version)
    ON CONFLICT (video_id, stage, model) DO UPDATE
      SET version = excluded.version, state = 'pending', crashes = 0, kills = 0`
  const insertForAll = database.prepare(insertInto('true'))
  const insertForOne = database.prepare(insertInto('video.id = :video'))
  const select = `SELECT video_id, stage, model, version, crashes + kills AS strikes FROM derived.job`
  const open = `WHERE state = 'pending' AND stage = :stage AND model = :model AND ${reachable} AND ${idle}`
  const fresh = database.prepare<{ stage: string; model: string }, JobRow>(
    `${select} ${open} AND crashes + kills = 0 ORDER BY video_id LIMIT 1`,
  )
  const suspects = database.prepare<{ stage: string; model: string }, JobRow>(
    `${select} ${open} AND crashes + kills > 0 ORDER BY crashes + kills, video_id LIMIT 1`,
  )
  const ofVideo = database.prepare<{ stage: string; model: string; video: string }, JobRow>(
    `${select} WHERE state = 'pending' AND stage = :stage AND model = :model AND video_id = :video
     AND ${reachable} AND ${idle}`,
  )
  const mark = database.prepare(
    'UPDATE derived.job SET state = ? WHERE video_id = ? AND stage = ? AND model = ? AND version = ?',
  )
  const crash = database.prepare<[string, string, string], { crashes: number; kills: number }>(
    `UPDATE derived.job SET state = 'pending', crashes = crashes + 1
     WHERE video_id = ? AND stage = ? AND model = ? RETURNING crashes, kills`,
  )
  const kill = database.prepare<[string, string, string], { crashes: number; kills: number }>(
    `UPDATE derived.job SET state = 'pending', kills = kills + 1
     WHERE video_id = ? AND stage = ? AND model = ? RETURNING crashes, kills`,
  )
  const recover = database.prepare("UPDATE derived.job SET state = 'pending' WHERE state = 'running'")
  const retry = database.prepare(
    "UPDATE derived.job SET state = 'pending', crashes = 0, kills = 0 WHERE state = 'failed'",
  )
  const redo = database.prepare(
    "UPDATE derived.job SET state = 'pending', crashes = 0, kills = 0 WHERE stage = ? AND model = ?",
  )
  const again = database.prepare(
    `UPDATE derived.job SET state = 'pending', crashes = 0, kills = 0
     WHERE video_id = ? AND stage = ? AND model = ? AND state = 'done'`,
  )
  const enough = database.prepare(
    "UPDATE derived.job SET state = 'done' WHERE video_id = ? AND stage = ? AND model = ? AND state = 'pending'",
  )
  const forgive = database.prepare(
    'UPDATE derived.job SET crashes = 0, kills = 0 WHERE video_id = ? AND stage = ? AND model = ?',
  )
  const forgetModel = database.prepare('DELETE FROM derived.job WHERE model = ?')
  const retryCodes = database.prepare(
    `UPDATE derived.job SET state = 'pending', crashes = 0, kills = 0
     WHERE state = 'failed' AND EXISTS (SELECT 1 FROM derived.problem
       WHERE problem.video_id = job.video_id AND problem.stage = job.stage
         AND problem.code IN (SELECT value FROM json_each(?)))`,
  )
  const toJob = (row: JobRow): Job => ({
    videoId: row.video_id,
    stage: row.stage,
    model: row.model,
    version: row.version,
  })

  // Asking a table of 100,000 waiting jobs of an unplugged drive costs 60 ms: a dry lane is asked again after a change.
  const dry = new Map<string, string>()
  const stir = (): void => dry.clear()

  return {
    ...createJobQuestions(database),
    insertMissing: database.transaction((wanted: Wanted, videoId?: string) => {
      stir()
      for (const { name, version, embeds, needs } of wanted.stages) {
        for (const model of embeds ? wanted.models : ['']) {
          const job = { stage: name, model, version, needs }
          if (videoId === undefined) insertForAll.run(job)
          else insertForOne.run({ ...job, video: videoId })
        }
      }
    }),
    next: (lane, wanted, touched) => {
      const lanes = kindsOf(wanted, lane)
      const key = JSON.stringify(lanes)
      if (dry.get(lane) === key) return null
      const names = [...new Set(lanes.map(({ stage }) => stage))]
      const group = (video: string, name: StageName): JobGroup | null => {
        const rows = lanes
          .filter(({ stage }) => stage === name)
          .flatMap((kind) => ofVideo.all({ ...kind, video }))
        if (rows.length === 0) return null
        return { videoId: video, jobs: rows.map(toJob), suspect: rows.some(({ strikes }) => strikes > 0) }
      }
      for (const name of names) {
        for (const video of touched) {
          const found = group(video, name)
          if (found?.suspect === false) return found
        }
      }
      // Those that may have killed the indexer come last in their stage, and alone: they must not hold up the others. Not
      // behind the stages that follow: films that were only near a crash are to be found before hours of analysis.
      for (const name of names) {
        const own = lanes.filter(({ stage }) => stage === name)
        for (const statement of [fresh, suspects]) {
          for (const kind of own) {
            const row = statement.get(kind)
            if (row !== undefined) return group(row.video_id, name)
          }
        }
      }
      dry.set(lane, key)
      return null
    },
    mark: database.transaction((jobs: readonly Job[], state: string) => {
      // Also what has ended: another job of that video may have waited for it.
      if (state !== 'running') stir()
      for (const job of jobs) mark.run(state, job.videoId, job.stage, job.model, job.version)
    }),
    strike: database.transaction((jobs: readonly Job[], kind: 'crashed' | 'killed') => {
      stir()
      const statement = kind === 'crashed' ? crash : kill
      return jobs.filter((job) => {
        const row = statement.get(job.videoId, job.stage, job.model)
        return row !== undefined && (row.crashes >= maximumCrashes || row.kills >= maximumKills)
      })
    }),
    forgive: database.transaction((jobs: readonly Job[]) => {
      for (const { videoId, stage, model } of jobs) forgive.run(videoId, stage, model)
    }),
    redo: (stage, model) => {
      stir()
      redo.run(stage, model)
    },
    again: ({ videoId, stage, model }) => {
      stir()
      return again.run(videoId, stage, model).changes > 0
    },
    enough: ({ videoId, stage, model }) => {
      stir()
      enough.run(videoId, stage, model)
    },
    forgetModel: (model) => {
      stir()
      forgetModel.run(model)
    },
    recover: () => {
      stir()
      recover.run()
    },
    retryFailed: (codes) => {
      stir()
      if (codes === undefined) retry.run()
      else retryCodes.run(JSON.stringify(codes))
    },
  }
}
