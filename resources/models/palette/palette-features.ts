import { kinds, type Kind } from './palette-shades.ts'

/** Maps of light and texture, one number a pixel; palette-image.ts computes them, this list fixes their order. */
export const lightMaps = [
  'light', // L* / 100
  'lightSquared',
  'dark', // L* under 15-28
  'bright', // L* over 75-90
  'chroma', // C* / 100
  'tinted', // C* over 6-14: not grey
  'vivid', // C* over 28-50
  'warmth', // (b* + a* / 2) / 50, between -1 (cold) and 1 (warm)
  'greenRed', // a* / 50
  'blueYellow', // b* / 50
  'upright', // strength of upright edges, |dx| of luma
  'level', // strength of level edges, |dy| of luma
  'fine', // grain: |Laplacian| of luma
  'sharp', // a clear edge is here
  'flat', // nothing at all is here
  'ink', // darker than a bright surrounding: a stroke on paper
  'lamp', // brighter than a dark surrounding: a light at night
] as const

export type PixelMap = Kind | (typeof lightMaps)[number]
export const pixelMaps: readonly PixelMap[] = [...kinds, ...lightMaps]

/** Soft regions of the frame (palette-image.ts has their bounds); `border` is whatever is not the centre. */
export const regions = ['whole', 'top', 'middle', 'bottom', 'centre', 'border'] as const
export type Region = (typeof regions)[number]

/** The mean of a map over a region, or the standard deviation of the lightness there. */
export type Feature = `${PixelMap | 'contrast'}.${Region}`
export const features: readonly Feature[] = [...pixelMaps, 'contrast' as const].flatMap((map) =>
  regions.map((region): Feature => `${map}.${region}`),
)

/** 0 where the weighted sum of features is at `from` or beyond it, 1 at `to`, straight between; then to the power. */
export type Condition = {
  readonly terms: Readonly<Partial<Record<Feature, number>>>
  readonly from: number
  readonly to: number
  readonly power: number
}

/** All conditions must hold: their product, times `weight`. */
export type Recipe = { readonly all: readonly Condition[]; readonly weight: number }

/** One dimension of the concept space: the sum of its recipes, at most 1, minus `usual` (what ordinary footage has of it). */
export type Concept = { readonly any: readonly Recipe[]; readonly usual: number }

/** A condition on one feature or a weighted sum of several. */
export const when = (
  what: Feature | Readonly<Partial<Record<Feature, number>>>,
  from: number,
  to: number,
  power = 1,
): Condition => ({ terms: typeof what === 'string' ? { [what]: 1 } : what, from, to, power })

/** All of these at once. */
export const recipe = (...all: readonly Condition[]): Recipe => ({ all, weight: 1 })
/** All of these at once, counting for less than a whole. */
export const partly = (weight: number, ...all: readonly Condition[]): Recipe => ({ all, weight })
/** Any of these recipes. */
export const concept = (usual: number, ...any: readonly Recipe[]): Concept => ({ any, usual })
