import { basename, dirname } from 'node:path'
import type { Database } from './database.ts'
import { ftsMatch } from './fts-match.ts'

/** A subtitle line that has the words. Seconds from the film's own start; `rank` 0 is the best. */
export type CueHit = {
  readonly videoId: string
  readonly start: number
  readonly end: number
  readonly text: string
  readonly rank: number
}

/** A video whose name or folder has the words. */
export type NameHit = { readonly videoId: string; readonly name: string; readonly rank: number }

export type TextSearch = {
  /** Makes the names of these videos findable; called after a location came or went. */
  readonly refreshNames: (videoIds: readonly string[]) => void
  /** Names that are missing: after derived.db was made anew, or a crash between a location and its name. */
  readonly refreshMissing: () => void
  readonly cues: (words: string, exact: boolean, limit: number) => readonly CueHit[]
  readonly names: (words: string, exact: boolean, limit: number) => readonly NameHit[]
}

/** File names as words: `Holiday_2023-06.final.mp4` is found by holiday, 2023 and final. */
const namesAsWords = (path: string): string =>
  basename(path)
    .replace(/\.[^.]+$/, '')
    .replaceAll(/([\p{Ll}])([\p{Lu}])/gu, '$1 $2')
    .replaceAll(/[_\-.]+/g, ' ')

/** Search by words: names of files and folders, and what subtitles say. */
export const createTextSearch = (database: Database): TextSearch => {
  const paths = database.prepare<[string], { path: string }>(
    'SELECT path FROM location WHERE video_id = ? AND present = 1 ORDER BY path',
  )
  const rowOf = database.prepare<[string], { id: number }>(
    `INSERT INTO derived.named (video_id) VALUES (?)
     ON CONFLICT (video_id) DO UPDATE SET video_id = excluded.video_id RETURNING id`,
  )
  const dropName = database.prepare('DELETE FROM derived.video_name WHERE rowid = ?')
  const addName = database.prepare('INSERT INTO derived.video_name (rowid, name, folders) VALUES (?, ?, ?)')
  const nameless = database.prepare<[], { video_id: string }>(
    `SELECT DISTINCT video_id FROM location
     WHERE present = 1 AND video_id IS NOT NULL AND video_id NOT IN
       (SELECT named.video_id FROM derived.named JOIN derived.video_name ON video_name.rowid = named.id)`,
  )
  const cues = database.prepare<
    [string, number],
    { video_id: string; start: number; end: number; text: string }
  >(
    `SELECT cue.video_id, cue.start, cue.end, cue.text
     FROM derived.cue_text JOIN derived.cue ON cue.id = cue_text.rowid
     WHERE cue_text MATCH ? ORDER BY bm25(cue_text), cue.video_id, cue.start LIMIT ?`,
  )
  const names = database.prepare<[string, number], { video_id: string; name: string }>(
    `SELECT named.video_id, name FROM derived.video_name JOIN derived.named ON named.id = video_name.rowid
     WHERE video_name MATCH ? ORDER BY bm25(video_name, 4, 1), named.video_id LIMIT ?`,
  )
  const refreshNames = database.transaction((videoIds: readonly string[]) => {
    for (const videoId of videoIds) {
      const row = rowOf.get(videoId)
      if (row === undefined) continue
      dropName.run(row.id)
      const all = paths.all(videoId).map(({ path }) => path)
      if (all.length === 0) continue
      addName.run(row.id, all.map(namesAsWords).join('\n'), all.map((path) => dirname(path)).join('\n'))
    }
  })
  return {
    refreshNames,
    refreshMissing: () => refreshNames(nameless.all().map(({ video_id }) => video_id)),
    cues: (words, exact, limit) => {
      const match = ftsMatch(words, exact)
      if (match === null) return []
      return cues.all(match, limit).map((row, rank) => ({
        videoId: row.video_id,
        start: row.start,
        end: row.end,
        text: row.text,
        rank,
      }))
    },
    names: (words, exact, limit) => {
      const match = ftsMatch(words, exact)
      if (match === null) return []
      return names.all(match, limit).map((row, rank) => ({ videoId: row.video_id, name: row.name, rank }))
    },
  }
}
