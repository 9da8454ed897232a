import { createBestList } from '../domain/best-list.ts'
import type { FilmNumbers } from './film-chunks.ts'
import type { NearRows } from './near-rows.ts'

/** A film and about how near its best vector is: within 0.01 for texts, 0.02 for pictures (three times the error). */
export type NearFilm = { readonly videoId: string; readonly score: number }

/** Scores of films by their number: that of the best vector seen. */
export type FilmBests = {
  readonly offer: (film: number, score: number) => void
  readonly offerRows: (near: readonly NearRows[]) => void
  /** Films with a score. */
  readonly count: () => number
  readonly best: (wanted: number) => readonly NearFilm[]
}

const byScore = (a: NearFilm, b: NearFilm): number =>
  b.score - a.score || (a.videoId < b.videoId ? -1 : a.videoId > b.videoId ? 1 : 0)

/** None has a score yet. */
export const createFilmBests = (films: FilmNumbers): FilmBests => {
  const scores = new Float32Array(films.count()).fill(-Infinity)
  const offer = (film: number, score: number): void => {
    if (score > (scores[film] ?? Infinity)) scores[film] = score
  }
  return {
    offer,
    offerRows: (near) => {
      for (const { part, rows, scores: found } of near) {
        // Rows come in order: the chunk of one is that of most that follow.
        let [film, end] = [-1, 0]
        rows.forEach((row, i) => {
          if (row >= end) {
            const chunk = part.chunkAt(row)
            film = part.filmOf(chunk)
            end = part.segment.starts[chunk + 1] ?? 0
          }
          offer(film, found[i] ?? -Infinity)
        })
      }
    },
    count: () => scores.reduce((count, score) => (score > -Infinity ? count + 1 : count), 0),
    best: (wanted) => {
      const list = createBestList(wanted, byScore)
      scores.forEach((score, film) => {
        if (score > -Infinity && list.wants(score)) list.offer({ videoId: films.id(film), score })
      })
      return list.best()
    },
  }
}
