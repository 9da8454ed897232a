import type { ErrorCode } from '../../src-preload/contract/result.ts'
import type { StageName } from '../../src-preload/contract/stage-names.ts'
import type { Stage } from '../domain/stages.ts'
import type { Database } from './database.ts'

/** One job: a stage of a video, for a model or for none (''). */
export type Job = {
  readonly videoId: string
  readonly stage: StageName
  readonly model: string
  readonly version: number
}

/** Jobs of one video and lane that are done together, and how often they were in flight when the indexer died. */
export type JobGroup = { readonly videoId: string; readonly jobs: readonly Job[]; readonly suspect: boolean }

/** Which jobs are wanted: the stage rows and the models of the runs that are under way. */
export type Wanted = { readonly stages: readonly Stage[]; readonly models: readonly string[] }

/** Deaths of the indexer after which a job in flight becomes a problem. */
export const maximumCrashes = 2
/** A kill from outside is hardly the file's fault, but a film that exhausts the memory is killed too. */
export const maximumKills = 8

export type Jobs = {
  /**
   * Inserts the jobs that are missing, and whose needs are met, and revives those of older versions: of all videos, or
   * of one.
   */
  readonly insertMissing: (wanted: Wanted, videoId?: string) => void
  /** The next group of a lane, `touched` videos first; null when there is none. */
  readonly next: (lane: Stage['lane'], wanted: Wanted, touched: ReadonlySet<string>) => JobGroup | null
  readonly mark: (jobs: readonly Job[], state: 'pending' | 'running' | 'done' | 'failed') => void
  /** Counts a death of the indexer against jobs in flight; answers those that have died too often. */
  readonly strike: (jobs: readonly Job[], kind: 'crashed' | 'killed') => readonly Job[]
  /** After a death of the catalog itself nothing is in flight any more. */
  readonly recover: () => void
  /** Failed jobs are missing again: all, or those that failed with one of `codes`. */
  readonly retryFailed: (codes?: readonly ErrorCode[]) => void
  /** How many visible videos could not be embedded for a model: no search will ever look at them. */
  readonly hopeless: (model: string) => number
  /** Jobs of the wanted kinds that wait, reachable or not: for progress only. */
  readonly waiting: (wanted: Wanted) => number
}

type JobRow = { video_id: string; stage: StageName; model: string; version: number; strikes: number }

/** Present in a folder that is online: only such a video's jobs can be done. */
const reachable = `EXISTS (
  SELECT 1 FROM location JOIN folder ON folder.id = location.folder_id
  WHERE location.video_id = job.video_id AND location.present = 1 AND folder.online = 1)`

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
  const open = `WHERE state = 'pending' AND stage = :stage AND model = :model AND ${reachable}`
  const fresh = database.prepare<{ stage: string; model: string }, JobRow>(
    `${select} ${open} AND crashes + kills = 0 ORDER BY video_id LIMIT 1`,
  )
  const suspects = database.prepare<{ stage: string; model: string }, JobRow>(
    `${select} ${open} AND crashes + kills > 0 ORDER BY crashes + kills, video_id LIMIT 1`,
  )
  const ofVideo = database.prepare<{ stage: string; model: string; video: string }, JobRow>(
    `${select} WHERE state = 'pending' AND stage = :stage AND model = :model AND video_id = :video
     AND ${reachable}`,
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
  const waiting = database.prepare<{ stage: string; model: string }, { count: number }>(
    "SELECT count(*) AS count FROM derived.job WHERE state = 'pending' AND stage = :stage AND model = :model",
  )

  const retryCodes = database.prepare(
    `UPDATE derived.job SET state = 'pending', crashes = 0, kills = 0
     WHERE state = 'failed' AND EXISTS (SELECT 1 FROM derived.problem
       WHERE problem.video_id = job.video_id AND problem.stage = job.stage
         AND problem.code IN (SELECT value FROM json_each(?)))`,
  )
  const hopeless = database.prepare<[string], { count: number }>(
    `SELECT count(*) AS count FROM derived.job JOIN derived.facts ON facts.video_id = job.video_id
     WHERE job.stage = 'skimmed' AND job.model = ? AND job.state = 'failed' AND ${reachable}`,
  )

  const kinds = (wanted: Wanted, lane: Stage['lane'] | null): readonly { stage: string; model: string }[] =>
    wanted.stages
      .filter((stage) => lane === null || stage.lane === lane)
      .flatMap((stage) =>
        stage.embeds
          ? wanted.models.map((model) => ({ stage: stage.name, model }))
          : [{ stage: stage.name, model: '' }],
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
      const lanes = kinds(wanted, lane)
      const key = JSON.stringify(lanes)
      if (dry.get(lane) === key) return null
      const group = (video: string): JobGroup | null => {
        const rows = lanes.flatMap((kind) => ofVideo.all({ ...kind, video }))
        if (rows.length === 0) return null
        return { videoId: video, jobs: rows.map(toJob), suspect: rows.some(({ strikes }) => strikes > 0) }
      }
      for (const video of touched) {
        const found = group(video)
        if (found !== null) return found
      }
      // Those that may have killed the indexer come last, and alone: they must not hold up the others.
      for (const statement of [fresh, suspects]) {
        for (const kind of lanes) {
          const row = statement.get(kind)
          if (row !== undefined) return group(row.video_id)
        }
      }
      dry.set(lane, key)
      return null
    },
    mark: database.transaction((jobs: readonly Job[], state: string) => {
      if (state === 'pending') stir()
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
    recover: () => {
      stir()
      recover.run()
    },
    retryFailed: (codes) => {
      stir()
      if (codes === undefined) retry.run()
      else retryCodes.run(JSON.stringify(codes))
    },
    hopeless: (model) => hopeless.get(model)?.count ?? 0,
    waiting: (wanted) => kinds(wanted, null).reduce((sum, kind) => sum + (waiting.get(kind)?.count ?? 0), 0),
  }
}
