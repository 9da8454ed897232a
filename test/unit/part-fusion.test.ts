import { describe, expect, it } from 'vitest'
import { pooledCosines, wantedTogether, withoutUnwanted } from '../../src-main/domain/part-fusion.ts'
import type { PooledPart } from '../../src-main/domain/part-fusion.ts'

const cosines = (...values: readonly number[]): Float32Array => Float32Array.from(values)
const part = (scores: Float32Array, more: Partial<PooledPart> = {}): PooledPart => ({
  kind: 'text',
  weight: 1,
  scores,
  ...more,
})
const thresholds = { text: { weak: 0.24, good: 0.28 }, image: { weak: 0.7, good: 0.9 } }
const rounded = (scores: Float32Array): readonly number[] =>
  [...scores].map((score) => Math.round(score * 1e4) / 1e4)

describe('one part', () => {
  it('that has several views is as good as its best view', () => {
    expect(rounded(pooledCosines({ pool: 'best', cosines: [cosines(0.1, 0.3), cosines(0.2, 0.1)] }))).toEqual(
      [0.2, 0.3],
    )
  })
  it('that has several clauses needs them all', () => {
    const both = pooledCosines({ pool: 'clauses', cosines: [cosines(0.3, 0.28), cosines(0.1, 0.26)] })
    expect(rounded(both)).toEqual([0.15, 0.265])
  })
})

describe('parts that are wanted together', () => {
  it('of one kind are their weighted mean, whatever the background', () => {
    const together = wantedTogether([part(cosines(0.3)), part(cosines(0.2), { weight: 3 })], thresholds)
    expect(rounded(together)).toEqual([0.225])
  })
  it('of two kinds count by how far each stands out of its own kind', () => {
    const words = part(cosines(0.28, 0.24))
    const frame = part(cosines(0.7, 0.9), { kind: 'image' })
    // Once the words are sure, once the frame is: they are worth the same.
    expect(rounded(wantedTogether([words, frame], thresholds))).toEqual([0.26, 0.26])
  })
  it('of images alone stay cosines of images', () => {
    const frames = [part(cosines(0.9), { kind: 'image' }), part(cosines(0.5), { kind: 'image' })]
    expect(rounded(wantedTogether(frames, thresholds))).toEqual([0.7])
  })
  it('are nothing where there is none', () => expect(wantedTogether([], thresholds)).toHaveLength(0))
})

describe('what is not wanted', () => {
  it('damps a sample by how surely it is there, and puts it out where it is sure', () => {
    const left = withoutUnwanted(cosines(0.3, 0.3, 0.3), [part(cosines(0.12, 0.26, 0.4))], thresholds)
    expect(left[0]).toBeCloseTo(0.3, 2)
    expect(left[1]).toBeCloseTo(0.15, 2)
    expect(left[2]).toBe(0)
  })
  it('never lifts a sample that scores below nothing', () => {
    expect(withoutUnwanted(cosines(-0.1), [part(cosines(0.4))], thresholds)[0]).toBeCloseTo(-0.1)
  })
  it('changes nothing where nothing is unwanted', () => {
    const scores = cosines(0.1, 0.2)
    expect(withoutUnwanted(scores, [], thresholds)).toBe(scores)
  })
})
