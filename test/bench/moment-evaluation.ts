import { intersectionOverUnion, type Interval } from '../../src-main/domain/intervals.ts'

/** A predicted stretch; `score` orders the predictions of one query for mAP. */
export type Prediction = Interval & { readonly score: number }

/** One query: what people marked, and what was predicted, best guess first. */
export type Judged = { readonly truth: readonly Interval[]; readonly predictions: readonly Prediction[] }

/** In percent. `map` is the mean over the IoU thresholds 0.5, 0.55 .. 0.95. */
export type MomentFigures = {
  readonly queries: number
  readonly r1at50: number
  readonly r1at70: number
  readonly map: number
  readonly map50: number
  readonly map75: number
}

const thresholds = Array.from({ length: 10 }, (_, i) => 0.5 + i * 0.05)

/** QVHighlights counts ten predictions a query. */
const counted = 10

/** The best overlap of the first prediction with any true moment. */
const firstOverlap = ({ truth, predictions }: Judged): number => {
  const first = predictions[0]
  return first ? Math.max(0, ...truth.map((moment) => intersectionOverUnion(first, moment))) : 0
}

/**
 * Area under the interpolated precision-recall curve of one query: predictions by falling score, each true moment
 * found at most once (by the first prediction that overlaps it enough, preferring the largest overlap still free).
 */
export const averagePrecision = ({ truth, predictions }: Judged, threshold: number): number => {
  const free = new Set(truth)
  const hits: boolean[] = predictions
    .slice(0, counted)
    .toSorted((a, b) => b.score - a.score)
    .map((prediction) => {
      const best = [...free]
        .map((moment) => ({ moment, overlap: intersectionOverUnion(prediction, moment) }))
        .filter(({ overlap }) => overlap >= threshold - 1e-9)
        .sort((a, b) => b.overlap - a.overlap)[0]
      return best ? free.delete(best.moment) : false
    })
  let found = 0
  const precisions = hits.map((hit, i) => (found += hit ? 1 : 0) / (i + 1))
  return (
    hits.reduce((sum, hit, i) => sum + (hit ? Math.max(...precisions.slice(i)) : 0), 0) /
    Math.max(1, truth.length)
  )
}

const percent = (values: readonly number[]): number =>
  Math.round((10_000 * values.reduce((sum, value) => sum + value, 0)) / Math.max(1, values.length)) / 100

/** What each query contributes to R1@0.5, R1@0.7 (0 or 1) and mAP (0..1). */
export type QueryFigures = {
  readonly r1at50: readonly number[]
  readonly r1at70: readonly number[]
  readonly map: readonly number[]
}

/**
 * R1 and mAP over queries as QVHighlights defines them (Lei et al. 2021), written anew from the definitions; `each` is what
 * the queries contribute, for intervals.
 */
export const judgeMoments = (
  judged: readonly Judged[],
): { readonly figures: MomentFigures; readonly each: QueryFigures } => {
  const first = judged.map(firstOverlap)
  const precisions = judged.map((query) => thresholds.map((threshold) => averagePrecision(query, threshold)))
  const each = {
    r1at50: first.map((overlap) => (overlap >= 0.5 ? 1 : 0)),
    r1at70: first.map((overlap) => (overlap >= 0.7 ? 1 : 0)),
    map: precisions.map((list) => list.reduce((sum, one) => sum + one, 0) / thresholds.length),
  }
  const figures = {
    queries: judged.length,
    r1at50: percent(each.r1at50),
    r1at70: percent(each.r1at70),
    map: percent(each.map),
    map50: percent(precisions.map((list) => list[0] ?? 0)),
    map75: percent(precisions.map((list) => list[5] ?? 0)),
  }
  return { figures, each }
}

/** The figures alone. */
export const evaluateMoments = (judged: readonly Judged[]): MomentFigures => judgeMoments(judged).figures
