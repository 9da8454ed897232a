import { readdirSync, rmSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import * as v from 'valibot'
import type { Forker } from '../foundation/engine-process.ts'
import type { LibraryPaths } from '../foundation/library-paths.ts'
import type { Log } from '../foundation/log.ts'
import { collectGarbage } from '../foundation/collect-garbage.ts'
import { makeFolder } from '../foundation/make-folder.ts'
import type { Database } from './database.ts'
import type { OpenSegment } from './segment-part.ts'
import type { SegmentShare } from './segment-plan.ts'
import { isSegmentSound } from './segment-file.ts'
import { openGraph } from './segment-graph.ts'
import type { SegmentGraph } from './segment-graph.ts'
import { loadSteps, runSteps } from './vector-segment.ts'
import type { VectorSegment } from './vector-segment.ts'
import { startVectorThread } from './vector-thread.ts'
import type { VectorThread } from './vector-thread.ts'

export type SegmentsOptions = {
  readonly database: Database
  readonly paths: LibraryPaths
  readonly log: Log
  readonly fork: Forker
  /** The entry of `segment-builder.ts`. */
  readonly builder: string
  /** The entry of `vector-helper.ts`; without it one thread looks through a segment. */
  readonly helper?: string
}

/** A stretch of chunks that is to become one segment, in place of `replaces` segments from the `first` one on. */
export type SegmentOrder = {
  readonly dimensions: number
  readonly first: number
  readonly replaces: number
  /** The last chunk that goes in; null: that of the last segment which is replaced. */
  readonly upTo: number | null
}

export type Segments = {
  /**
   * Reads a model's segments into memory, which `open` does at once (0.4 s a million vectors); this lets others have
   * their turn after each megabyte.
   */
  readonly load: (model: string) => Promise<void>
  /** A model's segments in order; none when one is missing or damaged: then all are made again. */
  readonly open: (model: string) => readonly OpenSegment[]
  /** How much of each segment lives, and how many vectors lie above them, by the chunks. */
  readonly shares: (model: string) => { readonly segments: readonly SegmentShare[]; readonly above: number }
  /** Has a segment made by another process; false when that did not go well. With no chunk to go in, none is made. */
  readonly build: (model: string, order: SegmentOrder) => Promise<boolean>
  /** True where no segment lacks its graph, but for one that could not be made. */
  readonly isWhole: (model: string) => boolean
  /** Has the graph of one segment made by another process, which takes long; false when none is missing, or it went wrong. */
  readonly buildGraph: (model: string) => Promise<boolean>
  /** Opens the graphs that are made; a damaged one is forgotten, and made again. Their hash takes a second a gigabyte. */
  readonly loadGraphs: (model: string) => Promise<void>
  readonly forget: (model: string) => void
  /** Each file of codes read anew, for the doctor; and how many graphs were read and are in use. */
  readonly check: (model: string) => {
    readonly segments: number
    readonly damaged: number
    readonly graphs: number
  }
}

type SegmentRow = {
  id: number
  file: string
  sha256: string
  dimensions: number
  count: number
  last_chunk: number
  graph_sha256: string | null
}

/** 65,536 vectors are looked through in half a millisecond. */
const worthAThread = 131_072

const built = v.object({ count: v.number(), sha256: v.string() })
const builtGraph = v.object({ sha256: v.string() })

const graphOf = (file: string): string => file.replace(/\.codes$/, '.usearch')

/** The index files of a library and their rows. Every file can be deleted: it is made again from the chunks. */
export const createSegments = (options: SegmentsOptions): Segments => {
  const { database, paths, log } = options
  const isOpen = (): boolean => database.open
  let thread: VectorThread | null = null
  /** None for few vectors: they are looked through before it would wake up. */
  const threadFor = (count: number): VectorThread | null => {
    if (options.helper === undefined || count < worthAThread || availableParallelism() < 2) return null
    thread ??= startVectorThread(options.helper)
    return thread
  }
  const loaded = new Map<string, VectorSegment>()
  const graphs = new Map<string, SegmentGraph>()
  const inWork = new Set<string>()
  makeFolder(paths.segments)

  const rowsOf = database.prepare<[string], SegmentRow>(
    `SELECT id, file, sha256, dimensions, count, last_chunk, graph_sha256 FROM derived.vector_segment
     WHERE model = ? ORDER BY last_chunk`,
  )
  const allFiles = database.prepare<[], { file: string; graph_sha256: string | null }>(
    'SELECT file, graph_sha256 FROM derived.vector_segment',
  )
  const putGraph = database.prepare('UPDATE derived.vector_segment SET graph_sha256 = ? WHERE id = ?')
  const dropAll = database.prepare('DELETE FROM derived.vector_segment WHERE model = ?')
  const dropOne = database.prepare('DELETE FROM derived.vector_segment WHERE id = ?')
  const add = database.prepare(
    `INSERT INTO derived.vector_segment (model, file, sha256, dimensions, count, last_chunk)
     VALUES (?, ?, ?, ?, ?, ?)`,
  )
  const lastId = database.prepare<[], { seq: number }>(
    "SELECT seq FROM derived.sqlite_sequence WHERE name = 'vector_segment'",
  )
  const living = database.prepare<[string, number, number], { count: number }>(
    'SELECT coalesce(sum(count), 0) AS count FROM derived.vector_chunk WHERE model = ? AND id > ? AND id <= ?',
  )
  const livingIn = (model: string, after: number, upTo: number): number =>
    living.get(model, after, upTo)?.count ?? 0
  /** Counts how often a model was forgotten: what was being built for it then is of no use. */
  const forgotten = new Map<string, number>()

  /** Graphs that were tried: what went wrong once goes wrong again, and the codes answer without. */
  const tried = new Set<number>()
  const graphless = (model: string): SegmentRow | undefined =>
    rowsOf.all(model).find(({ id, graph_sha256: graph }) => graph === null && !tried.has(id))

  const sweepFiles = (): void => {
    const rows = allFiles.all()
    const kept = new Set(
      rows.flatMap(({ file, graph_sha256: graph }) => (graph === null ? [file] : [file, graphOf(file)])),
    )
    let isDropped = false
    for (const file of loaded.keys()) if (!kept.has(file)) isDropped = loaded.delete(file) || isDropped
    if (isDropped) collectGarbage()
    for (const file of graphs.keys()) if (!kept.has(graphOf(file))) graphs.delete(file)
    for (const name of readdirSync(paths.segments)) {
      const isMade = inWork.has(name.replace(/\.part$/, ''))
      if (kept.has(name) || isMade) continue
      try {
        rmSync(join(paths.segments, name), { force: true })
      } catch (cause) {
        // Windows keeps a file that is open: the next sweep gets it.
        log.info({ cause, name }, 'an old index file stays for now')
      }
    }
  }
  sweepFiles()

  const stepsOf = (row: SegmentRow): Generator<void, VectorSegment | null> =>
    loadSteps(join(paths.segments, row.file), row.sha256, row.dimensions, threadFor(row.count))
  const segmentOf = (row: SegmentRow): VectorSegment | null => {
    const segment = loaded.get(row.file) ?? runSteps(stepsOf(row))
    if (segment !== null) loaded.set(row.file, segment)
    return segment
  }
  const replace = database.transaction((old: readonly SegmentRow[], insert: () => void) => {
    for (const { id } of old) dropOne.run(id)
    insert()
  })

  return {
    load: async (model) => {
      for (const row of rowsOf.all(model)) {
        if (loaded.has(row.file)) continue
        const steps = stepsOf(row)
        let step = steps.next()
        while (step.done !== true) {
          await nextTurn()
          step = steps.next()
        }
        // The library may be closed, or the file another's by now; a damaged one is for `open`, which knows what to do.
        if (!database.open) return
        if (step.value !== null && allFiles.all().some(({ file }) => file === row.file))
          loaded.set(row.file, step.value)
      }
    },
    open: (model) => {
      const open: OpenSegment[] = []
      for (const row of rowsOf.all(model)) {
        const segment = segmentOf(row)
        if (segment === null) {
          log.warn({ model }, 'an index segment is missing or damaged: all are made again from the chunks')
          dropAll.run(model)
          return []
        }
        const graph = (): SegmentGraph | null => graphs.get(row.file) ?? null
        open.push({ segment, graph, after: open.at(-1)?.upTo ?? 0, upTo: row.last_chunk })
      }
      return open
    },
    shares: (model) => {
      const rows = rowsOf.all(model)
      const segments = rows.map(({ count, last_chunk }, i) => ({
        size: count,
        living: Math.min(count, livingIn(model, rows[i - 1]?.last_chunk ?? 0, last_chunk)),
      }))
      return { segments, above: livingIn(model, rows.at(-1)?.last_chunk ?? 0, Number.MAX_SAFE_INTEGER) }
    },
    build: async (model, { dimensions, first, replaces, upTo: wanted }) => {
      const life = forgotten.get(model)
      const rows = rowsOf.all(model)
      const old = rows.slice(first, first + replaces)
      const after = rows[first - 1]?.last_chunk ?? 0
      const upTo = wanted ?? old.at(-1)?.last_chunk ?? after
      if (livingIn(model, after, upTo) === 0) {
        replace(old, () => undefined)
        sweepFiles()
        return true
      }
      // A name of its own: the file that it replaces is still searched.
      const file = `${model}-${after}-${upTo}-${(lastId.get()?.seq ?? 0) + 1}.codes`
      inWork.add(file)
      const child = options.fork(options.builder, {
        arguments: [
          'codes',
          paths.derived,
          model,
          String(dimensions),
          String(after),
          String(upTo),
          join(paths.segments, file),
        ],
        detached: false,
        log: paths.log,
      })
      const word = v.safeParse(built, await child.firstWord)
      await child.exited
      inWork.delete(file)
      if (!database.open) return false // the library was closed meanwhile: the next start sweeps the file
      // A damaged segment was found meanwhile: then the others went with it.
      const isAsBefore = rowsOf.all(model).length === rows.length && forgotten.get(model) === life
      if (!word.success || !isAsBefore) {
        log.warn({ model }, 'the segment builder ended without a segment; what is there stays')
        sweepFiles()
        return false
      }
      const { sha256, count } = word.output
      replace(old, () => void add.run(model, file, sha256, dimensions, count, upTo))
      sweepFiles()
      return true
    },
    isWhole: (model) => graphless(model) === undefined,
    buildGraph: async (model) => {
      const row = graphless(model)
      if (row === undefined) return false
      tried.add(row.id)
      const file = graphOf(row.file)
      inWork.add(file)
      const child = options.fork(options.builder, {
        arguments: [
          'graph',
          join(paths.segments, row.file),
          String(row.dimensions),
          join(paths.segments, file),
        ],
        detached: false,
        log: paths.log,
      })
      const word = v.safeParse(builtGraph, await child.firstWord)
      await child.exited
      inWork.delete(file)
      if (!database.open) return false
      const isThere = rowsOf.all(model).some(({ id }) => id === row.id)
      if (word.success && isThere) putGraph.run(word.output.sha256, row.id)
      else if (isThere) log.warn({ model }, 'the graph builder ended without a graph; the codes answer')
      sweepFiles()
      // Of a segment that others replaced meanwhile it is of no use: theirs come next.
      return word.success || !isThere
    },
    loadGraphs: async (model) => {
      if (!isOpen()) return
      for (const row of rowsOf.all(model)) {
        if (row.graph_sha256 === null || graphs.has(row.file)) continue
        const file = join(paths.segments, graphOf(row.file))
        const graph = await openGraph(file, row.graph_sha256, row.dimensions)
        if (!isOpen()) return
        if (!rowsOf.all(model).some(({ id }) => id === row.id)) continue
        if (graph !== null) graphs.set(row.file, graph)
        else {
          log.warn({ model }, 'an index graph is missing or damaged: it is made again')
          putGraph.run(null, row.id)
          sweepFiles()
        }
      }
    },
    forget: (model) => {
      forgotten.set(model, (forgotten.get(model) ?? 0) + 1)
      dropAll.run(model)
      sweepFiles()
    },
    check: (model) => {
      const rows = rowsOf.all(model)
      const damaged = rows.filter(
        ({ file, sha256, dimensions }) => !isSegmentSound(join(paths.segments, file), sha256, dimensions),
      )
      const inUse = rows.filter(({ file }) => graphs.has(file))
      return { segments: rows.length, damaged: damaged.length, graphs: inUse.length }
    },
  }
}
