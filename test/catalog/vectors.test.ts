import type { IndexQuery } from '../../src-main/catalog/model-index.ts'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { planSegments } from '../../src-main/catalog/segment-plan.ts'
import { createVectors } from '../../src-main/catalog/vectors.ts'
import type { VectorPack } from '../../src-main/catalog/vector-chunks.ts'
import type { Vectors } from '../../src-main/catalog/vectors.ts'
import type { NearVector } from '../../src-main/catalog/rescore.ts'
import { dot, normalise, packHalf, unpackHalf } from '../../src-main/domain/embedding.ts'
import { engineEntries } from '../../src-main/foundation/engine-entries.ts'
import { forkWithNode } from '../../src-main/foundation/engine-process.ts'
import { createLog } from '../../src-main/foundation/log.ts'
import { seededRandom } from '../../src-main/domain/seeded-random.ts'
import { temporaryStore } from './temporary-store.ts'
import type { TemporaryStore } from './temporary-store.ts'

const dimensions = 32
const random = seededRandom(7)
const randomUnit = (): Float32Array => {
  const vector = Float32Array.from({ length: dimensions }, () => random() - 0.5)
  normalise(vector)
  return vector
}

const asText = (vector: Float32Array): IndexQuery => ({ kind: 'text', vector })

describe('vectors', () => {
  let library: TemporaryStore
  const films = new Map<string, readonly Float32Array[]>()
  beforeEach(() => {
    library = temporaryStore()
    films.clear()
  })
  afterEach(() => library.dispose())

  const open = (segmentAt = 1_000_000): Vectors =>
    createVectors({
      database: library.database,
      paths: library.paths,
      log: createLog('test', null),
      fork: forkWithNode,
      builder: engineEntries(import.meta.url).segmentBuilder,
      segmentAt,
    })
  const pack = (videoId: string, all: readonly Float32Array[]): VectorPack => {
    films.set(videoId, all)
    const packed = Buffer.concat(all.map((vector) => Buffer.from(packHalf(vector))))
    return { dimensions, times: all.map((_, i) => i), vectors: packed }
  }
  /** A film of random vectors; `planted`: others in some places. */
  const put = (
    vectors: Vectors,
    videoId: string,
    count: number,
    planted: Readonly<Record<number, Float32Array>> = {},
  ): void => {
    const own = pack(
      videoId,
      Array.from({ length: count }, (_, i) => planted[i] ?? randomUnit()),
    )
    library.database.transaction(() => vectors.put(videoId, 'm', 'skimmed', own))()()
  }
  /** Fine vectors in place of the coarse ones: near them, as frames of the same film are. */
  const refine = (vectors: Vectors, videoId: string): void => {
    const all = (films.get(videoId) ?? []).map((vector) => {
      const near = vector.map((value) => value + (random() - 0.5) * 0.02)
      normalise(near)
      return near
    })
    const own = pack(videoId, all)
    const starts = own.times.map((time) => Math.max(0, time - 0.5))
    library.database.transaction(() => vectors.put(videoId, 'm', 'analyzed', { ...own, starts }))()()
  }
  const vectorsInFiles = (): number =>
    (
      library.database
        .prepare('SELECT coalesce(sum(count), 0) AS count FROM derived.vector_segment')
        .get() as {
        count: number
      }
    ).count
  const bestByHand = (query: Float32Array): { videoId: string; score: number } =>
    [...films]
      .flatMap(([videoId, all]) =>
        all.map((vector) => ({
          videoId,
          score: vector.reduce((sum, part, i) => sum + part * (query[i] ?? 0), 0),
        })),
      )
      .reduce((best, one) => (one.score > best.score ? one : best))
  const expectRight = (vectors: Vectors): void => {
    let hits = 0
    for (let i = 0; i < 20; i += 1) {
      const query = randomUnit()
      const best = bestByHand(query)
      const [first] = vectors.nearest('m', asText(query), 10)
      // An approximate index may miss the very best now and then, never by much.
      expect(first?.score).toBeGreaterThan(best.score - 0.05)
      if (first?.videoId === best.videoId) hits += 1
      const exact = vectors.scores('m', best.videoId, [query])
      expect(Math.max(...(exact?.scores[0] ?? []))).toBeCloseTo(best.score, 3)
    }
    expect(hits).toBeGreaterThanOrEqual(18)
  }

  it('finds the nearest over several chunks, and scores them exactly with their times', () => {
    const vectors = open()
    for (const [videoId, count] of [
      ['va', 150],
      ['vb', 64],
      ['vc', 1],
      ['vd', 65],
    ] as const)
      put(vectors, videoId, count)
    expectRight(vectors)
    expect([...(vectors.scores('m', 'va', [randomUnit()])?.times ?? [])]).toEqual(
      Array.from({ length: 150 }, (_, i) => i),
    )
    expect(vectors.videosWith('m')).toBe(4)
    expect(vectors.nearest('other', asText(randomUnit()), 5)).toEqual([])
    expect(vectors.scores('m', 'vz', [randomUnit()])).toBeNull()
  })

  it('shows nothing before the commit, and no vector of a replaced film after it', () => {
    const vectors = open()
    put(vectors, 'va', 10)
    const query = randomUnit()
    vectors.nearest('m', asText(query), 1)
    const all = [query]
    const show = library.database.transaction(() =>
      vectors.put('vb', 'm', 'skimmed', { dimensions, times: [0], vectors: packHalf(query) }),
    )()
    expect(vectors.nearest('m', asText(query), 1)[0]?.videoId).toBe('va')
    show()
    expect(vectors.nearest('m', asText(query), 1)[0]).toMatchObject({ videoId: 'vb' })
    films.set('vb', all)
    put(vectors, 'vb', 3)
    expectRight(vectors)
  })

  it('leaves frames that say nothing out of the index and scores them 0', () => {
    const vectors = open()
    const zero = new Float32Array(dimensions)
    library.database.transaction(() =>
      vectors.put('va', 'm', 'skimmed', {
        dimensions,
        times: [0, 1],
        vectors: Buffer.concat([packHalf(zero), packHalf(randomUnit())]),
      }),
    )()
    expect(vectors.nearest('m', asText(randomUnit()), 10)).toHaveLength(1)
    expect(vectors.scores('m', 'va', [randomUnit()])?.scores[0]?.[0]).toBe(0)
  })

  it('builds segments in another process, and is right with them, after them and without them', async () => {
    let vectors = open(400)
    for (let i = 0; i < 12; i += 1) put(vectors, `v${i}`, 100)
    expectRight(vectors) // opens the index and starts the builder
    const segments = (): string[] =>
      readdirSync(library.paths.segments).filter((name) => name.endsWith('.codes'))
    await expect.poll(segments, { timeout: 20_000 }).toHaveLength(1)
    await expect.poll(() => vectors.check('m').segments, { timeout: 20_000 }).toBe(1)
    put(vectors, 'v3', 20) // replaces vectors that are in the segment
    put(vectors, 'vnew', 30)
    expectRight(vectors)
    vectors = open(400)
    expectRight(vectors)
  })

  const graphs = (): string[] =>
    readdirSync(library.paths.segments).filter((name) => name.endsWith('.usearch'))
  /** Waits until each segment has its graph, and all are read. */
  const graphsRead = (vectors: Vectors): Promise<void> =>
    expect
      .poll(
        () => {
          const found = vectors.check('m')
          return found.graphs > 0 && found.graphs === found.segments
        },
        { timeout: 30_000 },
      )
      .toBe(true)

  it('finds pictures near pictures by a graph, the living ones alone, and as many as are wanted', async () => {
    let vectors = open(400)
    const planted = randomUnit()
    const near = (i: number): Float32Array => {
      const vector = planted.map((part, at) => part + (at === i ? 0.02 : 0))
      normalise(vector)
      return vector
    }
    for (let i = 0; i < 12; i += 1) put(vectors, `v${i}`, 100, { 7: near(i) })
    vectors.nearest('m', asText(randomUnit()), 1)
    await graphsRead(vectors)
    vectors = open(400)
    await vectors.prepare('m')
    const asked = (wanted: number): readonly string[] =>
      vectors.nearest('m', { kind: 'image', vector: planted }, wanted).map(({ videoId }) => videoId)
    // The graph is read in the background: the answers are the same before and after.
    const before = vectors.nearest('m', { kind: 'image', vector: planted }, 12)
    expect(new Set(before.map(({ videoId }) => videoId)).size).toBe(12)
    await graphsRead(vectors)
    expect(vectors.nearest('m', { kind: 'image', vector: planted }, 12)).toEqual(before)
    expect(vectors.nearestFilms('m', { kind: 'image', vector: planted }, 5)).toHaveLength(5)
    put(vectors, 'v3', 20)
    put(vectors, 'vnew', 30, { 2: near(40) })
    expect(asked(12)).not.toContain('v3')
    expect(asked(12)).toContain('vnew')
    expect(asked(1_140)).toHaveLength(1_140)
  })

  it('answers by codes where a graph is damaged, and makes it again', async () => {
    let vectors = open(400)
    for (let i = 0; i < 6; i += 1) put(vectors, `v${i}`, 100)
    vectors.nearest('m', asText(randomUnit()), 1)
    await graphsRead(vectors)
    const [damaged = ''] = graphs()
    const file = join(library.paths.segments, damaged)
    writeFileSync(file, readFileSync(file).subarray(0, 1_000))
    vectors = open(400)
    await vectors.prepare('m')
    await expect.poll(graphs, { timeout: 20_000 }).not.toContain(damaged)
    expectRight(vectors) // asks for it again
    await graphsRead(vectors)
    expectRight(vectors)
  })

  it('survives damaged, truncated and missing segments', async () => {
    let vectors = open(400)
    for (let i = 0; i < 6; i += 1) put(vectors, `v${i}`, 100)
    vectors.nearest('m', asText(randomUnit()), 1)
    await expect.poll(() => vectors.check('m').segments, { timeout: 20_000 }).toBe(1)
    const name = readdirSync(library.paths.segments).find((file) => file.endsWith('.codes')) ?? ''
    const file = join(library.paths.segments, name)
    const bytes = readFileSync(file)
    bytes[Math.floor(bytes.length / 2)] = (bytes[Math.floor(bytes.length / 2)] ?? 0) ^ 0xff
    writeFileSync(file, bytes.subarray(0, bytes.length / 2))
    expect(vectors.check('m').damaged).toBe(1)
    vectors = open()
    expectRight(vectors)
    expect(vectors.check('m').segments).toBe(0)
  })

  it('gives the vectors of an analysis the seconds from which they stand, and knows them from coarse ones', () => {
    const vectors = open()
    put(vectors, 'va', 70)
    expect(vectors.isFine('va', 'm')).toBe(false)
    expect(vectors.scores('m', 'va', [randomUnit()])?.spacing).toBeUndefined()
    refine(vectors, 'va')
    expect(vectors.isFine('va', 'm')).toBe(true)
    const scored = vectors.scores('m', 'va', [randomUnit()])
    expect(scored?.spacing).toBe(0.5)
    expect([...(scored?.frames ?? [])].slice(63, 66)).toEqual([63, 64, 65])
    expect([...(scored?.times ?? [])].slice(63, 66)).toEqual([62.5, 63.5, 64.5])
    expectRight(vectors)
  })

  it('stays right and small when analysis after analysis kills what the segments hold', async () => {
    const vectors = open(400)
    for (let i = 0; i < 20; i += 1) put(vectors, `v${i}`, 100)
    vectors.nearest('m', asText(randomUnit()), 1)
    await expect.poll(vectorsInFiles, { timeout: 20_000 }).toBe(2000)
    for (let i = 0; i < 20; i += 1) {
      refine(vectors, `v${i}`)
      // However many are dead, as many living ones are found as were asked for, and no dead one.
      const near = vectors.nearest('m', asText(randomUnit()), 300)
      expect(new Set(near.map(({ chunkId, place }) => `${chunkId} ${place}`)).size).toBe(300)
    }
    expectRight(vectors)
    // 2000 vectors live, at most 400 of them in memory only: files hold the rest and at most as many dead again.
    await expect
      .poll(
        () => {
          vectors.nearest('m', asText(randomUnit()), 1)
          return vectorsInFiles()
        },
        { timeout: 30_000 },
      )
      .toBeLessThanOrEqual(2400)
    expect(vectorsInFiles()).toBeGreaterThanOrEqual(1600)
    expect(vectors.check('m')).toMatchObject({ damaged: 0, chunks: 40 })
    expectRight(vectors)
    expectRight(open(400))
  })
})

