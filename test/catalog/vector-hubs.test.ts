import { describe, expect, it } from 'vitest'
import { dot, packHalf, unpackHalf } from '../../src-main/domain/embedding.ts'
import { temporaryStore } from './temporary-store.ts'
import { asText, dimensions, randomUnit } from './unit-vectors.ts'

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
