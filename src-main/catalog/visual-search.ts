import { confidenceOf } from '../domain/confidence.ts'
import type { MatchThresholds } from '../domain/confidence.ts'
import { momentsOf } from '../domain/moments.ts'
import type { Moment } from '../domain/moments.ts'
import { rankMoments } from '../domain/ranking.ts'
import type { RankedMoment } from '../domain/ranking.ts'
import type { QueryVectors } from './query-vectors.ts'
import type { FilmScores } from './film-scores.ts'
import type { Vectors } from './vectors.ts'

/** Films whose every frame is scored exactly; more than people look at, few enough for milliseconds. */
const candidateFilms = 200

type ScoredSamples = Omit<FilmScores, 'scores'> & { readonly scores: Float32Array }

export type VisualQuery = {
  readonly model: string
  readonly vectors: QueryVectors
  readonly thresholds: MatchThresholds
  /** The films to look at, or null for all. */
  readonly only: readonly string[] | null
  readonly perVideo: number
  readonly limit: number
  /** Length of a visible film in seconds; null: it is not to be shown. */
  readonly duration: (videoId: string) => number | null
}

const candidates = (vectors: Vectors, query: VisualQuery, direction: Float32Array): readonly string[] =>
  vectors
    .nearestFilms(query.model, direction, candidateFilms, query.only === null ? null : new Set(query.only))
    .map(({ videoId }) => videoId)

/** Mean of the wanted words' cosines, each damped by how surely an unwanted one is there (methods.md k, NOT). */
const scoreFilm = (vectors: Vectors, query: VisualQuery, videoId: string): ScoredSamples | null => {
  const { wanted, unwanted } = query.vectors
  const film = vectors.scores(
    query.model,
    videoId,
    [...wanted, ...unwanted].map(({ vector }) => vector),
  )
  if (film === null) return null
  const { scores: all, hub: _, ...samples } = film
  const total = wanted.reduce((sum, { weight }) => sum + weight, 0)
  const scores = new Float32Array(samples.times.length).map((__, i) => {
    const mean = wanted.reduce((sum, { weight }, term) => sum + (all[term]?.[i] ?? 0) * weight, 0) / total
    return unwanted.reduce(
      (score, __, term) => score * (1 - confidenceOf(all[wanted.length + term]?.[i] ?? 0, query.thresholds)),
      mean,
    )
  })
  return { ...samples, scores }
}

const bestScore = ({ scores }: ScoredSamples): number => {
  let best = Number.NEGATIVE_INFINITY
  for (const score of scores) if (score > best) best = score
  return best
}

/** Films are made into moments so many at a time. */
const filmsAtATime = 8

/**
 * Moments that look like the query: index -> films -> exact scores of their frames -> moments -> ranked. No moment scores
 * above its film's best frame, so films whose best frame comes after enough moments are not cut into moments at all:
 * that takes milliseconds for each hour of film.
 */
export const findVisual = (vectors: Vectors, query: VisualQuery): readonly RankedMoment<string>[] => {
  const { direction } = query.vectors
  if (direction === null) return []
  const scored = candidates(vectors, query, direction)
    .flatMap((videoId) => {
      const duration = query.duration(videoId)
      const samples = duration === null ? null : scoreFilm(vectors, query, videoId)
      if (duration === null || samples === null) return []
      return [{ videoId, samples: { ...samples, duration }, best: bestScore(samples) }]
    })
    .sort((a, b) => b.best - a.best)
  const films: { readonly videoId: string; readonly moments: readonly Moment[] }[] = []
  const options = { perVideo: query.perVideo, limit: query.limit }
  for (let from = 0; ; from += filmsAtATime) {
    const ranked = rankMoments(films, options)
    const least = ranked.length < query.limit ? Number.NEGATIVE_INFINITY : (ranked.at(-1)?.score ?? 0)
    const next = scored[from]
    if (next === undefined || next.best < least) return ranked
    for (const { videoId, samples } of scored.slice(from, from + filmsAtATime))
      films.push({ videoId, moments: momentsOf(samples) })
  }
}
