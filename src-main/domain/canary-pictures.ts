import {
  black,
  chance,
  grain,
  hills,
  hue,
  inside,
  lit,
  mix,
  white,
  type Colour,
  type Scene,
} from './canary-colours.ts'
import { creature, thing } from './canary-things.ts'

/** How many pictures there are to compare encoders with (issue 5). */
export const canaryPictureCount = 64

/** Land below a sky: sea, meadow, desert, snow, by day and dusk. */
const landscape = (n: number): Scene => {
  const skies: readonly Colour[] = [
    [0.35, 0.6, 0.9],
    [0.95, 0.55, 0.25],
    [0.1, 0.12, 0.3],
    [0.7, 0.75, 0.8],
  ]
  const grounds: readonly Colour[] = [
    [0.35, 0.55, 0.2],
    [0.1, 0.3, 0.5],
    [0.85, 0.7, 0.45],
    [0.9, 0.92, 0.96],
  ]
  const sky = skies[n % 4] ?? white
  const ground = grounds[(n * 3 + Math.floor(n / 4)) % 4] ?? black
  return (x, y) => {
    const ridge = 0.5 + 0.06 * (n % 3) - 0.35 * (n % 2) * (hills(x * 3 + n, 0, n) - 0.3)
    if (inside(x, y, 0.15 + 0.09 * n, 0.18, 0.06, 0.06)) return [1, 0.95, 0.7]
    if (y < ridge) return mix(sky, white, y * 0.8 + 0.4 * Math.max(0, grain(x, y, 4, n) - 0.6))
    return lit(ground, 0.6 + 0.7 * grain(x, y * (n % 2 === 0 ? 1 : 5), 14, n + 20))
  }
}

/** Plain forms, one picture each: disc, ring, square, triangle, cross, star, two discs, bars. */
const form = (n: number): Scene => {
  const [paper, ink] = n % 2 === 0 ? [white, hue(n / 8)] : [hue(n / 8), black]
  const isInk = (x: number, y: number): boolean => {
    const [u, v] = [x - 0.5, y - 0.5]
    const far = Math.hypot(u, v)
    switch (n) {
      case 0:
        return far < 0.32
      case 1:
        return far > 0.2 && far < 0.34
      case 2:
        return Math.max(Math.abs(u), Math.abs(v)) < 0.28
      case 3:
        return v < 0.28 && v > -0.3 + 2 * Math.abs(u)
      case 4:
        return Math.min(Math.abs(u), Math.abs(v)) < 0.08 && far < 0.4
      case 5:
        return far < 0.2 + 0.14 * Math.cos(5 * Math.atan2(u, -v))
      case 6:
        return inside(x, y, 0.3, 0.35, 0.15, 0.15) || inside(x, y, 0.7, 0.65, 0.2, 0.2)
      default:
        return Math.floor(x * 9) % 2 === 1
    }
  }
  return (x, y) => (isInk(x, y) ? ink : paper)
}

/** Surfaces: wood, bricks, tiles, weave, static, marble, scales, rust. */
const texture =
  (n: number): Scene =>
  (x, y) => {
    switch (n) {
      case 0:
        return lit([0.6, 0.4, 0.22], 0.6 + 0.7 * hills(x * 5, y * 50, 3))
      case 1: {
        const row = Math.floor(y * 12)
        const across = x * 6 + (row % 2) / 2
        if (y * 12 - row < 0.12 || across - Math.floor(across) < 0.06) return [0.75, 0.72, 0.68]
        return lit([0.62, 0.25, 0.18], 0.75 + 0.4 * chance(Math.floor(across), row, 4))
      }
      case 2:
        return (Math.floor(x * 8) + Math.floor(y * 8)) % 2 === 0 ? white : black
      case 3:
        return lit([0.3, 0.35, 0.6], 0.6 + 0.4 * Math.abs(Math.sin(x * 90) * Math.sin(y * 90)))
      case 4:
        return [
          chance(Math.floor(x * 90), Math.floor(y * 90), 1),
          chance(Math.floor(x * 90), Math.floor(y * 90), 2),
          chance(Math.floor(x * 90), Math.floor(y * 90), 3),
        ]
      case 5:
        return mix(white, [0.4, 0.42, 0.45], Math.abs(Math.sin(6 * x + 9 * grain(x, y, 4, 5))) ** 6)
      case 6: {
        const row = Math.floor(y * 10)
        const far = Math.hypot(((x * 8 + (row % 2) / 2) % 1) - 0.5, (y * 10) % 1)
        return lit([0.15, 0.55, 0.45], far < 0.55 ? 1.3 - far : 0.4)
      }
      default:
        return mix([0.55, 0.25, 0.1], [0.4, 0.42, 0.44], grain(x, y, 7, 8) * 2 - 0.5)
    }
  }

