import type { FilterValueCount } from '../../src-preload/contract/search-nouns.ts'
import { completionRank } from '../domain/completion-rank.ts'
import { liesIn, pathNames, writtenNames } from '../domain/folder-match.ts'
import type { Database } from './database.ts'
import type { FilmFolder, FilterFolders } from './filter-folders.ts'

/** How many films lie in which folders; `several`: the folders of each film that lies in more than one. */
type FolderCounts = {
  readonly films: ReadonlyMap<number, number>
  readonly several: readonly (readonly number[])[]
}

/** Names of folders that begin like `prefix`, with how many films `in:` with them lets through. */
export type FolderValues = (prefix: string, limit: number) => readonly FilterValueCount[]

/** The folders from the watched ones down, as values of `in:`; behind `Holidays/` the folders in Holidays. */
export const createFolderValues = (database: Database, folders: FilterFolders): FolderValues => {
  const roots = database.prepare<[], { path: string }>('SELECT path FROM folder')
  const films = database.prepare<[], { id: number; films: number }>(
    'SELECT folder_id AS id, count(DISTINCT video_id) AS films FROM derived.filter_place GROUP BY folder_id',
  )
  const several = database.prepare<[], { ids: string }>(
    `SELECT json_group_array(DISTINCT folder_id) AS ids FROM derived.filter_place
     GROUP BY video_id HAVING min(folder_id) <> max(folder_id)`,
  )
  const changes = database.prepare<[], { count: number }>('SELECT total_changes() AS count')
  let last: { readonly at: number; readonly counts: FolderCounts } | null = null
  /** Read once for all letters of a value, unless something was written meanwhile. */
  const countsNow = (): FolderCounts => {
    const at = changes.get()?.count ?? 0
    if (last?.at !== at) {
      const own = new Map(films.all().map((row) => [row.id, row.films]))
      last = {
        at,
        counts: { films: own, several: several.all().map(({ ids }) => JSON.parse(ids) as number[]) },
      }
    }
    return last.counts
  }
  const countFilms = ({ films: counts, several: lists }: FolderCounts, ids: ReadonlySet<number>): number => {
    let sum = 0
    for (const id of ids) sum += counts.get(id) ?? 0
    for (const list of lists) sum -= Math.max(0, list.filter((id) => ids.has(id)).length - 1)
    return sum
  }
  /** Where the watched folder stands among a folder's names; nobody looks for what lies above it. */
  const depthOf = (watched: readonly { path: string; depth: number }[], { path }: FilmFolder): number =>
    watched.find((one) => path.startsWith(one.path))?.depth ?? 0

  return (prefix, limit) => {
    const parts = prefix.split(/[\\/]/)
    const begun = parts.at(-1) ?? ''
    const outer = pathNames(parts.slice(0, -1).join('/'))
    const watched = roots
      .all()
      .map(({ path }) => ({ path, depth: Math.max(0, writtenNames(path).length - 1) }))
    const ranks = new Map<string, 0 | 1 | null>()
    const rankOf = (name: string): 0 | 1 | null => {
      const known = ranks.get(name)
      if (known !== undefined) return known
      const rank = completionRank(name, begun)
      ranks.set(name, rank)
      return rank
    }
    const found = new Map<string, { value: string; rank: 0 | 1; rough: number }>()
    const counts = countsNow()
    for (const folder of folders.all()) {
      const films = counts.films.get(folder.id) ?? 0
      for (let at = depthOf(watched, folder) + outer.length; at < folder.written.length; at += 1) {
        const rank = rankOf(folder.written[at] ?? '')
        if (rank === null) continue
        const from = at - outer.length
        if (outer.length > 0 && !liesIn(folder.names.slice(from, at), outer)) continue
        const key = folder.names.slice(from, at + 1).join('/')
        const known = found.get(key)
        if (known !== undefined) known.rough += films
        else found.set(key, { value: folder.written.slice(from, at + 1).join('/'), rank, rough: films })
      }
    }
    return [...found.values()]
      .sort((a, b) => a.rank - b.rank || b.rough - a.rough || (a.value < b.value ? -1 : 1))
      .slice(0, limit)
      .map(({ value }) => ({ value, count: countFilms(counts, folders.matching([value])) }))
      .filter(({ count }) => count > 0)
  }
}
