import type { PastQuery } from '../../src-preload/contract/search-nouns.ts'
import type { Database } from './database.ts'

/** More are nobody's history, but a record of a life. */
const kept = 500

export type PastQueries = {
  /** The newest first. */
  readonly list: (limit: number) => readonly PastQuery[]
  /** `now`: seconds since 1970. A query that is asked again is new again. */
  readonly add: (query: string, now: number) => void
  /** One, or all (null). */
  readonly forget: (query: string | null) => void
}

/** What a person has looked for, in library.db. */
export const createPastQueries = (database: Database): PastQueries => {
  const list = database.prepare<[number], { query: string; asked_at: number }>(
    'SELECT query, asked_at FROM past_query ORDER BY asked_at DESC, query LIMIT ?',
  )
  const add = database.prepare(
    `INSERT INTO past_query (query, asked_at) VALUES (?, ?)
     ON CONFLICT (query) DO UPDATE SET asked_at = excluded.asked_at`,
  )
  const trim = database.prepare(
    `DELETE FROM past_query WHERE query IN
       (SELECT query FROM past_query ORDER BY asked_at DESC, query LIMIT -1 OFFSET ?)`,
  )
  const forget = database.prepare('DELETE FROM past_query WHERE query = ?')
  const forgetAll = database.prepare('DELETE FROM past_query')
  return {
    list: (limit) =>
      list.all(limit).map(({ query, asked_at: at }) => ({ query, at: new Date(at * 1000).toISOString() })),
    add: database.transaction((query: string, now: number) => {
      const asked = query.trim().replace(/\s+/g, ' ')
      if (asked === '') return
      add.run(asked, now)
      trim.run(kept)
    }),
    forget: (query) => {
      if (query === null) forgetAll.run()
      else forget.run(query)
    },
  }
}
