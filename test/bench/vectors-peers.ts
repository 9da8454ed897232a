/**
 * What `bench vectors` is measured against, each in a process of its own: `node vectors-peers.ts PEER COUNT`, which says
 * its rows as JSON. `exact`: usearch's exactSearch over float32 in memory; `kernel`: Kinora's own exact kernel over
 * int16; `usearch` and `hnswlib`: graphs over all vectors (kept in the temporary folder, they take long to make).
 */
import { existsSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { exactSearch, Index, MetricKind, ScalarKind } from 'usearch'
import { createPackedVectors } from '../../src-main/catalog/packed-vectors.ts'
import { chunkReader, createChunkStore } from '../../src-main/catalog/vector-chunks.ts'
import { halvesToSingles } from '../../src-main/domain/half-floats.ts'
import { dimensions, framesOfFilm } from './vectors-data.ts'
import { benchLibrary, filmName, filters, model, openBenchVectors } from './vectors-library.ts'
import type { BenchLibrary, Filter } from './vectors-library.ts'
import { mean, quantile, rounded, tie } from './vectors-search.ts'

export type PeerRow = {
  readonly what: string
  readonly filter: string
  readonly recallTexts: number
  readonly recallPictures: number
  readonly p50: number
  readonly p95: number
  readonly most: number
  readonly buildSeconds: number | null
  readonly fileBytes: number
  readonly memoryBytes: number
}

const wanted = 10
type Search = (query: Float32Array, kept: readonly number[] | null) => readonly number[]

const measure = (
  library: BenchLibrary,
  what: string,
  filter: Filter,
  every: number,
  search: Search,
): Omit<PeerRow, 'buildSeconds' | 'fileBytes' | 'memoryBytes'> => {
  const times: number[] = []
  const recalls = { text: [] as number[], picture: [] as number[] }
  for (let query = 0; query < library.queries.length; query += every) {
    const { kind, vector } = library.queries[query]!
    const kept = filter.keeps === 1 ? null : library.kept(filter, query)
    const start = performance.now()
    const scores = search(vector, kept)
    times.push(performance.now() - start)
    const tenth = library.tenth(filter, query)
    recalls[kind].push(scores.filter((score) => score >= tenth - tie).length / wanted)
  }
  return {
    what,
    filter: filter.name,
    recallTexts: rounded(mean(recalls.text), 10_000),
    recallPictures: rounded(mean(recalls.picture), 10_000),
    p50: rounded(quantile(times, 0.5)),
    p95: rounded(quantile(times, 0.95)),
    most: rounded(Math.max(...times)),
  }
}

/** The float32 vectors of the library, film after film, 64 at most at a time. */
const vectorsOf = function* (library: BenchLibrary): Generator<Float32Array> {
  const { database } = openBenchVectors(library.directory)
  const read = chunkReader(database, 'derived')
  const chunks = createChunkStore(database)
  for (let film = 0; film < library.films; film += 1)
    for (const { id } of chunks.sizes(filmName(film), model, dimensions))
      yield halvesToSingles(new Uint16Array(new Uint8Array(read(id)!.vectors).buffer))
  database.close()
}

const [none, some] = [
  filters.find(({ name }) => name === 'none')!,
  filters.find(({ name }) => name === 'any 10 %')!,
]

const exact = (library: BenchLibrary): readonly PeerRow[] => {
  const before = process.memoryUsage.rss()
  // Memory of its own for each film: exactSearch does not look where in its buffer an array begins.
  const films = Array.from({ length: library.films }, () => new Float32Array(framesOfFilm * dimensions))
  let at = 0
  for (const vectors of vectorsOf(library)) {
    films[Math.floor(at / framesOfFilm)]?.set(vectors, (at % framesOfFilm) * dimensions)
    at += vectors.length / dimensions
  }
  const everyFilm = films.map((_, film) => film)
  const memoryBytes = (process.memoryUsage.rss() - before) / library.count
  const search: Search = (query, kept) => {
    const best: number[] = []
    const own = Float32Array.from(query)
    for (const film of kept ?? everyFilm) {
      const { distances } = exactSearch(
        films[film] ?? new Float32Array(0),
        own,
        dimensions,
        wanted,
        MetricKind.IP,
        1,
      ) as { readonly distances: Float32Array }
      for (const distance of distances) best.push(1 - distance)
    }
    return best.sort((a, b) => b - a).slice(0, wanted)
  }
  const what = 'brute force: usearch exactSearch, float32'
  return [none, some].map((filter) => ({
    ...measure(library, what, filter, 8, search),
    ...{ buildSeconds: null, fileBytes: 0, memoryBytes },
  }))
}

const kernel = (library: BenchLibrary): readonly PeerRow[] => {
  const { database } = openBenchVectors(library.directory)
  const chunks = createChunkStore(database)
  const before = process.memoryUsage.rss()
  const packed = createPackedVectors(2 ** 32, chunkReader(database, 'derived'))
  const byFilm = Array.from({ length: library.films }, (_, film) =>
    chunks.sizes(filmName(film), model, dimensions).map(({ id }) => id),
  )
  const everyFilm = byFilm.map((_, film) => film)
  const search: Search = (query, kept) => {
    const scorer = packed.ask([query])
    const best = new Float32Array(wanted).fill(-Infinity)
    for (const film of kept ?? everyFilm)
      for (const id of byFilm[film]!)
        for (const score of scorer.scores(scorer.chunk(id)!, 0)) {
          if (score <= best[0]!) continue
          best[0] = score
          best.sort()
        }
    return [...best]
  }
  search(library.queries[0]!.vector, null)
  const memoryBytes = (process.memoryUsage.rss() - before) / library.count
  const rows = [none, some].map((filter) => ({
    ...measure(library, "brute force: Kinora's kernel, int16", filter, 4, search),
    ...{ buildSeconds: null, fileBytes: 0, memoryBytes },
  }))
  database.close()
  return rows
}

const usearch = (library: BenchLibrary): readonly PeerRow[] => {
  const file = join(library.directory, 'graph.usearch')
  const open = (expansion: number): Index =>
    new Index({
      dimensions,
      metric: MetricKind.IP,
      quantization: ScalarKind.F16,
      connectivity: 16,
      expansion_add: 128,
      expansion_search: expansion,
      multi: false,
    })
  let buildSeconds: number | null = null
  if (!existsSync(file)) {
    const index = open(128)
    let at = 0
    const begun = performance.now()
    for (const vectors of vectorsOf(library)) {
      const count = vectors.length / dimensions
      index.add(
        BigUint64Array.from({ length: count }, (_, i) => BigInt(at + i)),
        vectors,
        1,
      )
      at += count
    }
    buildSeconds = rounded((performance.now() - begun) / 1000)
    index.save(file)
  }
  return [128, 1_024, 4_096].flatMap((expansion) => {
    const before = process.memoryUsage.rss()
    const index = open(expansion)
    index.view(file)
    const search: Search = (query) =>
      Array.from(index.search(Float32Array.from(query), wanted, 1).distances, (distance) => 1 - distance)
    measure(library, '', none, 1, search) // pages come in
    const row = measure(library, `usearch HNSW f16, M 16, search ${expansion}`, none, 1, search)
    const memoryBytes = (process.memoryUsage.rss() - before) / library.count
    return [{ ...row, buildSeconds, fileBytes: statSync(file).size / library.count, memoryBytes }]
  })
}

type Hnsw = {
  readonly initIndex: (options: object) => void
  readonly addPoint: (point: readonly number[], label: number) => void
  readonly searchKnn: (
    query: readonly number[],
    count: number,
    filter?: (label: number) => boolean,
  ) => { readonly distances: readonly number[] }
  readonly setEf: (ef: number) => void
  readonly writeIndexSync: (file: string) => void
  readonly readIndexSync: (file: string) => void
}

const hnswlib = (library: BenchLibrary): readonly PeerRow[] => {
  const require = createRequire(import.meta.url)
  const { HierarchicalNSW } = require(process.env['KINORA_HNSWLIB'] ?? 'hnswlib-node') as {
    readonly HierarchicalNSW: new (space: string, dimensions: number) => Hnsw
  }
  const file = join(library.directory, 'graph.hnswlib')
  const before = process.memoryUsage.rss()
  const index = new HierarchicalNSW('ip', dimensions)
  let buildSeconds: number | null = null
  if (existsSync(file)) index.readIndexSync(file)
  else {
    index.initIndex({ maxElements: library.count, m: 16, efConstruction: 128, randomSeed: 1 })
    let at = 0
    const begun = performance.now()
    for (const vectors of vectorsOf(library))
      for (let i = 0; i < vectors.length; i += dimensions)
        index.addPoint([...vectors.subarray(i, i + dimensions)], at++)
    buildSeconds = rounded((performance.now() - begun) / 1000)
    index.writeIndexSync(file)
  }
  const memoryBytes = (process.memoryUsage.rss() - before) / library.count
  const fileBytes = statSync(file).size / library.count
  const far = filters.find(({ name }) => name === 'farthest 10 %')!
  const tried: readonly (readonly [ef: number, Filter])[] = [
    [128, none],
    [1_024, none],
    [4_096, none],
    [4_096, some],
    [4_096, far],
  ]
  return tried.map(([ef, filter]) => {
    index.setEf(ef)
    const search: Search = (query, kept) => {
      const films = kept === null ? null : new Set(kept)
      const isKept =
        films === null ? undefined : (label: number) => films.has(Math.floor(label / framesOfFilm))
      return index.searchKnn([...query], wanted, isKept).distances.map((distance) => 1 - distance)
    }
    const row = measure(library, `hnswlib-node f32, M 16, search ${ef}`, filter, 1, search)
    return { ...row, buildSeconds, fileBytes, memoryBytes }
  })
}

export const peers = { exact, kernel, usearch, hnswlib } as const
export type Peer = keyof typeof peers

/** True where hnswlib-node can be imported: it is built on the machine, and no part of Kinora. */
export const hasHnswlib = (): boolean => {
  try {
    createRequire(import.meta.url).resolve(process.env['KINORA_HNSWLIB'] ?? 'hnswlib-node')
    return true
  } catch {
    return false
  }
}

if (import.meta.main) {
  const [, , peer = '', count = ''] = process.argv
  const library = benchLibrary(Number(count))
  if (library === null || !Object.hasOwn(peers, peer)) throw new Error('vectors-peers.ts PEER COUNT')
  console.log(JSON.stringify(peers[peer as Peer](library)))
}
