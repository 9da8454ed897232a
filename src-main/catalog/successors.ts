import type { Database } from './database.ts'

export type Successors = {
  /**
   * Gives a film that was edited in place what a person made of the film that lay there before. Not where the lengths
   * differ or are not known: a camera gives many films the same name. Once: what is taken off later does not come back.
   */
  readonly inherit: (videoId: string) => void
  /** The same for every film whose turn came when nobody was there: a kill between its facts and its inheritance. */
  readonly inheritMissing: () => void
}

/** Seconds by which a film may differ from what it was made of: another container rounds, another cut is another film. */
const sameLength = 0.5

/** What passes from a film to its successor, in library.db. */
export const createSuccessors = (database: Database): Successors => {
  // A film that was edited twice before anybody looked at it: what lay there in between has no facts and nothing of its own.
  const predecessor = database.prepare<{ id: string }, { predecessor: string; own: number; before: number }>(
    `WITH RECURSIVE line(id, depth) AS (
       SELECT predecessor, 1 FROM video WHERE id = :id
       UNION
       SELECT video.predecessor, depth + 1 FROM line JOIN video ON video.id = line.id
       WHERE NOT EXISTS (SELECT 1 FROM derived.facts WHERE facts.video_id = line.id) AND depth < 100
     )
     SELECT line.id AS predecessor, own.duration AS own, before.duration AS before FROM line
     JOIN derived.facts AS before ON before.video_id = line.id
     JOIN derived.facts AS own ON own.video_id = :id
     ORDER BY depth LIMIT 1`,
  )
  const waiting = database.prepare<[], { id: string }>(
    `SELECT video.id FROM video JOIN derived.facts ON facts.video_id = video.id
     WHERE video.predecessor IS NOT NULL ORDER BY video.added_at`,
  )
  const tags = database.prepare(
    `INSERT INTO tagged (tag_id, video_id, start, end, added_at)
     SELECT tag_id, :to, start, end, added_at FROM tagged WHERE video_id = :from ON CONFLICT DO NOTHING`,
  )
  const rating = database.prepare(
    `INSERT INTO rating (video_id, stars, rated_at)
     SELECT :to, stars, rated_at FROM rating WHERE video_id = :from ON CONFLICT DO NOTHING`,
  )
  const done = database.prepare('UPDATE video SET predecessor = NULL WHERE id = ?')

  const inherit = (videoId: string): void => {
    // What stood there may have lost its facts with derived.db: then nobody can tell, and it waits for them.
    const row = predecessor.get({ id: videoId })
    if (row === undefined) return
    database.transaction(() => {
      if (row.own > 0 && row.before > 0 && Math.abs(row.own - row.before) <= sameLength) {
        tags.run({ from: row.predecessor, to: videoId })
        rating.run({ from: row.predecessor, to: videoId })
      }
      done.run(videoId)
    })()
  }
  return {
    inherit,
    inheritMissing: () => {
      for (const { id } of waiting.all()) inherit(id)
    },
  }
}
