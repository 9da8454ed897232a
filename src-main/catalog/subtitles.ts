import { basename } from 'node:path'
import type { Cue, EmbeddedSubtitle, PathRef, SidecarFile } from '../../src-preload/contract/video-facts.ts'
import { isChildOf, isWithin, pathKey, pathRefOf } from '../foundation/path-ref.ts'
import type { Database } from './database.ts'
import type { ScannedPart } from './locations.ts'
import { createSubtitleLines } from './subtitle-lines.ts'
import type { WordBook } from './word-book.ts'

/** A subtitle file that is to be read, as it was when a scan saw it. */
export type DueSidecar = {
  readonly id: number
  readonly videoId: string
  readonly path: PathRef
  /** As its name says. */
  readonly language: string | null
  /** Of its film, in seconds. */
  readonly duration: number
  readonly size: number
  readonly mtime: number
}

/** A subtitle file beside a film is no more, and its lines with it. */
export type GoneSidecar = { readonly videoId: string; readonly path: PathRef }

export type Subtitles = {
  /** Replaces the subtitles that a film brings itself, a transaction a slice (`in-slices.ts`). */
  readonly putEmbedded: (videoId: string, subtitles: readonly EmbeddedSubtitle[]) => Generator<void>
  /** Takes down subtitle files that a scan has seen beside films; new and changed ones become due. */
  readonly sight: (folderId: number, scan: number, files: readonly SidecarFile[]) => void
  /** The subtitle files that a scan did not see in its part, except below `unreadable`, are gone, with their lines. */
  readonly sweep: (part: ScannedPart, scan: number, unreadable: readonly PathRef[]) => readonly GoneSidecar[]
  /** The facts of a film are known: what lies beside it may be read. Runs inside the caller's transaction. */
  readonly filmProbed: (videoId: string) => void
  /** The next file to read, but for those `inHand`; null: none. */
  readonly next: (inHand: readonly number[]) => DueSidecar | null
  /** Keeps what was read of a file, a transaction a slice; it stays due where it has changed meanwhile. */
  readonly put: (sidecar: DueSidecar, language: string | null, lines: readonly Cue[]) => Generator<void>
  /** False: it has gone since. */
  readonly isThere: (sidecar: DueSidecar) => boolean
  /** It could not be read: it keeps the lines of before until it changes, or is tried again. */
  readonly markFailed: (sidecar: DueSidecar) => void
  readonly retryFailed: () => void
  /** The files of folders that are not watched any more are gone. */
  readonly forgetStrangers: () => void
  /** Clears away what is gone, in slices; nobody sees it any more. */
  readonly tidy: () => Generator<void>
  /** Whether anything is said in a film that can be read. */
  readonly hasLines: (videoId: string) => boolean
  readonly linesOf: (subtitleId: number) => readonly Cue[]
}

type Row = {
  id: number
  video_id: string
  path_key: Buffer
  size: number | null
  mtime: number | null
}
type DueRow = Row & { name_language: string | null; duration: number }

/**
 * The subtitles of films, one row each: streams of the film itself, and files beside it. A file's row is made by the scan
 * that first sees it, and goes with the file. So a file that comes, changes or goes needs no look at its film.
 */
