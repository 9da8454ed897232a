/** Pictures in the order of time, and their products: all that a blend is judged by. */
export type PictureSeries = {
  readonly time: (i: number) => number
  /** Share of the picture that is not black. */
  readonly lit: (i: number) => number
  /** The picture moved as a whole. */
  readonly panned: (i: number) => boolean
  /** Mean product of two pictures' values. */
  readonly product: (i: number, j: number) => number
  /** The part of it that comes from the mean colours. */
  readonly means: (i: number, j: number) => number
}

/**
 * A gradual change from one picture to another: when, how long, how much the two differ (root mean square per value
 * of the lit part), and how much it looks like a dissolve (1: exactly).
 */
export type Blend = {
  readonly time: number
  readonly seconds: number
  readonly amplitude: number
  readonly score: number
}

/** All found by coordinate descent over the tuning seeds of test/bench/shots.ts (F1 of dissolves). */
const limits = {
  /** Root mean square difference of the two pictures, per value of the lit part. */
  amplitude: 12,
  /** Variance under which a picture is plain. */
  plain: 25,
  /** Correlation of the two pictures above which one changed into itself: light, zoom, a slow pan. */
  likeness: 0.7,
  /** What a blend loses of its score: per share of the change that the mixture does not explain … */
  residual: 3,
  /** … for a step of the mixture (a share) above `step`, as a cut has one … */
  jump: 5,
  step: 0.3,
  /** … for going back … */
  back: 4,
  /** … for pictures that differ little (by less than `clear`) … */
  weak: 0.8,
  clear: 30,
  /** … for correlation above `like` … */
  alike: 1,
  like: 0.4,
  /** … and for the share of pictures that pan. */
  pan: 0.2,
}

/** Bars may take so much that only this share of a picture is left. */
const smallestPart = 0.3
/** The middle of the change lies within the middle part of the pictures: not nearer to an end than this share. */
const margin = 0.2
/** The ramp's length is measured between these shares of the mixture: its ends drown in noise. */
const low = 0.2
const high = 0.8

/**
 * Looks at the pictures `first` to `last` as a mixture of these two. In a dissolve between pictures A and B every one
 * is (1 - a) A + a B: the share a (least squares) rises steadily, little is left unexplained, and the variance dips by
 * a (1 - a) var(A - B). In a pan it does not dip; in a cut the share jumps; in other light A and B are alike.
 */
export const judgeBlend = (series: PictureSeries, first: number, last: number): Blend | null => {
  const { product } = series
  const lit = Math.max(smallestPart, series.lit(first), series.lit(last))
  const firstPower = product(first, first)
  const common = product(first, last)
  const power = firstPower + product(last, last) - 2 * common
  const amplitude = Math.sqrt(Math.max(0, power) / lit)
  if (amplitude < limits.amplitude) return null
  const covariance = (i: number, j: number): number => (product(i, j) - series.means(i, j) / lit) / lit
  const firstVariance = covariance(first, first)
  const lastVariance = covariance(last, last)
  const shared = covariance(first, last)
  // Out of black, or of white: a fade at the film's beginning or end, and the fade watch's elsewhere.
  if (Math.min(firstVariance, lastVariance) < limits.plain) return null
  const likeness = shared / Math.sqrt(Math.max(1, firstVariance) * Math.max(1, lastVariance))
  if (likeness > limits.likeness) return null

  const variance = firstVariance + lastVariance - 2 * shared
  let share = 0
  let top = 0
  let step = 0
  let back = 0
  let residual = 0
  let dip = 0
  let expectedDip = 0
  let panned = 0
  let previous = series.time(first)
  let begin = Number.NaN
  let middle = Number.NaN
  let end = Number.NaN
  for (let i = first + 1; i <= last; i += 1) {
    const fromFirst = product(i, first)
    const next = i === last ? 1 : (product(i, last) - fromFirst - common + firstPower) / power
    const time = series.time(i)
    if (next > share) {
      const reached = (level: number): number =>
        previous + ((time - previous) * (level - share)) / (next - share)
      if (share < low && next >= low) begin = reached(low)
      if (share < 0.5 && next >= 0.5) middle = reached(0.5)
      if (share < high && next >= high) end = reached(high)
    }
    step = Math.max(step, next - share)
    top = Math.max(top, next)
    back = Math.max(back, top - next)
    residual += Math.max(0, product(i, i) + firstPower - 2 * fromFirst - next * next * power)
    dip += (1 - next) * firstVariance + next * lastVariance - covariance(i, i)
    expectedDip += Math.max(0, next * (1 - next)) * variance
    if (series.panned(i)) panned += 1
    share = next
    previous = time
  }
  const start = series.time(first)
  const inner = margin * (previous - start)
  if (!(middle > start + inner && middle < previous - inner) || expectedDip <= 0) return null
  const count = last - first
  const score =
    1 -
    Math.abs(1 - dip / expectedDip) -
    (limits.residual * residual) / count / power -
    limits.jump * Math.max(0, step - limits.step) -
    limits.back * back -
    limits.weak * Math.max(0, 1 - amplitude / limits.clear) -
    limits.alike * Math.max(0, likeness - limits.like) -
    (limits.pan * panned) / count
  return { time: middle, seconds: Math.max(0, end - begin) / (high - low), amplitude, score }
}
