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
     WHERE subtitle.video_id = ? AND subtitle.state <> 'gone' AND EXISTS
       (SELECT 1 FROM derived.cue WHERE cue.subtitle_id = subtitle.id)
       -- The same file beside another copy of the film is shown once.
       AND NOT EXISTS (SELECT 1 FROM derived.subtitle AS copy
         WHERE copy.video_id = subtitle.video_id AND copy.source = 'sidecar' AND copy.state <> 'gone'
           AND copy.name = subtitle.name AND copy.size = subtitle.size AND copy.id < subtitle.id)
     ORDER BY subtitle.source, subtitle.name, subtitle.id`,
  )
  const lines = database.prepare<[string], SubtitleLine>(
    `SELECT subtitle_id AS track, start, end, text FROM derived.cue
     WHERE video_id = ? AND subtitle_id IS NOT NULL ORDER BY start, end, id`,
  )
  return {
    of: (videoId, space) => {
      const shown = tracks.all(space, videoId)
      const ids = new Set(shown.map(({ id }) => id))
      return { tracks: shown, lines: lines.all(videoId).filter(({ track }) => ids.has(track)) }
    },
  }
}
