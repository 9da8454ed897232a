import { liesIn, pathNames, writtenNames } from '../domain/folder-match.ts'
import type { Database } from './database.ts'

/** A folder that films lie in: the names in its path, as they are written and as `in:` compares them. */
export type FilmFolder = {
  readonly id: number
  /** With its last separator. */
  readonly path: string
  readonly written: readonly string[]
  readonly names: readonly string[]
}

export type FilterFolders = {
  /** The id of a folder, which is made known. Runs inside the caller's transaction. */
  readonly idOf: (path: string) => number
  readonly all: () => readonly FilmFolder[]
  /** The folders that `in:` with any of these texts means. */
  readonly matching: (wanted: readonly string[]) => ReadonlySet<number>
  /** Forgets the folders in which no film lies any more. */
  readonly prune: () => void
}

/** The folders as they were read, and which of them have a name in their path. */
type Known = {
  readonly folders: readonly FilmFolder[]
  readonly byName: ReadonlyMap<string, readonly FilmFolder[]>
}

const indexed = (folders: readonly FilmFolder[]): Known => {
  const byName = new Map<string, FilmFolder[]>()
  for (const folder of folders)
    for (const name of new Set(folder.names)) {
      const same = byName.get(name)
      if (same === undefined) byName.set(name, [folder])
      else same.push(folder)
    }
  return { folders, byName }
}

/**
 * The folders of all films, in derived.db. Names of folders are few beside the folders, and these beside the films: so a
 * text is compared with every name, and not with every path.
 */
export const createFilterFolders = (database: Database): FilterFolders => {
  const find = database.prepare<[string], { id: number }>(
    'SELECT id FROM derived.filter_folder WHERE path = ?',
  )
  const add = database.prepare('INSERT INTO derived.filter_folder (path) VALUES (?)')
  const list = database.prepare<[], { id: number; path: string }>(
    'SELECT id, path FROM derived.filter_folder',
  )
  const prune = database.prepare(
    `DELETE FROM derived.filter_folder WHERE NOT EXISTS
       (SELECT 1 FROM derived.filter_place WHERE folder_id = filter_folder.id)`,
  )
  let last: Known | null = null

  const known = (): Known => {
    last ??= indexed(
      list.all().map(({ id, path }) => ({ id, path, written: writtenNames(path), names: pathNames(path) })),
    )
    return last
  }
  const matchingOne = (wanted: string): readonly FilmFolder[] => {
    const [first, ...inner] = pathNames(wanted)
    if (first === undefined) return []
    return [...known().byName]
      .filter(([name]) => liesIn([name], [first]))
      .flatMap(([, folders]) =>
        inner.length === 0 ? folders : folders.filter(({ names }) => liesIn(names, [first, ...inner])),
      )
  }
  return {
    all: () => known().folders,
    idOf: (path) => {
      const row = find.get(path)
      if (row !== undefined) return row.id
      last = null
      return Number(add.run(path).lastInsertRowid)
    },
    matching: (wanted) => new Set(wanted.flatMap(matchingOne).map(({ id }) => id)),
    prune: () => {
      if (prune.run().changes > 0) last = null
    },
  }
}
