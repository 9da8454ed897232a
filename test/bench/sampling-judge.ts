import { dot } from '../../src-main/domain/embedding.ts'
import { intersectionOverUnion } from '../../src-main/domain/intervals.ts'
import { momentsOf, type Moment } from '../../src-main/domain/moments.ts'
import type { Choice, SeenFilm } from './sampling-choices.ts'
import { looksASecond } from './sampling-looks.ts'

/** A film's dense truth: for each query the scores of all looks, the best of them, and the first moment. */
export type Truth = {
  readonly film: SeenFilm
  readonly scores: readonly Float32Array[]
  readonly best: readonly number[]
  readonly moments: readonly (Moment | undefined)[]
}

/** What one choice of frames lost of a film, query by query. */
export type Verdicts = { readonly loss: readonly number[]; readonly overlap: readonly number[] }

const firstMoment = (film: SeenFilm, scores: Float32Array, { frames }: Choice): Moment | undefined =>
  momentsOf({
    times: Float64Array.from(frames, ({ start }) => start),
    scores: Float32Array.from(frames, ({ index }) => scores[index] ?? 0),
    frames: Float64Array.from(frames, ({ index }) => index / looksASecond),
    duration: film.looks.duration,
    spacing: 1 / looksASecond,
  })[0]

export const truthOf = (film: SeenFilm, queries: readonly Float32Array[], dense: Choice): Truth => {
  const scores = queries.map((query) => Float32Array.from(film.looks.vectors, (vector) => dot(query, vector)))
  return {
    film,
    scores,
    best: scores.map((all) => all.reduce((a, b) => Math.max(a, b), -1)),
    moments: scores.map((all) => firstMoment(film, all, dense)),
  }
}

export const judge = ({ film, scores, best, moments }: Truth, choice: Choice, overlaps = true): Verdicts => ({
  loss: scores.map((all, q) => (best[q] ?? 0) - choice.frames.reduce((most, { index }) => Math.max(most, all[index] ?? -1), -1)),
  overlap: overlaps
    ? scores.map((all, q) => {
        const dense = moments[q]
        const sparse = firstMoment(film, all, choice)
        return dense === undefined || sparse === undefined ? Number(dense === sparse) : intersectionOverUnion(dense, sparse)
      })
    : [],
})
