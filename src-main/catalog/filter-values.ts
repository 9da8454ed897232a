import type { FilterValueCount } from '../../src-preload/contract/search-nouns.ts'
import type { Database } from './database.ts'

export type FilterValues = {
  /** Values that the filter `name` can have in this library and that begin like `prefix`, the most frequent first. */
  readonly of: (name: string, prefix: string, limit: number) => readonly FilterValueCount[]
}

/** What people may write behind a filter's colon. */
export const createFilterValues = (database: Database): FilterValues => {
  const codecs = database.prepare<[], FilterValueCount>(
    'SELECT codec AS value, count(*) AS count FROM derived.filter_row GROUP BY codec ORDER BY count DESC, codec',
  )
  return {
    of: (name, prefix, limit) =>
      name === 'codec'
        ? codecs
            .all()
            .filter(({ value }) => value.startsWith(prefix.toLowerCase()))
            .slice(0, limit)
        : [],
  }
}
