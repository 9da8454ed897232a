import { describe, expect, it } from 'vitest'
import { createPackedVectors, mostQueries } from '../../src-main/catalog/packed-vectors.ts'
import type { ChunkBytes } from '../../src-main/catalog/vector-chunks.ts'
import { dot, normalise, packHalf, unpackHalf } from '../../src-main/domain/embedding.ts'
import { seededRandom } from '../../src-main/domain/seeded-random.ts'

const random = seededRandom(11)
const randomUnit = (dimensions: number): Float32Array => {
  const vector = Float32Array.from({ length: dimensions }, () => random() - 0.5)
  normalise(vector)
  return vector
}

/** Chunks in memory, with how often each was read. */
const chunksOf = (dimensions: number, counts: readonly number[]) => {
  // As float16 has them.
  const vectors = counts.map((count) =>
    Array.from({ length: count }, () => unpackHalf(packHalf(randomUnit(dimensions)))),
  )
  const reads: number[] = []
  const read = (id: number): ChunkBytes | null => {
    const own = vectors[id]
    if (own === undefined) return null
    reads.push(id)
    // At an odd place of a larger buffer, as SQLite's are.
    const bytes = Buffer.concat([Buffer.alloc(3), ...own.map((vector) => Buffer.from(packHalf(vector)))])
    const times = Float64Array.from(own, (_, i) => id * 100 + i)
    return { id, dimensions, count: own.length, times, starts: null, vectors: bytes.subarray(3) }
  }
  return { vectors, reads, read }
}
const slot = (dimensions: number): number => 64 * Math.ceil(dimensions / 16) * 32

describe('packed vectors', () => {
  for (const dimensions of [512, 37, 8])
    it(`score exactly, each query for itself, with ${dimensions} dimensions`, () => {
      const { vectors, read } = chunksOf(dimensions, [64, 1, 63])
      const packed = createPackedVectors(10 * slot(dimensions), read)
      const queries = Array.from({ length: 5 }, () => randomUnit(dimensions))
      const scorer = packed.ask(queries)
      vectors.forEach((own, id) => {
        const chunk = scorer.chunk(id)
        if (chunk === null) throw new Error('it is there')
        expect([...chunk.times]).toEqual(own.map((_, i) => id * 100 + i))
        queries.forEach((query, q) => {
          const scores = [...scorer.scores(chunk, q)]
          own.forEach((vector, place) => {
            expect(Math.abs((scores[place] ?? 9) - dot(vector, query))).toBeLessThan(5e-5)
            expect(scorer.score(chunk, place, q)).toBe(scores[place])
          })
        })
      })
      expect(scorer.chunk(99)).toBeNull()
    })

  it('read a chunk once, and let go of the one that was used longest ago', () => {
    const { read, reads } = chunksOf(32, [5, 5, 5, 5])
    const packed = createPackedVectors(3 * slot(32), read)
    const { chunk } = packed.ask([randomUnit(32)])
    for (const id of [0, 1, 2, 0, 1]) chunk(id)
    expect([reads, packed.room()]).toEqual([[0, 1, 2], 0])
    chunk(3) // in place of 2
    for (const id of [0, 1, 3]) chunk(id)
    expect(reads).toEqual([0, 1, 2, 3])
    expect([0, 1, 2, 3].map((id) => packed.has(id))).toEqual([true, true, false, true])
    packed.forget([0, 2, 77])
    expect(packed.room()).toBe(1)
    chunk(2)
    chunk(1)
    expect(reads).toEqual([0, 1, 2, 3, 2])
  })

  it('are right with room for a single chunk', () => {
    const { vectors, read } = chunksOf(32, [64, 64, 64])
    const packed = createPackedVectors(1, read)
    const query = randomUnit(32)
    const scorer = packed.ask([query])
    for (const id of [0, 1, 2, 1, 0]) {
      const chunk = scorer.chunk(id)
      if (chunk === null) throw new Error('it is there')
      expect(scorer.scores(chunk, 0)[63]).toBeCloseTo(dot(vectors[id]![63]!, query), 3)
    }
  })

  it('begin anew for vectors of another length, and take no chunk of another one', () => {
    const short = chunksOf(32, [4])
    const long = chunksOf(64, [4])
    const packed = createPackedVectors(1e6, (id) => (id < 10 ? short.read(id) : long.read(id - 10)))
    expect(packed.ask([randomUnit(32)]).chunk(0)).not.toBeNull()
    expect(packed.ask([randomUnit(64)]).chunk(0)).toBeNull()
    expect(packed.ask([randomUnit(64)]).chunk(10)).not.toBeNull()
    expect(packed.has(0)).toBe(false)
  })

  it('know a vector that says nothing, and refuse more queries than there is room for', () => {
    const zero = new Uint8Array(32 * 2 * 2)
    zero.set(packHalf(randomUnit(32)), 64)
    const times = Float64Array.of(0, 1)
    const packed = createPackedVectors(1e6, (id) => ({
      ...{ id, dimensions: 32, count: 2, times, starts: null, vectors: zero },
    }))
    const scorer = packed.ask([randomUnit(32)])
    const chunk = scorer.chunk(1)
    if (chunk === null) throw new Error('it is there')
    expect([0, 1].map((place) => scorer.isZero(chunk, place))).toEqual([true, false])
    expect(() => packed.ask(Array.from({ length: mostQueries + 1 }, () => randomUnit(32)))).toThrow(
      RangeError,
    )
  })
})
