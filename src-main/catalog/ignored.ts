import type { IgnoredCount, IgnoredEntry } from '../../src-preload/contract/nouns.ts'
import type { Database } from './database.ts'

/** Examples kept for each folder and rule; the counts are complete. */
const examplesKept = 200
const examplesListed = 1_000

export type Ignored = {
  /** A scan of a whole folder starts: its old examples go. */
  readonly restart: (folderId: number) => void
  readonly add: (folderId: number, entries: readonly IgnoredEntry[]) => void
  readonly setCounts: (folderId: number, counts: readonly IgnoredCount[]) => void
  readonly counts: () => readonly IgnoredCount[]
  readonly entries: () => readonly IgnoredEntry[]
}

/** What scans left out, so that no rule works unseen. */
export const createIgnored = (database: Database): Ignored => {
  const clear = database.prepare('DELETE FROM derived.ignored WHERE folder_id = ?')
  const clearCounts = database.prepare('DELETE FROM derived.ignored_count WHERE folder_id = ?')
  const have = database.prepare<[number, string], { count: number }>(
    'SELECT count(*) AS count FROM derived.ignored WHERE folder_id = ? AND rule = ?',
  )
  const add = database.prepare('INSERT INTO derived.ignored (folder_id, rule, path) VALUES (?, ?, ?)')
  const setCount = database.prepare(
    'INSERT INTO derived.ignored_count (folder_id, rule, count) VALUES (?, ?, ?)',
  )
  const counts = database.prepare<[], IgnoredCount>(
    'SELECT rule, sum(count) AS count FROM derived.ignored_count GROUP BY rule HAVING sum(count) > 0 ORDER BY rule',
  )
  const entries = database.prepare<[number], IgnoredEntry>(
    'SELECT path, rule FROM derived.ignored ORDER BY path LIMIT ?',
  )
  return {
    restart: (folderId) => void clear.run(folderId),
    add: database.transaction((folderId: number, all: readonly IgnoredEntry[]) => {
      for (const { path, rule } of all) {
        if ((have.get(folderId, rule)?.count ?? 0) < examplesKept) add.run(folderId, rule, path)
      }
    }),
    setCounts: database.transaction((folderId: number, all: readonly IgnoredCount[]) => {
      clearCounts.run(folderId)
      for (const { rule, count } of all) setCount.run(folderId, rule, count)
    }),
    counts: () => counts.all(),
    entries: () => entries.all(examplesListed),
  }
}
