import { describe, expect, test } from 'vitest'
import { encoderFilter } from '../../src-main/domain/encoder-filter.ts'
import { pictureScore } from '../../src-main/domain/picture-score.ts'
import {
  fitInside,
  gridOf,
  layTiles,
  shrinkPicture,
  spreadEvenly,
} from '../../src-main/domain/sprite-layout.ts'

describe('encoderFilter', () => {
  const clip = {
    width: 224,
    height: 224,
    resize: 'shortest-side-then-centre-crop',
    interpolation: 'bicubic',
  } as const
  const scaleAndCrop = (width: number, height: number): string =>
    encoderFilter(clip, { width, height }).replace(/:flags=.*format=rgb24/, '')

  test('the sizes and corners of torchvision: int() of the long side, halves rounded to even', () => {
    expect(scaleAndCrop(1920, 1080)).toBe('scale=398:224,crop=224:224:87:0')
    expect(scaleAndCrop(1080, 1920)).toBe('scale=224:398,crop=224:224:0:87')
    // 227 - 224 = 3, half is 1.5, round() gives 2; 225 - 224 = 1, half is 0.5, round() gives 0.
    expect(scaleAndCrop(227, 224)).toBe('scale=227:224,crop=224:224:2:0')
    expect(scaleAndCrop(225, 224)).toBe('scale=225:224,crop=224:224:0:0')
    expect(scaleAndCrop(500, 500)).toBe('scale=224:224')
    expect(scaleAndCrop(150, 99)).toBe('scale=339:224,crop=224:224:58:0')
  })

  test('stretching, and the kernels', () => {
    const siglip = { width: 256, height: 256, resize: 'stretch', interpolation: 'bilinear' } as const
    const exact = 'accurate_rnd+full_chroma_int+full_chroma_inp'
    expect(encoderFilter(siglip, { width: 100, height: 50 })).toBe(
      `scale=256:256:flags=bilinear+${exact},format=rgb24`,
    )
    expect(encoderFilter(clip, { width: 224, height: 224 })).toBe(
      `scale=224:224:flags=bicubic+${exact},format=rgb24`,
    )
  })

  test('an input that is not square is covered', () => {
    expect(encoderFilter({ ...clip, width: 256, height: 128 }, { width: 100, height: 100 })).toContain(
      'scale=256:256',
    )
  })
})

describe('the best-looking frame', () => {
  const size = 64
  const draw = (pixel: (x: number, y: number) => readonly [number, number, number]): Uint8Array => {
    const rgb = new Uint8Array(size * size * 3)
    for (let y = 0; y < size; y++) for (let x = 0; x < size; x++) rgb.set(pixel(x, y), (y * size + x) * 3)
    return rgb
  }
  const score = (rgb: Uint8Array): number => pictureScore(rgb, size, size)
  const scene = draw((x, y) => [((x >> 2) % 2) * 160 + y, ((y >> 2) % 2) * 140 + x, 90])
  const blurred = draw((x, y) => [60 + x * 2, 60 + y * 2, 90])

  test('a scene beats a blurred one, and both beat black, white and grey', () => {
    expect(score(scene)).toBeGreaterThan(score(blurred) * 1.5)
    for (const luma of [0, 20, 128, 255]) {
      expect(score(draw(() => [luma, luma, luma]))).toBeLessThan(score(blurred) / 4)
    }
  })

  test('a dark scene scores less than the same scene lit', () => {
    expect(score(scene.map((sample) => sample / 8))).toBeLessThan(score(scene) / 2)
  })
})

describe('the sprite', () => {
  test('sizes', () => {
    expect(fitInside({ width: 1920, height: 1080 }, 160)).toEqual({ width: 160, height: 90 })
    expect(fitInside({ width: 1080, height: 1920 }, 160)).toEqual({ width: 90, height: 160 })
    expect(fitInside({ width: 100, height: 50 }, 160)).toEqual({ width: 100, height: 50 })
    expect(fitInside({ width: 5000, height: 2 }, 160)).toEqual({ width: 160, height: 1 })
    expect([1, 9, 10, 11, 100].map(gridOf)).toEqual([
      { columns: 1, rows: 1 },
      { columns: 9, rows: 1 },
      { columns: 10, rows: 1 },
      { columns: 10, rows: 2 },
      { columns: 10, rows: 10 },
    ])
  })

  test('spread evenly, from the first to the last', () => {
    expect(spreadEvenly(3, 100)).toEqual([0, 1, 2])
    expect(spreadEvenly(9, 3)).toEqual([0, 4, 8])
    expect(new Set(spreadEvenly(101, 100)).size).toBe(100)
  })

  test('shrinking averages, laying keeps every pixel in its place', () => {
    const two = Uint8Array.from([0, 0, 0, 100, 100, 100, 200, 0, 0, 100, 0, 100])
    expect([...shrinkPicture(two, { width: 2, height: 2 }, { width: 1, height: 1 })]).toEqual([100, 25, 50])
    const tiles = Array.from({ length: 11 }, (_, index) => new Uint8Array(3).fill(index + 1))
    const sheet = layTiles(tiles, { width: 1, height: 1 })
    expect([...sheet].filter((_, index) => index % 3 === 0)).toEqual([
      1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    ])
  })
})