describe('filters and films', () => {
  let library: TemporaryStore
  let vectors: Vectors
  /** Some of them in a segment, some above it; dead chunks in between; two films of the very same frames. */
  const films = new Map<string, readonly Float32Array[]>()
  const put = (videoId: string, all: readonly Float32Array[]): void => {
    films.set(videoId, all)
    const packed = Buffer.concat(all.map((vector) => Buffer.from(packHalf(vector))))
    const times = all.map((_, i) => i)
    library.database.transaction(() =>
      vectors.put(videoId, 'm', 'skimmed', { dimensions, times, vectors: packed }),
    )()()
  }
  const inFiles = (): unknown =>
    library.database.prepare('SELECT sum(count) FROM derived.vector_segment').pluck().get()
  const createIn = (packedBytes = 1e7): Vectors =>
    createVectors({
      database: library.database,
      paths: library.paths,
      log: createLog('test', null),
      fork: forkWithNode,
      builder: engineEntries(import.meta.url).segmentBuilder,
      segmentAt: 1_500,
      packedBytes,
    })
  beforeAll(async () => {
    library = temporaryStore()
    vectors = createIn()
    const twins = Array.from({ length: 90 }, randomUnit)
    for (let i = 0; i < 14; i += 1) put(`v${i}`, Array.from({ length: 100 }, randomUnit))
    put('twin-b', twins)
    put('twin-a', twins)
    await vi.waitUntil(() => inFiles() === 1_580, { timeout: 30_000 })
    put('v3', Array.from({ length: 70 }, randomUnit))
    put('later', Array.from({ length: 130 }, randomUnit))
    put('black', [new Float32Array(dimensions), new Float32Array(dimensions), randomUnit()])
    vectors = createIn()
  })
  afterAll(() => library.dispose())

  type Found = { readonly videoId: string; readonly at: number; readonly score: number }
  /** What exact search says; ties by film and place. */
  const byHand = (query: Float32Array, only: ReadonlySet<string> | null): readonly Found[] =>
    [...films]
      .filter(([videoId]) => only?.has(videoId) ?? true)
      .flatMap(([videoId, all]) =>
        all.flatMap((vector, at) => {
          const score = dot(unpackHalf(packHalf(vector)), query)
          return vector.some((part) => part !== 0) ? [{ videoId, at, score }] : []
        }),
      )
      .sort((a, b) => b.score - a.score)
  const expectHits = (found: readonly NearVector[], exact: readonly Found[], wanted: number): number => {
    expect(found).toHaveLength(Math.min(wanted, exact.length))
    const last = exact[found.length - 1]?.score ?? 0
    const scores = found.map(({ score }) => score)
    expect(scores).toEqual(scores.toSorted((a, b) => b - a))
    return scores.filter((score) => score >= last - 1e-4).length
  }
  const sets = (query: Float32Array): readonly (ReadonlySet<string> | null)[] => {
    const byBest = [...films.keys()]
      .map((videoId) => ({ videoId, best: byHand(query, new Set([videoId]))[0]?.score ?? 0 }))
      .sort((a, b) => a.best - b.best)
      .map(({ videoId }) => videoId)
    return [
      null,
      new Set(byBest),
      new Set(byBest.slice(0, 1)),
      new Set(byBest.slice(0, 8)),
      new Set(byBest.slice(-2)),
      new Set(['later', 'black', 'no such film']),
    ]
  }

  it('hold: as many as were asked for, exact and in order, also where the films left are the farthest', () => {
    let [hits, all] = [0, 0]
    for (let i = 0; i < 8; i += 1) {
      const query = randomUnit()
      for (const only of sets(query))
        for (const wanted of [1, 10, 300]) {
          const near = vectors.nearest('m', asText(query), wanted, only)
          const exact = byHand(query, only)
          hits += expectHits(near, exact, wanted)
          all += near.length
          for (const { videoId, score } of near) {
            expect(only?.has(videoId) ?? true).toBe(true)
            expect(exact.some((one) => one.videoId === videoId && Math.abs(one.score - score) < 5e-5)).toBe(
              true,
            )
          }
          expect(new Set(near.map(({ chunkId, place }) => `${chunkId} ${place}`)).size).toBe(near.length)
        }
    }
    expect(hits / all).toBeGreaterThan(0.995)
  })

  it('give all there is when more is wanted, and nothing where nothing is left', () => {
    const query = randomUnit()
    expect(vectors.nearest('m', asText(query), 100_000)).toHaveLength(byHand(query, null).length)
    expect(vectors.nearest('m', asText(query), 10, new Set())).toEqual([])
    expect(vectors.nearest('m', asText(query), 10, new Set(['no such film']))).toEqual([])
    expect(vectors.nearestFilms('m', asText(query), 10, new Set(['no such film']))).toEqual([])
    expect(vectors.nearest('m', asText(query.slice(1)), 10)).toEqual([])
  })

  it('break ties by film, chunk and place', () => {
    const query = randomUnit()
    const near = vectors.nearest('m', asText(query), 180, new Set(['twin-a', 'twin-b']))
    const pairs = near.filter((_, i) => i % 2 === 0).map((one, i) => [one, near[2 * i + 1]] as const)
    for (const [a, b] of pairs) {
      expect([a.videoId, b?.videoId]).toEqual(['twin-a', 'twin-b'])
      expect([a.score, a.place]).toEqual([b?.score, b?.place])
    }
  })

  it('name the films whose best frame is nearest', () => {
    const exactBest = (videoId: string, query: Float32Array): number =>
      byHand(query, new Set([videoId]))[0]?.score ?? -1
    for (let i = 0; i < 10; i += 1) {
      const query = randomUnit()
      for (const only of sets(query)) {
        const count = only === null ? films.size : [...only].filter((videoId) => films.has(videoId)).length
        const found = vectors.nearestFilms('m', asText(query), 5, only)
        expect(found).toHaveLength(Math.min(5, count))
        const fifth = [...films.keys()]
          .filter((videoId) => only?.has(videoId) ?? true)
          .map((videoId) => exactBest(videoId, query))
          .sort((a, b) => b - a)[found.length - 1]
        for (const { videoId, score } of found) {
          expect(Math.abs(score - exactBest(videoId, query))).toBeLessThan(0.15)
          expect(exactBest(videoId, query)).toBeGreaterThan((fifth ?? 0) - 0.2)
        }
      }
    }
  })

  it('are right with hardly any memory for vectors', () => {
    const small = createIn(1)
    for (let i = 0; i < 5; i += 1) {
      const query = randomUnit()
      for (const only of sets(query)) {
        expect(small.nearest('m', asText(query), 10, only)).toEqual(
          vectors.nearest('m', asText(query), 10, only),
        )
        expect(small.scores('m', 'v7', [query])).toEqual(vectors.scores('m', 'v7', [query]))
      }
    }
  })

  it('find the same when the index was prepared, whoever comes meanwhile', async () => {
    const prepared = createIn()
    const both = [prepared.prepare('m'), prepared.prepare('m'), prepared.prepare('other')]
    const query = randomUnit()
    const meanwhile = prepared.nearest('m', asText(query), 20)
    await Promise.all(both)
    await prepared.prepare('m')
    expect(prepared.nearest('m', asText(query), 20)).toEqual(meanwhile)
    expect(meanwhile).toEqual(vectors.nearest('m', asText(query), 20))
  })

  it('score a film with many queries at once, each as alone', () => {
    const queries = Array.from({ length: 150 }, randomUnit)
    const together = vectors.scores('m', 'later', queries)
    expect(together?.scores).toHaveLength(150)
    for (const i of [0, 63, 64, 149])
      expect(together?.scores[i]).toEqual(vectors.scores('m', 'later', [queries[i]!])?.scores[0])
    expect(together?.hub).toBeNull()
    expect(vectors.scores('m', 'later', [])).toBeNull()
    expect(vectors.scores('m', 'later', [randomUnit().slice(1)])).toBeNull()
  })
})

