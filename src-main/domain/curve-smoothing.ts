/** Weights below this many sigmas are left out (0.006 % of the mass). */
const reach = 4

const weighed = new Map<number, Float64Array>()
/** Sigmas that are remembered: most films have one of a few. */
const mostWeighed = 64

/** weights[k] for a cell k away, of sum 1 over both sides; made once for each sigma. */
const gaussianWeights = (sigma: number): Float64Array => {
  const known = weighed.get(sigma)
  if (known !== undefined) return known
  const weights = Float64Array.from({ length: Math.ceil(reach * sigma) + 1 }, (_, i) =>
    Math.exp(-0.5 * (i / sigma) ** 2),
  )
  const total = 2 * weights.reduce((sum, weight) => sum + weight, 0) - 1
  const made = weights.map((weight) => weight / total)
  if (weighed.size >= mostWeighed) weighed.clear()
  weighed.set(sigma, made)
  return made
}

/** Index of cell `at` of a curve of `count` cells that is mirrored at its ends. */
const mirrored = (at: number, count: number): number => {
  const period = 2 * count
  const wrapped = ((at % period) + period) % period
  return wrapped < count ? wrapped : period - 1 - wrapped
}

/** One cell of what `gaussianSmooth` gives. */
export const smoothAt = (values: Float64Array, sigma: number, cell: number): number =>
  gaussianWeights(sigma).reduce((sum, weight, k) => {
    const after = values[mirrored(cell + k, values.length)] ?? 0
    return sum + weight * (k === 0 ? after : after + (values[mirrored(cell - k, values.length)] ?? 0))
  }, 0)

/** `values` smoothed by a Gaussian of `sigma` cells; the curve is mirrored at its ends. Sigma 0 is a copy. */
export const gaussianSmooth = (values: Float64Array, sigma: number): Float64Array => {
  const count = values.length
  if (!(sigma > 0) || count < 2) return values.slice()
  const weights = gaussianWeights(sigma)
  const radius = weights.length - 1
  // The curve with its mirrored ends, so that the sums below need not ask where they are.
  const wide = new Float64Array(count + 2 * radius)
  wide.set(values, radius)
  for (let i = 1; i <= radius; i += 1) {
    wide[radius - i] = values[mirrored(-i, count)] ?? 0
    wide[radius + count - 1 + i] = values[mirrored(count - 1 + i, count)] ?? 0
  }
  const smooth = new Float64Array(count)
  for (let i = 0; i < count; i += 1) {
    const middle = i + radius
    let sum = (weights[0] ?? 0) * (wide[middle] ?? 0)
    for (let k = 1; k <= radius; k += 1) {
      sum += (weights[k] ?? 0) * ((wide[middle - k] ?? 0) + (wide[middle + k] ?? 0))
    }
    smooth[i] = sum
  }
  return smooth
}

/** How much a curve resembles itself `lag` cells later, -1..1; 1 where it never changes or is too short to tell. */
export const autocorrelation = (values: Float64Array, lag: number): number => {
  const count = values.length
  if (count <= lag + 1) return 1
  let total = 0
  for (let i = 0; i < count; i += 1) total += values[i] ?? 0
  const mean = total / count
  let own = 0
  let shifted = 0
  for (let i = 0; i < count; i += 1) {
    const here = (values[i] ?? mean) - mean
    own += here ** 2
    if (i >= lag) shifted += here * ((values[i - lag] ?? mean) - mean)
  }
  return own > 1e-12 ? shifted / own : 1
}

/**
 * How much of a curve's variance is noise, 0..1: what its autocorrelation lacks of 1 when it is drawn on from 4 s over 2 s
 * to 0 s. A film of shots is no noise, however short they are down to 4 s.
 */
export const noiseShare = (values: Float64Array, step: number): number => {
  const lag = Math.max(1, Math.round(2 / step))
  const atOnce = 2 * autocorrelation(values, lag) - autocorrelation(values, 2 * lag)
  return Math.min(1, Math.max(0, 1 - atOnce))
}

/**
 * How strongly to smooth, in units of 2 s: noisy curves 1, smooth ones 0, in halves: clip((0.9 - rho) / 0.3, 0, 1)
 * with rho the autocorrelation at 2 s (methods.md 2d).
 */
export const adaptiveSigma = (values: Float64Array, step: number): number => {
  const rho = autocorrelation(values, Math.max(1, Math.round(2 / step)))
  return Math.round(2 * Math.min(1, Math.max(0, (0.9 - rho) / 0.3))) / 2
}
