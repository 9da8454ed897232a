import { foldedName, namePieces } from '../domain/folder-match.ts'
import { nameKey } from '../domain/name-key.ts'
import { startOfDate, stretchOfSpan } from '../domain/query-dates.ts'
import type { ReadFilter } from '../domain/query-filters.ts'
import { compares, type Comparison } from '../domain/query-values.ts'

/** A condition on a row `film` of derived.filter_row, and what its question marks stand for, in their order. */
export type SqlCondition = { readonly sql: string; readonly values: readonly (string | number)[] }

const nothing: SqlCondition = { sql: '0', values: [] }
const everything: SqlCondition = { sql: '1', values: [] }

/** Each condition once, in their order. */
export const distinctConditions = (conditions: readonly SqlCondition[]): readonly SqlCondition[] => [
  ...new Map(conditions.map((one) => [JSON.stringify(one), one])).values(),
]

/** Conditions joined as a tree: SQLite takes an expression 1,000 levels deep at most, and a query may have more filters. */
export const joinConditions = (by: 'AND' | 'OR', conditions: readonly SqlCondition[]): SqlCondition => {
  const [only, ...more] = conditions
  if (only === undefined) return by === 'AND' ? everything : nothing
  if (more.length === 0) return only
  const half = Math.ceil(conditions.length / 2)
  const left = joinConditions(by, conditions.slice(0, half))
  const right = joinConditions(by, conditions.slice(half))
  return { sql: `(${left.sql} ${by} ${right.sql})`, values: [...left.values, ...right.values] }
}

/** No file system has longer names; SQLite's LIKE takes no longer pattern. */
const longestName = 4096
/** The trigram tokenizer finds three letters and more. */
const shortestGram = 3

/** Holds these pieces in the name of one of its files. */
export const nameCondition = (wanted: string): SqlCondition => {
  const pieces = namePieces(wanted)
  // No name has a NUL; what SQLite compares ends at one.
  if (wanted.includes('\0') || pieces.reduce((sum, { length }) => sum + length, 0) > longestName)
    return nothing
  const pattern = `%${pieces.map((piece) => piece.replace(/[\\%_]/g, (sign) => `\\${sign}`)).join('%')}%`
  const longest = pieces.reduce(
    (best, piece) => (Array.from(piece).length > Array.from(best).length ? piece : best),
    '',
  )
  if (Array.from(longest).length < shortestGram)
    return {
      sql: `film.video_id IN (SELECT video_id FROM derived.filter_place WHERE name_key LIKE ? ESCAPE '\\')`,
      values: [pattern],
    }
  return {
    sql: `film.video_id IN (SELECT place.video_id FROM derived.filter_name
      JOIN derived.filter_place AS place ON place.location_id = filter_name.rowid
      WHERE filter_name MATCH ? AND place.name_key LIKE ? ESCAPE '\\')`,
    values: [`"${longest.replaceAll('"', '""')}"`, pattern],
  }
}

const offline = `(film.video_id IN (SELECT video_id FROM main.location WHERE present = 1 AND folder_id IN
    (SELECT id FROM main.folder WHERE online = 0))
  AND NOT EXISTS (SELECT 1 FROM main.location JOIN main.folder ON folder.id = location.folder_id
    WHERE location.video_id = film.video_id AND present = 1 AND online = 1))`

const flags: Readonly<Record<string, string>> = {
  hdr: 'film.hdr = 1',
  audio: 'film.has_audio = 1',
  subtitles: 'film.has_subtitles = 1',
  chapters: 'film.has_chapters = 1',
  offline,
  online: `NOT ${offline}`,
}

const textCondition = (name: ReadFilter['name'], text: string): SqlCondition => {
  switch (name) {
    case 'name':
      return nameCondition(text)
    case 'tag':
      return {
        sql: `film.video_id IN (SELECT video_id FROM main.tagged WHERE tag_id =
          (SELECT id FROM main.tag WHERE name_key = ?))`,
        values: [nameKey(text)],
      }
    case 'codec':
      return { sql: 'film.codec = ?', values: [foldedName(text)] }
    case 'is':
    case 'has': {
      const flag = Object.hasOwn(flags, text) ? flags[text] : undefined
      return flag === undefined ? { sql: 'film.shape = ?', values: [text] } : { sql: flag, values: [] }
    }
    case 'in':
    case 'longer':
    case 'shorter':
    case 'after':
    case 'before':
    case 'on':
    case 'res':
    case 'size':
    case 'rating':
      return nothing
  }
}

const opposite: Readonly<Record<Comparison, Comparison>> = {
  '=': '>',
  '>': '<=',
  '>=': '<',
  '<': '>=',
  '<=': '>',
}

/** Whoever did not rate a film gave it 0 stars, without a row. */
const ratingCondition = (operator: Comparison, stars: number): SqlCondition =>
  compares(0, operator, stars)
    ? {
        sql: `film.video_id NOT IN (SELECT video_id FROM main.rating WHERE stars ${opposite[operator]} ?)`,
        values: [stars],
      }
    : {
        sql: `film.video_id IN (SELECT video_id FROM main.rating WHERE stars ${operator} ?)`,
        values: [stars],
      }

const numberCondition = ({ name, operator }: ReadFilter, number: number): SqlCondition => {
  if (name === 'rating') return ratingCondition(operator, number)
  const column = name === 'res' ? 'short_side' : name === 'size' ? 'size' : 'duration'
  return { sql: `film.${column} ${operator} ?`, values: [number] }
}

const seconds = (date: Date): number => date.getTime() / 1000

/** What one filter asks of a film, but `in:`, whose folders the caller knows. */
export const conditionOf = (filter: ReadFilter, now: Date): SqlCondition => {
  const { value } = filter
  switch (value.kind) {
    case 'text':
      return textCondition(filter.name, value.text)
    case 'number':
      return numberCondition(filter, value.number)
    case 'date':
      return { sql: `film.created ${filter.operator} ?`, values: [seconds(startOfDate(value.date, now))] }
    case 'dates': {
      const { start, end } = stretchOfSpan(value.span, now)
      return joinConditions('AND', [
        ...(start === null ? [] : [{ sql: 'film.created >= ?', values: [seconds(start)] }]),
        ...(end === null ? [] : [{ sql: 'film.created < ?', values: [seconds(end)] }]),
      ])
    }
  }
}

/** Lies in one of these folders. */
export const inFolders = (ids: ReadonlySet<number>): SqlCondition =>
  ids.size === 0
    ? nothing
    : {
        sql: `film.video_id IN (SELECT video_id FROM derived.filter_place WHERE folder_id IN
          (SELECT value FROM json_each(?)))`,
        values: [JSON.stringify([...ids])],
      }
