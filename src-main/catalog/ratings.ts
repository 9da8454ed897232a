import type { Database } from './database.ts'

export type Ratings = {
  /** 0..5, or null to take it back. `now`: seconds since 1970. */
  readonly set: (videoId: string, rating: number | null, now: number) => void
}

/** How much a person likes a film, in library.db; `videos.ts` reads it with everything else of the film. */
export const createRatings = (database: Database): Ratings => {
  const put = database.prepare(
    `INSERT INTO rating (video_id, stars, rated_at) VALUES (?, ?, ?)
     ON CONFLICT (video_id) DO UPDATE SET stars = excluded.stars, rated_at = excluded.rated_at`,
  )
  const drop = database.prepare('DELETE FROM rating WHERE video_id = ?')
  return {
    set: (videoId, rating, now) => {
      if (rating === null) drop.run(videoId)
      else put.run(videoId, rating, now)
    },
  }
}
