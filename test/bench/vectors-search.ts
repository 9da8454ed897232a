/**
 * Searches the library of `bench vectors` through the catalog's own code, in a process of its own, so that its memory is
 * its own: `node vectors-search.ts COUNT`. Says its rows as JSON.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as wait } from 'node:timers/promises'
import type { IndexQuery } from '../../src-main/catalog/model-index.ts'
import { benchLibrary, filmName, filters, model, openBenchVectors } from './vectors-library.ts'
import type { BenchQuery } from './vectors-data.ts'

export type SearchRow = {
  readonly filter: string
  readonly recallTexts: number
  readonly recallPictures: number
  readonly least: number
  readonly p50: number
  readonly p95: number
  readonly most: number
}
export type SearchReport = {
  readonly rows: readonly SearchRow[]
  readonly films: SearchRow
  readonly filmScores: { readonly cold: number; readonly warm: number }
  readonly prepareSeconds: number
  readonly longestBlockSeconds: number
  readonly bytesBefore: number
  readonly bytesReady: number
  readonly bytesAfter: number
}

export const quantile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? NaN
export const rounded = (value: number, by = 100): number => Math.round(value * by) / by
export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)

/** A hit counts if its score is within this of the exact tenth. */
export const tie = 1e-4
const wanted = 10
const candidateFilms = 200

const asQuery = (query: BenchQuery): IndexQuery => ({
  kind: query.kind === 'text' ? 'text' : 'image',
  vector: query.vector,
})

const search = async (count: number): Promise<SearchReport> => {
  const library = benchLibrary(count)
  if (library === null) throw new Error('no shared folder')
  globalThis.gc?.()
  const bytesBefore = process.memoryUsage.rss()
  const { database, vectors } = openBenchVectors(library.directory)
  const delay = monitorEventLoopDelay({ resolution: 1 })
  delay.enable()
  const begun = performance.now()
  await vectors.prepare(model)
  const prepareSeconds = (performance.now() - begun) / 1000
  const bytesReady = process.memoryUsage.rss()
  // What follows in the background: vectors into memory, the graph's hash.
  await wait(2_000 + library.count / 100)
  delay.disable()
  const { queries } = library
  const rows: SearchRow[] = []
  const jit = 20
  for (const [at, filter] of filters.entries()) {
    const times: number[] = []
    const recalls = { text: [] as number[], picture: [] as number[] }
    for (const [query, { kind, vector }] of queries.entries()) {
      const only =
        filter.name === 'none' ? null : new Set(library.kept(filter, query).map((film) => filmName(film)))
      if (at === 0 && query === 0)
        for (let i = 0; i < jit; i += 1) vectors.nearest(model, asQuery(queries[i]!), wanted)
      const start = performance.now()
      const near = vectors.nearest(model, asQuery({ kind, vector }), wanted, only)
      times.push(performance.now() - start)
      const tenth = library.tenth(filter, query)
      recalls[kind].push(near.filter(({ score }) => score >= tenth - tie).length / wanted)
    }
    rows.push({
      filter: filter.name,
      recallTexts: rounded(mean(recalls.text), 10_000),
      recallPictures: rounded(mean(recalls.picture), 10_000),
      least: Math.min(...recalls.text, ...recalls.picture),
      p50: rounded(quantile(times, 0.5)),
      p95: rounded(quantile(times, 0.95)),
      most: rounded(Math.max(...times)),
    })
  }
  // The films whose best frame is nearest: how many of the best 100 are among the 200 asked for.
  const times: number[] = []
  const found = { text: [] as number[], picture: [] as number[] }
  const [cold, warm]: [number[], number[]] = [[], []]
  for (const [query, { kind, vector }] of queries.entries()) {
    const start = performance.now()
    const films = vectors.nearestFilms(model, asQuery({ kind, vector }), candidateFilms)
    times.push(performance.now() - start)
    const names = new Set(films.map(({ videoId }) => videoId))
    const nearest = library
      .kept({ name: '', keeps: 1 - 100 / library.films, farthest: true }, query)
      .reduce((far, film) => far.add(filmName(film)), new Set<string>())
    found[kind].push([...names].filter((name) => !nearest.has(name)).length / 100)
    for (const spent of [cold, warm]) {
      const from = performance.now()
      for (const { videoId } of films) vectors.scores(model, videoId, [vector])
      spent.push(performance.now() - from)
    }
  }
  const bytesAfter = process.memoryUsage.rss()
  database.close()
  return {
    rows,
    films: {
      filter: 'none',
      recallTexts: rounded(mean(found.text), 10_000),
      recallPictures: rounded(mean(found.picture), 10_000),
      least: Math.min(...found.text, ...found.picture),
      p50: rounded(quantile(times, 0.5)),
      p95: rounded(quantile(times, 0.95)),
      most: rounded(Math.max(...times)),
    },
    filmScores: { cold: rounded(quantile(cold, 0.5)), warm: rounded(quantile(warm, 0.5)) },
    prepareSeconds: rounded(prepareSeconds),
    longestBlockSeconds: rounded(delay.max / 1e9, 1000),
    bytesBefore,
    bytesReady,
    bytesAfter,
  }
}

if (import.meta.main) console.log(JSON.stringify(await search(Number(process.argv[2]))))
