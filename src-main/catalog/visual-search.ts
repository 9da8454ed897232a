import { confidenceOf } from '../domain/confidence.ts'
import { momentsOf } from '../domain/moments.ts'
import type { Moment } from '../domain/moments.ts'
import { rankMoments } from '../domain/ranking.ts'
import type { RankedMoment } from '../domain/ranking.ts'
import { sequenceMoments } from '../domain/sequence-moments.ts'
import { stepCurves } from '../domain/step-curves.ts'
import type { CurveParts, CurveScale, StepCurve } from '../domain/step-curves.ts'
import type { PlannedPart, QueryPlan } from './query-plan.ts'
import type { FilmScores } from './film-scores.ts'
import type { Vectors } from './vectors.ts'

/** Films whose every frame is scored exactly: more than people look at, few enough for milliseconds; more where more are asked for. */
const fewestFilms = 200

/** What is known of a film beside its vectors; asked for only where it is needed. */
export type FilmSource = {
  /** Says which films are asked for next: at once they cost a tenth. */
  readonly learn: (videoIds: readonly string[]) => void
  /** Seconds; null: the film is not to be shown. */
  readonly duration: (videoId: string) => number | null
  /** Where its shots give way to each other, rising. */
  readonly cuts: (videoId: string) => readonly number[]
  /** Change of the picture from each of these seconds on, or null where nobody has looked. */
  readonly motion: (videoId: string, times: Float64Array) => Float32Array | null
}

export type VisualQuery = {
  /** The name under which the model's vectors lie. */
  readonly space: string
  readonly plan: QueryPlan
  readonly scale: CurveScale
  /** The bank whose hubness counts, or null. */
  readonly bank: string | null
  /** The films to look at, or null for all. */
  readonly only: ReadonlySet<string> | null
  readonly films: FilmSource
}

/** A moment of a film and how well its best frame fits, in cosines of the leading kind (of a sequence: the least step's 0..1). */
export type VisualMoment = RankedMoment<string> & { readonly fit: number }

export const vectorsOf = ({ steps, unwanted }: QueryPlan): readonly Float32Array[] =>
  [...steps.flatMap(({ wanted }) => wanted), ...unwanted].flatMap(({ vectors }) => vectors)

const countVectors = (parts: readonly PlannedPart[]): CurveParts['unwanted'] =>
  parts.map(({ kind, weight, pool, vectors }) => ({ kind, weight, pool, vectors: vectors.length }))

const partsOf = ({ steps, unwanted }: QueryPlan): CurveParts => ({
  steps: steps.map(({ wanted, moves }) => ({ wanted: countVectors(wanted), moves })),
  unwanted: countVectors(unwanted),
})

/** The `most` films that may answer: those near each thing that is wanted, in turn. */
const candidates = (
  vectors: Vectors,
  { plan, space, only }: VisualQuery,
  most: number,
): readonly string[] => {
  if (only !== null && only.size <= most) return [...only].sort()
  const directions = plan.steps.flatMap(({ wanted }) =>
    wanted.flatMap(({ kind, vectors: own }) => own.map((vector) => ({ kind, vector }))),
  )
  const lists = directions.map((direction) => vectors.nearestFilms(space, direction, most, only))
  const films = new Set<string>()
  const longest = Math.max(0, ...lists.map(({ length }) => length))
  for (let place = 0; place < longest && films.size < most; place += 1) {
    for (const list of lists) {
      const film = list[place]
      if (film !== undefined) films.add(film.videoId)
    }
  }
  return [...films]
}

/** One film against a query. */
export type ScoredFilm = {
  readonly videoId: string
  readonly duration: number
  readonly seen: FilmScores
  readonly steps: readonly StepCurve[]
}

/** Null where the film has no vectors, or is not to be shown. */
export const scoreFilm = (vectors: Vectors, query: VisualQuery, videoId: string): ScoredFilm | null => {
  const { plan, films } = query
  const duration = films.duration(videoId)
  if (duration === null || plan.steps.length === 0) return null
  const seen = vectors.scores(query.space, videoId, vectorsOf(plan), query.bank)
  if (seen === null) return null
  const { times, scores: cosines, hub } = seen
  const motion = plan.steps.some(({ moves }) => moves) ? films.motion(videoId, times) : null
  const leftOut = plan.leftOut.filter((stretch) => stretch.videoId === videoId)
  const steps = stepCurves(partsOf(plan), { times, cosines, hub, motion, leftOut }, query.scale)
  return { videoId, duration, seen, steps }
}

