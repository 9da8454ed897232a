import type { Folder } from '../../src-preload/contract/nouns.ts'
import type { PathRef } from '../../src-preload/contract/video-facts.ts'
import { isWithin, pathBytesField, pathKey, pathRefOf } from '../foundation/path-ref.ts'
import type { Database } from './database.ts'

export type FolderRow = { readonly id: number; readonly root: PathRef; readonly online: boolean }

type Row = { id: number; path: string; path_key: Buffer; online: number }

export type WatchMode = 'events' | 'polling'

export type Folders = {
  readonly all: () => readonly FolderRow[]
  readonly list: (modes: ReadonlyMap<number, WatchMode>) => readonly Folder[]
  readonly find: (ref: PathRef) => FolderRow | null
  /** A folder that holds `ref`, or that `ref` holds: a film must not be in two folders. */
  readonly overlapping: (ref: PathRef) => FolderRow | null
  readonly add: (ref: PathRef, now: number) => FolderRow
  readonly remove: (id: number) => void
  readonly setOnline: (id: number, online: boolean) => void
}

const toFolder = (row: Row): FolderRow => ({
  id: row.id,
  root: pathRefOf(row.path_key),
  online: row.online === 1,
})

/** The watched folders. Removing one removes its locations and what its scans left out, never a video. */
export const createFolders = (database: Database): Folders => {
  const select = 'SELECT id, path, path_key, online FROM folder'
  const all = database.prepare<[], Row>(`${select} ORDER BY path`)
  const byKey = database.prepare<[Buffer], Row>(`${select} WHERE path_key = ?`)
  const insert = database.prepare<[string, Buffer, number], Row>(
    'INSERT INTO folder (path, path_key, added_at) VALUES (?, ?, ?) RETURNING id, path, path_key, online',
  )
  const videos = database.prepare<[], { folder_id: number; videos: number }>(
    `SELECT folder_id, count(DISTINCT location.video_id) AS videos
     FROM location JOIN derived.facts ON facts.video_id = location.video_id
     WHERE present = 1 GROUP BY folder_id`,
  )
  const setOnline = database.prepare('UPDATE folder SET online = ? WHERE id = ?')
  const remove = database.prepare('DELETE FROM folder WHERE id = ?')
  const forgetIgnored = database.prepare('DELETE FROM derived.ignored WHERE folder_id = ?')
  const forgetCounts = database.prepare('DELETE FROM derived.ignored_count WHERE folder_id = ?')

  return {
    all: () => all.all().map(toFolder),
    list: (modes) => {
      const counts = new Map(videos.all().map((row) => [row.folder_id, row.videos]))
      return all.all().map((row) => ({
        id: row.id,
        path: row.path,
        ...pathBytesField(row.path, row.path_key),
        videos: counts.get(row.id) ?? 0,
        online: row.online === 1,
        watching: modes.get(row.id) ?? null,
      }))
    },
    find: (ref) => {
      const row = byKey.get(pathKey(ref))
      return row === undefined ? null : toFolder(row)
    },
    overlapping: (ref) => {
      const key = pathKey(ref)
      const row = all.all().find(({ path_key }) => isWithin(path_key, key) || isWithin(key, path_key))
      return row === undefined ? null : toFolder(row)
    },
    add: (ref, now) => {
      const row = insert.get(ref.path, pathKey(ref), now)
      if (row === undefined) throw new Error('INSERT … RETURNING gave no row')
      return toFolder(row)
    },
    remove: (id) => {
      remove.run(id)
      forgetIgnored.run(id)
      forgetCounts.run(id)
    },
    setOnline: (id, online) => void setOnline.run(online ? 1 : 0, id),
  }
}
