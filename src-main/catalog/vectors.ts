import { totalmem } from 'node:os'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { drop } from '../foundation/drop.ts'
import type { Database } from './database.ts'
import { frameAt } from './frame-at.ts'
import type { FrameAt } from './frame-at.ts'
import { filmScores } from './film-scores.ts'
import type { FilmScores } from './film-scores.ts'
import { createHubRows } from './hub-rows.ts'
import { createModelIndex } from './model-index.ts'
import type { IndexQuery, ModelIndex } from './model-index.ts'
import type { NearFilm } from './near-films.ts'
import type { NearVector } from './rescore.ts'
import { meanOfBest } from './mean-of-best.ts'
import { createPackedVectors } from './packed-vectors.ts'
import { planSegments } from './segment-plan.ts'
import type { SegmentPlan } from './segment-plan.ts'
import { createSegments } from './segments.ts'
import type { SegmentsOptions } from './segments.ts'
import { sampleFrames } from './sample-frames.ts'
import type { FrameVector } from './sample-frames.ts'
import { chunkReader, createChunkStore } from './vector-chunks.ts'
import type { ChunkSize, VectorPack } from './vector-chunks.ts'

export type Vectors = {
  /** Inside the caller's transaction; call the answer after the commit, so that search never sees what is not committed. */
  readonly put: (videoId: string, model: string, stage: string, pack: VectorPack) => () => void
  /** True once an analysis has put its vectors: a skim has no better ones. */
  readonly isFine: (videoId: string, model: string) => boolean
  /**
   * Gets a model's index into memory, letting others have their turn; `nearest` and `nearestFilms` would do it at once
   * (0.5 s a million vectors). Vectors follow in the background as far as they fit. Nothing to do once it is there.
   */
  readonly prepare: (model: string) => Promise<void>
  /**
   * The nearest vectors of a model among the films `only` (null: all), best first, with exact cosines; empty when it has
   * none. Never fewer than `wanted` while there are that many.
   */
  readonly nearest: (
    model: string,
    query: IndexQuery,
    wanted: number,
    only?: ReadonlySet<string> | null,
  ) => readonly NearVector[]
  /** The films of `only` (null: all) whose best vector is nearest, best first; about (see `NearFilm`): score them exactly. */
  readonly nearestFilms: (
    model: string,
    query: IndexQuery,
    wanted: number,
    only?: ReadonlySet<string> | null,
  ) => readonly NearFilm[]
  /**
   * Exact cosines of all frames of one film with each of the queries (unit vectors of one length, at least one); null
   * when it has none for this model. `hub`: for each sample how near it is to everything, by the texts of `bank`; null
   * without a bank, and unless every sample of the film has a value of it.
   */
  readonly scores: (
    model: string,
    videoId: string,
    queries: readonly Float32Array[],
    bank?: string | null,
  ) => (FilmScores & { readonly hub: Float32Array | null }) | null
  /** Chunks whose vectors have no hub value of this bank. */
  readonly chunksWithoutHub: (model: string, bank: string, limit: number) => readonly ChunkSize[]
  /**
   * Of each vector of a chunk the mean of its `best` largest cosines with these texts (unit vectors): what `putHub` is to
   * keep. Null when the chunk is no more. 1,000 texts: 4 ms a chunk of 64 x 512.
   */
  readonly meanOfBest: (chunkId: number, texts: readonly Float32Array[], best: number) => Float32Array | null
  /** Keeps a value for each vector of a chunk, in place of another bank's. False when the chunk is no more. */
  readonly putHub: (bank: string, chunkId: number, values: Float32Array) => boolean
  /** The stored frame nearest to this second of a film, and when it is shown; null without any. A unit vector. */
  readonly frameAt: (model: string, videoId: string, seconds: number) => FrameAt | null
  readonly videosWith: (model: string) => number
  /** How many vectors a model has. */
  readonly framesOf: (model: string) => number
  /** `wanted` different frames, each equally likely (all where there are fewer), without those that say nothing; read one by one. */
  readonly sample: (model: string, wanted: number, random: () => number) => Iterable<FrameVector>
  readonly timeOf: (chunkId: number, place: number) => number | null
  readonly forgetModel: (model: string) => void
  /** Each segment read anew, for the doctor; `graphs`: those that are in use. */
  readonly check: (model: string) => {
    readonly segments: number
    readonly damaged: number
    readonly graphs: number
    readonly chunks: number
  }
}

export type VectorsOptions = SegmentsOptions & {
  readonly database: Database
  /** Vectors above the segments from which on one is built; 32,768 are scored exactly in 1 ms (measured, x 512). */
  readonly segmentAt?: number
  /** Bytes of memory for vectors: 256 MiB hold 262,144 of 512, the moments of a large library. */
  readonly packedBytes?: number
}

/** A sixteenth of the machine's memory, 1 GiB at most, which holds a million vectors of 512: as many as there are are read. */
const vectorMemory = (): number => Math.min(1024 ** 3, totalmem() / 16)
/** Chunks that are read ahead between two turns: 1 ms. */
const readAhead = 16

