import { filterGroups, type FilterGroup, type SignedFilter } from '../domain/filter-groups.ts'
import type { Database } from './database.ts'
import type { FilterFolders } from './filter-folders.ts'
import {
  conditionOf,
  distinctConditions,
  inFolders,
  joinConditions,
  type SqlCondition,
} from './filter-sql.ts'

export type Filters = {
  /** The ids of the visible films that pass all filters; null where there are none: every film passes. */
  readonly passing: (filters: readonly SignedFilter[], now: Date) => ReadonlySet<string> | null
}

type Statement = { readonly all: (...values: (string | number)[]) => string[] }

/** Planning 2,500 at once takes 4 s, in pieces of 40 it takes 0.3 s (measured); nobody writes so many but by accident. */
const conditionsAtOnce = 40

/** So many different shapes of questions are kept prepared. */
const statementsKept = 50

/**
 * Filters over the columns of `filter-rows.ts`, in SQL with their indexes. What they mean is said by
 * domain/filter-match.ts; a test holds both against each other.
 */
export const createFilters = (database: Database, folders: FilterFolders): Filters => {
  const changes = database.prepare<[], { count: number }>('SELECT total_changes() AS count')
  const statements = new Map<string, Statement>()
  let last: { readonly key: string; readonly changes: number; readonly ids: ReadonlySet<string> } | null =
    null

  const statementOf = (where: string): Statement => {
    const kept = statements.get(where)
    statements.delete(where)
    const statement =
      kept ??
      database
        .prepare<(string | number)[], string>(
          `SELECT film.video_id FROM derived.filter_row AS film WHERE ${where}`,
        )
        .pluck()
    statements.set(where, statement)
    for (const oldest of statements.keys()) {
      if (statements.size <= statementsKept) break
      statements.delete(oldest)
    }
    return statement
  }

  const groupCondition = ({ negative, any }: FilterGroup, now: Date): SqlCondition => {
    const texts = any.map(({ value }) => (value.kind === 'text' ? value.text : ''))
    const either =
      any[0].name === 'in'
        ? inFolders(folders.matching(texts))
        : joinConditions('OR', distinctConditions(any.map((one) => conditionOf(one, now))))
    // What nobody knows passes the negative.
    return negative ? { sql: `((${either.sql}) IS NOT TRUE)`, values: either.values } : either
  }

  /** What passes all conditions; so many that SQLite would plan for seconds are asked in pieces. */
  const ask = (conditions: readonly SqlCondition[]): ReadonlySet<string> => {
    let ids: ReadonlySet<string> | null = null
    for (let at = 0; at < conditions.length && ids?.size !== 0; at += conditionsAtOnce) {
      const { sql, values } = joinConditions('AND', conditions.slice(at, at + conditionsAtOnce))
      const some = new Set(statementOf(sql).all(...values))
      ids = ids === null ? some : some.intersection(ids)
    }
    return ids ?? new Set()
  }

  return {
    passing: (filters, now) => {
      if (filters.length === 0) return null
      const conditions = distinctConditions(filterGroups(filters).map((group) => groupCondition(group, now)))
      const key = JSON.stringify(conditions)
      const count = changes.get()?.count ?? 0
      if (last?.key !== key || last.changes !== count) last = { key, changes: count, ids: ask(conditions) }
      return last.ids
    },
  }
}
