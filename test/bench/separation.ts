import { resampled, type Interval95 } from './resampling.ts'

/** One query's score, and whether its thing is in the library. */
export type ScoredQuery = { readonly score: number; readonly present: boolean; readonly photo: number }

export type Separation = {
  /** Chance that a query whose thing is there scores above one whose thing is not; equals count half. */
  readonly auroc: number
  readonly aurocWithin: Interval95
  /** Share of absent ones that pass where 95 % of the present ones do. */
  readonly fpr95: number
  readonly fpr95Within: Interval95
}

type Ordered = { readonly queries: readonly ScoredQuery[]; readonly weights: Float64Array }

/** Both figures in one walk down the scores; equal scores at once. `weights`: how often each query counts. */
const separate = ({ queries, weights }: Ordered): { readonly auroc: number; readonly fpr95: number } => {
  let [present, absent] = [0, 0]
  for (const [i, query] of queries.entries()) {
    if (query.present) present += weights[i] ?? 0
    else absent += weights[i] ?? 0
  }
  let [seenPresent, seenAbsent, area, fpr95] = [0, 0, 0, NaN]
  for (let i = 0; i < queries.length;) {
    let [here, not] = [0, 0]
    const { score = NaN } = queries[i] ?? {}
    for (; i < queries.length && queries[i]?.score === score; i += 1) {
      if (queries[i]?.present === true) here += weights[i] ?? 0
      else not += weights[i] ?? 0
    }
    area += not * (seenPresent + here / 2)
    seenPresent += here
    seenAbsent += not
    if (Number.isNaN(fpr95) && seenPresent >= 0.95 * present) fpr95 = seenAbsent / absent
  }
  return { auroc: area / (present * absent), fpr95 }
}

/** Both figures with their intervals: the photographs are drawn anew, for their captions are not independent. */
export const separationOf = (queries: readonly ScoredQuery[], photos: number): Separation => {
  const ordered = queries.toSorted((a, b) => b.score - a.score)
  const whole = separate({ queries: ordered, weights: new Float64Array(ordered.length).fill(1) })
  const drawnAnew = (pick: 'auroc' | 'fpr95'): Interval95 =>
    resampled(photos, (drawn) => {
      const counts = new Float64Array(photos)
      for (const photo of drawn) counts[photo] = (counts[photo] ?? 0) + 1
      const weights = Float64Array.from(ordered, ({ photo }) => counts[photo] ?? 0)
      return separate({ queries: ordered, weights })[pick]
    })
  return { ...whole, aurocWithin: drawnAnew('auroc'), fpr95Within: drawnAnew('fpr95') }
}
