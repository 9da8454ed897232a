import { makeFolder } from '../foundation/make-folder.ts'
import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'
import { scoreHalves } from '../domain/half-floats.ts'
import { drop } from '../foundation/drop.ts'
import type { Forker } from '../foundation/engine-process.ts'
import type { LibraryPaths } from '../foundation/library-paths.ts'
import type { Log } from '../foundation/log.ts'
import type { Database } from './database.ts'
import { createModelIndex } from './model-index.ts'
import type { ModelIndex, NearVector } from './model-index.ts'
import { chunksAfter, createChunkStore } from './vector-chunks.ts'
import type { VectorPack } from './vector-chunks.ts'
import { viewSegment } from './vector-segment.ts'
import type { VectorIndex } from './vector-segment.ts'

/** A film's samples and their cosines with a query. */
export type ScoredSamples = { readonly times: Float64Array; readonly scores: Float32Array }

export type Vectors = {
  /** Inside the caller's transaction; call the answer after the commit, so that search never sees what is not committed. */
  readonly put: (videoId: string, model: string, stage: string, pack: VectorPack) => () => void
  /** The nearest vectors of a model, best first; empty when it has none. `query` is a unit vector. */
  readonly nearest: (model: string, query: Float32Array, wanted: number) => readonly NearVector[]
  /** Exact cosines of all frames of one film; null when it has none for this model. */
  readonly score: (model: string, videoId: string, query: Float32Array) => ScoredSamples | null
  readonly videosWith: (model: string) => number
  readonly forgetModel: (model: string) => void
  /** Each segment opened anew: for the doctor. */
  readonly check: (model: string) => {
    readonly segments: number
    readonly damaged: number
    readonly chunks: number
  }
}

export type VectorsOptions = {
  readonly database: Database
  readonly paths: LibraryPaths
  readonly log: Log
  readonly fork: Forker
  readonly builder: string
  /** Vectors in memory from which on a segment is built; 16,384 fill again in about a second (17k adds a second). */
  readonly segmentAt?: number
}

type SegmentRow = {
  id: number
  model: string
  file: string
  sha256: string
  dimensions: number
  count: number
  last_chunk: number
}

const built = v.object({ count: v.number(), sha256: v.string() })
const noLimit = Number.MAX_SAFE_INTEGER
/** Each search asks every segment: some are as good as one, many are not. */
const segmentsBeforeMerge = 8

