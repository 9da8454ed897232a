import { describe, expect, it } from 'vitest'
import { measureLook } from '../../src-main/domain/look-measure.ts'
import { blurredBelow, slideFrom } from '../../src-main/domain/shot-flags.ts'
import { seededRandom } from '../../src-main/domain/seeded-random.ts'

const width = 256
const height = 144
type Picture = Uint8Array

/** A street of boxes and poles with light, shade and texture: edges of all heights, ground that nowhere comes back. */
const scene = (seed: number): Picture => {
  const random = seededRandom(seed)
  const picture = new Float64Array(width * height)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      picture[y * width + x] = 90 + y / 3 + 25 * Math.sin(x / 31 + seed) + 12 * Math.sin(x * 0.9 + y * 0.7)
  for (let box = 0; box < 60; box++) {
    const [left, top] = [Math.floor(random() * 240), Math.floor(random() * 130)]
    const [wide, high] = [4 + Math.floor(random() * 50), 4 + Math.floor(random() * 40)]
    const light = (random() - 0.5) * 160
    for (let y = top; y < Math.min(height, top + high); y++)
      for (let x = left; x < Math.min(width, left + wide); x++) {
        const i = y * width + x
        picture[i] = (picture[i] ?? 0) * 0.7 + light * (0.5 + (x - left) / wide) + 30 * random()
      }
  }
  return Uint8Array.from(picture, (value) => Math.min(255, Math.max(0, value)))
}

/** Gaussian blur of deviation `sigma` pixels. */
const blurred = (picture: Picture, sigma: number): Picture => {
  const reach = Math.ceil(3 * sigma)
  const weights = Array.from({ length: 2 * reach + 1 }, (_, i) =>
    Math.exp(-((i - reach) ** 2) / 2 / sigma ** 2),
  )
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const pass = (from: ArrayLike<number>, dx: number, dy: number): Float64Array =>
    Float64Array.from({ length: width * height }, (_, i) => {
      const [x, y] = [i % width, Math.floor(i / width)]
      let sum = 0
      weights.forEach((weight, k) => {
        const column = Math.min(width - 1, Math.max(0, x + (k - reach) * dx))
        const row = Math.min(height - 1, Math.max(0, y + (k - reach) * dy))
        sum += weight * (from[row * width + column] ?? 0)
      })
      return sum / total
    })
  return Uint8Array.from(pass(pass(picture, 1, 0), 0, 1))
}

/** Letters of 5 x 7 squares: enough of a typeface to be text. */
const letters = ['0eb1f11', '1e8fd1f', '0f8421f', '1f8f42f', '118ff11', '0842108', '1555511', '0e8c62e']
const bits = (letter: string): readonly boolean[] =>
  Array.from(Number.parseInt(letter, 16).toString(2).padStart(28, '0'), (bit) => bit === '1')

/** Lines of words drawn on a picture, the letters `size` pixels a square. */
const written = (ground: Picture, lines: number, perLine: number, size: number, ink: number): Picture => {
  const picture = ground.slice()
  const random = seededRandom(lines + perLine)
  for (let line = 0; line < lines; line++) {
    for (let place = 0; place < perLine; place++) {
      if (place % 6 === 5) continue
      const letter = bits(letters[Math.floor(random() * letters.length)] ?? '')
      const [left, top] = [16 + place * 5 * size, 12 + line * 11 * size]
      letter.forEach((on, bit) => {
        if (!on) return
        for (let y = 0; y < size; y++)
          for (let x = 0; x < size; x++) {
            const [column, row] = [left + (bit % 4) * size + x, top + Math.floor(bit / 4) * size + y]
            if (column < width && row < height) picture[row * width + column] = ink
          }
      })
    }
  }
  return picture
}
const flat = (luma: number): Picture => new Uint8Array(width * height).fill(luma)
const look = (picture: Picture): ReturnType<typeof measureLook> => measureLook(picture, width, height)
const grainy = (picture: Picture, grain: number): Picture => {
  const random = seededRandom(5)
  return picture.map((value) => Math.min(255, Math.max(0, value + (random() - 0.5) * grain)))
}
const seeds = [1, 2, 3, 4, 5]

