/** A colour, each channel 0..1, for a place, x to the right and y down, both 0..1. */
export type Colour = readonly [number, number, number]
export type Scene = (x: number, y: number) => Colour

/** 0..1, the same for the same whole numbers. */
export const chance = (x: number, y: number, seed: number): number => {
  let h = Math.imul(x, 374761393) ^ Math.imul(y, 668265263) ^ Math.imul(seed + 1, 2246822519)
  h = Math.imul(h ^ (h >>> 13), 1274126177)
  return ((h ^ (h >>> 16)) >>> 0) / 4294967296
}
const ease = (t: number): number => t * t * (3 - 2 * t)
/** Smooth hills, 0..1; `u` and `v` count hills. */
export const hills = (u: number, v: number, seed: number): number => {
  const [i, j] = [Math.floor(u), Math.floor(v)]
  const s = ease(u - i)
  const row = (k: number): number => chance(i, k, seed) * (1 - s) + chance(i + 1, k, seed) * s
  const t = ease(v - j)
  return row(j) * (1 - t) + row(j + 1) * t
}
/** Rough and fine hills together, 0..1; `scale`: rough hills across the picture. */
export const grain = (x: number, y: number, scale: number, seed: number): number =>
  0.6 * hills(x * scale, y * scale, seed) + 0.4 * hills(x * scale * 3, y * scale * 3, seed + 7)

/** From `a` to `b`; `t` beyond 0..1 is cut off. */
export const mix = (a: Colour, b: Colour, t: number): Colour => {
  const s = Math.min(1, Math.max(0, t))
  return [a[0] + (b[0] - a[0]) * s, a[1] + (b[1] - a[1]) * s, a[2] + (b[2] - a[2]) * s]
}
/** Brighter or darker. */
export const lit = ([r, g, b]: Colour, by: number): Colour => [r * by, g * by, b * by]
/** A full colour of a hue, 0..1 around the wheel. */
export const hue = (turn: number): Colour => {
  const channel = (shift: number): number =>
    Math.min(1, Math.max(0, Math.abs(((((turn + shift) % 1) + 1) % 1) - 0.5) * 6 - 1))
  return [channel(0), channel(2 / 3), channel(1 / 3)]
}
/** Paper. */
export const white: Colour = [0.96, 0.96, 0.94]
/** Ink. */
export const black: Colour = [0.05, 0.05, 0.06]
/** Is the place in the ellipse around (cx, cy)? */
export const inside = (x: number, y: number, cx: number, cy: number, rx: number, ry: number): boolean =>
  ((x - cx) / rx) ** 2 + ((y - cy) / ry) ** 2 < 1
