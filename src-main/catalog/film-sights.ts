import type { FrameSight, WideMode } from '../../src-preload/contract/wide-pictures.ts'
import type { Database } from './database.ts'

/** What a model has seen of a film's frames, of a film that has its vectors. */
export type FilmSight = {
  readonly videoId: string
  /** Whose job has made them. */
  readonly stage: 'skimmed' | 'analyzed'
  readonly seen: FrameSight
  /** They are to be made again, because of that. */
  readonly again: boolean
  readonly width: number
  readonly height: number
}

/** Films of one size that were seen in the same way. Seconds. */
export type SightGroup = {
  readonly width: number
  readonly height: number
  readonly seen: FrameSight
  readonly films: number
  readonly seconds: number
}

/** What models have seen of wide frames: by which mode the vectors were made. Writers run inside the caller's transaction. */
export type FilmSights = {
  readonly put: (videoId: string, model: string, seen: FrameSight) => void
  readonly each: (model: string) => readonly FilmSight[]
  /** The same in a few rows. */
  readonly groups: (model: string) => readonly SightGroup[]
  /** These vectors are to be made again, or are good as they are after all. */
  readonly mark: (film: FilmSight, model: string, again: boolean) => void
  /** The mode that a model's vectors were last judged by. */
  readonly judgedBy: (model: string) => WideMode | null
  readonly judged: (model: string, mode: WideMode) => void
  readonly forget: (model: string) => void
}

type Row = {
  video_id: string
  fine: number
  seen: FrameSight
  again: string | null
  width: number
  height: number
}

/** The tables in derived.db. A film without a row was seen before there was one: in its middle, as far as anybody knows. */
export const createFilmSights = (database: Database): FilmSights => {
  const put = database.prepare(
    `INSERT INTO derived.film_sight (model, video_id, seen, again) VALUES (:model, :videoId, :seen, :again)
     ON CONFLICT (model, video_id) DO UPDATE SET seen = excluded.seen, again = excluded.again`,
  )
  const films = `(SELECT DISTINCT video_id FROM derived.vector_chunk WHERE model = :model) AS film
    JOIN derived.facts ON facts.video_id = film.video_id
    LEFT JOIN derived.film_sight AS sight ON sight.model = :model AND sight.video_id = film.video_id`
  const shape = `json_extract(facts.facts, '$.width') AS width, json_extract(facts.facts, '$.height') AS height,
    coalesce(sight.seen, 'centre') AS seen`
  const each = database.prepare<{ model: string }, Row>(
    `SELECT film.video_id, ${shape}, sight.again,
       EXISTS (SELECT 1 FROM derived.vector_chunk AS chunk WHERE chunk.model = :model
         AND chunk.video_id = film.video_id AND chunk.stage = 'analyzed') AS fine
     FROM ${films}`,
  )
  const groups = database.prepare<{ model: string }, SightGroup>(
    `SELECT ${shape}, count(*) AS films, sum(facts.duration) AS seconds FROM ${films} GROUP BY 1, 2, 3`,
  )
  const judgedBy = database.prepare<[string], { mode: WideMode }>(
    'SELECT mode FROM derived.sight_mode WHERE model = ?',
  )
  const judged = database.prepare('INSERT OR REPLACE INTO derived.sight_mode (model, mode) VALUES (?, ?)')
  const forget = [
    database.prepare('DELETE FROM derived.film_sight WHERE model = ?'),
    database.prepare('DELETE FROM derived.sight_mode WHERE model = ?'),
  ]
  return {
    put: (videoId, model, seen) => void put.run({ videoId, model, seen, again: null }),
    each: (model) =>
      each.all({ model }).map(({ video_id: videoId, fine, again: isAgain, ...rest }) => ({
        ...rest,
        videoId,
        stage: fine === 1 ? 'analyzed' : 'skimmed',
        again: isAgain !== null,
      })),
    groups: (model) => groups.all({ model }),
    mark: ({ videoId, seen, stage }, model, again) =>
      void put.run({ videoId, model, seen, again: again ? stage : null }),
    judgedBy: (model) => judgedBy.get(model)?.mode ?? null,
    judged: (model, mode) => void judged.run(model, mode),
    forget: (model) => {
      for (const statement of forget) statement.run(model)
    },
  }
}
