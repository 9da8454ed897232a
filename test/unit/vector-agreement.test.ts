import { describe, expect, it } from 'vitest'
import {
  judgeParity,
  judgeProvider,
  parityTie,
  providerTie,
} from '../../src-main/domain/agreement-verdict.ts'
import { chooseBatch } from '../../src-main/domain/batch-choice.ts'
import { normalise } from '../../src-main/domain/embedding.ts'
import { bestPictureAgreement, compareVectors } from '../../src-main/domain/vector-agreement.ts'
import { seededRandom } from '../../src-main/domain/seeded-random.ts'

const vectors = (count: number, seed: number, dimensions = 32): readonly Float32Array[] => {
  const random = seededRandom(seed)
  return Array.from({ length: count }, () => {
    const vector = Float32Array.from({ length: dimensions }, () => random() - 0.5)
    normalise(vector)
    return vector
  })
}
const disturbed = (from: readonly Float32Array[], by: number): readonly Float32Array[] => {
  const noise = vectors(from.length, 99)
  return from.map((vector, i) => {
    const other = vector.map((part, axis) => part + by * noise[i]![axis]!)
    normalise(other)
    return other
  })
}
const judged = (reference: readonly Float32Array[], candidate: readonly Float32Array[]): string =>
  judgeProvider(compareVectors(reference, candidate, providerTie.single), 'single', 'picture').why

const reference = vectors(64, 1)

describe('a provider beside the CPU', () => {
  it('passes with the same vectors and with rounding', () => {
    expect(compareVectors(reference, reference, 0)).toMatchObject({
      compared: 64,
      nearest: 1,
      nearestTen: 1,
      merged: 0,
      collapsed: false,
      broken: 0,
    })
    expect(judged(reference, reference)).toBe('')
    expect(judged(reference, disturbed(reference, 1e-3))).toBe('')
  })

  it('fails with other vectors, and half precision forgives more', () => {
    const other = disturbed(reference, 0.06)
    expect(judged(reference, other)).toContain('differ from the CPU')
    expect(judgeProvider(compareVectors(reference, other, providerTie.half), 'half', 'picture').passed).toBe(
      true,
    )
    expect(judged(reference, vectors(64, 2))).toContain('differ from the CPU')
  })

  it('fails where every picture has the same vector, where some have, with zeros and with NaN', () => {
    expect(
      judged(
        reference,
        reference.map(() => reference[0]!),
      ),
    ).toBe('gave every picture the same vector')
    // Even where the reference did too: then the comparison would be worth nothing.
    const one = reference.map(() => reference[0]!)
    expect(judged(one, one)).toBe('gave every picture the same vector')
    const some = reference.map((vector, i) => (i < 3 ? reference[0]! : vector))
    expect(judged(reference, some)).toBe('gave different pictures the same vector (3 pairs)')
    expect(
      judged(
        reference,
        reference.map(() => new Float32Array(32)),
      ),
    ).toBe('gave every picture the same vector')
    expect(
      judged(
        reference,
        reference.map((v, i) => (i === 5 ? new Float32Array(32) : v)),
      ),
    ).toContain('cosine 0.0000')
    expect(
      judged(
        reference,
        reference.map((v, i) => (i === 5 ? v.map(() => NaN) : v)),
      ),
    ).toContain('not finite (32')
  })

  it('fails where each picture has the vector of another', () => {
    expect(judged(reference, [...reference.slice(1), reference[0]!])).toContain('differ from the CPU')
  })

  it('leaves out what the reference says nothing about', () => {
    const known = reference.map((vector, i) => (i === 0 ? new Float32Array(32) : vector))
    expect(compareVectors(known, reference, 0)).toMatchObject({ compared: 63, nearest: 1 })
  })
})

describe('a quantised pair beside the full one', () => {
  const texts = vectors(64, 3)
  const figures = (by: number): Parameters<typeof judgeParity>[0] => {
    const [pictures, words] = [disturbed(reference, by), disturbed(texts, by)]
    return {
      pictures: compareVectors(reference, pictures, parityTie),
      texts: compareVectors(texts, words, parityTie),
      bestPicture: bestPictureAgreement(
        { texts, pictures: reference },
        { texts: words, pictures },
        parityTie,
      ),
    }
  }

  it('passes with fine steps', () => {
    expect(judgeParity(figures(0.01))).toEqual({ passed: true, why: '' })
  })

  it('fails by its neighbours though the mean cosine is good', () => {
    const coarse = figures(0.15)
    expect(coarse.pictures!.meanCosine).toBeGreaterThan(0.98)
    expect(judgeParity(coarse).why).toMatch(
      /of the ten nearest pictures are the full model's, 90 % are wanted/,
    )
  })

  it('fails where texts find other pictures', () => {
    const good = figures(0)
    expect(judgeParity({ ...good, bestPicture: 0.9 }).why).toContain('90 % of the texts')
    expect(judgeParity({ ...good, texts: null, bestPicture: null }).passed).toBe(true)
  })
})

it('the batch is the smallest within a tenth of the fastest', () => {
  const speeds = [30, 45, 56, 58, 60, 61].map((picturesPerSecond, i) => ({
    batch: 2 ** i,
    picturesPerSecond,
  }))
  expect(chooseBatch(speeds)?.batch).toBe(4)
  expect(chooseBatch(speeds.slice(0, 1))?.batch).toBe(1)
  expect(chooseBatch([])).toBeNull()
})
