/** Pictures drawn by formulas: a colour (each channel 0..1) for a place (x to the right, y down, both 0..1). */
export type Colour = readonly [number, number, number]
export type Picture = (x: number, y: number) => Colour

const hash = (x: number, y: number, seed: number): number => {
  let h = Math.imul(x | 0, 374761393) ^ Math.imul(y | 0, 668265263) ^ Math.imul(seed, 2246822519)
  h = Math.imul(h ^ (h >>> 13), 1274126177)
  return ((h ^ (h >>> 16)) >>> 0) / 4294967296
}

/** Smooth noise, 0..1, with `scale` hills across the picture. */
const hills = (x: number, y: number, scaleX: number, scaleY: number, seed: number): number => {
  const [u, v] = [x * scaleX, y * scaleY]
  const [i, j] = [Math.floor(u), Math.floor(v)]
  const ease = (t: number): number => t * t * (3 - 2 * t)
  const [s, t] = [ease(u - i), ease(v - j)]
  const row = (k: number): number => hash(i, k, seed) * (1 - s) + hash(i + 1, k, seed) * s
  return row(j) * (1 - t) + row(j + 1) * t
}

const grain = (x: number, y: number, seed: number): number =>
  0.5 * hills(x, y, 60, 40, seed) + 0.3 * hills(x, y, 20, 14, seed + 1) + 0.2 * hills(x, y, 6, 5, seed + 2)

const blend = (a: Colour, b: Colour, t: number): Colour => {
  const s = Math.min(1, Math.max(0, t))
  return [a[0] + (b[0] - a[0]) * s, a[1] + (b[1] - a[1]) * s, a[2] + (b[2] - a[2]) * s]
}
const lit = ([r, g, b]: Colour, by: number): Colour => [r * by, g * by, b * by]
const hex = (digits: string): Colour => {
  const at = (i: number): number => Number.parseInt(digits.slice(i, i + 2), 16) / 255
  return [at(0), at(2), at(4)]
}
const plain =
  (digits: string): Picture =>
  () =>
    hex(digits)

const skyOf = (x: number, y: number): Colour => {
  const blue = blend(hex('4f8fd0'), hex('b4d0ea'), y * 1.6)
  return blend(blue, hex('f2f4f6'), Math.max(0, hills(x, y, 5, 9, 3) - 0.6) * 1.6)
}
const seaOf = (x: number, y: number): Colour =>
  blend(hex('3a6d8c'), hex('82aec0'), 0.7 * hills(x, y, 8, 70, 5) + 0.3 * hills(x, y, 3, 12, 6))
const sandOf = (x: number, y: number): Colour => lit(hex('d8bd92'), 0.85 + 0.25 * grain(x, y, 7))
const grassOf = (x: number, y: number): Colour => lit(hex('6f9440'), 0.55 + 0.75 * grain(x, y, 9))

const lamps = (x: number, y: number): number => {
  const [i, j] = [Math.floor(x * 24), Math.floor(y * 18)]
  if (y < 0.35 || hash(i, j, 11) < 0.85) return 0
  return Math.hypot(x * 24 - i - 0.5, (y * 18 - j - 0.5) * 1.1) < 0.3 ? 1 : 0
}

/** Lines of words made of strokes, 0 where there is ink. */
const page = (x: number, y: number): number => {
  const line = Math.floor(y * 22)
  const inLine = y * 22 - line
  if (x < 0.1 || x > 0.9 || line < 2 || line > 19 || inLine < 0.3 || inLine > 0.8) return 1
  if (hash(Math.floor(x * 18 + line * 7.3), line, 13) < 0.2) return 1
  return hash(Math.floor(x * 160), line * 5 + Math.floor(inLine * 5), 14) < 0.5 ? 0 : 1
}

const scene =
  (horizon: number, above: Picture, below: Picture): Picture =>
  (x, y) =>
    y < horizon ? above(x, y) : below(x, y)