export const createSubtitles = (database: Database, book: WordBook): Subtitles => {
  const lines = createSubtitleLines(database, book)
  const embedded = database.prepare<[string], { id: number }>(
    "SELECT id FROM derived.subtitle WHERE video_id = ? AND source = 'embedded' AND state <> 'gone'",
  )
  const markGone = database.prepare(
    "UPDATE derived.subtitle SET state = 'gone', folder_id = NULL, path_key = NULL WHERE id = ?",
  )
  const gone = database.prepare<[], { id: number }>(
    "SELECT id FROM derived.subtitle WHERE state = 'gone' LIMIT 1",
  )
  const isThere = database.prepare<[number], { id: number }>(
    "SELECT id FROM derived.subtitle WHERE id = ? AND state <> 'gone'",
  )
  const remove = database.prepare('DELETE FROM derived.subtitle WHERE id = ?')
  const addEmbedded = database.prepare(
    `INSERT INTO derived.subtitle (video_id, source, name, language, state)
     VALUES (?, 'embedded', ?, ?, 'read')`,
  )
  const known = database.prepare<
    { film: Buffer; path: Buffer },
    { videoId: string | null; id: number | null; size: number | null; mtime: number | null }
  >(
    `SELECT location.video_id AS videoId, subtitle.id, subtitle.size, subtitle.mtime FROM location
     LEFT JOIN derived.subtitle ON subtitle.path_key = :path AND subtitle.video_id = location.video_id
     WHERE location.path_key = :film AND present = 1`,
  )
  const isProbed = database.prepare<[string], { video_id: string }>(
    'SELECT video_id FROM derived.facts WHERE video_id = ?',
  )
  const touch = database.prepare('UPDATE derived.subtitle SET scan = ?, folder_id = ? WHERE id = ?')
  const renew = database.prepare('UPDATE derived.subtitle SET size = ?, mtime = ?, state = ? WHERE id = ?')
  const add = database.prepare(
    `INSERT INTO derived.subtitle
       (video_id, source, name, language, state, folder_id, path_key, name_language, size, mtime, scan)
     VALUES (?, 'sidecar', ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const unseen = database.prepare<[number, number], Row>(
    `SELECT id, video_id, path_key, size, mtime FROM derived.subtitle WHERE folder_id = ? AND scan < ?`,
  )
  const filmProbed = database.prepare(
    "UPDATE derived.subtitle SET state = 'due' WHERE video_id = ? AND state = 'waiting'",
  )
  const next = database.prepare<[string], DueRow>(
    `SELECT subtitle.id, subtitle.video_id, subtitle.path_key, subtitle.size, subtitle.mtime,
       subtitle.name_language, facts.duration
     FROM folder CROSS JOIN derived.subtitle ON subtitle.folder_id = folder.id AND subtitle.state = 'due'
     JOIN derived.facts ON facts.video_id = subtitle.video_id
     WHERE folder.online = 1 AND subtitle.id NOT IN (SELECT value FROM json_each(?)) LIMIT 1`,
  )
  const settle = database.prepare(
    `UPDATE derived.subtitle SET state = iif(size = :size AND mtime = :mtime, :state, 'due'), language = :language
     WHERE id = :id AND state <> 'gone'`,
  )
  const retry = database.prepare("UPDATE derived.subtitle SET state = 'due' WHERE state = 'failed'")
  const forgetStrangers = database.prepare(
    `UPDATE derived.subtitle SET state = 'gone', folder_id = NULL, path_key = NULL
     WHERE folder_id IS NOT NULL AND folder_id NOT IN (SELECT id FROM folder)`,
  )
  const there = database.prepare<[string], { id: number }>(
    `SELECT id FROM derived.subtitle WHERE video_id = ? AND state <> 'gone'
       AND EXISTS (SELECT 1 FROM derived.cue WHERE cue.subtitle_id = subtitle.id) LIMIT 1`,
  )

  const sightOne = (folderId: number, scan: number, file: SidecarFile): void => {
    const path = pathKey(file.path)
    const row = known.get({ film: pathKey(file.film), path })
    if (row === undefined || row.videoId === null) return
    if (row.id !== null) touch.run(scan, folderId, row.id)
    // It is there and nobody can look at it: then what it said before holds.
    if (file.facts === null) return
    const { size, mtime } = file.facts
    if (row.id !== null && row.size === size && row.mtime === mtime) return
    const state = isProbed.get(row.videoId) === undefined ? 'waiting' : 'due'
    if (row.id !== null) renew.run(size, mtime, state, row.id)
    else {
      const name = basename(file.path.path)
      add.run(row.videoId, name, file.language, state, folderId, path, file.language, size, mtime, scan)
    }
  }

  return {
    putEmbedded: function* (videoId, subtitles) {
      for (const { id } of embedded.all(videoId)) markGone.run(id)
      for (const { name, language, lines: own } of subtitles) {
        const id = Number(addEmbedded.run(videoId, name, language).lastInsertRowid)
        yield* lines.put({ id, videoId, source: 'embedded', language }, own)
      }
    },
    sight: database.transaction((folderId: number, scan: number, files: readonly SidecarFile[]) => {
      for (const file of files) sightOne(folderId, scan, file)
    }),
    sweep: database.transaction((part: ScannedPart, scan: number, unreadable: readonly PathRef[]) => {
      const partKey = pathKey(part.path)
      const spared = unreadable.map(pathKey)
      const inPart = (key: Buffer): boolean => (part.deep ? isWithin(partKey, key) : isChildOf(partKey, key))
      const missing = unseen
        .all(part.folderId, scan)
        .filter(({ path_key }) => inPart(path_key) && !spared.some((key) => isWithin(key, path_key)))
      for (const { id } of missing) markGone.run(id)
      return missing.map(({ video_id: videoId, path_key }) => ({ videoId, path: pathRefOf(path_key) }))
    }),
    filmProbed: (videoId) => void filmProbed.run(videoId),
    next: (inHand) => {
      const row = next.get(JSON.stringify(inHand))
      if (row === undefined) return null
      return {
        id: row.id,
        videoId: row.video_id,
        path: pathRefOf(row.path_key),
        language: row.name_language,
        duration: row.duration,
        size: row.size ?? 0,
        mtime: row.mtime ?? 0,
      }
    },
    put: function* ({ id, videoId, size, mtime }, language, own) {
      yield* lines.put({ id, videoId, source: 'sidecar', language }, own)
      // Last: until then it is due, and is read once more after a kill.
      settle.run({ id, size, mtime, language, state: 'read' })
    },
    isThere: ({ id }) => isThere.get(id) !== undefined,
    markFailed: ({ id, size, mtime, language }) =>
      void settle.run({ id, size, mtime, language, state: 'failed' }),
    retryFailed: () => void retry.run(),
    forgetStrangers: () => void forgetStrangers.run(),
    tidy: function* () {
      for (let row = gone.get(); row !== undefined; row = gone.get()) {
        yield* lines.drop(row.id)
        remove.run(row.id)
        yield
      }
    },
    hasLines: (videoId) => there.get(videoId) !== undefined,
    linesOf: lines.of,
  }
}
