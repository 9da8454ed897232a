import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { PictureSet } from '../../src-preload/contract/picture-set.ts'
import type { Database } from './database.ts'

export type Pictures = {
  /** Inside the caller's transaction. */
  readonly put: (videoId: string, set: PictureSet) => void
  readonly get: (videoId: string) => PictureSet | null
  /** Removes files that no row names: what a crash left, and what newer versions replaced. */
  readonly sweep: (directory: string) => number
}

/** Rows of immutable picture files. */
export const createPictures = (database: Database): Pictures => {
  const put = database.prepare(
    `INSERT INTO derived.picture (video_id, kind, file, detail) VALUES (?, ?, ?, ?)
     ON CONFLICT (video_id, kind) DO UPDATE SET file = excluded.file, detail = excluded.detail`,
  )
  const get = database.prepare<[string], { kind: string; detail: string }>(
    'SELECT kind, detail FROM derived.picture WHERE video_id = ?',
  )
  const files = database.prepare<[], { file: string }>('SELECT file FROM derived.picture')
  return {
    put: (videoId, set) => {
      put.run(videoId, 'poster', set.poster.file, JSON.stringify(set.poster))
      put.run(videoId, 'sprite', set.sprite.file, JSON.stringify(set.sprite))
    },
    get: (videoId) => {
      const rows = new Map(get.all(videoId).map((row) => [row.kind, JSON.parse(row.detail) as unknown]))
      if (rows.size < 2) return null
      return {
        poster: rows.get('poster') as PictureSet['poster'],
        sprite: rows.get('sprite') as PictureSet['sprite'],
      }
    },
    sweep: (directory) => {
      const kept = new Set(files.all().map(({ file }) => file))
      const orphans = readdirSync(directory).filter((name) => !kept.has(name))
      for (const name of orphans) rmSync(join(directory, name), { force: true })
      return orphans.length
    },
  }
}
