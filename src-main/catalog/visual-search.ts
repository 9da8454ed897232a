import { confidenceOf } from '../domain/confidence.ts'
import type { Interval } from '../domain/intervals.ts'
import { momentsOf } from '../domain/moments.ts'
import type { Moment } from '../domain/moments.ts'
import { rankMoments } from '../domain/ranking.ts'
import type { RankedMoment } from '../domain/ranking.ts'
import { sequenceMoments } from '../domain/sequence-moments.ts'
import { stepCurves } from '../domain/step-curves.ts'
import type { CurveParts, CurveScale, StepCurve } from '../domain/step-curves.ts'
import type { PlannedPart, QueryPlan } from './query-plan.ts'
import type { FilmScores, Vectors } from './vectors.ts'

/** Films whose every frame is scored exactly; more than people look at, few enough for milliseconds. */
const candidateFilms = 200
/** Nearest vectors asked for first; doubled while they lie in too few films. */
const firstNeighbours = 2_048
const mostNeighbours = 32_768

/** What is known of a film beside its vectors. */
export type FilmFacts = {
  /** Seconds. */
  readonly duration: number
  /** Where its shots give way to each other, rising. */
  readonly cuts: readonly number[]
  /** Change of the picture at these seconds, or null. */
  readonly motionAt: (times: Float64Array) => Float32Array | null
}

export type VisualQuery = {
  /** The name under which the model's vectors lie. */
  readonly space: string
  readonly plan: QueryPlan
  readonly scale: CurveScale
  /** The generic queries whose hubness counts; null: none is known. */
  readonly bank: number | null
  /** The films to look at, or null for all. */
  readonly only: ReadonlySet<string> | null
  readonly perVideo: number
  readonly limit: number
  /** Null: the film is not to be shown. */
  readonly film: (videoId: string) => FilmFacts | null
}

/** A moment of a film, and how well its best frames fit, in cosines (of a sequence: 0..1). */
export type VisualMoment = RankedMoment<string> & { readonly cosine: number }

export const vectorsOf = ({ steps, unwanted }: QueryPlan): readonly Float32Array[] =>
  [...steps.flatMap(({ wanted }) => wanted), ...unwanted].flatMap(({ vectors }) => vectors)

const countVectors = (parts: readonly PlannedPart[]): CurveParts['unwanted'] =>
  parts.map(({ kind, weight, pool, vectors }) => ({ kind, weight, pool, vectors: vectors.length }))

const partsOf = ({ steps, unwanted }: QueryPlan): CurveParts => ({
  steps: steps.map(({ wanted, moves }) => ({ wanted: countVectors(wanted), moves })),
  unwanted: countVectors(unwanted),
})

/** The films in which the nearest vectors lie, nearest first. Films that hold very many near vectors do not hide the others. */
const filmsNear = (vectors: Vectors, query: VisualQuery, direction: Float32Array): readonly string[] => {
  for (let wanted = firstNeighbours; ; wanted *= 2) {
    const near = vectors.nearest(query.space, direction, wanted, query.only)
    const films = [...new Set(near.map(({ videoId }) => videoId))]
    const enough = films.length >= candidateFilms || near.length < wanted || wanted >= mostNeighbours
    if (enough) return films.slice(0, candidateFilms)
  }
}

/** The films that may answer: those near each thing that is wanted, in turn. */
const candidates = (vectors: Vectors, query: VisualQuery): readonly string[] => {
  if (query.only !== null && query.only.size <= candidateFilms) return [...query.only].sort()
  const directions = query.plan.steps.flatMap(({ wanted }) => wanted.flatMap((part) => part.vectors))
  const lists = directions.map((direction) => filmsNear(vectors, query, direction))
  const films = new Set<string>()
  const longest = Math.max(0, ...lists.map(({ length }) => length))
  for (let place = 0; place < longest && films.size < candidateFilms; place += 1) {
    for (const list of lists) {
      const film = list[place]
      if (film !== undefined) films.add(film)
    }
  }
  return [...films]
}

/** One film against a query. */
export type ScoredFilm = {
  readonly videoId: string
  readonly facts: FilmFacts
  readonly seen: FilmScores
  readonly steps: readonly StepCurve[]
}