const grey = (value: number): Colour => [value, value, value]

const flats: Picture = (x, y) => {
  const outline = (d: number): boolean => Math.abs(d) < 0.012
  const sun = Math.hypot(x - 0.8, y - 0.2) - 0.12
  const body = Math.hypot(x - 0.4, (y - 0.6) * 0.9) - 0.22
  const eye = Math.hypot(x - 0.33, y - 0.52) - 0.04
  if (outline(sun) || outline(body) || outline(y - 0.75)) return hex('101010')
  if (eye < 0) return hex('ffffff')
  if (body < 0) return hex('f03c30')
  if (sun < 0) return hex('ffd820')
  return y > 0.75 ? hex('30b040') : hex('40a8f0')
}

const street: Picture = (x, y) => {
  const house = Math.floor(x * 5)
  const wall = 0.25 + 0.5 * hash(house, 1, 21)
  const window = (x * 20) % 1 > 0.55 && (y * 12) % 1 > 0.5 ? 0.5 : 1
  const walker = Math.hypot((x - 0.3) * 3, y - 0.75) < 0.16 ? 0.2 : 1
  if (y < 0.15 + 0.2 * hash(house, 2, 21)) return grey(0.85)
  return grey((y > 0.7 ? 0.5 : wall * window) * walker * (0.92 + 0.16 * grain(x, y, 22)))
}

const fireOf: Picture = (x, y) => {
  const height =
    Math.max(0, 1 - Math.hypot((x - 0.5) * 2.6, (y - 0.68) * 1.8)) + 0.35 * (hills(x, y, 9, 5, 31) - 0.5)
  const ember = blend(hex('120806'), hex('e05010'), height * 3)
  return blend(ember, hex('ffe060'), (height - 0.35) * 3)
}

const faceOf: Picture = (x, y) => {
  const head = Math.hypot((x - 0.5) * 1.3, y - 0.52)
  if (Math.hypot(x - 0.4, (y - 0.42) * 1.5) < 0.03 || Math.hypot(x - 0.6, (y - 0.42) * 1.5) < 0.03)
    return hex('302018')
  if (Math.abs(y - 0.7) < 0.015 && Math.abs(x - 0.5) < 0.09) return hex('a04848')
  if (head < 0.4) return lit(hex('e2b090'), 1.08 - 0.5 * head)
  return y < 0.4 && head < 0.48 ? hex('3c2a1e') : hex('60788c')
}

const patches: Picture = (x, y) => {
  const [i, j] = [Math.floor(x * 28), Math.floor(y * 20)]
  const cloth: Colour = [0.2 + 0.8 * hash(i, j, 41), 0.2 + 0.7 * hash(i, j, 42), 0.2 + 0.7 * hash(i, j, 43)]
  return lit(cloth, 0.25 + 0.75 * hash(i, j, 44))
}

