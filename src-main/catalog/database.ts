import { makeFolder } from '../foundation/make-folder.ts'
import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { fail, ok } from '../../src-preload/contract/result.ts'
import type { Result } from '../../src-preload/contract/result.ts'
import type { LibraryPaths } from '../foundation/library-paths.ts'
import type { Log } from '../foundation/log.ts'
import { derivedMigrations, libraryMigrations } from './migrations.ts'
import type { Migration } from './migrations.ts'

/**
 * One connection with `library.db` as `main` and `derived.db` attached as `derived`. No transaction may write to
 * both: in WAL mode they do not commit together.
 */
export type Database = Sqlite.Database

const backupsKept = 7

const userVersion = (database: Database, schema: 'main' | 'derived'): number =>
  Number(database.pragma(`${schema}.user_version`, { simple: true }))

const migrate = (database: Database, schema: 'main' | 'derived', steps: readonly Migration[]): void => {
  for (const step of steps.filter(({ version }) => version > userVersion(database, schema))) {
    database.transaction(() => {
      database.exec(step.sql)
      database.pragma(`${schema}.user_version = ${step.version}`)
    })()
  }
}

/** A copy of library.db named by day and schema version; the newest few are kept. */
const backUp = (database: Database, paths: LibraryPaths, day: string): void => {
  const version = userVersion(database, 'main')
  if (version === 0) return
  makeFolder(paths.backups)
  const file = join(paths.backups, `library-${day}-v${version}.db`)
  if (!existsSync(file)) {
    rmSync(`${file}.part`, { force: true })
    database.prepare('VACUUM main INTO ?').run(`${file}.part`)
    renameSync(`${file}.part`, file)
  }
  const copies = readdirSync(paths.backups).filter((name) => /^library-.*\.db$/.test(name))
  for (const name of copies.sort().slice(0, -backupsKept)) rmSync(join(paths.backups, name), { force: true })
}

const isDamage = (cause: unknown): boolean =>
  cause instanceof Sqlite.SqliteError && /^SQLITE_(CORRUPT|NOTADB)/.test(cause.code)

const openDerived = (database: Database, paths: LibraryPaths): void => {
  database.prepare('ATTACH ? AS derived').run(paths.derived)
  try {
    database.pragma('derived.journal_mode = WAL')
    migrate(database, 'derived', derivedMigrations)
  } catch (cause) {
    database.exec('DETACH derived')
    throw cause
  }
}

/** Opens a read-only view of `derived.db` alone, for the segment builder. */
export const openDerivedReadOnly = (file: string): Database =>
  new Sqlite(file, { readonly: true, fileMustExist: true })

/**
 * Opens (and makes, and migrates) a library's two files. A damaged `derived.db` is put aside and made anew; a
 * damaged `library.db` is `bad-database`: it is a person's work, and its backups lie beside it.
 */
export const openDatabase = (paths: LibraryPaths, log: Log, now: Date): Result<Database> => {
  makeFolder(paths.directory)
  const day = now.toISOString().slice(0, 10)
  let database: Database | null = null
  try {
    database = new Sqlite(paths.library)
    database.pragma('journal_mode = WAL')
    database.pragma('foreign_keys = ON')
    if (userVersion(database, 'main') > (libraryMigrations.at(-1)?.version ?? 0)) {
      database.close()
      return fail('bad-database', 'This library was made by a newer Kinora.', 'Update Kinora.')
    }
    backUp(database, paths, day)
    migrate(database, 'main', libraryMigrations)
  } catch (cause) {
    database?.close()
    if (!isDamage(cause)) throw cause
    return fail(
      'bad-database',
      `${paths.library} is damaged.`,
      `Put the newest copy of ${paths.backups} in its place.`,
    )
  }
  try {
    openDerived(database, paths)
  } catch (cause) {
    if (!isDamage(cause)) throw cause
    log.warn({ cause }, 'derived.db is damaged: put aside and made anew')
    for (const ending of ['', '-wal', '-shm']) {
      if (existsSync(paths.derived + ending))
        renameSync(paths.derived + ending, `${paths.derived}.damaged${ending}`)
    }
    openDerived(database, paths)
  }
  // A power cut may cost the last derived rows (they are made again), never a person's own.
  database.pragma('main.synchronous = FULL')
  database.pragma('derived.synchronous = NORMAL')
  return ok(database)
}

/** A lock that the operating system holds for as long as this process lives. */
export type FileLock = { readonly release: () => void }

/** Takes the lock of a file, or null when another process has it. SQLite's own file lock dies with its holder. */
export const takeLock = (file: string): FileLock | null => {
  const lock = new Sqlite(file, { timeout: 0 })
  try {
    lock.pragma('locking_mode = EXCLUSIVE')
    lock.exec('BEGIN EXCLUSIVE')
    return { release: () => lock.close() }
  } catch (cause) {
    lock.close()
    if (cause instanceof Sqlite.SqliteError && cause.code.startsWith('SQLITE_BUSY')) return null
    throw cause
  }
}

/** Takes the lock of a library, or null when another process has it. */
export const takeLibraryLock = (paths: LibraryPaths): FileLock | null => {
  makeFolder(paths.directory)
  return takeLock(paths.lock)
}
