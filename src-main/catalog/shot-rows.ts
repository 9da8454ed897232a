import type { MotionDirection, Shot, ShotFlag, Transition } from '../../src-preload/contract/nouns.ts'
import type { FilmTrack } from '../domain/film-tracks.ts'
import type { Database } from './database.ts'

/** What stage `analyzed` left without a model: shots and curves. Writers run inside the caller's transaction. */
export type ShotRows = {
  readonly shots: (videoId: string) => readonly Shot[]
  /** Where its shots give way to each other, in seconds, rising. */
  readonly cuts: (videoId: string) => readonly number[]
  readonly tracks: (videoId: string) => readonly FilmTrack[]
  /** Replaces both. */
  readonly put: (videoId: string, shots: readonly Shot[], tracks: readonly FilmTrack[]) => void
}

type Row = {
  start: number
  end: number
  transition: string
  motion: number
  direction: string | null
  flags: string
}

/** The shots and tracks of films, in derived.db. */
export const createShotRows = (database: Database): ShotRows => {
  const shots = database.prepare<[string], Row>(
    'SELECT start, end, transition, motion, direction, flags FROM derived.shot WHERE video_id = ? ORDER BY place',
  )
  const tracks = database.prepare<[string], FilmTrack>(
    'SELECT kind, rate, size, "values" FROM derived.track WHERE video_id = ? ORDER BY kind',
  )
  const dropShots = database.prepare('DELETE FROM derived.shot WHERE video_id = ?')
  const dropTracks = database.prepare('DELETE FROM derived.track WHERE video_id = ?')
  const addShot = database.prepare(
    `INSERT INTO derived.shot (video_id, place, start, end, transition, motion, direction, flags)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const addTrack = database.prepare(
    'INSERT INTO derived.track (video_id, kind, rate, size, "values") VALUES (?, ?, ?, ?, ?)',
  )
  const cuts = database
    .prepare<[string], number>(
      'SELECT start FROM derived.shot WHERE video_id = ? AND place > 0 ORDER BY place',
    )
    .pluck()
  return {
    cuts: (videoId) => cuts.all(videoId),
    shots: (videoId) =>
      shots.all(videoId).map((row) => ({
        ...row,
        transition: row.transition as Transition,
        direction: row.direction as MotionDirection | null,
        flags: JSON.parse(row.flags) as ShotFlag[],
      })),
    tracks: (videoId) => tracks.all(videoId),
    put: (videoId, newShots, newTracks) => {
      dropShots.run(videoId)
      dropTracks.run(videoId)
      newShots.forEach(({ start, end, transition, motion, direction, flags }, place) =>
        addShot.run(videoId, place, start, end, transition, motion, direction, JSON.stringify(flags)),
      )
      for (const { kind, rate, size, values } of newTracks) addTrack.run(videoId, kind, rate, size, values)
    },
  }
}
