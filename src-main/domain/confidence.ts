/** Cosines from which a match is worth showing, and from which it is worth believing. Belong to one model. */
export type MatchThresholds = { readonly weak: number; readonly good: number }

export type Verdict = 'good' | 'weak' | 'none'

/**
 * For models whose manifest states none. They rank nothing; they only choose words (methods.md 2f: an unfitted
 * threshold never vetoes).
 *
 * clip: ViT-B/16, 150 ADE words x 2,001 Unsplash photos (shared/benchmarks/clip-embeddings): 95 % of all pairs lie
 * below 0.251, the fifth best photo of the median word at 0.277. The spread between CLIP models is up to 2.4-fold
 * (trap 14), so a model should bring its own.
 * siglip: sigmoid(117.4 s - 16.53) (methods.md 2f) reaches 0.01 at 0.102 and 0.2 at 0.129. Not measured on films.
 */
export const familyThresholds: Readonly<Record<'clip' | 'siglip', MatchThresholds>> = {
  clip: { weak: 0.25, good: 0.28 },
  siglip: { weak: 0.1, good: 0.13 },
}

/** Confidence at `good`; the mirror of it at `weak`. */
const atGood = 0.8

/**
 * A cosine as 0..1: logistic, 0.5 half-way between the thresholds, 0.8 at `good`, 0.2 at `weak`; always rising with
 * the score. 0 for what is not a number. Not a probability until it is fitted to what people clicked.
 */
export const confidenceOf = (score: number, { weak, good }: MatchThresholds): number => {
  if (Number.isNaN(score)) return 0
  const width = Math.max(Math.abs(good - weak), 1e-6)
  const slope = (2 * Math.log(atGood / (1 - atGood))) / width
  return 1 / (1 + Math.exp(-slope * (score - (weak + good) / 2)))
}

/** What to say of one score: a match, perhaps one, or none. */
export const verdictOf = (score: number, { weak, good }: MatchThresholds): Verdict =>
  score >= Math.max(weak, good) ? 'good' : score >= Math.min(weak, good) ? 'weak' : 'none'
