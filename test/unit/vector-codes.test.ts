import { describe, expect, it } from 'vitest'
import { dot, normalise } from '../../src-main/domain/embedding.ts'
import { seededRandom } from '../../src-main/domain/seeded-random.ts'
import {
  codeBytes,
  codeWeights,
  encodeVector,
  scaleOf,
  signBlock,
  signBlockBytes,
  signTable,
} from '../../src-main/domain/vector-codes.ts'

const random = seededRandom(5)
const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
/** Unit vectors around a common mean, with one dimension much larger than the others, as CLIP's are. */
const vectorsLike = (dimensions: number, count: number, far = 1): readonly Float32Array[] => {
  const mean = Float32Array.from({ length: dimensions }, normal)
  mean[3] = 3 * Math.sqrt(dimensions)
  return Array.from({ length: count }, () => {
    const vector = mean.map((part) => part + 0.7 * far * normal())
    normalise(vector)
    return vector
  })
}

/** Both estimates of a cosine, summed up as the kernel does. */
const estimates = (
  vector: Float32Array,
  query: Float32Array,
  scale: ReturnType<typeof scaleOf>,
): { readonly bySigns: number; readonly byCodes: number } => {
  const codes = new Uint8Array(codeBytes(vector.length))
  const signs = new Uint8Array(signBlockBytes(vector.length))
  const place = 11
  const factors = encodeVector(vector, scale, codes, 0, signs, 0, place)
  const { table: adds, ...sign } = signTable(query, scale)
  let signSum = 0
  for (let group = 0; group < adds.length / 16; group += 1) {
    const byte = signs[(group >> 1) * signBlock + place]!
    signSum += adds[group * 16 + ((group & 1) === 0 ? byte & 15 : byte >> 4)]!
  }
  const { table: weights, ...code } = codeWeights(query, scale)
  let codeSum = 0
  weights.forEach((weight, i) => {
    const byte = codes[(i >> 5) * 16 + (i & 15)]!
    codeSum += weight * ((i & 16) === 0 ? byte & 15 : byte >> 4)
  })
  return {
    bySigns: sign.mean + factors.signs * (sign.low + sign.unit * signSum),
    byCodes: code.mean + factors.codes * (code.low + code.unit * codeSum),
  }
}

describe('vector codes', () => {
  for (const dimensions of [32, 37, 512])
    it(`say about what the cosine is, with ${dimensions} dimensions`, () => {
      const all = vectorsLike(dimensions, 400)
      const scale = scaleOf(all, dimensions)
      const [query = new Float32Array(dimensions)] = vectorsLike(dimensions, 1)
      const errors = all.map((vector) => {
        const { bySigns, byCodes } = estimates(vector, query, scale)
        const exact = dot(vector, query)
        return { signs: bySigns - exact, codes: byCodes - exact, exact }
      })
      const rms = (values: readonly number[]): number =>
        Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length)
      const mean = errors.reduce((sum, { exact }) => sum + exact, 0) / errors.length
      const spread = rms(errors.map(({ exact }) => exact - mean))
      // Of a normal spread 4 bits lose 0.11 of it, signs 0.75 (sqrt(pi / 2 - 1)).
      expect(rms(errors.map(({ codes }) => codes))).toBeLessThan(0.16 * spread)
      expect(rms(errors.map(({ signs }) => signs))).toBeLessThan(0.95 * spread)
      expect(Math.abs(errors.reduce((sum, { codes }) => sum + codes, 0) / errors.length)).toBeLessThan(
        0.05 * spread,
      )
    })

  it('do not make vectors smaller that lie far out, nor where a few numbers do', () => {
    const dimensions = 512
    const all = vectorsLike(dimensions, 300)
    const scale = scaleOf(all, dimensions)
    const [far = new Float32Array(dimensions)] = vectorsLike(dimensions, 1, 4)
    const spiked = all[2]!.map((part, i) => (i % 100 === 0 ? part + 0.3 : part))
    normalise(spiked)
    for (const vector of [far, spiked])
      for (const query of [vector, all[0]!, all[1]!])
        expect(Math.abs(estimates(vector, query, scale).byCodes - dot(vector, query))).toBeLessThan(0.06)
  })

  it('are right for a vector that is the mean itself, and for dimensions that never change', () => {
    const one = Float32Array.of(0.6, 0.8, 0, 0)
    const scale = scaleOf([one, one], 4)
    const { byCodes, bySigns } = estimates(one, Float32Array.of(0, 1, 0, 0), scale)
    expect(byCodes).toBeCloseTo(0.8, 6)
    expect(bySigns).toBeCloseTo(0.8, 6)
    expect(scaleOf([], 4).mean).toEqual(new Float32Array(4))
  })
})
