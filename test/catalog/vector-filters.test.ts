import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { createVectors } from '../../src-main/catalog/vectors.ts'
import type { Vectors } from '../../src-main/catalog/vectors.ts'
import type { NearVector } from '../../src-main/catalog/rescore.ts'
import { dot, packHalf, unpackHalf } from '../../src-main/domain/embedding.ts'
import { engineEntries } from '../../src-main/foundation/engine-entries.ts'
import { forkWithNode } from '../../src-main/foundation/engine-process.ts'
import { createLog } from '../../src-main/foundation/log.ts'
import { temporaryStore } from './temporary-store.ts'
import type { TemporaryStore } from './temporary-store.ts'
import { asText, dimensions, randomUnit } from './unit-vectors.ts'

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
