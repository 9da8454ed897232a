import type { StageName } from '../../src-preload/contract/stage-names.ts'
import type { Stage } from '../domain/stages.ts'
import type { Database } from './database.ts'

/** Which jobs are wanted: the stage rows and the models of the runs that are under way. */
export type Wanted = { readonly stages: readonly Stage[]; readonly models: readonly string[] }

/** Present in a folder that is online: only such a video's jobs can be done. */
export const reachable = `EXISTS (
  SELECT 1 FROM location JOIN folder ON folder.id = location.folder_id
  WHERE location.video_id = job.video_id AND location.present = 1 AND folder.online = 1)`

/** Nothing of the same video is in flight. */
export const idle = `NOT EXISTS (
  SELECT 1 FROM derived.job AS other WHERE other.video_id = job.video_id AND other.state = 'running')`

/** The kinds of jobs that are wanted of a lane (null: of all), in the order of the stages. */
export const kindsOf = (
  wanted: Wanted,
  lane: Stage['lane'] | null,
): readonly { readonly stage: StageName; readonly model: string }[] =>
  wanted.stages
    .filter((stage) => lane === null || stage.lane === lane)
    .flatMap((stage) =>
      stage.embeds
        ? wanted.models.map((model) => ({ stage: stage.name, model }))
        : [{ stage: stage.name, model: '' }],
    )

/** What others ask of the job table. */
export type JobQuestions = {
  /** Jobs of the wanted kinds that wait, reachable or not: for progress only. */
  readonly waiting: (wanted: Wanted) => number
  /** Films that wait for their first look, reachable or not. */
  readonly skimsWaiting: (wanted: Wanted) => number
  readonly isDone: (videoId: string, stage: StageName, model: string) => boolean
  /** Seconds of reachable film whose analysis waits, less what interrupted ones have of it. Reads every waiting job. */
  readonly filmWaiting: (wanted: Wanted) => number
}

/** The part of the job table that only reads. */
export const createJobQuestions = (database: Database): JobQuestions => {
  const waiting = database.prepare<{ stage: string; model: string }, { count: number }>(
    "SELECT count(*) AS count FROM derived.job WHERE state = 'pending' AND stage = :stage AND model = :model",
  )
  const done = database.prepare<[string, string, string], { state: string }>(
    "SELECT state FROM derived.job WHERE video_id = ? AND stage = ? AND model = ? AND state = 'done'",
  )
  // Analyses are inserted when the skim is done: until then the skim stands for them. UNION: each film once.
  const filmWaiting = database.prepare<[string], { seconds: number }>(
    `SELECT coalesce(sum(max(0, facts.duration - coalesce((SELECT max(part.end)
         FROM derived.analysis_part AS part WHERE part.video_id = job.video_id), 0))), 0) AS seconds
     FROM (
       SELECT video_id FROM derived.job
       WHERE state = 'pending' AND stage = 'analyzed' AND model IN (SELECT value FROM json_each(?))
       UNION
       SELECT video_id FROM derived.job
       WHERE state = 'pending' AND stage = 'skimmed' AND model = '' AND NOT EXISTS (
         SELECT 1 FROM derived.job AS later
         WHERE later.video_id = job.video_id AND later.stage = 'analyzed' AND later.model = '')
     ) AS job JOIN derived.facts ON facts.video_id = job.video_id
     WHERE ${reachable} AND ${idle}`,
  )
  return {
    waiting: (wanted) =>
      kindsOf(wanted, null).reduce((sum, kind) => sum + (waiting.get(kind)?.count ?? 0), 0),
    skimsWaiting: (wanted) =>
      kindsOf(wanted, 'decode')
        .filter(({ stage }) => stage === 'skimmed')
        .reduce((most, kind) => Math.max(most, waiting.get(kind)?.count ?? 0), 0),
    isDone: (videoId, stage, model) => done.get(videoId, stage, model) !== undefined,
    filmWaiting: (wanted) => {
      const analyses = kindsOf(wanted, 'decode').filter(({ stage }) => stage === 'analyzed')
      if (analyses.length === 0) return 0
      return filmWaiting.get(JSON.stringify(analyses.map(({ model }) => model)))?.seconds ?? 0
    },
  }
}
