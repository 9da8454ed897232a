import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { openDatabase } from '../../src-main/catalog/database.ts'
import type { Database } from '../../src-main/catalog/database.ts'
import { createVectors } from '../../src-main/catalog/vectors.ts'
import type { Vectors } from '../../src-main/catalog/vectors.ts'
import { seededRandom } from '../../src-main/domain/seeded-random.ts'
import { engineEntries } from '../../src-main/foundation/engine-entries.ts'
import { forkWithNode } from '../../src-main/foundation/engine-process.ts'
import { libraryPaths } from '../../src-main/foundation/library-paths.ts'
import { createLog } from '../../src-main/foundation/log.ts'
import {
  benchQueries,
  clipVectors,
  dimensions,
  exactScores,
  framesOfFilm,
  scriptedFilms,
} from './vectors-data.ts'
import type { BenchQuery, ClipVectors } from './vectors-data.ts'

export const model = 'clip'
/** Raise it when what is written below or in vectors-data.ts changes: the library is kept in the temporary folder. */
const version = 5
const queriesOfEach = 40

/** Which films a search may look at. */
export type Filter = {
  readonly name: string
  /** Share of the films. */
  readonly keeps: number
  /** The films whose best frame is farthest from the query; else any. */
  readonly farthest: boolean
}
export const filters: readonly Filter[] = [
  { name: 'none', keeps: 1, farthest: false },
  { name: 'any 1 %', keeps: 0.01, farthest: false },
  { name: 'any 10 %', keeps: 0.1, farthest: false },
  { name: 'any 50 %', keeps: 0.5, farthest: false },
  { name: 'all, by name', keeps: 1, farthest: false },
  { name: 'farthest 1 %', keeps: 0.01, farthest: true },
  { name: 'farthest 10 %', keeps: 0.1, farthest: true },
  { name: 'farthest 50 %', keeps: 0.5, farthest: true },
  { name: 'farthest 90 %', keeps: 0.9, farthest: true },
]

/** What exact search says. */
type Truth = {
  /** Of each query the best score of each film. */
  readonly films: Float32Array
  /** Of each filter, of each query the tenth score. */
  readonly tenths: Float32Array
  readonly writeSeconds: number
}

export type BenchLibrary = {
  readonly directory: string
  readonly count: number
  readonly films: number
  readonly queries: readonly BenchQuery[]
  readonly writeSeconds: number
  readonly databaseBytes: number
  /** Numbers of the films that a filter keeps for a query. */
  readonly kept: (filter: Filter, query: number) => readonly number[]
  readonly tenth: (filter: Filter, query: number) => number
}

export const filmName = (film: number): string => `v${film}`

export const openBenchVectors = (
  directory: string,
  segmentAt?: number,
): { readonly database: Database; readonly vectors: Vectors } => {
  const paths = libraryPaths(directory)
  const log = createLog('bench', null)
  const opened = openDatabase(paths, log, new Date(0))
  if (!opened.ok) throw new Error(opened.error.message)
  const vectors = createVectors({
    database: opened.value,
    paths,
    log,
    fork: forkWithNode,
    builder: engineEntries(import.meta.url).segmentBuilder,
    helper: engineEntries(import.meta.url).vectorHelper,
    ...(segmentAt === undefined ? {} : { segmentAt }),
  })
  return { database: opened.value, vectors }
}

const keptBy = (filmScores: Float32Array, { keeps, farthest }: Filter, query: number): readonly number[] => {
  const films = filmScores.length
  const wanted = Math.max(1, Math.round(keeps * films))
  if (wanted === films) return Array.from({ length: films }, (_, film) => film)
  const random = seededRandom(query)
  const at = farthest ? filmScores : Float32Array.from({ length: films }, random)
  return Array.from({ length: films }, (_, film) => film)
    .sort((a, b) => at[a]! - at[b]!)
    .slice(0, wanted)
}

const tenthOf = (scores: readonly Float32Array[], kept: readonly number[]): number => {
  const best = new Float32Array(11)
  for (const film of kept)
    for (const score of scores[film]!) {
      if (score <= best[0]!) continue
      best[0] = score
      best.sort()
    }
  return best[1]!
}

