import type { VideoFacts } from '../../src-preload/contract/video-facts.ts'
import { foldedName } from '../domain/folder-match.ts'
import { instantOf } from '../domain/query-dates.ts'
import type { Database } from './database.ts'
import type { FilterFolders } from './filter-folders.ts'

export type FilterRows = {
  /**
   * Makes what filters know of these videos what it should be; called after a film was probed, its cues or its locations
   * changed. Writes to derived.db alone.
   */
  readonly refresh: (videoIds: readonly string[]) => void
  /** All that is missing or out of date: derived.db was made anew, a crash, a folder that is no longer watched, another zone. */
  readonly refreshMissing: () => void
}

type Place = { id: number; path: string; mtime: number }

const flag = (yes: boolean): 0 | 1 => (yes ? 1 : 0)
/** 0 and less: nobody knows. */
const known = (value: number): number | null => (value > 0 ? value : null)

const shapeOf = (width: number, height: number): string | null => {
  if (width <= 0 || height <= 0) return null
  return width > height ? 'landscape' : width < height ? 'portrait' : 'square'
}

/** A path as its folder, with the last separator, and its name; their sum is the path. */
const splitPath = (path: string): readonly [folder: string, name: string] => {
  const at = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1
  return [path.slice(0, at), path.slice(at)]
}

const namesNoZone = (date: string): boolean => !/T.*(Z|[+-]\d\d:\d\d)$/.test(date)

/**
 * What filters compare, in columns with indexes, in derived.db: a row for each visible film and one for each place where
 * it lies. `zone`: the machine's, by its name.
 */
export const createFilterRows = (database: Database, folders: FilterFolders, zone: string): FilterRows => {
  const facts = database.prepare<[string], { facts: string; size: number; cues: number }>(
    `SELECT facts.facts, video.size,
       EXISTS (SELECT 1 FROM derived.subtitle WHERE subtitle.video_id = facts.video_id AND state <> 'gone'
         AND EXISTS (SELECT 1 FROM derived.cue WHERE cue.subtitle_id = subtitle.id)) AS cues
     FROM derived.facts JOIN video ON video.id = facts.video_id WHERE facts.video_id = ?`,
  )
  const places = database.prepare<[string], Place>(
    'SELECT id, path, mtime FROM location WHERE video_id = ? AND present = 1',
  )
  const oldPlaces = database.prepare<[string], { id: number }>(
    'SELECT location_id AS id FROM derived.filter_place WHERE video_id = ?',
  )
  const dropName = database.prepare('DELETE FROM derived.filter_name WHERE rowid = ?')
  const dropPlace = database.prepare('DELETE FROM derived.filter_place WHERE location_id = ?')
  const dropRow = database.prepare('DELETE FROM derived.filter_row WHERE video_id = ?')
  const addName = database.prepare('INSERT INTO derived.filter_name (rowid, name_key) VALUES (?, ?)')
  const addPlace = database.prepare(
    `INSERT INTO derived.filter_place (location_id, video_id, folder_id, name, name_key, mtime)
     VALUES (?, ?, ?, ?, ?, ?)`,
  )
  const addRow = database.prepare(
    `INSERT INTO derived.filter_row (video_id, created, zone, duration, size, short_side, shape, codec, hdr,
       has_audio, has_subtitles, has_chapters)
     VALUES (:id, :created, :zone, :duration, :size, :shortSide, :shape, :codec, :hdr, :audio, :subtitles, :chapters)
     ON CONFLICT (video_id) DO UPDATE SET created = excluded.created, zone = excluded.zone,
       duration = excluded.duration, size = excluded.size, short_side = excluded.short_side, shape = excluded.shape,
       codec = excluded.codec, hdr = excluded.hdr, has_audio = excluded.has_audio,
       has_subtitles = excluded.has_subtitles, has_chapters = excluded.has_chapters`,
  )
  const stale = database.prepare<{ zone: string }, { id: string }>(
    `SELECT facts.video_id AS id FROM derived.facts LEFT JOIN derived.filter_row AS row ON row.video_id = facts.video_id
       WHERE (row.video_id IS NULL OR row.zone <> :zone)
         AND EXISTS (SELECT 1 FROM location WHERE location.video_id = facts.video_id AND present = 1)
     UNION
     SELECT row.video_id FROM derived.filter_row AS row
       WHERE NOT EXISTS (SELECT 1 FROM derived.facts WHERE facts.video_id = row.video_id)
     UNION
     SELECT place.video_id FROM derived.filter_place AS place
       LEFT JOIN location ON location.id = place.location_id
       LEFT JOIN derived.filter_folder AS folder ON folder.id = place.folder_id
       WHERE location.id IS NULL OR location.present = 0 OR location.video_id IS NOT place.video_id
         OR location.mtime <> place.mtime OR location.path IS NOT folder.path || place.name
     UNION
     SELECT location.video_id FROM location
       WHERE present = 1 AND NOT EXISTS (SELECT 1 FROM derived.filter_place WHERE location_id = location.id)
         AND EXISTS (SELECT 1 FROM derived.facts WHERE facts.video_id = location.video_id)`,
  )

  const dropPlaces = (ids: readonly { readonly id: number }[]): void => {
    for (const { id } of ids) {
      dropName.run(id)
      dropPlace.run(id)
    }
  }
  const dateOf = (recordedAt: string | null, all: readonly Place[]): Date | null => {
    if (recordedAt !== null) return instantOf(recordedAt)
    // Copies are younger than what they were made of.
    return new Date(Math.min(...all.map(({ mtime }) => mtime)) * 1000)
  }

  const refreshOne = (id: string): void => {
    const row = facts.get(id)
    const all = row === undefined ? [] : places.all(id)
    dropPlaces(oldPlaces.all(id))
    if (row === undefined || all.length === 0) {
      dropRow.run(id)
      return
    }
    // Another film may have lain at these places until now.
    dropPlaces(all)
    for (const place of all) {
      const [folder, name] = splitPath(place.path)
      const key = foldedName(name)
      addPlace.run(place.id, id, folders.idOf(folder), name, key, place.mtime)
      addName.run(place.id, key)
    }
    const film = JSON.parse(row.facts) as VideoFacts
    const created = dateOf(film.recordedAt, all)
    addRow.run({
      id,
      created: created === null ? null : created.getTime() / 1000,
      zone: film.recordedAt !== null && namesNoZone(film.recordedAt) ? zone : null,
      duration: known(film.duration),
      size: row.size,
      shortSide: known(Math.min(film.width, film.height)),
      shape: shapeOf(film.width, film.height),
      codec: foldedName(film.codec),
      hdr: flag(film.hdr !== null),
      audio: flag(film.audio.length > 0),
      subtitles: flag(row.cues === 1 || film.subtitles.some(({ isText }) => isText)),
      chapters: flag(film.chapters.length > 0),
    })
  }
  const refresh = database.transaction((videoIds: readonly string[]) => {
    for (const id of videoIds) refreshOne(id)
  })
  return {
    refresh,
    refreshMissing: () => {
      refresh(stale.all({ zone }).map(({ id }) => id))
      folders.prune()
    },
  }
}
