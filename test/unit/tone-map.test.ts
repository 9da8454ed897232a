import { describe, expect, test } from 'vitest'
import { compressLight, toneMap, toneMapCube } from '../../src-main/domain/tone-map.ts'
import { hlgToNits, lightToSdr, nitsToPq, pqToNits } from '../../src-main/domain/transfer-functions.ts'
import type { Rgb } from '../../src-main/domain/transfer-functions.ts'

const gray = (level: number): Rgb => [level, level, level]

describe('transfer functions say what the standards say', () => {
  // ITU-R BT.2408-7, table 1 and 3: nominal signal levels.
  test.for([
    [26, 0.38],
    [100, 0.508],
    [203, 0.58],
    [1000, 0.752],
    [4000, 0.9026],
    [10_000, 1],
  ] as const)('PQ: %d cd/m² is %d', ([nits, signal]) => {
    expect(nitsToPq(nits)).toBeCloseTo(signal, 2)
    expect(pqToNits(nitsToPq(nits))).toBeCloseTo(nits, 6)
  })

  test('PQ: black, and signals outside', () => {
    expect(pqToNits(0)).toBe(0)
    expect(pqToNits(-0.1)).toBe(0)
    expect(nitsToPq(0)).toBeLessThan(1e-6)
  })

  test('HLG: reference white is 75 %, gray card 38 %, full signal 1000 cd/m² (BT.2408 table 1)', () => {
    expect(hlgToNits(gray(0.75))[1]).toBeCloseTo(203, 0)
    expect(hlgToNits(gray(0.38))[1]).toBeCloseTo(26, 0)
    expect(hlgToNits(gray(1))[1]).toBeCloseTo(1000, 2)
    expect(hlgToNits(gray(0))).toEqual([0, 0, 0])
  })

  test('HLG: the system gamma goes by luminance and keeps the ratio of the channels', () => {
    const [red, green, blue] = hlgToNits([0.5, 0.25, 0.25])
    // Scene light below one half is the signal squared over three: 4 to 1.
    expect(red / green).toBeCloseTo(4, 6)
    expect(green).toBe(blue)
    const scene = 0.2627 / 12 + (1 - 0.2627) / 48
    expect(red).toBeCloseTo((1000 * scene ** 0.2) / 12, 6)
  })

  test('SDR: BT.1886', () => {
    expect(lightToSdr(0.5) ** 2.4).toBeCloseTo(0.5, 9)
    expect([lightToSdr(-1), lightToSdr(2)]).toEqual([0, 1])
  })
})

describe('the tone curve', () => {
  test('leaves what is darker than 87 cd/m² alone, never falls, and ends at the brightest white', () => {
    for (const nits of [0, 0.1, 1, 26, 87]) expect(compressLight(nits)).toBeCloseTo(nits, 6)
    let last = 0
    for (let nits = 0; nits < 1000; nits += 1) {
      expect(compressLight(nits)).toBeGreaterThan(last - 1e-9)
      last = compressLight(nits)
    }
    expect(compressLight(1000)).toBeCloseTo(203, 6)
    expect(compressLight(10_000)).toBeCloseTo(203, 6)
  })

  test('has no step and no kink at its knee', () => {
    const slope = (nits: number): number => (compressLight(nits + 0.05) - compressLight(nits - 0.05)) / 0.1
    expect(slope(86)).toBeCloseTo(1, 3)
    expect(slope(89)).toBeGreaterThan(0.98)
  })

  test.for(['pq', 'hlg'] as const)(
    '%s: reference white is nine tenths of SDR white, and gray stays gray',
    (kind) => {
      const white = kind === 'pq' ? nitsToPq(203) : 0.75
      expect(toneMap(kind, gray(white))[0]).toBeCloseTo(0.903, 2)
      for (let level = 0; level <= 1; level += 1 / 64) {
        const [red, green, blue] = toneMap(kind, gray(level))
        expect(Math.abs(red - green) + Math.abs(green - blue)).toBeLessThan(0.001)
      }
      expect(toneMap(kind, gray(0))).toEqual([0, 0, 0])
      expect(toneMap(kind, gray(1))[1]).toBeCloseTo(1, 3)
    },
  )
})

/** A BT.709 colour (light 0 to 1, white 203 cd/m²) as an HDR film carries it: BT.2087's matrix, then PQ. */
const asPq = ([red, green, blue]: Rgb): Rgb => [
  nitsToPq(203 * (0.6274 * red + 0.3293 * green + 0.0433 * blue)),
  nitsToPq(203 * (0.0691 * red + 0.9195 * green + 0.0114 * blue)),
  nitsToPq(203 * (0.0164 * red + 0.088 * green + 0.8956 * blue)),
]

describe('colours', () => {
  test('that SDR has come back as they were, up to the knee', () => {
    for (const light of [
      [0.3, 0.1, 0.05],
      [0.05, 0.3, 0.1],
      [0.1, 0.1, 0.4],
      [0.4, 0.3, 0.2],
    ] as const) {
      const back = toneMap('pq', asPq(light))
      for (const [i, value] of back.entries()) expect(value).toBeCloseTo(lightToSdr(light[i]!), 2)
    }
  })

  test('keep their ratio where the curve bends: a sunset stays orange', () => {
    const light = toneMap('pq', asPq([3, 1.2, 0.3])).map((signal) => signal ** 2.4)
    expect(light[0]).toBeGreaterThan(0.95)
    expect(light[1]! / light[0]!).toBeCloseTo(0.4, 2)
    expect(light[2]! / light[0]!).toBeCloseTo(0.1, 2)
  })

  test('that SDR cannot show become its strongest, not pale', () => {
    const [red, green, blue] = toneMap('pq', [0.58, 0, 0])
    expect(red).toBeGreaterThan(0.95)
    expect([green, blue]).toEqual([0, 0])
    expect(toneMap('hlg', [0, 0.8, 0])).toEqual([0, expect.closeTo(1, 1), 0])
  })
})

describe('the cube', () => {
  test('is a .cube whose red runs fastest, with one line a colour', () => {
    const lines = toneMapCube('hlg', 3).trimEnd().split('\n')
    expect(lines[1]).toBe('LUT_3D_SIZE 3')
    const rows = lines.slice(2).map((line) => line.split(' ').map(Number))
    expect(rows).toHaveLength(27)
    for (const [index, colour] of [
      [1, [0.5, 0, 0]],
      [3, [0, 0.5, 0]],
      [9, [0, 0, 0.5]],
      [25, [0.5, 1, 1]],
    ] as const) {
      for (const [i, value] of toneMap('hlg', colour).entries())
        expect(rows[index]?.[i]).toBeCloseTo(value, 4)
    }
  })

  test.for(['pq', 'hlg'] as const)('%s: 33 points are enough for gray: half a level of 255', (kind) => {
    const size = 33
    const lines = toneMapCube(kind, size).trimEnd().split('\n').slice(2)
    const at = (i: number): number => Number(lines[i * (1 + size + size * size)]?.split(' ')[1])
    for (let level = 0; level < 1; level += 1 / 1024) {
      const place = level * (size - 1)
      const below = Math.floor(place)
      const between = at(below) + (place - below) * (at(below + 1) - at(below))
      // The first step out of black is a power of 0.4, which no straight line follows; it is 0.03 cd/m² wide.
      if (place >= 1) expect(Math.abs(between - toneMap(kind, gray(level))[1]) * 255).toBeLessThan(0.8)
    }
  })
})
