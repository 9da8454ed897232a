import { hubCorrected, rankedShare } from './hubness.ts'
import type { Interval } from './intervals.ts'
import { leadingKind, pooledCosines, wantedTogether, withoutUnwanted } from './part-fusion.ts'
import type { KindThresholds, PartKind, PartScores, PooledPart } from './part-fusion.ts'

/** A part of a query that counts `vectors` vectors; the vectors of all parts come one part after the other. */
export type CurvePart = Pick<PartScores, 'kind' | 'weight' | 'pool'> & { readonly vectors: number }

/** What is looked for at once, and whether it speaks of movement. */
export type CurveStep = { readonly wanted: readonly CurvePart[]; readonly moves: boolean }

/** The parts of a query, in the order of their vectors: those of each step, then what is not wanted. */
export type CurveParts = { readonly steps: readonly CurveStep[]; readonly unwanted: readonly CurvePart[] }

/** What a film's samples say: `times` from when each holds, a cosine for each vector of the query. */
export type FilmEvidence = {
  readonly times: Float64Array
  readonly cosines: readonly Float32Array[]
  /** Mean of each sample's largest cosines with generic queries (hubness.ts), or null where they are not known. */
  readonly hub: Float32Array | null
  /** Change of the picture around each sample, or null where nobody has looked. Any unit. */
  readonly motion: Float32Array | null
  /** Stretches that are no answer. */
  readonly leftOut: readonly Interval[]
}

/** What is known of the model in this library. */
export type CurveScale = {
  readonly thresholds: KindThresholds
  /** Mean hubness of the library's frames. */
  readonly typicalHub: number
}

/** One step of a query along a film. */
export type StepCurve = {
  readonly kind: PartKind
  /** How well each sample fits, in cosines of `kind`, corrected for hubness: what it is judged by. */
  readonly fit: Float32Array
  /** The same less strongly corrected, with what orders equals, movement: what moments are cut from and ranked by. */
  readonly scores: Float32Array
}

/** methods.md 2d, row 45. */
const motionShare = 0.15
/** Deviations of movement beyond which more of it says nothing more. */
const mostMotion = 2

/** Mean and deviation; 0 deviation for what does not change. */
const spreadOf = (values: Float32Array): { readonly mean: number; readonly sd: number } => {
  const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return { mean, sd: Math.sqrt(squares / Math.max(1, values.length)) }
}

/** Of equally fitting samples of a film those that move more come first: 0.15 deviations of the curve for each of movement. */
const withMotion = (scores: Float32Array, motion: Float32Array | null): Float32Array => {
  if (motion === null) return scores
  const own = spreadOf(scores)
  const moving = spreadOf(motion)
  if (own.sd === 0 || moving.sd === 0) return scores
  return scores.map((score, sample) => {
    const deviations = ((motion[sample] ?? moving.mean) - moving.mean) / moving.sd
    return score + motionShare * own.sd * Math.min(mostMotion, Math.max(-mostMotion, deviations))
  })
}

/** Samples that stand in a stretch which is no answer get the film's least score: no peak, and no hole in the curve. */
const leaveOut = (
  scores: Float32Array,
  times: Float64Array,
  stretches: readonly Interval[],
): Float32Array => {
  if (stretches.length === 0) return scores
  const least = scores.reduce((low, score) => Math.min(low, score), Infinity)
  const isOut = (time: number): boolean => stretches.some(({ start, end }) => start <= time && time < end)
  return scores.map((score, sample) => (isOut(times[sample] ?? 0) ? least : score))
}

/** The curves of a query's steps along one film. Pure; the same for the same numbers. */
export const stepCurves = (
  { steps, unwanted }: CurveParts,
  film: FilmEvidence,
  { thresholds, typicalHub }: CurveScale,
): readonly StepCurve[] => {
  const { hub } = film
  let from = 0
  const pooled = ({ vectors, kind, weight, pool }: CurvePart): PooledPart => {
    const scores = pooledCosines({ pool, cosines: film.cosines.slice(from, from + vectors) })
    from += vectors
    return { kind, weight, scores }
  }
  // Hubs are near every text; what looks like a hub is still what was asked for.
  const isHubless = ({ kind }: PooledPart): boolean => kind === 'image' || hub === null
  const corrected =
    (share: number) =>
    (part: PooledPart): PooledPart => {
      if (hub === null || isHubless(part)) return part
      const less = (score: number, i: number): number =>
        hubCorrected(score, hub[i] ?? typicalHub, typicalHub, share)
      return { ...part, scores: part.scores.map(less) }
    }
  const wanted = steps.map(({ wanted: parts, moves }) => ({ moves, parts: parts.map(pooled) }))
  const not = unwanted.map(pooled).map(corrected(1))
  const curve = (parts: readonly PooledPart[], share: number): Float32Array => {
    const together = wantedTogether(parts.map(corrected(share)), thresholds)
    const left = withoutUnwanted(together, not, thresholds)
    return leaveOut(left, film.times, film.leftOut)
  }
  return wanted.map(({ parts, moves }) => {
    const fit = curve(parts, 1)
    const ranked = parts.every(isHubless) ? fit : curve(parts, rankedShare)
    return { kind: leadingKind(parts), fit, scores: moves ? withMotion(ranked, film.motion) : ranked }
  })
}
