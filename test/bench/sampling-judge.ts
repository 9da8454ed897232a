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
export type Verdict = {
  /** How much lower the best score is. */
  readonly loss: number
  /** How much the first moment overlaps the dense one, and how much the best of the first three does. */
  readonly overlap: number
  readonly overlapOfThree: number
}

const momentsFor = (film: SeenFilm, scores: Float32Array, { frames }: Choice): readonly Moment[] =>
  momentsOf({
    times: Float64Array.from(frames, ({ start }) => start),
    scores: Float32Array.from(frames, ({ index }) => scores[index] ?? 0),
    frames: Float64Array.from(frames, ({ index }) => index / looksASecond),
    duration: film.looks.duration,
    spacing: 1 / looksASecond,
  })

export const truthOf = (film: SeenFilm, queries: readonly Float32Array[], dense: Choice): Truth => {
  const scores = queries.map((query) => Float32Array.from(film.looks.vectors, (vector) => dot(query, vector)))
  return {
    film,
    scores,
    best: scores.map((all) => all.reduce((a, b) => Math.max(a, b), -1)),
    moments: scores.map((all) => momentsFor(film, all, dense)[0]),
  }
}

export const judge = ({ film, scores, best, moments }: Truth, choice: Choice): readonly Verdict[] =>
  scores.map((all, q) => {
    const dense = moments[q]
    const overlaps = momentsFor(film, all, choice)
      .slice(0, 3)
      .map((moment) => (dense === undefined ? 0 : intersectionOverUnion(dense, moment)))
    return {
      loss: (best[q] ?? 0) - choice.frames.reduce((most, { index }) => Math.max(most, all[index] ?? -1), -1),
      overlap: overlaps[0] ?? 0,
      overlapOfThree: Math.max(0, ...overlaps),
    }
  })