/** Puts all films through `Vectors.put`, and looks at each vector with each query. */
const make = (directory: string, clip: ClipVectors, films: number, queries: readonly BenchQuery[]): Truth => {
  rmSync(directory, { recursive: true, force: true })
  mkdirSync(directory, { recursive: true })
  const { database, vectors } = openBenchVectors(directory, Infinity)
  const scores = queries.map(() => [] as Float32Array[])
  const times = Array.from({ length: framesOfFilm }, (_, i) => i * 4)
  const together = 20
  let shows: (() => void)[] = []
  let writing = 0
  let film = 0
  database.exec('BEGIN')
  for (const frames of scriptedFilms(clip.photos, films)) {
    // What is kept is float16: exact search looks at the same numbers.
    const halves = new Float16Array(frames)
    const kept = new Float32Array(halves)
    queries.forEach(({ vector }, query) => scores[query]!.push(exactScores(kept, vector)))
    const begun = performance.now()
    const packed = new Uint8Array(halves.buffer)
    shows.push(
      vectors.put(filmName(film), model, 'analyzed', { dimensions, times, starts: times, vectors: packed }),
    )
    film += 1
    if (film % together === 0 || film === films) {
      database.exec('COMMIT')
      for (const show of shows) show()
      shows = []
      if (film < films) database.exec('BEGIN')
      if (film % 500 === 0) console.error(`bench: ${film} of ${films} films written`)
    }
    writing += performance.now() - begun
  }
  database.pragma('derived.wal_checkpoint(TRUNCATE)')
  database.close()
  const filmScores = new Float32Array(queries.length * films)
  const tenths = new Float32Array(filters.length * queries.length)
  scores.forEach((byFilm, query) => {
    byFilm.forEach((some, at) => {
      filmScores[query * films + at] = some.reduce((a, b) => Math.max(a, b))
    })
    filters.forEach((filter, at) => {
      const own = filmScores.subarray(query * films, (query + 1) * films)
      tenths[at * queries.length + query] = tenthOf(byFilm, keptBy(own, filter, query))
    })
  })
  return { films: filmScores, tenths, writeSeconds: writing / 1000 }
}

/**
 * A library of `count` vectors in the temporary folder, made once, and what exact search finds in it; null where the
 * shared folder is missing.
 */
export const benchLibrary = (count: number): BenchLibrary | null => {
  const clip = clipVectors()
  if (clip === null) return null
  const films = Math.round(count / framesOfFilm)
  const queries = benchQueries(clip, queriesOfEach)
  const directory = join(tmpdir(), `kinora-bench-vectors-${films * framesOfFilm}-${version}`)
  const known = join(directory, 'truth.bin')
  if (!existsSync(known)) {
    const truth = make(directory, clip, films, queries)
    const head = Float32Array.of(truth.writeSeconds)
    writeFileSync(
      known,
      Buffer.concat([head, truth.films, truth.tenths].map(({ buffer }) => Buffer.from(buffer))),
    )
  }
  const all = new Float32Array(new Uint8Array(readFileSync(known)).buffer)
  const filmScores = all.subarray(1, 1 + queries.length * films)
  const tenths = all.subarray(1 + filmScores.length)
  return {
    directory,
    count: films * framesOfFilm,
    films,
    queries,
    writeSeconds: all[0]!,
    databaseBytes: statSync(libraryPaths(directory).derived).size,
    kept: (filter, query) => keptBy(filmScores.subarray(query * films, (query + 1) * films), filter, query),
    tenth: (filter, query) => tenths[filters.indexOf(filter) * queries.length + query]!,
  }
}

/** Has the segment builder make one segment of all vectors, in place of what is there; its bytes and the seconds it took. */
/** Seconds and bytes of a segment's codes, and of its graph. */
export type BuiltSegment = {
  readonly seconds: number
  readonly bytes: number
  readonly graphSeconds: number
  readonly graphBytes: number
}

export const buildSegment = async ({ directory, count }: BenchLibrary): Promise<BuiltSegment> => {
  const old = openBenchVectors(directory, Infinity)
  old.database.prepare('DELETE FROM derived.vector_segment').run()
  old.database.close()
  const begun = performance.now()
  const { database, vectors } = openBenchVectors(directory, Math.min(32_768, count))
  const pack = { dimensions, times: [0], vectors: new Uint8Array(dimensions * 2) }
  // A film of one black frame: with it the catalog looks whether a segment is due.
  database.transaction(() => vectors.put('v-black', model, 'skimmed', pack))()()
  const segment = database.prepare('SELECT file FROM derived.vector_segment').pluck()
  while (segment.get() === undefined) await wait(50)
  const seconds = (performance.now() - begun) / 1000
  const graph = database.prepare('SELECT graph_sha256 FROM derived.vector_segment').pluck()
  while (graph.get() === null) await wait(50)
  const graphSeconds = (performance.now() - begun) / 1000 - seconds
  const sizeOf = (name: string): number => statSync(join(libraryPaths(directory).segments, name)).size
  const codes = segment.get() as string
  database.close()
  return {
    seconds,
    bytes: sizeOf(codes),
    graphSeconds,
    graphBytes: sizeOf(codes.replace(/codes$/, 'usearch')),
  }
}
