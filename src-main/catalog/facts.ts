import type { Cue, VideoFacts } from '../../src-preload/contract/video-facts.ts'
import type { Database } from './database.ts'

/** What stage `probed` left: facts and cues. Writers run inside the caller's transaction. */
export type FactStore = {
  readonly get: (videoId: string) => VideoFacts | null
  readonly put: (videoId: string, version: number, facts: VideoFacts, cues: readonly Cue[]) => void
}

/** The facts and cues of videos, in derived.db. */
export const createFactStore = (database: Database): FactStore => {
  const get = database.prepare<[string], { facts: string }>(
    'SELECT facts FROM derived.facts WHERE video_id = ?',
  )
  const put = database.prepare(
    `INSERT INTO derived.facts (video_id, version, duration, recorded_at, facts) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (video_id) DO UPDATE SET version = excluded.version, duration = excluded.duration,
       recorded_at = excluded.recorded_at, facts = excluded.facts`,
  )
  const oldCues = database.prepare<[string], { id: number }>('SELECT id FROM derived.cue WHERE video_id = ?')
  const dropCue = database.prepare('DELETE FROM derived.cue WHERE id = ?')
  const dropText = database.prepare('DELETE FROM derived.cue_text WHERE rowid = ?')
  const addCue = database.prepare(
    'INSERT INTO derived.cue (video_id, start, end, text, language, source) VALUES (?, ?, ?, ?, ?, ?)',
  )
  const addText = database.prepare('INSERT INTO derived.cue_text (rowid, text) VALUES (?, ?)')
  return {
    get: (videoId) => {
      const row = get.get(videoId)
      return row === undefined ? null : (JSON.parse(row.facts) as VideoFacts)
    },
    put: (videoId, version, facts, cues) => {
      put.run(videoId, version, facts.duration, facts.recordedAt, JSON.stringify(facts))
      for (const { id } of oldCues.all(videoId)) {
        dropCue.run(id)
        dropText.run(id)
      }
      for (const cue of cues) {
        const { lastInsertRowid } = addCue.run(
          videoId,
          cue.start,
          cue.end,
          cue.text,
          cue.language,
          cue.source,
        )
        addText.run(lastInsertRowid, cue.text)
      }
    },
  }
}
