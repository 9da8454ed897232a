import { confidenceOf, type MatchThresholds } from './confidence.ts'

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

/** Mean and deviation of the cosines that unrelated things have, for each kind: what makes the kinds comparable. */
export type Backgrounds = Readonly<Record<PartKind, { readonly mean: number; readonly sd: number }>>

/** One cosine for each sample: the best of the views, or half the mean and half the least of the clauses (methods.md row 5). */
export const pooledPart = ({ pool, cosines }: Pick<PartScores, 'pool' | 'cosines'>): Float32Array => {
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

/**
 * The parts that are wanted together as one score for each sample, in the cosines of the first kind of the list
 * (`text` where there is one): each part's distance from its kind's background in deviations, their weighted mean, and
 * back. Parts of one kind are so their weighted mean.
 */
export const wantedTogether = (parts: readonly PartScores[], backgrounds: Backgrounds): Float32Array => {
  const [first] = parts
  if (first === undefined) return new Float32Array(0)
  if (parts.length === 1) return pooledPart(first)
  const scale = backgrounds[parts.some(({ kind }) => kind === 'text') ? 'text' : 'image']
  const total = parts.reduce((sum, { weight }) => sum + weight, 0)
  const pooled = parts.map((part) => ({
    scores: pooledPart(part),
    share: part.weight / total,
    own: backgrounds[part.kind],
  }))
  return Float32Array.from({ length: pooled[0]?.scores.length ?? 0 }, (_, sample) =>
    pooled.reduce(
      (sum, { scores, share, own }) =>
        sum + share * (scale.mean + (scale.sd * ((scores[sample] ?? 0) - own.mean)) / own.sd),
      0,
    ),
  )
}

/** From so sure on that something unwanted is there, a sample is out (methods.md 2k). */
const veto = 0.8

/**
 * `scores` damped where a part that is not wanted is there: s * (1 - p), out where p > 0.8, with p how surely it is
 * there (methods.md 2k: never put "not" into the text, never subtract vectors).
 */
export const withoutUnwanted = (
  scores: Float32Array,
  unwanted: readonly PartScores[],
  thresholds: Readonly<Record<PartKind, MatchThresholds>>,
): Float32Array => {
  if (unwanted.length === 0) return scores
  const pooled = unwanted.map((part) => ({ scores: pooledPart(part), limits: thresholds[part.kind] }))
  return scores.map((score, sample) =>
    pooled.reduce((left, { scores: own, limits }) => {
      const sure = confidenceOf(own[sample] ?? 0, limits)
      return Math.min(left, left * (1 - (sure > veto ? 1 : sure)))
    }, score),
  )
}