/** Null where the film has no vectors, or is not to be shown. */
export const scoreFilm = (vectors: Vectors, query: VisualQuery, videoId: string): ScoredFilm | null => {
  const facts = query.film(videoId)
  if (facts === null || query.plan.steps.length === 0) return null
  const seen = vectors.scores(query.space, videoId, vectorsOf(query.plan), query.bank)
  if (seen === null) return null
  const { times, scores: cosines, hub } = seen
  const moves = query.plan.steps.some((step) => step.moves)
  const leftOut: readonly Interval[] = query.plan.leftOut.filter((stretch) => stretch.videoId === videoId)
  const motion = moves ? facts.motionAt(times) : null
  return {
    videoId,
    facts,
    seen,
    steps: stepCurves(partsOf(query.plan), { times, cosines, hub, motion, leftOut }, query.scale),
  }
}

const highest = (scores: Float32Array): number => {
  let best = -Infinity
  for (const score of scores) if (score > best) best = score
  return best
}

/** No moment of a film is worth more than this: the best sample; of a sequence the mean of the steps' best ones. */
const bound = ({ steps }: ScoredFilm, scale: CurveScale): number =>
  steps.length === 1
    ? highest(steps[0]?.scores ?? new Float32Array(0))
    : steps.reduce((sum, step) => sum + confidenceOf(highest(step.cosines), scale.thresholds[step.kind]), 0) /
      steps.length

const momentsIn = ({ facts, seen, steps }: ScoredFilm, scale: CurveScale): readonly Moment[] => {
  const { times, frames, spacing } = seen
  const timing = {
    times,
    duration: facts.duration,
    ...(frames === undefined ? {} : { frames }),
    ...(spacing === undefined ? {} : { spacing }),
  }
  const [first] = steps
  if (first === undefined) return []
  if (steps.length === 1) return momentsOf({ ...timing, scores: first.scores }, { cuts: facts.cuts })
  const sure = steps.map(({ cosines, kind }) =>
    cosines.map((cosine) => confidenceOf(cosine, scale.thresholds[kind])),
  )
  return sequenceMoments(
    sure.map((scores) => ({ ...timing, scores })),
    facts.cuts,
  )
}

/** The best frames whose mean says how well a moment fits. */
const counted = 3

/** Mean of the best cosines of the samples that begin in [start, end). */
const cosineOf = ({ seen, steps }: ScoredFilm, moment: Moment): number => {
  const [first] = steps
  if (first === undefined || steps.length > 1) return moment.score
  const inside = first.cosines.filter((_, sample) => {
    const time = seen.times[sample] ?? 0
    const until = seen.times[sample + 1] ?? Infinity
    return time < moment.end && until > moment.start
  })
  const best = inside.sort().subarray(-counted)
  return best.reduce((sum, cosine) => sum + cosine, 0) / Math.max(1, best.length)
}

/** Films are made into moments so many at a time. */
const filmsAtATime = 8

/** Moments found in one film, which stay together with what they were found by. */
type FilmMoments = { readonly film: ScoredFilm; readonly moments: readonly Moment[] }

/**
 * Moments that look like the query: index -> films -> exact scores of their frames -> moments -> ranked. Films whose
 * best frame comes after enough moments are not cut into moments at all: that takes milliseconds for each hour of film.
 */
export const findVisual = (vectors: Vectors, query: VisualQuery): readonly VisualMoment[] => {
  const scored = candidates(vectors, query)
    .flatMap((videoId) => {
      const film = scoreFilm(vectors, query, videoId)
      return film === null ? [] : [{ film, best: bound(film, query.scale) }]
    })
    .sort((a, b) => b.best - a.best)
  const films = new Map<string, FilmMoments>()
  const options = { perVideo: query.perVideo, limit: query.limit }
  const rank = (): readonly RankedMoment<string>[] =>
    rankMoments(
      [...films].map(([videoId, { moments }]) => ({ videoId, moments })),
      options,
    )
  for (let from = 0; ; from += filmsAtATime) {
    const ranked = rank()
    const least = ranked.length < query.limit ? -Infinity : (ranked.at(-1)?.score ?? 0)
    const next = scored[from]
    if (next === undefined || next.best < least)
      return ranked.map((moment) => {
        const film = films.get(moment.videoId)?.film
        return { ...moment, cosine: film === undefined ? moment.score : cosineOf(film, moment) }
      })
    for (const { film } of scored.slice(from, from + filmsAtATime))
      films.set(film.videoId, { film, moments: momentsIn(film, query.scale) })
  }
}
