import type { TagCount, TagMark } from '../../src-preload/contract/nouns.ts'
import { nameKey } from '../domain/name-key.ts'
import type { Database } from './database.ts'

/** A film, or the stretch of it from `start` to `end` (seconds; null: the whole film). */
export type MarkedStretch = {
  readonly videoId: string
  readonly start: number | null
  readonly end: number | null
}

export type Tags = {
  /** The tags of the visible films, by name. */
  readonly list: () => readonly TagCount[]
  readonly ofVideo: (videoId: string) => readonly TagMark[]
  /** Tags that are there already stay as they are. `now`: seconds since 1970. */
  readonly add: (stretch: MarkedStretch, names: readonly string[], now: number) => void
  /** Takes the tags off: those of a whole film from all of it, those of a stretch from just this one. */
  readonly remove: (stretch: MarkedStretch, names: readonly string[]) => void
}

/** What a person has called films and stretches of them, in library.db. */
export const createTags = (database: Database): Tags => {
  const list = database.prepare<[], TagCount>(
    `SELECT tag.name AS tag, count(DISTINCT tagged.video_id) AS videos FROM tag
     JOIN tagged ON tagged.tag_id = tag.id
     WHERE EXISTS (SELECT 1 FROM location WHERE location.video_id = tagged.video_id AND present = 1)
     GROUP BY tag.id ORDER BY tag.name_key`,
  )
  const ofVideo = database.prepare<[string], TagMark>(
    `SELECT tag.name AS tag, tagged.start, tagged.end FROM tagged JOIN tag ON tag.id = tagged.tag_id
     WHERE tagged.video_id = ? ORDER BY tag.name_key, tagged.start`,
  )
  const known = database.prepare<[string], { id: number }>('SELECT id FROM tag WHERE name_key = ?')
  const addTag = database.prepare<[string, string], { id: number }>(
    'INSERT INTO tag (name, name_key) VALUES (?, ?) RETURNING id',
  )
  const mark = database.prepare(
    `INSERT INTO tagged (tag_id, video_id, start, end, added_at) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT DO NOTHING`,
  )
  const unmark = database.prepare(
    'DELETE FROM tagged WHERE tag_id = :tag AND video_id = :video AND start = :start AND end = :end',
  )
  const unmarkFilm = database.prepare('DELETE FROM tagged WHERE tag_id = :tag AND video_id = :video')
  const forgetUnused = database.prepare(
    'DELETE FROM tag WHERE NOT EXISTS (SELECT 1 FROM tagged WHERE tagged.tag_id = tag.id)',
  )

  const tagId = (name: string): number => {
    const key = nameKey(name)
    const there = known.get(key)
    if (there !== undefined) return there.id
    const shown = name.normalize('NFC').trim().replace(/\s+/g, ' ')
    const made = addTag.get(shown, key)
    if (made === undefined) throw new Error('an inserted tag has no id')
    return made.id
  }
  return {
    list: () => list.all(),
    ofVideo: (videoId) => ofVideo.all(videoId),
    add: database.transaction((stretch: MarkedStretch, names: readonly string[], now: number) => {
      for (const name of names) mark.run(tagId(name), stretch.videoId, stretch.start, stretch.end, now)
    }),
    remove: database.transaction(({ videoId, start, end }: MarkedStretch, names: readonly string[]) => {
      for (const name of names) {
        const tag = known.get(nameKey(name))?.id
        if (tag === undefined) continue
        if (start === null) unmarkFilm.run({ tag, video: videoId })
        else unmark.run({ tag, video: videoId, start, end })
      }
      forgetUnused.run()
    }),
  }
}
