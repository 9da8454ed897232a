import type { FilterValueCount } from '../../src-preload/contract/search-nouns.ts'
import { completionRank } from '../domain/completion-rank.ts'
import { filterNameOf } from '../domain/query-filter-names.ts'
import { compares, readComparison } from '../domain/query-values.ts'
import type { Database } from './database.ts'
import type { FilterFolders } from './filter-folders.ts'
import { nameCondition } from './filter-sql.ts'
import { createFolderValues } from './folder-values.ts'
import { ftsPrefix } from './fts-match.ts'

export type FilterValues = {
  /**
   * Values that the filter `name` (in English or German) can have in this library and how many visible films each lets
   * through. Those that begin like `prefix` come first, then those with a word that does; each the most frequent first.
   * Case and accents do not count. None for filters whose values are not the library's.
   */
  readonly of: (name: string, prefix: string, limit: number) => readonly FilterValueCount[]
}

/** Names that are looked through for one answer: of a prefix that fits more, any are as good. */
const mostNames = 400

const ranked = (values: readonly FilterValueCount[], prefix: string): readonly FilterValueCount[] =>
  values
    .flatMap((one) => {
      const rank = completionRank(one.value, prefix)
      return rank === null ? [] : [{ one, rank }]
    })
    .sort((a, b) => a.rank - b.rank || b.one.count - a.one.count || (a.one.value < b.one.value ? -1 : 1))
    .map(({ one }) => one)

/** What people may write behind a filter's colon. */
export const createFilterValues = (database: Database, folders: FilterFolders): FilterValues => {
  const codecs = database.prepare<[], FilterValueCount>(
    'SELECT codec AS value, count(*) AS count FROM derived.filter_row GROUP BY codec',
  )
  const tags = database.prepare<[], FilterValueCount>(
    `SELECT tag.name AS value, count(DISTINCT tagged.video_id) AS count FROM tag
     JOIN tagged ON tagged.tag_id = tag.id
     JOIN derived.filter_row ON filter_row.video_id = tagged.video_id GROUP BY tag.id`,
  )
  const names = database.prepare<[string, number], FilterValueCount>(
    `SELECT place.name AS value, count(DISTINCT place.video_id) AS count FROM derived.filter_place AS place
     WHERE place.video_id IN (SELECT named.video_id FROM derived.video_name
       JOIN derived.named ON named.id = video_name.rowid WHERE video_name MATCH ? LIMIT ?)
     GROUP BY place.name_key`,
  )
  const someNames = database.prepare<[number], FilterValueCount>(
    `SELECT place.name AS value, count(DISTINCT place.video_id) AS count FROM
       (SELECT name, name_key, video_id FROM derived.filter_place LIMIT ?) AS place GROUP BY place.name_key`,
  )
  const stars = database.prepare<[], { stars: number; films: number }>(
    `SELECT stars, count(*) AS films FROM rating
     JOIN derived.filter_row ON filter_row.video_id = rating.video_id WHERE stars > 0 GROUP BY stars`,
  )
  const films = database.prepare<[], { films: number }>('SELECT count(*) AS films FROM derived.filter_row')
  const inFolders = createFolderValues(database, folders)

  const ratingValues = (prefix: string): readonly FilterValueCount[] => {
    const { operator, rest } = readComparison(prefix)
    const counts = new Map(stars.all().map((row) => [row.stars, row.films]))
    const rated = [...counts.values()].reduce((sum, count) => sum + count, 0)
    counts.set(0, (films.get()?.films ?? 0) - rated)
    const sign = prefix.slice(0, prefix.length - rest.length)
    return [5, 4, 3, 2, 1, 0]
      .filter((wanted) => String(wanted).startsWith(rest))
      .map((wanted) => ({
        value: `${sign}${wanted}`,
        count: [...counts]
          .filter(([actual]) => compares(actual, operator ?? '=', wanted))
          .reduce((sum, [, count]) => sum + count, 0),
      }))
      .filter(({ count }) => count > 0)
  }
  const countNamed = (name: string): number => {
    const { sql, values } = nameCondition(name)
    const named = database.prepare<(string | number)[], { films: number }>(
      `SELECT count(*) AS films FROM derived.filter_row AS film WHERE ${sql}`,
    )
    return named.get(...values)?.films ?? 0
  }
  const nameValues = (prefix: string, limit: number): readonly FilterValueCount[] => {
    const match = ftsPrefix(prefix)
    const found =
      prefix.trim() === '' ? someNames.all(mostNames) : match === null ? [] : names.all(match, mostNames)
    // A name that stands in longer ones lets these through too.
    return ranked(found, prefix)
      .slice(0, limit)
      .map(({ value }) => ({ value, count: countNamed(value) }))
  }

  return {
    of: (called, prefix, limit) => {
      switch (filterNameOf(called)) {
        case 'in':
          return inFolders(prefix, limit)
        case 'tag':
          return ranked(tags.all(), prefix).slice(0, limit)
        case 'codec':
          return ranked(codecs.all(), prefix).slice(0, limit)
        case 'name':
          return nameValues(prefix, limit)
        case 'rating':
          return ratingValues(prefix).slice(0, limit)
        default:
          return []
      }
    },
  }
}
