import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { loadavg } from 'node:os'
import { benchLibrary, buildSegment } from './vectors-library.ts'
import type { BenchLibrary } from './vectors-library.ts'
import { hasHnswlib } from './vectors-peers.ts'
import type { Peer, PeerRow } from './vectors-peers.ts'
import type { SearchReport } from './vectors-search.ts'

export type VectorsRow = {
  readonly what: string
  readonly vectors: number
  readonly filter: string
  /** Shares of the exact ten; a hit is within 1e-4 of the exact tenth. Of films: of the nearest 100 in the 200 asked for. */
  readonly recallTexts: number | null
  readonly recallPictures: number | null
  /** Milliseconds of a query. */
  readonly p50: number | null
  readonly p95: number | null
  readonly most: number | null
  readonly buildSeconds: number | null
  /** Bytes a vector. */
  readonly fileBytes: number | null
  readonly memoryBytes: number | null
  readonly note: string
}

const script = (name: string, ...rest: readonly string[]): unknown =>
  JSON.parse(
    execFileSync(process.execPath, ['--expose-gc', join(import.meta.dirname, name), ...rest], {
      encoding: 'utf8',
      maxBuffer: 1 << 24,
      stdio: ['ignore', 'pipe', 'inherit'],
    }),
  )

const rounded = (value: number): number => Math.round(value * 10) / 10
const nothing = {
  ...{ recallTexts: null, recallPictures: null, p50: null, p95: null, most: null },
  ...{ buildSeconds: null, fileBytes: null, memoryBytes: null, note: '' },
}

const ours = async (library: BenchLibrary): Promise<VectorsRow[]> => {
  const { count, databaseBytes, writeSeconds } = library
  const built = await buildSegment(library)
  const load = rounded(loadavg()[0] ?? 0)
  const report = script('vectors-search.ts', String(count)) as SearchReport
  const { rows, films, filmScores, bytesBefore, bytesReady, bytesAfter } = report
  const each = (bytes: number): number => rounded((bytes - bytesBefore) / count)
  const what = 'Kinora'
  return [
    ...rows.map(({ least, ...row }) => ({
      ...nothing,
      ...{
        what,
        vectors: count,
        ...row,
        buildSeconds: rounded(built.seconds),
        note: `worst recall ${least}; graph: ${rounded(built.graphSeconds)} s, ${rounded(built.graphBytes / count)} bytes`,
      },
      ...{ fileBytes: rounded(built.bytes / count), memoryBytes: each(bytesReady) },
    })),
    { ...nothing, what: 'Kinora, 200 nearest films', vectors: count, ...films, note: '' },
    ...(['cold', 'warm'] as const).map((state) => ({
      ...nothing,
      ...{ what: `Kinora, all frames of those films, ${state}`, vectors: count, filter: 'none' },
      p50: filmScores[state],
    })),
    {
      ...nothing,
      ...{ what: 'Kinora, start', vectors: count, filter: '', memoryBytes: each(bytesAfter) },
      fileBytes: rounded(databaseBytes / count),
      note:
        `ready after ${report.prepareSeconds} s, longest block ${report.longestBlockSeconds} s; ` +
        `written in ${rounded(writeSeconds)} s; file: derived.db; memory: after all searches; load ${load}`,
    },
  ]
}

const peer = (name: Peer, count: number): readonly VectorsRow[] =>
  (script('vectors-peers.ts', name, String(count)) as readonly PeerRow[]).map((row) => ({
    ...nothing,
    ...row,
    vectors: count,
    fileBytes: rounded(row.fileBytes),
    memoryBytes: rounded(row.memoryBytes),
  }))

/**
 * The vectors of a large library, found through the catalog's own code, with and without filters, beside brute force and
 * graphs. KINORA_BENCH_VECTORS: how many (1,000,000); KINORA_BENCH_GRAPHS: how many for the graphs, which take minutes
 * for 100,000 (200,000). Libraries and graphs stay in the temporary folder. Milliseconds, of one thread.
 */
export const run = async (): Promise<{ readonly name: 'vectors'; readonly rows: readonly VectorsRow[] }> => {
  const count = Number(process.env['KINORA_BENCH_VECTORS'] ?? 1_000_000)
  const graphs = Math.min(count, Number(process.env['KINORA_BENCH_GRAPHS'] ?? 200_000))
  const library = benchLibrary(count)
  if (library === null) return { name: 'vectors', rows: [] }
  if (!existsSync(library.directory)) throw new Error(`${library.directory} has gone`)
  const rows = [...(await ours(library)), ...peer('kernel', library.count), ...peer('exact', library.count)]
  if (graphs > 0) {
    const smaller = benchLibrary(graphs)
    if (smaller !== null && smaller.count !== library.count) rows.push(...(await ours(smaller)).slice(0, 1))
    rows.push(...peer('usearch', graphs))
    if (hasHnswlib()) rows.push(...peer('hnswlib', graphs))
    else
      console.error(
        'bench: hnswlib-node is not here: npm install --no-save hnswlib-node (it is compiled), or KINORA_HNSWLIB=its folder',
      )
  }
  return { name: 'vectors', rows }
}
