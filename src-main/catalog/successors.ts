import type { Database } from './database.ts'

export type Successors = {
  /**
   * Gives a film that was edited in place what a person made of the film that lay there before. Not where the lengths
   * differ: a camera gives many films the same name. Once: what is taken off later does not come back.
   */
  readonly inherit: (videoId: string) => void
}

/** Seconds by which a film may differ from what it was made of: another container rounds, another cut is another film. */
const sameLength = 0.5

/** What passes from a film to its successor, in library.db. */
export const createSuccessors = (database: Database): Successors => {
  const predecessor = database.prepare<[string], { predecessor: string; differs: number | null }>(
    `SELECT video.predecessor, abs(own.duration - before.duration) AS differs FROM video
     LEFT JOIN derived.facts AS own ON own.video_id = video.id
     LEFT JOIN derived.facts AS before ON before.video_id = video.predecessor
     WHERE video.id = ? AND video.predecessor IS NOT NULL`,
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
  return {
    inherit: (videoId) => {
      const row = predecessor.get(videoId)
      // What stood there may have lost its facts with derived.db: then nobody can tell, and it waits for them.
      if (row === undefined || row.differs === null) return
      database.transaction(() => {
        if (row.differs !== null && row.differs <= sameLength) {
          tags.run({ from: row.predecessor, to: videoId })
          rating.run({ from: row.predecessor, to: videoId })
        }
        done.run(videoId)
      })()
    },
  }
}
