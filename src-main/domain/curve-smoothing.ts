/** Weights below this many sigmas are left out (0.006 % of the mass). */
const reach = 4

/** `values` smoothed by a Gaussian of `sigma` cells; the curve is mirrored at its ends. Sigma 0 is a copy. */
export const gaussianSmooth = (values: Float64Array, sigma: number): Float64Array => {
  const count = values.length
  if (!(sigma > 0) || count < 2) return values.slice()
  const radius = Math.ceil(reach * sigma)
  const weights = Float64Array.from({ length: 2 * radius + 1 }, (_, i) =>
    Math.exp(-0.5 * ((i - radius) / sigma) ** 2),
  )
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const mirrored = (index: number): number => {
    const period = 2 * count
    const wrapped = ((index % period) + period) % period
    return values[wrapped < count ? wrapped : period - 1 - wrapped] ?? 0
  }
  return values.map((_, i) => {
    let sum = 0
    for (let k = -radius; k <= radius; k += 1) {
      const at = i + k
      sum += (weights[k + radius] ?? 0) * (at >= 0 && at < count ? (values[at] ?? 0) : mirrored(at))
    }
    return sum / total
  })
}

/** How much a curve resembles itself `lag` cells later, -1..1; 1 where it never changes or is too short to tell. */
export const autocorrelation = (values: Float64Array, lag: number): number => {
  const count = values.length
  if (count <= lag + 1) return 1
  const mean = values.reduce((sum, value) => sum + value, 0) / count
  let own = 0
  let shifted = 0
  for (const [i, value] of values.entries()) {
    own += (value - mean) ** 2
    if (i >= lag) shifted += (value - mean) * ((values[i - lag] ?? mean) - mean)
  }
  return own > 1e-12 ? shifted / own : 1
}

/**
 * How strongly to smooth, in units of 2 s: noisy curves 1, smooth ones 0, in halves: clip((0.9 - rho) / 0.3, 0, 1)
 * with rho the autocorrelation at 2 s (methods.md 2d).
 */
export const adaptiveSigma = (values: Float64Array, step: number): number => {
  const rho = autocorrelation(values, Math.max(1, Math.round(2 / step)))
  return Math.round(2 * Math.min(1, Math.max(0, (0.9 - rho) / 0.3))) / 2
}
