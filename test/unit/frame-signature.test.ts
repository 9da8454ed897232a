import { describe, expect, it } from 'vitest'
import { colourDifference, hashDistance, hashOf, signatureOf } from '../../src-main/domain/frame-signature.ts'
import { tinySize } from '../../src-main/domain/tiny-picture.ts'
import { seededRandom } from '../../src-main/domain/seeded-random.ts'

type Rgb = readonly [number, number, number]

/** A `tinySize` picture by a function of place. */
const picture = (at: (x: number, y: number) => Rgb): Uint8Array =>
  Uint8Array.from(
    Array.from({ length: tinySize.width * tinySize.height }, (_, i) =>
      at(i % tinySize.width, Math.floor(i / tinySize.width)),
    ).flat(),
  )
const plain = (level: number): Uint8Array => picture(() => [level, level, level])
const rising = picture((x) => [x * 5, x * 5, x * 5])
const falling = picture((x) => [240 - x * 5, 240 - x * 5, 240 - x * 5])

describe('signatureOf', () => {
  it('has 64 bits and 8x8 colours', () => {
    const { hash, colours } = signatureOf(plain(7))
    expect([hash.length, colours.length]).toEqual([8, 192])
    expect(new Set(colours)).toEqual(new Set([7]))
    expect([...hash]).toEqual([0, 0, 0, 0, 0, 0, 0, 0])
  })

  it('sets a bit where it gets brighter to the right', () => {
    expect([...hashOf(rising)]).toEqual(Array(8).fill(255))
    expect([...hashOf(falling)]).toEqual(Array(8).fill(0))
    expect(hashDistance(signatureOf(rising), signatureOf(falling))).toBe(64)
  })

  it('keeps each colour in its place', () => {
    const { colours } = signatureOf(picture((x, y) => (x < 24 && y < 13 ? [200, 100, 50] : [0, 0, 0])))
    expect([...colours.slice(0, 3)]).toEqual([200, 100, 50])
    expect([...colours.slice(4 * 3, 5 * 3)]).toEqual([0, 0, 0])
    expect([...colours.slice(7 * 24, 7 * 24 + 3)]).toEqual([0, 0, 0])
  })

  it('does not see noise in a still picture', () => {
    const random = seededRandom(3)
    const noisy = (): Uint8Array => plain(100).map((level) => level + Math.round(6 * random() - 3))
    const first = signatureOf(noisy())
    for (let i = 0; i < 20; i += 1) {
      const other = signatureOf(noisy())
      expect(hashDistance(first, other)).toBeLessThanOrEqual(4)
      expect(colourDifference(first, other)).toBeLessThanOrEqual(1)
    }
  })

  it('sees a thing of a twentieth of the picture, and light that goes', () => {
    const empty = signatureOf(plain(100))
    const thing = signatureOf(picture((x, y) => (x < 10 && y < 7 ? [220, 30, 30] : [100, 100, 100])))
    expect(colourDifference(empty, thing)).toBeGreaterThan(3)
    expect(colourDifference(empty, signatureOf(plain(90)))).toBe(10)
  })

  it('refuses a picture of another size', () => {
    expect(() => signatureOf(new Uint8Array(3))).toThrow(RangeError)
    expect(() => hashOf(new Uint8Array(3889))).toThrow(RangeError)
  })

  it('is the hash that is kept alone', () => expect(signatureOf(rising).hash).toEqual(hashOf(rising)))

  it('takes far less than a frame may take', () => {
    const started = performance.now()
    for (let i = 0; i < 2_000; i += 1) signatureOf(rising)
    // 10 µs measured; the generous limit is for a busy machine.
    expect((performance.now() - started) / 2_000).toBeLessThan(0.2)
  })
})
