import { dot } from '../../src-main/domain/embedding.ts'
import { looksASecond, type Looks } from './sampling-looks.ts'

/** methods.md 2: what counts as near in time, and the floor of the answer. */
const near = 10
const floor = 0.01

/**
 * methods.md's medNN of a library: the median, over all looks, of 1 - cosine to the nearest look outside their own shot
 * and ten seconds. `films` must not show any footage twice.
 */
export const medianNearestOf = (films: readonly Looks[]): number => {
  const looks = films.flatMap(({ vectors, cuts }, film) =>
    vectors.map((vector, i) => {
      const time = i / looksASecond
      return { vector, film, time, shot: cuts.filter((cut) => cut <= time).length }
    }),
  )
  const nearest = looks.map((one) => {
    let best = -1
    for (const other of looks) {
      const isSame =
        other.film === one.film && (other.shot === one.shot || Math.abs(other.time - one.time) <= near)
      if (!isSame) best = Math.max(best, dot(one.vector, other.vector))
    }
    return 1 - best
  })
  return Math.max(floor, nearest.sort((a, b) => a - b)[nearest.length >> 1] ?? floor)
}
