import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createVectors } from '../../src-main/catalog/vectors.ts'
import type { Vectors } from '../../src-main/catalog/vectors.ts'
import { normalise, packHalf } from '../../src-main/domain/embedding.ts'
import { engineEntries } from '../../src-main/foundation/engine-entries.ts'
import { forkWithNode } from '../../src-main/foundation/engine-process.ts'
import { createLog } from '../../src-main/foundation/log.ts'
import { seededRandom } from '../seeded-random.ts'
import { temporaryStore } from './temporary-store.ts'
import type { TemporaryStore } from './temporary-store.ts'

const dimensions = 32
const random = seededRandom(7)
const randomUnit = (): Float32Array => {
  const vector = Float32Array.from({ length: dimensions }, () => random() - 0.5)
  normalise(vector)
  return vector
}

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
  const put = (vectors: Vectors, videoId: string, count: number): void => {
    const all = Array.from({ length: count }, randomUnit)
    films.set(videoId, all)
    const packed = Buffer.concat(all.map((vector) => Buffer.from(packHalf(vector))))
    const show = library.database.transaction(() =>
      vectors.put(videoId, 'm', 'skimmed', { dimensions, times: all.map((_, i) => i), vectors: packed }),
    )()
    show()
  }
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
      const [first] = vectors.nearest('m', query, 10)
      // An approximate index may miss the very best now and then, never by much.
      expect(first?.score).toBeGreaterThan(best.score - 0.05)
      if (first?.videoId === best.videoId) hits += 1
      const exact = vectors.score('m', best.videoId, query)
      expect(Math.max(...(exact?.scores ?? []))).toBeCloseTo(best.score, 3)
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
    expect([...(vectors.score('m', 'va', randomUnit())?.times ?? [])]).toEqual(
      Array.from({ length: 150 }, (_, i) => i),
    )
    expect(vectors.videosWith('m')).toBe(4)
    expect(vectors.nearest('other', randomUnit(), 5)).toEqual([])
    expect(vectors.score('m', 'vz', randomUnit())).toBeNull()
  })

  it('shows nothing before the commit, and no vector of a replaced film after it', () => {
    const vectors = open()
    put(vectors, 'va', 10)
    const query = randomUnit()
    vectors.nearest('m', query, 1)
    const all = [query]
    const show = library.database.transaction(() =>
      vectors.put('vb', 'm', 'skimmed', { dimensions, times: [0], vectors: packHalf(query) }),
    )()
    expect(vectors.nearest('m', query, 1)[0]?.videoId).toBe('va')
    show()
    expect(vectors.nearest('m', query, 1)[0]).toMatchObject({ videoId: 'vb' })
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
    expect(vectors.nearest('m', randomUnit(), 10)).toHaveLength(1)
    expect(vectors.score('m', 'va', randomUnit())?.scores[0]).toBe(0)
  })

  it('builds segments in another process, and is right with them, after them and without them', async () => {
    let vectors = open(400)
    for (let i = 0; i < 12; i += 1) put(vectors, `v${i}`, 100)
    expectRight(vectors) // opens the index and starts the builder
    const segments = (): string[] =>
      readdirSync(library.paths.segments).filter((name) => name.endsWith('.usearch'))
    await expect.poll(segments, { timeout: 20_000 }).toHaveLength(1)
    await expect.poll(() => vectors.check('m').segments, { timeout: 20_000 }).toBe(1)
    put(vectors, 'v3', 20) // replaces vectors that are in the segment
    put(vectors, 'vnew', 30)
    expectRight(vectors)
    vectors = open(400)
    expectRight(vectors)
  })

  it('survives damaged, truncated and missing segments', async () => {
    let vectors = open(400)
    for (let i = 0; i < 6; i += 1) put(vectors, `v${i}`, 100)
    vectors.nearest('m', randomUnit(), 1)
    await expect.poll(() => vectors.check('m').segments, { timeout: 20_000 }).toBe(1)
    const name = readdirSync(library.paths.segments).find((file) => file.endsWith('.usearch')) ?? ''
    const file = join(library.paths.segments, name)
    const bytes = readFileSync(file)
    bytes[Math.floor(bytes.length / 2)] = (bytes[Math.floor(bytes.length / 2)] ?? 0) ^ 0xff
    writeFileSync(file, bytes.subarray(0, bytes.length / 2))
    expect(vectors.check('m').damaged).toBe(1)
    vectors = open()
    expectRight(vectors)
    expect(vectors.check('m').segments).toBe(0)
  })
})