describe('how near a vector is to everything', () => {
  it('is kept beside its chunk, by bank, and goes with it', () => {
    const library = temporaryStore()
    const { vectors } = library.store
    const all = Array.from({ length: 70 }, randomUnit)
    const put = (videoId: string): void => {
      const packed = Buffer.concat(all.map((vector) => Buffer.from(packHalf(vector))))
      const pack = { dimensions, times: all.map((_, i) => i), vectors: packed }
      library.database.transaction(() => vectors.put(videoId, 'm', 'skimmed', pack))()()
    }
    put('va')
    put('vb')
    const texts = Array.from({ length: 200 }, randomUnit)
    const missing = vectors.chunksWithoutHub('m', 'bank', 100)
    expect(missing.map(({ count }) => count)).toEqual([64, 6, 64, 6])
    expect(vectors.chunksWithoutHub('m', 'bank', 3)).toEqual(missing.slice(0, 3))
    expect(vectors.chunksWithoutHub('other', 'bank', 100)).toEqual([])
    const hubOf = (): Float32Array | null | undefined => vectors.scores('m', 'va', [texts[0]!], 'bank')?.hub
    for (const [i, { id, count }] of missing.entries()) {
      if (i < 2) expect(hubOf()).toBeNull()
      const values = vectors.meanOfBest(id, texts, 10)
      expect(values).toHaveLength(count)
      values?.forEach((value, place) => {
        const vector = unpackHalf(packHalf(all[(i % 2) * 64 + place]!))
        const best = texts.map((text) => dot(text, vector)).sort((a, b) => b - a)
        expect(value).toBeCloseTo(best.slice(0, 10).reduce((sum, score) => sum + score, 0) / 10, 4)
      })
      expect(vectors.putHub('bank', id, values ?? new Float32Array(0))).toBe(true)
    }
    expect(vectors.chunksWithoutHub('m', 'bank', 100)).toEqual([])
    expect(hubOf()).toHaveLength(70)
    expect(vectors.scores('m', 'va', [texts[0]!], 'another')?.hub).toBeNull()
    expect(vectors.scores('m', 'va', [texts[0]!])?.hub).toBeNull()
    expect(vectors.chunksWithoutHub('m', 'another', 100)).toHaveLength(4)
    expect(vectors.meanOfBest(9_999, texts, 10)).toBeNull()
    expect(vectors.putHub('bank', 9_999, new Float32Array(3))).toBe(false)
    expect(() => vectors.putHub('bank', missing[0]!.id, new Float32Array(3))).toThrow(RangeError)
    put('va')
    expect(hubOf()).toBeNull()
    vectors.forgetModel('m')
    expect(library.database.prepare('SELECT count(*) FROM derived.vector_hub').pluck().get()).toBe(0)
    expect(vectors.nearest('m', asText(randomUnit()), 5)).toEqual([])
    library.dispose()
  })
})

