import { looksPerSecond } from '../domain/film-tracks.ts'
import { scoreHalves } from '../domain/half-floats.ts'
import { drop } from '../foundation/drop.ts'
import type { Log } from '../foundation/log.ts'
import type { Database } from './database.ts'
import { createModelIndex } from './model-index.ts'
import type { ModelIndex, NearVector } from './model-index.ts'
import { planSegments } from './segment-plan.ts'
import type { SegmentPlan } from './segment-plan.ts'
import { createSegments } from './segments.ts'
import type { SegmentsOptions } from './segments.ts'
import { sampleFrames } from './sample-frames.ts'
import type { FrameVector } from './sample-frames.ts'
import { chunksAfter, createChunkStore } from './vector-chunks.ts'
import type { VectorPack } from './vector-chunks.ts'

/**
 * A film's samples and their cosines with a query. `times`: from when each one holds. Of an analyzed film also
 * `frames`, the times of the frames that were embedded, and `spacing`, seconds from look to look.
 */
export type ScoredSamples = {
  readonly times: Float64Array
  readonly scores: Float32Array
  readonly frames?: Float64Array
  readonly spacing?: number
}

export type Vectors = {
  /** Inside the caller's transaction; call the answer after the commit, so that search never sees what is not committed. */
  readonly put: (videoId: string, model: string, stage: string, pack: VectorPack) => () => void
  /** True once an analysis has put its vectors: a skim has no better ones. */
  readonly isFine: (videoId: string, model: string) => boolean
  /** The nearest vectors of a model, best first; empty when it has none. `query` is a unit vector. */
  readonly nearest: (model: string, query: Float32Array, wanted: number) => readonly NearVector[]
  /** Exact cosines of all frames of one film; null when it has none for this model. */
  readonly score: (model: string, videoId: string, query: Float32Array) => ScoredSamples | null
  readonly videosWith: (model: string) => number
  /** How many vectors a model has. */
  readonly framesOf: (model: string) => number
  /** `wanted` different frames, each equally likely (all where there are fewer), without those that say nothing; read one by one. */
  readonly sample: (model: string, wanted: number, random: () => number) => Iterable<FrameVector>
  readonly timeOf: (chunkId: number, place: number) => number | null
  readonly forgetModel: (model: string) => void
  /** Each segment opened anew: for the doctor. */
  readonly check: (model: string) => {
    readonly segments: number
    readonly damaged: number
    readonly chunks: number
  }
}

export type VectorsOptions = SegmentsOptions & {
  readonly database: Database
  readonly log: Log
  /** Vectors in memory from which on a segment is built; 16,384 fill again in about a second (17k adds a second). */
  readonly segmentAt?: number
}

const noLimit = Number.MAX_SAFE_INTEGER

/** Vector search: the only door to usearch. */
export const createVectors = (options: VectorsOptions): Vectors => {
  const { database, log } = options
  const segmentAt = options.segmentAt ?? 16_384
  const chunks = createChunkStore(database)
  const segments = createSegments(options)
  const indexes = new Map<string, ModelIndex>()
  const building = new Set<string>()

  const anyDimensions = database.prepare<[string], { dimensions: number; last: number }>(
    'SELECT dimensions, max(id) AS last FROM derived.vector_chunk WHERE model = ? HAVING count(*) > 0',
  )

  const indexOf = (model: string): ModelIndex | null => {
    const ready = indexes.get(model)
    if (ready !== undefined) return ready
    const known = anyDimensions.get(model)
    if (known === undefined) return null
    const open = segments.open(model)
    const rest = chunksAfter(database, 'derived', model, open.at(-1)?.upTo ?? 0, noLimit)
    const index = createModelIndex(known.dimensions, chunks.owners(model), open, rest, log)
    indexes.set(model, index)
    return index
  }

  /** What is to be built next: also of a model that nobody has searched yet, or its first search would wait for long. */
  const planOf = (model: string): SegmentPlan | null => {
    const index = indexes.get(model)
    if (index !== undefined) return planSegments(index.shares(), index.deltaCount(), segmentAt)
    const { segments: shares, above } = segments.shares(model)
    return planSegments(shares, above, segmentAt)
  }
  /** Builds one; answers whether it is worth to ask again. */
  const buildNext = async (model: string): Promise<boolean> => {
    const plan = planOf(model)
    const known = anyDimensions.get(model)
    if (plan === null || known === undefined) return false
    const made = await segments.build(model, {
      dimensions: known.dimensions,
      first: plan.first,
      replaces: plan.end - plan.first,
      upTo: plan.memory ? known.last : null,
    })
    const index = indexes.get(model)
    if (!made || index === undefined) return made
    const now = segments.open(model)
    const rest = [...chunksAfter(database, 'derived', model, now.at(-1)?.upTo ?? 0, noLimit)]
    index.adopt(now, rest, !plan.memory)
    return true
  }
  const buildAll = async (model: string): Promise<void> => {
    while (await buildNext(model));
  }
  const maybeBuild = (model: string): void => {
    if (building.has(model) || planOf(model) === null) return
    building.add(model)
    drop(buildAll(model).finally(() => building.delete(model)))
  }

  return {
    put: (videoId, model, stage, pack) => {
      const old = chunks.replace(videoId, model, stage, pack)
      return () => {
        const index = indexes.get(model)
        index?.forget(old)
        index?.add(videoId, chunks.ofVideo(videoId, model))
        maybeBuild(model)
      }
    },
    isFine: chunks.isFine,
    nearest: (model, query, wanted) => {
      const index = indexOf(model)
      if (index?.dimensions !== query.length) return []
      maybeBuild(model)
      return index.nearest(query, wanted)
    },
    score: (model, videoId, query) => {
      const rows = chunks.ofVideo(videoId, model).filter(({ dimensions }) => dimensions === query.length)
      const count = rows.reduce((sum, row) => sum + row.count, 0)
      if (count === 0) return null
      const isFine = rows.some(({ starts }) => starts !== null)
      const frames = new Float64Array(count)
      const times = isFine ? new Float64Array(count) : frames
      const scores = new Float32Array(count)
      let offset = 0
      for (const row of rows) {
        frames.set(row.times, offset)
        if (isFine) times.set(row.starts ?? row.times, offset)
        scoreHalves(row.halves, row.count, query, scores, offset)
        offset += row.count
      }
      return isFine ? { times, scores, frames, spacing: 1 / looksPerSecond } : { times, scores }
    },
    videosWith: (model) => chunks.videos(model),
    framesOf: (model) => chunks.frames(model),
    sample: (model, wanted, random) => sampleFrames(chunks, model, wanted, random),
    timeOf: chunks.timeOf,
    forgetModel: (model) => {
      chunks.dropModel(model)
      segments.forget(model)
      indexes.delete(model)
    },
    check: (model) => ({ ...segments.check(model), chunks: chunks.owners(model).size }),
  }
}
