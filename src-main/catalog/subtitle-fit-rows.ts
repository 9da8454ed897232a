import type { SubtitleFit } from '../domain/subtitle-fit.ts'
import { pathRefOf } from '../foundation/path-ref.ts'
import type { Database } from './database.ts'

/** A subtitle whose order has not been compared with the pictures as they are. */
export type UncheckedSubtitle = {
  readonly id: number
  readonly videoId: string
  /** Of its file; null for one that the film brings. */
  readonly path: string | null
  /** The newest chunk of the film's vectors. */
  readonly chunk: number
  /** Which lines it has: others have another mark. */
  readonly lines: string
  readonly fit: SubtitleFit['fit']
}

/** Whether subtitles follow the pictures. A row goes with the lines that it speaks of (`subtitle-lines.ts`). */
export type SubtitleFits = {
  /** The next one above the id `after`, of films that are there and have vectors of this model. */
  readonly next: (space: string, after: number) => UncheckedSubtitle | null
  /** False where its lines or the film's vectors have become others meanwhile: then nothing is kept. */
  readonly put: (space: string, subtitle: UncheckedSubtitle, fit: SubtitleFit) => boolean
  readonly forget: (space: string) => void
}

type Row = Omit<UncheckedSubtitle, 'path'> & { readonly path_key: Buffer | null }

/** The table `subtitle_fit` of derived.db. */
export const createSubtitleFits = (database: Database): SubtitleFits => {
  const chunk = `(SELECT max(id) FROM derived.vector_chunk AS chunk
    WHERE chunk.model = :space AND chunk.video_id = subtitle.video_id AND chunk.kind = 'frame')`
  const lines = `(SELECT format('%d-%d', min(id), max(id)) FROM derived.cue WHERE cue.subtitle_id = subtitle.id)`
  const next = database.prepare<{ space: string; after: number }, Row>(
    `SELECT subtitle.id, subtitle.video_id AS videoId, subtitle.path_key, ${chunk} AS chunk, ${lines} AS lines,
       coalesce(kept.fit, 'unknown') AS fit
     FROM derived.subtitle
     LEFT JOIN derived.subtitle_fit AS kept ON kept.subtitle_id = subtitle.id AND kept.model = :space
     WHERE subtitle.id > :after AND subtitle.state IN ('read', 'failed') AND ${chunk} IS NOT kept.last_chunk
       AND EXISTS (SELECT 1 FROM derived.cue WHERE cue.subtitle_id = subtitle.id)
       AND EXISTS (SELECT 1 FROM location WHERE location.video_id = subtitle.video_id AND present = 1)
       AND ${chunk} IS NOT NULL
     ORDER BY subtitle.id LIMIT 1`,
  )
  const now = database.prepare<{ space: string; id: number }, { chunk: number | null; lines: string | null }>(
    `SELECT ${chunk} AS chunk, ${lines} AS lines FROM derived.subtitle WHERE id = :id AND state <> 'gone'`,
  )
  const put = database.prepare(
    `INSERT OR REPLACE INTO derived.subtitle_fit (subtitle_id, model, fit, tau, passages, last_chunk)
     VALUES (?, ?, ?, ?, ?, ?)`,
  )
  const forget = database.prepare('DELETE FROM derived.subtitle_fit WHERE model = ?')
  return {
    next: (space, after) => {
      const row = next.get({ space, after })
      if (row === undefined) return null
      const { path_key, ...subtitle } = row
      return { ...subtitle, path: path_key === null ? null : pathRefOf(path_key).path }
    },
    put: database.transaction((space: string, subtitle: UncheckedSubtitle, found: SubtitleFit) => {
      const { id, chunk: seen, lines: read } = subtitle
      const there = now.get({ space, id })
      if (there?.chunk !== seen || there.lines !== read) return false
      put.run(id, space, found.fit, found.tau, found.passages, seen)
      return true
    }),
    forget: (space) => void forget.run(space),
  }
}
