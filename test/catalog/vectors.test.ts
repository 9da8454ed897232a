import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createVectors } from '../../src-main/catalog/vectors.ts'
import type { VectorPack } from '../../src-main/catalog/vector-chunks.ts'
import type { Vectors } from '../../src-main/catalog/vectors.ts'
import { normalise, packHalf } from '../../src-main/domain/embedding.ts'
import { engineEntries } from '../../src-main/foundation/engine-entries.ts'
import { forkWithNode } from '../../src-main/foundation/engine-process.ts'
import { createLog } from '../../src-main/foundation/log.ts'
import { temporaryStore } from './temporary-store.ts'
import type { TemporaryStore } from './temporary-store.ts'
import { asText, dimensions, random, randomUnit } from './unit-vectors.ts'

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
