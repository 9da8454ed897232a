import type { Problem } from '../../src-preload/contract/nouns.ts'
import { isErrorCode } from '../../src-preload/contract/result.ts'
import type { KinoraError } from '../../src-preload/contract/result.ts'
import type { StageName } from '../../src-preload/contract/stage-names.ts'
import type { PathRef } from '../../src-preload/contract/video-facts.ts'
import { isWithin, pathBytesField, pathKey } from '../foundation/path-ref.ts'
import type { Database } from './database.ts'

/** What a problem is about: a video's stage, or a path whose content could not even be read. */
export type ProblemSubject = { readonly videoId: string } | { readonly videoId: null; readonly path: PathRef }

export type Problems = {
  readonly list: () => readonly Problem[]
  readonly count: () => number
  /** Answers whether it is news: a new problem, or another reason than before. */
  readonly put: (subject: ProblemSubject, stage: StageName, error: KinoraError) => boolean
  readonly clear: (subject: ProblemSubject, stage: StageName) => void
  /** After a look at a part of a folder: path problems below it are over, unless they are named, lie at a location, or are of a subtitle file that is still there. */
  readonly clearBelow: (part: PathRef, still: readonly PathRef[]) => void
  /** Forgets all problems of videos and paths; answers how many there were. */
  readonly clearAll: () => number
}

type Row = {
  video_id: string | null
  path: string
  path_key: Buffer
  stage: StageName
  code: string
  message: string
  advice: string
  tries: number
}

/** A path's name in the problem table. */
const subjectOf = (subject: ProblemSubject): string =>
  subject.videoId ?? `path:${pathKey(subject.path).toString('hex')}`

/** Problem rows: never a silent skip. Listed are those whose file is still there; one file in two places is listed twice. */
export const createProblems = (database: Database): Problems => {
  const put = database.prepare(
    `INSERT INTO derived.problem (subject, stage, video_id, path, path_key, code, message, advice, tries)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1)
     ON CONFLICT (subject, stage) DO UPDATE SET code = excluded.code, message = excluded.message,
       advice = excluded.advice, tries = tries + 1`,
  )
  const codeOf = database.prepare<[string, string], { code: string }>(
    'SELECT code FROM derived.problem WHERE subject = ? AND stage = ?',
  )
  const clear = database.prepare('DELETE FROM derived.problem WHERE subject = ? AND stage = ?')
  const clearAll = database.prepare('DELETE FROM derived.problem')
  const list = database.prepare<[], Row>(
    `SELECT problem.video_id, location.path, location.path_key, stage, code, message, advice, tries
     FROM derived.problem JOIN location
       ON (problem.video_id IS NOT NULL AND location.video_id = problem.video_id)
       OR (problem.video_id IS NULL AND location.path_key = problem.path_key AND location.video_id IS NULL)
     WHERE location.present = 1
     UNION ALL
     SELECT NULL, problem.path, problem.path_key, stage, code, message, advice, tries
     FROM derived.problem
     WHERE problem.video_id IS NULL
       AND NOT EXISTS (SELECT 1 FROM location WHERE location.path_key = problem.path_key)
     ORDER BY 2, 4`,
  )
  const ofPaths = database.prepare<[], { subject: string; path_key: Buffer }>(
    `SELECT subject, path_key FROM derived.problem
     WHERE video_id IS NULL AND NOT EXISTS (SELECT 1 FROM location
       WHERE location.path_key = problem.path_key AND location.video_id IS NULL AND present = 1)
       AND NOT EXISTS (SELECT 1 FROM derived.subtitle
         WHERE subtitle.path_key = problem.path_key AND subtitle.state <> 'read')`,
  )
  const clearSubject = database.prepare('DELETE FROM derived.problem WHERE subject = ?')
  const all = (): readonly Problem[] =>
    list.all().map((row) => ({
      path: row.path,
      ...pathBytesField(row.path, row.path_key),
      videoId: row.video_id,
      stage: row.stage,
      code: isErrorCode(row.code) ? row.code : 'internal',
      message: row.message,
      advice: row.advice,
      tries: row.tries,
    }))
  return {
    list: all,
    count: () => all().length,
    put: (subject, stage, error) => {
      const path = subject.videoId === null ? subject.path : null
      const key = path === null ? null : pathKey(path)
      const before = codeOf.get(subjectOf(subject), stage)?.code
      put.run(
        subjectOf(subject),
        stage,
        subject.videoId,
        path?.path ?? null,
        key,
        error.code,
        error.message,
        error.advice,
      )
      return before !== error.code
    },
    clear: (subject, stage) => void clear.run(subjectOf(subject), stage),
    clearBelow: (part, still) => {
      const partKey = pathKey(part)
      const kept = new Set(still.map((path) => subjectOf({ videoId: null, path })))
      for (const row of ofPaths.all()) {
        if (isWithin(partKey, row.path_key) && !kept.has(row.subject)) clearSubject.run(row.subject)
      }
    },
    clearAll: () => clearAll.run().changes,
  }
}
