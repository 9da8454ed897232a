import { decode, encode } from '@msgpack/msgpack'
import type { FrameSight, WideMode } from '../../src-preload/contract/wide-pictures.ts'
import type { FilmTrack, ShotBoundary } from '../domain/film-tracks.ts'
import type { Database } from './database.ts'
import type { Job } from './jobs.ts'
import type { VectorPack } from './vector-chunks.ts'

/** One model's fine vectors of a part of a film. */
export type FinePack = VectorPack & {
  readonly model: string
  readonly starts: readonly number[]
  readonly seen: FrameSight
}

/** What an analysis has found out about [from, to) of a film, in seconds. */
export type AnalysisPart = {
  readonly from: number
  readonly to: number
  readonly boundaries: readonly ShotBoundary[]
  readonly tracks: readonly FilmTrack[]
  readonly vectors: readonly FinePack[]
}

/** What analyses that have not ended have so far. Writers run inside the caller's transaction. */
export type AnalysisParts = {
  /** Where an analysis for just these jobs goes on: the end of what it has, or 0. What others left of the film goes. */
  readonly resume: (videoId: string, jobs: readonly Job[], wide: WideMode) => number
  readonly keep: (videoId: string, jobs: readonly Job[], wide: WideMode, part: AnalysisPart) => void
  /** All parts of a film, in order. */
  readonly get: (videoId: string) => readonly AnalysisPart[]
  readonly drop: (videoId: string) => void
  readonly dropAll: () => void
}

type Row = { jobs: string; start: number; end: number; payload: Buffer }

/** Parts made for other models, by another version, of other views, or without looking for shots do not fit together. */
const keyOf = (jobs: readonly Job[], wide: WideMode): string => {
  const views = (model: string): string => (model === '' || wide === 'crop' ? '' : ` ${wide}`)
  return JSON.stringify(jobs.map(({ model, version }) => `${model}@${version}${views(model)}`).sort())
}

/** The table of parts in derived.db. */
export const createAnalysisParts = (database: Database): AnalysisParts => {
  const spans = database.prepare<[string], Omit<Row, 'payload'>>(
    'SELECT jobs, start, end FROM derived.analysis_part WHERE video_id = ? ORDER BY start',
  )
  const all = database.prepare<[string], Row>(
    'SELECT jobs, start, end, payload FROM derived.analysis_part WHERE video_id = ? ORDER BY start',
  )
  const insert = database.prepare(
    'INSERT INTO derived.analysis_part (video_id, jobs, start, end, payload) VALUES (?, ?, ?, ?, ?)',
  )
  const drop = database.prepare('DELETE FROM derived.analysis_part WHERE video_id = ?')
  const dropAll = database.prepare('DELETE FROM derived.analysis_part')
  return {
    resume: (videoId, jobs, wide) => {
      const rows = spans.all(videoId)
      const key = keyOf(jobs, wide)
      const fits = rows.every((row, i) => row.jobs === key && row.start === (rows[i - 1]?.end ?? 0))
      if (fits) return rows.at(-1)?.end ?? 0
      drop.run(videoId)
      return 0
    },
    keep: (videoId, jobs, wide, { from, to, ...found }) =>
      void insert.run(videoId, keyOf(jobs, wide), from, to, encode(found)),
    get: (videoId) =>
      all.all(videoId).map(({ start, end, payload }) => {
        const found = decode(payload) as Omit<AnalysisPart, 'from' | 'to'>
        return { ...found, from: start, to: end }
      }),
    drop: (videoId) => void drop.run(videoId),
    dropAll: () => void dropAll.run(),
  }
}
