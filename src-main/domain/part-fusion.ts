import { confidenceOf, type MatchThresholds } from './confidence.ts'
import { cosineAt, standardScore } from './score-scale.ts'

/** What a part of a query is made of: words, or a frame or picture to find more of. */
export type PartKind = 'text' | 'image'

/** One part of a query against the samples of one film: a cosine for each sample, of each of its vectors. */
export type PartScores = {
  readonly kind: PartKind
  readonly weight: number
  /**
   * `best`: the vectors are views of one thing, and the best fitting one counts. `clauses`: they are the clauses of one
   * long text, and all must fit.
   */
  readonly pool: 'best' | 'clauses'
  readonly cosines: readonly Float32Array[]
}

/** A part with one score for each sample. */
export type PooledPart = Pick<PartScores, 'kind' | 'weight'> & { readonly scores: Float32Array }

/** From where on a score of each kind is perhaps a match, and surely: what makes the kinds comparable. */
export type KindThresholds = Readonly<Record<PartKind, MatchThresholds>>

/** One cosine for each sample: the best of the views, or half the mean and half the least of the clauses (methods.md row 5). */
export const pooledCosines = ({ pool, cosines }: Pick<PartScores, 'pool' | 'cosines'>): Float32Array => {
  const [first] = cosines
  if (first === undefined) return new Float32Array(0)
  if (cosines.length === 1) return first
  return first.map((_, sample) => {
    let [sum, least, most] = [0, Infinity, -Infinity]
    for (const own of cosines) {
      const cosine = own[sample] ?? 0
      sum += cosine
      if (cosine < least) least = cosine
      if (cosine > most) most = cosine
    }
    return pool === 'best' ? most : 0.5 * (sum / cosines.length) + 0.5 * least
  })
}

/** The scale that several parts are told in: that of words where there are any. */
export const leadingKind = (parts: readonly Pick<PooledPart, 'kind'>[]): PartKind =>
  parts.some(({ kind }) => kind === 'text') ? 'text' : 'image'

/**
 * The parts that are wanted together as one score for each sample, in cosines of the leading kind: each part by its own
 * kind's thresholds, their weighted mean, and back. Parts of one kind are so their weighted mean.
 */
export const wantedTogether = (parts: readonly PooledPart[], thresholds: KindThresholds): Float32Array => {
  const [first] = parts
  if (first === undefined) return new Float32Array(0)
  if (parts.length === 1) return first.scores
  const scale = thresholds[leadingKind(parts)]
  const total = parts.reduce((sum, { weight }) => sum + weight, 0)
  return first.scores.map((_, sample) => {
    const standard = parts.reduce(
      (sum, { scores, weight, kind }) =>
        sum + (weight / total) * standardScore(scores[sample] ?? 0, thresholds[kind]),
      0,
    )
    return cosineAt(standard, scale)
  })
}

/** From so sure on that something unwanted is there, a sample is out (methods.md 2k). */
const veto = 0.8

/**
 * `scores` damped where a part that is not wanted is there: s * (1 - p), out where p > 0.8, with p how surely it is
 * there (methods.md 2k: never put "not" into the text, never subtract vectors).
 */
export const withoutUnwanted = (
  scores: Float32Array,
  unwanted: readonly PooledPart[],
  thresholds: KindThresholds,
): Float32Array =>
  unwanted.length === 0
    ? scores
    : scores.map((score, sample) =>
        unwanted.reduce((left, { scores: own, kind }) => {
          const sure = confidenceOf(own[sample] ?? 0, thresholds[kind])
          return Math.min(left, left * (1 - (sure > veto ? 1 : sure)))
        }, score),
      )
