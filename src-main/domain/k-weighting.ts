/** A second-order filter: y = b0 x + b1 x' + b2 x'' - a1 y' - a2 y''. */
export type Biquad = {
  readonly b0: number
  readonly b1: number
  readonly b2: number
  readonly a1: number
  readonly a2: number
}

/** ITU-R BS.1770-5, annex 1, tables 1 and 2: the head's shelf and the low cut, at 48 kHz. */
const publishedRate = 48_000
const published: readonly [Biquad, Biquad] = [
  {
    b0: 1.53512485958697,
    b1: -2.69169618940638,
    b2: 1.19839281085285,
    a1: -1.69065929318241,
    a2: 0.73248077421585,
  },
  { b0: 1, b1: -2, b2: 1, a1: -1.99004745483398, a2: 0.99007225036621 },
]

/**
 * The same analogue filter at another rate: the bilinear transform taken back (z' = (1 - s) / (1 + s), s in units of
 * tan(pi f / rate)), s scaled so that the filter's own corner stays where it is, and transformed again.
 */
const atRate = ({ b0, b1, b2, a1, a2 }: Biquad, rate: number): Biquad => {
  const above = [b0 + b1 + b2, 2 * (b0 - b2), b0 - b1 + b2] as const
  const below = [1 + a1 + a2, 2 * (1 - a2), 1 - a1 + a2] as const
  const corner = Math.sqrt(below[0] / below[2])
  const hertz = (Math.atan(corner) * publishedRate) / Math.PI
  const scale = corner / Math.tan((Math.PI * hertz) / rate)
  const transformed = ([n0, n1, n2]: readonly [number, number, number]): readonly [
    number,
    number,
    number,
  ] => {
    const first = n1 * scale
    const second = n2 * scale * scale
    return [n0 + first + second, 2 * (n0 - second), n0 - first + second]
  }
  const [n0, n1, n2] = transformed(above)
  const [d0, d1, d2] = transformed(below)
  return { b0: n0 / d0, b1: n1 / d0, b2: n2 / d0, a1: d1 / d0, a2: d2 / d0 }
}

/** The two filters of K-weighting (ITU-R BS.1770-5) for sound of `rate` samples a second. */
export const kWeighting = (rate: number): readonly [Biquad, Biquad] => [
  atRate(published[0], rate),
  atRate(published[1], rate),
]

/** Weighs sound that comes in pieces. */
export type KWeighter = {
  /** The sum of squares of `samples` after K-weighting. */
  readonly energy: (samples: Float32Array) => number
  /** As if nothing had been heard before. */
  readonly reset: () => void
}

/** K-weighting of one channel of `rate` samples a second, with the memory that goes from piece to piece. */
export const createKWeighter = (rate: number): KWeighter => {
  const [shelf, cut] = kWeighting(rate)
  let [s1, s2, c1, c2] = [0, 0, 0, 0]
  return {
    energy: (samples) => {
      // Locals, because this runs 170 million times for a film of three hours.
      let [p1, p2, q1, q2] = [s1, s2, c1, c2]
      let sum = 0
      for (const x of samples) {
        const y = shelf.b0 * x + p1
        p1 = shelf.b1 * x - shelf.a1 * y + p2
        p2 = shelf.b2 * x - shelf.a2 * y
        const z = cut.b0 * y + q1
        q1 = cut.b1 * y - cut.a1 * z + q2
        q2 = cut.b2 * y - cut.a2 * z
        sum += z * z
      }
      ;[s1, s2, c1, c2] = [p1, p2, q1, q2]
      return sum
    },
    reset: () => {
      ;[s1, s2, c1, c2] = [0, 0, 0, 0]
    },
  }
}