/** Words on paper or a screen: lines of strokes in many sizes, as headlines, pages, credits. */
const writing = (n: number): Scene => {
  const lines = [4, 22, 12, 36, 8, 16, 3, 6][n] ?? 10
  const dark = n % 3 === 2
  const [paper, ink] = dark ? [black, n === 5 ? hue(0.15) : white] : [mix(white, hue(n / 8), 0.12), black]
  const left = n === 2 || n === 5 ? 0.28 : 0.08
  return (x, y) => {
    const line = Math.floor(y * lines)
    const part = y * lines - line
    if (x < left || x > 1 - left || part < 0.2 || part > 0.75) return paper
    if (chance(Math.floor(x * lines * 0.9 + line * 7.3), line, n) < 0.2) return paper
    const stroke = chance(Math.floor(x * lines * 7), line * 5 + Math.floor(part * 5), n + 30)
    return stroke < 0.5 ? ink : paper
  }
}

/** Houses, windows and streets by day and night. */
const city =
  (n: number): Scene =>
  (x, y) => {
    const night = n % 2 === 1
    const house = Math.floor(x * (3 + n))
    const roof = 0.1 + 0.5 * chance(house, n, 11)
    if (y < roof) return night ? [0.03, 0.04, 0.12] : mix([0.5, 0.7, 0.95], white, y)
    if (y > 0.86) return Math.abs(y - 0.93) < 0.01 && (x * 8) % 1 < 0.5 ? white : [0.25, 0.25, 0.27]
    const [u, v] = [Math.floor(x * (12 + 4 * n)), Math.floor(y * 18)]
    const isWindow = (x * (12 + 4 * n)) % 1 > 0.4 && (y * 18) % 1 > 0.45
    const wall = mix(hue(chance(house, n, 12)), [0.6, 0.58, 0.55], 0.7)
    if (!isWindow) return lit(wall, night ? 0.2 : 0.9)
    return night ? (chance(u, v, n) < 0.4 ? [1, 0.85, 0.45] : black) : [0.25, 0.35, 0.45]
  }

/** Fire, water, clouds, leaves, stars: no edges, colour only. */
const element =
  (n: number): Scene =>
  (x, y) => {
    const pairs: readonly (readonly [Colour, Colour])[] = [
      [
        [0.08, 0.03, 0.02],
        [1, 0.65, 0.15],
      ],
      [
        [0.02, 0.2, 0.35],
        [0.55, 0.85, 0.9],
      ],
      [
        [0.45, 0.6, 0.85],
        [1, 1, 1],
      ],
      [
        [0.05, 0.2, 0.05],
        [0.5, 0.75, 0.2],
      ],
      [
        [0.15, 0.02, 0.2],
        [0.9, 0.3, 0.7],
      ],
      [
        [0.3, 0.28, 0.26],
        [0.75, 0.73, 0.7],
      ],
    ]
    if (n === 6) return chance(Math.floor(x * 70), Math.floor(y * 70), 5) < 0.03 ? white : [0.01, 0.01, 0.05]
    if (n === 7) return mix(hue(x), black, y)
    const [from, to] = pairs[n] ?? [black, white]
    const rise = n === 0 ? y - 0.3 : 0
    return mix(
      from,
      to,
      grain(x * (n === 1 ? 0.6 : 1), y * (n === 1 ? 4 : 1), 5 + 3 * n, n) * 1.5 - 0.3 + rise,
    )
  }

const kinds = [landscape, form, texture, writing, creature, city, element, thing] as const

/**
 * Picture `index` (0 to 63) as rgb24, `width` x `height`: drawn by formulas, the same bytes on every machine, and
 * neighbours in the list are of different kinds, so that the first few are already diverse.
 */
export const drawCanaryPicture = (index: number, width: number, height: number): Uint8Array => {
  const scene = (kinds[index % kinds.length] ?? landscape)(Math.floor(index / kinds.length) % 8)
  const rgb = new Uint8Array(width * height * 3)
  let to = 0
  for (let row = 0; row < height; row += 1)
    for (let column = 0; column < width; column += 1) {
      const colour = scene((column + 0.5) / width, (row + 0.5) / height)
      for (const part of colour) rgb[to++] = Math.min(255, Math.max(0, Math.round(part * 255)))
    }
  return rgb
}
