import { execFileSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { fittingSize, letterboxFilter } from '../../src-main/domain/encoder-filter.ts'
import { encoderViews } from '../../src-main/domain/encoder-views.ts'
import { isSeenRight, sightOf } from '../../src-main/domain/wide-pictures.ts'
import { binaries } from '../indexer/films.ts'

const clip = {
  width: 224,
  height: 224,
  resize: 'shortest-side-then-centre-crop',
  interpolation: 'bicubic',
} as const
const squeezing = { ...clip, resize: 'stretch' } as const
const [wide, tall, square, almost, ribbon] = [
  { width: 1920, height: 1080 },
  { width: 1080, height: 1920 },
  { width: 720, height: 720 },
  { width: 760, height: 720 },
  { width: 4000, height: 300 },
]

describe('what is seen of a frame', () => {
  test.for([
    ['wide', wide, ['centre', 'whole', 'ends']],
    ['tall', tall, ['centre', 'whole', 'ends']],
    ['square', square, ['centre', 'centre', 'centre']],
    ['almost square', almost, ['centre', 'centre', 'centre']],
    ['a ribbon', ribbon, ['centre', 'whole', 'centre']],
  ] as const)('%s', ([, shown, sights]) => {
    expect((['crop', 'letterbox', 'views'] as const).map((mode) => sightOf(clip, shown, mode))).toEqual(
      sights,
    )
  })

  test('a model that squeezes whole frames sees the same whatever is set', () => {
    for (const mode of ['crop', 'letterbox', 'views'] as const) {
      expect(encoderViews(squeezing, wide, mode)).toEqual(encoderViews(squeezing, wide))
      expect(sightOf(squeezing, wide, mode)).toBe('centre')
    }
  })

  test('is not seen again where nothing would be better', () => {
    const again = (
      mode: 'crop' | 'letterbox' | 'views',
      shown = wide,
      image: typeof clip | typeof squeezing = clip,
    ) => (['centre', 'ends', 'whole'] as const).filter((seen) => !isSeenRight(image, shown, mode, seen))
    // Middle and ends hold the middle: going back to it loses nothing.
    expect(again('crop')).toEqual(['whole'])
    expect(again('letterbox')).toEqual(['centre', 'ends'])
    expect(again('views')).toEqual(['centre', 'whole'])
    for (const mode of ['crop', 'letterbox', 'views'] as const) {
      expect(isSeenRight(clip, square, mode, 'centre')).toBe(true)
      expect(isSeenRight(squeezing, wide, mode, 'centre')).toBe(true)
    }
    expect(isSeenRight(clip, ribbon, 'views', 'centre')).toBe(true)
  })
})

describe('the whole frame in a square', () => {
  test('fits by its long side', () => {
    expect(fittingSize(clip, wide)).toEqual({ width: 224, height: 126 })
    expect(fittingSize(clip, tall)).toEqual({ width: 126, height: 224 })
    expect(fittingSize(clip, square)).toEqual({ width: 224, height: 224 })
    expect(fittingSize(clip, { width: 10_000, height: 3 })).toEqual({ width: 224, height: 1 })
    expect(fittingSize({ width: 256, height: 128 }, square)).toEqual({ width: 128, height: 128 })
  })

  test.for([
    ['wide', wide],
    ['tall', tall],
    ['a ribbon', ribbon],
  ] as const)('%s: black bars, and everything of the frame between them', ([, shown]) => {
    // Red at the left, blue at the right; lighter below.
    const source = `color=white:s=${shown.width}x${shown.height},format=rgb24,geq=r='255*(1-X/W)':g='128*Y/H':b='255*X/W'`
    const rgb = execFileSync(
      binaries.ffmpeg,
      [
        '-v',
        'error',
        '-f',
        'lavfi',
        '-i',
        source,
        '-frames:v',
        '1',
        '-vf',
        letterboxFilter(clip, shown),
      ].concat(['-f', 'rawvideo', '-pix_fmt', 'rgb24', '-']),
    )
    expect(rgb).toHaveLength(224 * 224 * 3)
    const at = (x: number, y: number): readonly number[] => [
      ...rgb.subarray((y * 224 + x) * 3, (y * 224 + x) * 3 + 3),
    ]
    const { width, height } = fittingSize(clip, shown)
    const [left, top] = [(224 - width) >> 1, (224 - height) >> 1]
    let lit = 0
    for (let y = 0; y < 224; y += 1)
      for (let x = 0; x < 224; x += 1) lit += at(x, y).some((value) => value > 24) ? 1 : 0
    expect(lit).toBe(width * height)
    expect(at(left, top)[0]).toBeGreaterThan(230)
    expect(at(left + width - 1, top)[2]).toBeGreaterThan(230)
    expect(at(left, top + height - 1)[1]).toBeGreaterThan(height > 30 ? 115 : 40)
  })
})