/** Every picture by name: twelve plain colours, then scenes. */
export const pictures: Readonly<Record<string, Picture>> = {
  red: plain('d02020'),
  orange: plain('f08020'),
  yellow: plain('f0e030'),
  green: plain('209030'),
  turquoise: plain('30c8c0'),
  blue: plain('2850d0'),
  purple: plain('7830a8'),
  pink: plain('f890b8'),
  brown: plain('784820'),
  black: plain('080808'),
  grey: plain('848484'),
  white: plain('fafafa'),
  sky: (x, y) => skyOf(x, y * 0.6),
  meadow: scene(0.4, skyOf, grassOf),
  forest: (x, y) =>
    (x * 9 + 0.3 * hills(x, y, 3, 3, 51)) % 1 < 0.18
      ? hex('3a2c20')
      : lit(hex('4c6a30'), 0.35 + 0.9 * grain(x, y, 52)),
  sea: scene(0.42, skyOf, seaOf),
  beach: scene(0.3, skyOf, scene(0.55, seaOf, sandOf)),
  desert: scene(0.45, skyOf, (x, y) => lit(sandOf(x, y), 0.8 + 0.3 * hills(x, y, 2, 6, 8))),
  snow: scene(0.35, skyOf, (x, y) => lit(hex('f2f5fa'), 0.92 + 0.08 * grain(x, y, 15))),
  night: (x, y) => blend(blend(hex('04060c'), hex('10131c'), y), hex('ffe0a0'), lamps(x, y)),
  sunset: scene(
    0.68,
    (x, y) =>
      blend(
        blend(hex('6a4a78'), hex('f08038'), y * 1.7),
        hex('fff0a0'),
        1 - Math.hypot(x - 0.5, y - 0.6) * 9,
      ),
    (x, y) => lit(hex('281c1c'), 0.7 + 0.6 * grain(x, y, 16)),
  ),
  fire: fireOf,
  face: faceOf,
  page: (x, y) => (page(x, y) < 0.5 ? hex('202020') : hex('f6f4f0')),
  credits: (x, y) =>
    x > 0.25 && x < 0.75 && Math.floor(y * 22) % 2 === 0 && page(x, y) < 0.5 ? grey(0.95) : grey(0.02),
  cartoon: flats,
  static: (x, y) => [hash(x * 96, y * 96, 61), hash(x * 96, y * 96, 62), hash(x * 96, y * 96, 63)],
  street,
  bars: (x) =>
    hex(
      ['f0f0f0', 'f0f000', '00f0f0', '00f000', 'f000f0', 'f00000', '0000f0'][Math.floor(x * 7)] ?? '000000',
    ),
  crowd: patches,
  fog: (x, y) => grey(0.68 + 0.08 * y - 0.12 * Math.max(0, hills(x, y, 4, 2, 71) - 0.5)),
  cellar: (x, y) => lit(hex('2a2622'), 0.4 + 0.7 * hills(x, y, 3, 2, 81)),
  office: (x, y) =>
    lit(y > 0.6 ? hex('8c8a86') : hex('b4b2aa'), (x * 4) % 1 < 0.06 ? 0.6 : 0.95 + 0.05 * grain(x, y, 91)),
  pool: (x, y) => blend(hex('38b4c8'), hex('b0ecf0'), hills(x, y, 10, 9, 95) * 0.7),
  wood: (x, y) => lit(hex('9a6a42'), 0.7 + 0.5 * hills(x, y, 4, 60, 97)),
  dusk: scene(
    0.6,
    (_x, y) => blend(hex('1a2440'), hex('5a5070'), y * 1.5),
    (x, y) => lit(hex('10131a'), 0.6 + 0.6 * grain(x, y, 99)),
  ),
}

/** How a picture may change and stay the same picture. */
export const changed: Readonly<Record<string, (picture: Picture) => Picture>> = {
  brighter: (picture) => (x, y) => lit(picture(x, y), 1.05),
  cropped: (picture) => (x, y) => picture(0.025 + 0.95 * x, 0.025 + 0.95 * y),
  noisy: (picture) => (x, y) => {
    const [r, g, b] = picture(x, y)
    const at = (seed: number): number => (hash(x * 400, y * 400, seed) - 0.5) * 0.12
    return [r + at(1), g + at(2), b + at(3)]
  },
}

/** The picture as pixels: planes of R, G, B, each side x side in 0..1; every pixel the mean of 9 points, as `area` scaling. */
export const rasterize = (picture: Picture, side: number): Float32Array => {
  const planes = new Float32Array(3 * side * side)
  const points = [1 / 6, 3 / 6, 5 / 6]
  for (let i = 0; i < side * side; i++) {
    const [column, row] = [i % side, Math.floor(i / side)]
    for (const dy of points)
      for (const dx of points)
        picture((column + dx) / side, (row + dy) / side).forEach((value, channel) => {
          const byte = Math.round(Math.min(1, Math.max(0, value)) * 255)
          planes[channel * side * side + i]! += byte / 255 / 9
        })
  }
  return planes
}