describe('sharpness', () => {
  it('falls with blur, and the bound lies between', () => {
    for (const seed of seeds) {
      const picture = scene(seed)
      const curve = [0, 0.8, 1.6, 2.4, 4].map(
        (sigma) => look(sigma === 0 ? picture : blurred(picture, sigma)).sharpness,
      )
      expect(curve).toEqual(curve.toSorted((a, b) => b - a))
      expect(curve[0]).toBeGreaterThan(blurredBelow + 20)
      expect(curve[3]).toBeLessThan(blurredBelow)
      expect(curve[4]).toBeLessThan(blurredBelow - 40)
    }
  })

  it('does not care for darkness and low contrast', () => {
    for (const seed of seeds) {
      const sharp = scene(seed)
      const dim = sharp.map((value) => value / 4)
      expect(Math.abs(look(dim).sharpness - look(sharp).sharpness)).toBeLessThan(25)
      expect(look(blurred(sharp, 3).map((value) => value / 2)).sharpness).toBeLessThan(blurredBelow)
    }
  })

  it('is that of the sharpest parts: a soft ground is no blur', () => {
    for (const seed of seeds) {
      const sharp = scene(seed)
      const bokeh = blurred(sharp, 5)
      for (let y = 48; y < 120; y++)
        bokeh.set(sharp.subarray(y * width + 90, y * width + 180), y * width + 90)
      expect(look(bokeh).sharpness).toBeGreaterThan(blurredBelow)
    }
  })

  it('is not judged where there are no edges', () => {
    expect(look(flat(0)).sharpness).toBe(0)
    expect(look(flat(200)).sharpness).toBe(0)
    expect(look(grainy(flat(16), 6)).sharpness).toBe(0)
    expect(look(Uint8Array.from({ length: width * height }, (_, i) => (i % width) / 2)).sharpness).toBe(0)
    expect(measureLook(new Uint8Array(0), 0, 0)).toEqual({ sharpness: 0, text: 0 })
    expect(measureLook(flat(9).subarray(0, 100), 10, 10)).toEqual({ sharpness: 0, text: 0 })
  })
})

describe('text', () => {
  const gradient = Uint8Array.from({ length: width * height }, (_, i) => 20 + (i % width) / 4)
  const cases = {
    'a slide, black on white': written(flat(250), 5, 40, 1, 10),
    'a slide, white on black': written(flat(4), 5, 20, 2, 250),
    'a slide on a gradient': written(gradient, 6, 38, 1, 240),
    'a page': written(flat(235), 11, 44, 1, 40),
    'a title card': written(flat(0), 1, 18, 2, 255),
    'a grainy title card': written(grainy(flat(20), 10), 1, 18, 2, 220),
  }
  it.each(Object.entries(cases))('is seen in %s', (_, picture) => {
    expect(look(picture).text).toBeGreaterThanOrEqual(slideFrom)
    expect(look(picture).sharpness).toBeGreaterThan(blurredBelow)
  })

  const stars = ((): Picture => {
    const random = seededRandom(9)
    const picture = flat(6)
    for (let star = 0; star < 150; star++)
      picture[Math.floor(random() * picture.length)] = 80 + 170 * random()
    return picture
  })()
  const bricks = Uint8Array.from({ length: width * height }, (_, i) => {
    const [x, y] = [i % width, Math.floor(i / width)]
    const course = Math.floor(y / 12)
    return y % 12 < 2 || (x + (course % 2) * 16) % 32 < 2 ? 150 : 60
  })
  const others = {
    black: flat(0),
    'a gradient': gradient,
    'a street': scene(1),
    'another street': scene(2),
    'a blurred street': blurred(scene(3), 4),
    'a street with a subtitle': written(scene(4), 1, 40, 1, 255),
    stars: stars,
    bricks: bricks,
    'colour bars': Uint8Array.from({ length: width * height }, (_, i) => 32 * Math.floor((i % width) / 32)),
  }
  it.each(Object.entries(others))('is not seen in %s', (_, picture) => {
    expect(look(picture).text).toBeLessThan(slideFrom)
  })
})