/** Vector search over committed chunks. */
export const createVectors = (options: VectorsOptions): Vectors => {
  const { database } = options
  const segmentAt = options.segmentAt ?? 32_768
  const chunks = createChunkStore(database)
  const hubs = createHubRows(database)
  const packed = createPackedVectors(options.packedBytes ?? vectorMemory(), chunkReader(database, 'derived'))
  const segments = createSegments(options)
  const indexes = new Map<string, ModelIndex>()
  const building = new Set<string>()
  const graphing = new Set<string>()

  const indexOf = (model: string): ModelIndex | null => {
    const ready = indexes.get(model)
    if (ready !== undefined) return ready
    const known = chunks.newest(model)
    if (known === null) return null
    const owners = chunks.owners(model, known.dimensions)
    const index = createModelIndex(known.dimensions, owners, segments.open(model), packed)
    indexes.set(model, index)
    return index
  }

  /** What is to be built next: also of a model that nobody has searched yet, or its first search would wait for long. */
  const planOf = (model: string): SegmentPlan | null => {
    const index = indexes.get(model)
    if (index !== undefined) return planSegments(index.shares(), index.aboveCount(), segmentAt)
    const { segments: shares, above } = segments.shares(model)
    return planSegments(shares, above, segmentAt)
  }
  /** Builds one; answers whether it is worth to ask again. */
  const buildNext = async (model: string): Promise<boolean> => {
    const plan = planOf(model)
    const known = chunks.newest(model)
    if (plan === null || known === null) return false
    const made = await segments.build(model, {
      dimensions: known.dimensions,
      first: plan.first,
      replaces: plan.end - plan.first,
      upTo: plan.memory ? known.last : null,
    })
    if (!made || !indexes.has(model)) return made
    await segments.load(model)
    if (!database.open) return false
    indexes.get(model)?.adopt(segments.open(model))
    return true
  }
  const buildAll = async (model: string): Promise<void> => {
    while (await buildNext(model));
    if (database.open) maybeGraph(model)
  }
  /** Graphs take minutes, and long where there is other work: codes do not wait for them. */
  const buildGraphs = async (model: string): Promise<void> => {
    while (database.open && (await segments.buildGraph(model)));
    if (database.open && indexes.has(model)) await segments.loadGraphs(model)
  }
  const maybeGraph = (model: string): void => {
    if (graphing.has(model) || segments.isWhole(model)) return
    graphing.add(model)
    drop(buildGraphs(model).finally(() => graphing.delete(model)))
  }
  const maybeBuild = (model: string): void => {
    if (building.has(model)) return
    if (planOf(model) === null) {
      maybeGraph(model)
      return
    }
    building.add(model)
    drop(buildAll(model).finally(() => building.delete(model)))
  }
  /** The newest vectors, as many as fit: then a film that is scored is there already. */
  const readVectors = async (index: ModelIndex): Promise<void> => {
    const query = new Float32Array(index.dimensions)
    const missing = index.chunks().filter((id) => !packed.has(id))
    for (let at = 0; at < missing.length; at += readAhead) {
      await nextTurn()
      if (!database.open) return
      const { chunk } = packed.ask([query])
      for (const id of missing.slice(at, at + readAhead)) {
        if (packed.room() === 0) return
        chunk(id)
      }
    }
  }
  const indexFor = (model: string, { vector }: IndexQuery): ModelIndex | null => {
    const index = indexOf(model)
    if (index?.dimensions !== vector.length) return null
    maybeBuild(model)
    return index
  }

  return {
    put: (videoId, model, stage, pack) => {
      const old = chunks.replace(videoId, model, stage, pack)
      return () => {
        packed.forget(old)
        const index = indexes.get(model)
        index?.forget(old)
        index?.add(videoId, chunks.sizes(videoId, model, index.dimensions))
        maybeBuild(model)
      }
    },
    isFine: chunks.isFine,
    prepare: async (model) => {
      if (indexes.has(model)) return
      await segments.load(model)
      if (!database.open || indexes.has(model)) return
      const index = indexOf(model)
      if (index === null) return
      maybeBuild(model)
      drop(readVectors(index).then(() => segments.loadGraphs(model)))
    },
    nearest: (model, query, wanted, only = null) =>
      indexFor(model, query)?.nearest(query, wanted, only) ?? [],
    nearestFilms: (model, query, wanted, only = null) =>
      indexFor(model, query)?.nearestFilms(query, wanted, only) ?? [],
    scores: (model, videoId, queries, bank = null) => {
      const length = queries[0]?.length ?? 0
      const index = indexes.get(model)
      const sizes =
        index?.dimensions === length ? index.ofFilm(videoId) : chunks.sizes(videoId, model, length)
      const found = filmScores(packed, sizes, queries)
      return found === null ? null : { ...found, hub: bank === null ? null : hubs.of(bank, sizes) }
    },
    chunksWithoutHub: hubs.missing,
    meanOfBest: (chunkId, texts, best) => meanOfBest(packed, chunkId, texts, best),
    putHub: hubs.put,
    frameAt: (model, videoId, seconds) => frameAt(chunks.ofVideo(videoId, model), seconds),
    videosWith: (model) => chunks.videos(model),
    framesOf: (model) => chunks.frames(model),
    sample: (model, wanted, random) => sampleFrames(chunks, model, wanted, random),
    timeOf: chunks.timeOf,
    forgetModel: (model) => {
      packed.forget(chunks.owners(model).keys())
      chunks.dropModel(model)
      segments.forget(model)
      indexes.delete(model)
    },
    check: (model) => ({ ...segments.check(model), chunks: chunks.owners(model).size }),
  }
}
