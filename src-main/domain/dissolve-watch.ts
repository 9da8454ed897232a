import type { BoundaryCandidate } from './boundary-choice.ts'
import { type CoarsePicture, coarsePicture, evenness, meanProduct, productOfMeans } from './coarse-picture.ts'
import type { FrameMeasure } from './frame-measure.ts'
import { judgeBlend, type PictureSeries } from './picture-blend.ts'

/**
 * Pictures a second that are compared: a dissolve of 0.3 s still has four. The first frame of each such part of the
 * film's own clock is taken, so that it is the same one wherever one began to look.
 */
const perSecond = 15
/** Seconds between two pictures between which a blend is looked for: twin comparison (methods.md a-1) at several lags. */
const spans = [0.35, 0.5, 0.7, 1, 1.4, 1.9, 2.4]
const longestSpan = 2.4
/** Seconds that a dissolve is taken to last at most. */
const longestBlend = 2
/** Fewest pictures between the two: a blend is more than a coincidence. */
const fewest = 3
/** Score from which a blend is a dissolve (tuning seeds of test/bench/shots.ts). */
const smallestScore = 0.56
/** The change is everywhere, at least this evenly: somebody who comes into the picture is not (same seeds: 0.45 to 0.9 against 0.25 to 0.4). */
const leastEven = 0.42

type Kept = {
  readonly time: number
  readonly panned: boolean
  readonly picture: CoarsePicture
  /** Mean products with the pictures before it: `products[k]` with the one k places earlier, 0 with itself. */
  readonly products: Float64Array
}

/** Finds dissolves of 0.3 to 2 s. The same one is proposed by several spans: the one that sees most of it is the strongest. */
export const createDissolveWatch = (): {
  readonly push: (measure: FrameMeasure, rgb: Uint8Array) => readonly BoundaryCandidate[]
} => {
  let kept: Kept[] = []
  let part = Number.NEGATIVE_INFINITY

  const series: PictureSeries = {
    time: (i) => kept[i]?.time ?? 0,
    lit: (i) => kept[i]?.picture.lit ?? 0,
    panned: (i) => kept[i]?.panned ?? false,
    product: (i, j) => (i > j ? kept[i]?.products[i - j] : kept[j]?.products[j - i]) ?? 0,
    means: (i, j) => {
      const a = kept[i]?.picture
      const b = kept[j]?.picture
      return a === undefined || b === undefined ? 0 : productOfMeans(a, b)
    },
  }

  const isEverywhere = (first: number, last: number): boolean => {
    const a = kept[first]?.picture
    const b = kept[last]?.picture
    return a !== undefined && b !== undefined && evenness(a, b) >= leastEven
  }

  const keep = (time: number, panned: boolean, rgb: Uint8Array): void => {
    let old = 0
    while (old < kept.length && series.time(old) < time - longestSpan - 1 / perSecond) old += 1
    if (old > 0) kept = kept.slice(old)
    const picture = coarsePicture(rgb)
    const products = new Float64Array(kept.length + 1)
    products[0] = meanProduct(picture, picture)
    kept.forEach((other, i) => {
      products[kept.length - i] = meanProduct(picture, other.picture)
    })
    kept.push({ time, panned, picture, products })
  }

  return {
    push: ({ time, shift }, rgb) => {
      if (Math.floor(time * perSecond) === part) return []
      part = Math.floor(time * perSecond)
      keep(time, shift !== null, rgb)
      const found: BoundaryCandidate[] = []
      const last = kept.length - 1
      let first = last
      for (const span of spans) {
        const before = first
        while (first > 0 && series.time(first) > time - span) first -= 1
        if (first === before || last - first <= fewest) continue
        const blend = judgeBlend(series, first, last)
        if (blend === null || blend.score < smallestScore || !isEverywhere(first, last)) continue
        const half = Math.min(blend.seconds, longestBlend) / 2
        const middle = blend.time
        found.push({
          boundary: { time: middle, from: Math.max(0, middle - half), to: middle + half, kind: 'dissolve' },
          strength: blend.score * blend.amplitude,
        })
      }
      return found
    },
  }
}