describe('what is built next', () => {
  const full = { size: 100, living: 90 }
  const sparse = { size: 100, living: 49 }
  const dead = { size: 100, living: 0 }

  it('is nothing while memory is small and most of every segment lives', () => {
    expect(planSegments([], 99, 100)).toBeNull()
    expect(planSegments([full, { size: 100, living: 50 }, { size: 0, living: 0 }], 99, 100)).toBeNull()
  })

  it('is memory when it is full, with the sparse segments just before it, and everything once there are many', () => {
    expect(planSegments([full, sparse, full], 100, 100)).toEqual({ first: 3, end: 3, memory: true })
    expect(planSegments([full, sparse, dead], 100, 100)).toEqual({ first: 1, end: 3, memory: true })
    expect(planSegments([dead, dead], 100, 100)).toEqual({ first: 0, end: 2, memory: true })
    const many = Array.from({ length: 8 }, () => full)
    expect(planSegments(many, 100, 100)).toEqual({ first: 0, end: 8, memory: true })
  })

  it('is else the first run of sparse segments', () => {
    expect(planSegments([full, sparse, dead, full, sparse], 0, 100)).toEqual({
      first: 1,
      end: 3,
      memory: false,
    })
    expect(planSegments([full, sparse], 0, 100)).toEqual({ first: 1, end: 2, memory: false })
  })
})
