import type { SubtitleLine, SubtitleList, SubtitleTrack } from '../../src-preload/contract/nouns.ts'
import type { Database } from './database.ts'

export type SubtitleLists = {
  /** What is said in a film; `space`: the model whose pictures were compared with its lines. */
  readonly of: (videoId: string, space: string) => SubtitleList
}

/** The subtitles of films for people to read, from derived.db. */
export const createSubtitleLists = (database: Database): SubtitleLists => {
  const tracks = database.prepare<[string, string], SubtitleTrack>(
    `SELECT subtitle.id, subtitle.source, subtitle.name, subtitle.language,
       (SELECT count(*) FROM derived.cue WHERE cue.subtitle_id = subtitle.id) AS lines,
       coalesce(subtitle_fit.fit, 'unknown') AS fit
     FROM derived.subtitle
     LEFT JOIN derived.subtitle_fit ON subtitle_fit.subtitle_id = subtitle.id AND subtitle_fit.model = ?
     WHERE subtitle.video_id = ? ORDER BY subtitle.id`,
  )
  const lines = database.prepare<[string], SubtitleLine>(
    `SELECT subtitle_id AS track, start, end, text FROM derived.cue
     WHERE video_id = ? AND subtitle_id IS NOT NULL ORDER BY start, end, id`,
  )
  return {
    of: (videoId, space) => ({ tracks: tracks.all(space, videoId), lines: lines.all(videoId) }),
  }
}