const highest = (scores: Float32Array): number => {
  let best = -Infinity
  for (const score of scores) if (score > best) best = score
  return best
}

/** How sure each sample of a step is, 0..1: what steps of a sequence have in common. */
export const surenessOf = ({ fit, kind }: StepCurve, { thresholds }: CurveScale): Float32Array =>
  fit.map((score) => confidenceOf(score, thresholds[kind]))

/** No moment of a film ranks above this: its best sample; of a sequence the mean of the steps' best ones. */
const bound = ({ steps }: ScoredFilm, { thresholds }: CurveScale): number => {
  const [first] = steps
  if (steps.length === 1 && first !== undefined) return highest(first.scores)
  const sum = steps.reduce((all, { fit, kind }) => all + confidenceOf(highest(fit), thresholds[kind]), 0)
  return sum / steps.length
}

/** The best fit of the samples that hold somewhere in a moment. */
const fitIn = ({ times }: FilmScores, fit: Float32Array, { start, end }: Moment): number => {
  let best = -Infinity
  for (let sample = 0; sample < fit.length && (times[sample] ?? 0) < end; sample += 1) {
    const score = fit[sample] ?? -Infinity
    if (score > best && (times[sample + 1] ?? Infinity) > start) best = score
  }
  return best
}

/** What looks like a picture looks so all through its shot: of several moments of one shot the first counts. */
const oncePerShot = (moments: readonly Moment[], cuts: readonly number[]): readonly Moment[] => {
  if (cuts.length === 0) return moments
  const seen = new Set<number>()
  return moments.filter(({ peak }) => {
    const shot = cuts.findLastIndex((cut) => cut <= peak)
    return !seen.has(shot) && seen.add(shot)
  })
}

/** A film's moments, the one that stands out most first. */
const momentsIn = (
  { videoId, duration, seen, steps }: ScoredFilm,
  { films, scale }: VisualQuery,
): readonly (Moment & { readonly fit: number })[] => {
  const { times, frames, spacing } = seen
  const timing = {
    times,
    duration,
    ...(frames === undefined ? {} : { frames }),
    ...(spacing === undefined ? {} : { spacing }),
  }
  const cuts = films.cuts(videoId)
  const [first, ...more] = steps
  if (first === undefined) return []
  if (more.length === 0) {
    const moments = momentsOf({ ...timing, scores: first.scores }, { cuts })
    const distinct = first.kind === 'image' ? oncePerShot(moments, cuts) : moments
    return distinct.map((moment) => ({ ...moment, fit: fitIn(seen, first.fit, moment) }))
  }
  const sure = steps.map((step) => ({ ...timing, scores: surenessOf(step, scale) }))
  return sequenceMoments(sure, cuts).map((moment) => ({ ...moment, fit: moment.least }))
}

/** Films are made into moments so many at a time. */
const filmsAtATime = 8

/**
 * Moments that look like the query: index -> films -> exact scores of their frames -> moments -> ranked, at most
 * `perVideo` of a film and `limit` in all. Films whose best frame comes after enough moments are not cut into moments at
 * all: that takes milliseconds for each hour of film.
 */
export const findVisual = (
  vectors: Vectors,
  query: VisualQuery,
  options: { readonly perVideo: number; readonly limit: number },
): readonly VisualMoment[] => {
  const likely = candidates(vectors, query, Math.max(fewestFilms, options.limit))
  query.films.learn(likely)
  const scored = likely
    .flatMap((videoId) => {
      const film = scoreFilm(vectors, query, videoId)
      return film === null ? [] : [{ film, best: bound(film, query.scale) }]
    })
    .sort((a, b) => b.best - a.best)
  const films: { readonly videoId: string; readonly moments: ReturnType<typeof momentsIn> }[] = []
  for (let from = 0; ; from += filmsAtATime) {
    const ranked = rankMoments(films, options)
    const least = ranked.length < options.limit ? -Infinity : (ranked.at(-1)?.score ?? 0)
    const next = scored[from]
    if (next === undefined || next.best < least) return ranked
    for (const { film } of scored.slice(from, from + filmsAtATime))
      films.push({ videoId: film.videoId, moments: momentsIn(film, query) })
  }
}
