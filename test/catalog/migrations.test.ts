import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { expect, it } from 'vitest'
import { openDatabase } from '../../src-main/catalog/database.ts'
import { derivedMigrations } from '../../src-main/catalog/migrations.ts'
import { createChunkStore } from '../../src-main/catalog/vector-chunks.ts'
import { libraryPaths } from '../../src-main/foundation/library-paths.ts'
import { createLog } from '../../src-main/foundation/log.ts'

it('a library of the first version is brought up to date, with what was found out', () => {
  const directory = mkdtempSync(join(tmpdir(), 'kinora-migration-'))
  const paths = libraryPaths(directory)
  const log = createLog('test', null)
  const fresh = openDatabase(paths, log, new Date(0))
  if (!fresh.ok) throw new Error(fresh.error.message)
  fresh.value.close()
  rmSync(paths.derived)
  const old = new Sqlite(':memory:')
  old.prepare('ATTACH ? AS derived').run(paths.derived)
  old.exec(derivedMigrations[0]?.sql ?? '')
  old.pragma('derived.user_version = 1')
  old
    .prepare(
      `INSERT INTO derived.vector_chunk (video_id, model, stage, kind, dimensions, count, times, vectors)
       VALUES ('va', 'palette', 'skimmed', 'frame', 1, 2, ?, ?)`,
    )
    .run(Buffer.from(new Float64Array([0, 5]).buffer), Buffer.alloc(4))
  old.close()

  const opened = openDatabase(paths, log, new Date(0))
  if (!opened.ok) throw new Error(opened.error.message)
  expect(opened.value.pragma('derived.user_version', { simple: true })).toBe(
    derivedMigrations.at(-1)?.version,
  )
  const [chunk] = createChunkStore(opened.value).ofVideo('va', 'palette')
  expect(chunk).toMatchObject({ count: 2, starts: null })
  expect([...(chunk?.times ?? [])]).toEqual([0, 5])
  expect(opened.value.prepare('SELECT count(*) AS count FROM derived.shot').get()).toEqual({ count: 0 })
  opened.value.close()
  rmSync(directory, { recursive: true })
})