/** Vector search: the only door to usearch. Every index file can be deleted: it is made again from the chunks. */
export const createVectors = (options: VectorsOptions): Vectors => {
  const { database, paths, log } = options
  const segmentAt = options.segmentAt ?? 16_384
  const chunks = createChunkStore(database)
  const indexes = new Map<string, ModelIndex>()
  const building = new Set<string>()
  makeFolder(paths.segments)

  const segmentRows = database.prepare<[string], SegmentRow>(
    'SELECT * FROM derived.vector_segment WHERE model = ? ORDER BY last_chunk',
  )
  const allFiles = database.prepare<[], { file: string }>('SELECT file FROM derived.vector_segment')
  const dropSegments = database.prepare('DELETE FROM derived.vector_segment WHERE model = ?')
  const addSegment = database.prepare(
    `INSERT INTO derived.vector_segment (model, file, sha256, dimensions, count, last_chunk)
     VALUES (?, ?, ?, ?, ?, ?)`,
  )
  const anyDimensions = database.prepare<[string], { dimensions: number; last: number }>(
    'SELECT dimensions, max(id) AS last FROM derived.vector_chunk WHERE model = ? HAVING count(*) > 0',
  )

  const sweepFiles = (): void => {
    const kept = new Set(allFiles.all().map(({ file }) => file))
    for (const name of readdirSync(paths.segments)) {
      if (!kept.has(name)) rmSync(join(paths.segments, name), { force: true })
    }
  }
  sweepFiles()

  const openSegments = (model: string): { views: VectorIndex[]; last: number } => {
    const rows = segmentRows.all(model)
    const views = rows.map((row) => viewSegment(join(paths.segments, row.file), row.sha256, row.dimensions))
    const sound = views.filter((view) => view !== null)
    if (sound.length === rows.length) return { views: sound, last: rows.at(-1)?.last_chunk ?? 0 }
    log.warn({ model }, 'an index segment is missing or damaged: all are made again from the chunks')
    dropSegments.run(model)
    return { views: [], last: 0 }
  }

  const indexOf = (model: string): ModelIndex | null => {
    const ready = indexes.get(model)
    if (ready !== undefined) return ready
    const known = anyDimensions.get(model)
    if (known === undefined) return null
    const { views, last } = openSegments(model)
    const rest = chunksAfter(database, 'derived', model, last, noLimit)
    const index = createModelIndex(known.dimensions, chunks.owners(model), views, rest, log)
    indexes.set(model, index)
    return index
  }

  /** Makes a segment of what memory holds (of everything, once there are many) in another process, then searches that. */
  const buildSegment = async (model: string, index: ModelIndex): Promise<void> => {
    const rows = segmentRows.all(model)
    const merge = rows.length >= segmentsBeforeMerge
    const after = merge ? 0 : (rows.at(-1)?.last_chunk ?? 0)
    const upTo = anyDimensions.get(model)?.last ?? 0
    const file = `${model}-${String(after)}-${String(upTo)}.usearch`
    const child = options.fork(options.builder, {
      arguments: [
        paths.derived,
        model,
        String(index.dimensions),
        String(after),
        String(upTo),
        join(paths.segments, file),
      ],
      detached: false,
      log: paths.log,
    })
    const word = v.safeParse(built, await child.firstWord)
    await child.exited
    if (!word.success || indexes.get(model) !== index) {
      log.warn({ model }, 'the segment builder ended without a segment; the part in memory stays')
      return
    }
    database.transaction(() => {
      if (merge) dropSegments.run(model)
      addSegment.run(model, file, word.output.sha256, index.dimensions, word.output.count, upTo)
    })()
    const { views, last } = openSegments(model)
    index.adopt(views, [...chunksAfter(database, 'derived', model, last, noLimit)])
    sweepFiles()
  }

  const maybeBuild = (model: string, index: ModelIndex): void => {
    if (index.deltaCount() < segmentAt || building.has(model)) return
    building.add(model)
    drop(buildSegment(model, index).finally(() => building.delete(model)))
  }

  return {
    put: (videoId, model, stage, pack) => {
      const old = chunks.replace(videoId, model, stage, pack)
      return () => {
        const index = indexes.get(model)
        if (index === undefined) return // not searched yet: read whole at the first search
        index.forget(old)
        index.add(videoId, chunks.ofVideo(videoId, model))
        maybeBuild(model, index)
      }
    },
    nearest: (model, query, wanted) => {
      const index = indexOf(model)
      if (index?.dimensions !== query.length) return []
      maybeBuild(model, index)
      return index.nearest(query, wanted)
    },
    score: (model, videoId, query) => {
      const rows = chunks.ofVideo(videoId, model).filter(({ dimensions }) => dimensions === query.length)
      const count = rows.reduce((sum, row) => sum + row.count, 0)
      if (count === 0) return null
      const times = new Float64Array(count)
      const scores = new Float32Array(count)
      let offset = 0
      for (const row of rows) {
        times.set(row.times, offset)
        scoreHalves(row.halves, row.count, query, scores, offset)
        offset += row.count
      }
      return { times, scores }
    },
    videosWith: (model) => chunks.videos(model),
    forgetModel: (model) => {
      chunks.dropModel(model)
      dropSegments.run(model)
      indexes.delete(model)
      sweepFiles()
    },
    check: (model) => {
      const rows = segmentRows.all(model)
      const damaged = rows.filter(
        (row) => viewSegment(join(paths.segments, row.file), row.sha256, row.dimensions) === null,
      )
      return { segments: rows.length, damaged: damaged.length, chunks: chunks.owners(model).size }
    },
  }
}
