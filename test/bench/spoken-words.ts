import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import Sqlite from 'better-sqlite3'
import * as v from 'valibot'
import { wordsOf } from '../../src-main/domain/fold-words.ts'
import { isFunctionWord } from '../../src-main/domain/function-words.ts'
import { ftsMatch } from '../../src-main/catalog/fts-match.ts'
import { someFacts, temporaryStore } from '../catalog/temporary-store.ts'
import { captionFile } from './caption-index.ts'
import { benchmarkFolder, readQueries, truthFile, type Query } from './qvhighlights.ts'
import { zipEntries } from './zip-entries.ts'

export type WordRow = {
  readonly what: string
  readonly lines: number
  readonly indexSeconds: number
  readonly bytesPerLine: number
  readonly p50: number
  readonly p95: number
  /** Share of queries with any answer, and with the right film first, among the first 5, the first 10. */
  readonly answered: number
  readonly at1: number
  readonly at5: number
  readonly at10: number
}

type Film = { readonly id: string; readonly lines: readonly string[] }

const captionRow = v.object({ description: v.string() })
const limit = 100

/** The captions of QVHighlights' films as if somebody said them, one every 2 s (methods.md 4.1). */
const readFilms = (folder: string): readonly Film[] =>
  [...zipEntries(readFileSync(join(folder, captionFile)))].map(([name, content]) => ({
    id: basename(name, '.jsonl'),
    lines: content
      .split('\n')
      .filter((row) => row.trim() !== '')
      .map((row) => v.parse(captionRow, JSON.parse(row)).description),
  }))

const share = (count: number, all: number): number => Math.round((1000 * count) / all) / 10
const rounded = (value: number): number => Math.round(value * 100) / 100

/** Asks all queries; `ask` answers films, best first. */
const measure = (
  made: { readonly what: string; readonly lines: number; readonly seconds: number; readonly bytes: number },
  queries: readonly Query[],
  ask: (text: string) => readonly string[],
): WordRow => {
  const times: number[] = []
  const ranks = queries.map(({ text, video }) => {
    const start = process.cpuUsage()
    const films = [...new Set(ask(text))]
    times.push(process.cpuUsage(start).user / 1000)
    return { answered: films.length > 0, rank: films.indexOf(video) }
  })
  times.sort((a, b) => a - b)
  const within = (most: number): number =>
    share(ranks.filter(({ rank }) => rank >= 0 && rank < most).length, queries.length)
  return {
    what: made.what,
    lines: made.lines,
    indexSeconds: rounded(made.seconds),
    bytesPerLine: Math.round(made.bytes / made.lines),
    p50: rounded(times[times.length >> 1] ?? 0),
    p95: rounded(times[Math.floor(times.length * 0.95)] ?? 0),
    answered: share(ranks.filter(({ answered }) => answered).length, queries.length),
    at1: within(1),
    at5: within(5),
    at10: within(10),
  }
}

/** A plain FTS5 table of lines: what `tokenize` gives by itself. */
const plain = (
  what: string,
  tokenize: string,
  films: readonly Film[],
  queries: readonly Query[],
  matchOf: (text: string) => string | null,
): WordRow => {
  const database = new Sqlite('')
  database.exec(
    `CREATE TABLE film (id INTEGER PRIMARY KEY, name TEXT);
     CREATE VIRTUAL TABLE line USING fts5(words, content='', tokenize="${tokenize}")`,
  )
  const add = database.prepare('INSERT INTO line (rowid, words) VALUES (?, ?)')
  const name = database.prepare('INSERT INTO film (id, name) VALUES (?, ?)')
  let rows = 0
  const start = performance.now()
  database.transaction(() => {
    for (const { id, lines } of films)
      for (const line of lines) {
        rows += 1
        name.run(rows, id)
        add.run(rows, wordsOf(line).join(' '))
      }
  })()
  const seconds = (performance.now() - start) / 1000
  const bytes = database.prepare("SELECT sum(pgsize) AS bytes FROM dbstat WHERE name LIKE 'line%'").get() as {
    bytes: number
  }
  const find = database.prepare<[string, number], { name: string }>(
    `SELECT film.name FROM line JOIN film ON film.id = line.rowid WHERE line MATCH ?
     ORDER BY bm25(line), line.rowid LIMIT ?`,
  )
  const row = measure({ what, lines: rows, seconds, bytes: bytes.bytes }, queries, (text) => {
    const match = matchOf(text)
    return match === null ? [] : find.all(match, limit).map((found) => found.name)
  })
  database.close()
  return row
}

const ours = (films: readonly Film[], queries: readonly Query[]): WordRow => {
  const library = temporaryStore()
  const { store, database } = library
  const folder = store.folders.add({ path: '/films', bytes: null }, 0)
  database.transaction(() => {
    for (const { id } of films) {
      const path = { path: `/films/${id}.mp4`, bytes: null }
      store.locations.identified(folder.id, 1, { path, size: 1, mtime: 1, videoId: id }, 0)
    }
  })()
  const start = performance.now()
  for (const { id, lines } of films) {
    const timed = lines.map((text, i) => ({ start: i * 2, end: i * 2 + 2, text }))
    const subtitle = { name: 'captions', language: 'en', lines: timed }
    database.transaction(() => store.facts.put(id, 1, someFacts(lines.length * 2), [subtitle]))()
  }
  const seconds = (performance.now() - start) / 1000
  const bytes = database
    .prepare(
      "SELECT sum(pgsize) AS bytes FROM dbstat('derived') WHERE name LIKE 'passage%' OR name LIKE 'word%'",
    )
    .get() as { bytes: number }
  const lines = films.reduce((sum, film) => sum + film.lines.length, 0)
  const scope = { only: null, space: 'palette', limit }
  const row = measure(
    { what: 'passages, forms, 60 % of the words by weight (Kinora)', lines, seconds, bytes: bytes.bytes },
    queries,
    (text) => store.texts.said(store.texts.ask(text, false), scope).map(({ videoId }) => videoId),
  )
  library.dispose()
  return row
}

const contentOf = (text: string): readonly string[] => wordsOf(text).filter((word) => !isFunctionWord(word))

/**
 * `kinora bench words`: 113,620 captions as if they were said, and the 1,550 queries of people about what is seen there.
 * Milliseconds of the processor a query (others
 * may be at work here), per cent of the queries.
 */
export const run = (): Promise<{ readonly name: 'words'; readonly rows: readonly WordRow[] }> => {
  const folder = benchmarkFolder(captionFile, truthFile)
  if (folder === null) return Promise.resolve({ name: 'words', rows: [] })
  const films = readFilms(folder)
  const queries = readQueries(folder)
  const simple = 'unicode61 remove_diacritics 0'
  const anyOf = (text: string): string | null =>
    contentOf(text)
      .map((word) => `"${word}"`)
      .join(' OR ') || null
  const allOf = (text: string): string | null => ftsMatch(contentOf(text).join(' '), false)
  return Promise.resolve({
    name: 'words',
    rows: [
      plain('lines, every word', simple, films, queries, (text) => ftsMatch(text, false)),
      plain('lines, every word but function words', simple, films, queries, allOf),
      plain('lines, the same, porter', `porter ${simple}`, films, queries, allOf),
      plain('lines, the same, trigram', 'trigram', films, queries, allOf),
      plain('lines, any word, bm25', simple, films, queries, anyOf),
      ours(films, queries),
    ],
  })
}
