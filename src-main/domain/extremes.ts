/** How far up a query comes by chance: the spread of what many others reach at best (Gumbel's law of maxima). */
export type Extremes = { readonly location: number; readonly scale: number }

const eulerMascheroni = 0.5772156649
/** Fewer say too little of a tail. */
const fewest = 30

/** By moments (methods.md 2f): scale = sqrt(6) sd / pi, location = mean - 0.5772 scale. Null for fewer than 30 values. */
export const fitExtremes = (best: readonly number[]): Extremes | null => {
  if (best.length < fewest) return null
  const mean = best.reduce((sum, value) => sum + value, 0) / best.length
  const variance = best.reduce((sum, value) => sum + (value - mean) ** 2, 0) / best.length
  const scale = Math.sqrt(6 * variance) / Math.PI
  return { location: mean - eulerMascheroni * scale, scale }
}

/** The share of such queries that come as high as `score` (methods.md's p_null): 1 for the lowest, towards 0. */
export const chanceOf = (score: number, { location, scale }: Extremes): number =>
  scale > 0 ? -Math.expm1(-Math.exp(-(score - location) / scale)) : Number(score <= location)

/** The score that the share `chance` (0..1, neither end) of such queries reaches. */
export const scoreAtChance = (chance: number, { location, scale }: Extremes): number =>
  location - scale * Math.log(-Math.log1p(-chance))
