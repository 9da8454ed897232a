import type { PathRef } from '../../src-preload/contract/video-facts.ts'
import { isChildOf, isWithin, pathKey, pathRefOf } from '../foundation/path-ref.ts'
import type { Database } from './database.ts'

/** A file as a scan saw it. */
export type SeenFile = { readonly path: PathRef; readonly size: number; readonly mtime: number }

/** The part of a folder that a scan looked at: with everything below `path`, or its own entries only. */
export type ScannedPart = { readonly folderId: number; readonly path: PathRef; readonly deep: boolean }

export type Locations = {
  /** A number above every scan's so far. */
  readonly nextScan: () => number
  /**
   * Marks files as seen; answers the indices of those that are new or changed in size or time. `onBack` is told of the
   * video of each file that was gone and is there again.
   */
  readonly seen: (
    folderId: number,
    scan: number,
    files: readonly SeenFile[],
    onBack?: (videoId: string) => void,
  ) => readonly number[]
  /** Takes down what a file holds: a video (made when it is new), or null where it could not be read. */
  readonly identified: (
    folderId: number,
    scan: number,
    file: SeenFile & { readonly videoId: string | null },
    now: number,
  ) => { readonly isNewVideo: boolean }
  /** Marks what a scan did not see in its part as gone, except below `unreadable`; answers the gone paths. */
  readonly sweep: (part: ScannedPart, scan: number, unreadable: readonly PathRef[]) => readonly string[]
  /** A scan found no film at all where there were some: an unmounted drive leaves such an empty folder behind. */
  readonly looksUnmounted: (folderId: number, scan: number) => boolean
  /** A present location of a video in a folder that is online. */
  readonly reach: (videoId: string) => PathRef | null
  /** The video that lies at a path, if any. */
  readonly videoAt: (path: string) => string | null
}

type Row = {
  id: number
  path_key: Buffer
  video_id: string | null
  size: number
  mtime: number
  present: number
}

/** The paths at which films lie. A row stays when its file goes: the video and what a person made of it stay too. */
export const createLocations = (database: Database): Locations => {
  const byKey = database.prepare<[Buffer], Row>(
    'SELECT id, path_key, video_id, size, mtime, present FROM location WHERE path_key = ?',
  )
  const touch = database.prepare('UPDATE location SET scan = ?, present = 1, folder_id = ? WHERE id = ?')
  const addVideo = database.prepare(
    'INSERT INTO video (id, size, added_at, predecessor) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO NOTHING',
  )
  const put = database.prepare(
    `INSERT INTO location (folder_id, video_id, path, path_key, size, mtime, present, scan)
     VALUES (?, ?, ?, ?, ?, ?, 1, ?)
     ON CONFLICT (path_key) DO UPDATE SET folder_id = excluded.folder_id, video_id = excluded.video_id,
       size = excluded.size, mtime = excluded.mtime, present = 1, scan = excluded.scan`,
  )
  const unseen = database.prepare<[number, number], Row>(
    `SELECT id, path_key, video_id, size, mtime, present FROM location
     WHERE folder_id = ? AND scan < ? AND present = 1`,
  )
  const gone = database.prepare('UPDATE location SET present = 0 WHERE id = ?')
  const reach = database.prepare<[string], { path_key: Buffer }>(
    `SELECT location.path_key FROM location JOIN folder ON folder.id = location.folder_id
     WHERE video_id = ? AND present = 1 AND online = 1 ORDER BY location.path LIMIT 1`,
  )
  const maximum = database.prepare<[], { scan: number | null }>('SELECT max(scan) AS scan FROM location')
  const count = database.prepare<[number, number], { before: number; seen: number }>(
    `SELECT count(*) AS before, coalesce(sum(scan = ?), 0) AS seen
     FROM location WHERE folder_id = ? AND present = 1`,
  )
  let scan = maximum.get()?.scan ?? 0

  const seen: Locations['seen'] = (folderId, scanId, files, onBack) => {
    const unknown: number[] = []
    files.forEach((file, index) => {
      const row = byKey.get(pathKey(file.path))
      const videoId = row?.video_id ?? null
      if (row === undefined || videoId === null || row.size !== file.size || row.mtime !== file.mtime) {
        unknown.push(index)
        return
      }
      touch.run(scanId, folderId, row.id)
      if (row.present === 0) onBack?.(videoId)
    })
    return unknown
  }

  return {
    nextScan: () => ++scan,
    seen: database.transaction(seen),
    identified: database.transaction(
      (
        folderId: number,
        scanId: number,
        file: SeenFile & { readonly videoId: string | null },
        now: number,
      ) => {
        const key = pathKey(file.path)
        // Edited in place: what stood there becomes the predecessor, whose tags and ratings are inherited.
        const before = byKey.get(key)?.video_id ?? null
        const predecessor = before === file.videoId ? null : before
        const added =
          file.videoId === null ? 0 : addVideo.run(file.videoId, file.size, now, predecessor).changes
        put.run(folderId, file.videoId, file.path.path, key, file.size, file.mtime, scanId)
        return { isNewVideo: added === 1 }
      },
    ),
    sweep: database.transaction((part: ScannedPart, scanId: number, unreadable: readonly PathRef[]) => {
      const partKey = pathKey(part.path)
      const spared = unreadable.map(pathKey)
      const inPart = (key: Buffer): boolean => (part.deep ? isWithin(partKey, key) : isChildOf(partKey, key))
      const missing = unseen
        .all(part.folderId, scanId)
        .filter(({ path_key }) => inPart(path_key) && !spared.some((key) => isWithin(key, path_key)))
      for (const row of missing) gone.run(row.id)
      return missing.map(({ path_key }) => pathRefOf(path_key).path)
    }),
    looksUnmounted: (folderId, scanId) => {
      const row = count.get(scanId, folderId)
      return row !== undefined && row.before > 0 && row.seen === 0
    },
    reach: (videoId) => {
      const row = reach.get(videoId)
      return row === undefined ? null : pathRefOf(row.path_key)
    },
    videoAt: (path) => byKey.get(Buffer.from(path, 'utf8'))?.video_id ?? null,
  }
}
