import { describe, expect, it } from 'vitest'
import { createFrameMeter, type FrameMeasure } from '../../src-main/domain/frame-measure.ts'
import { tinySize } from '../../src-main/domain/tiny-picture.ts'
import { tinyScene } from '../tiny-scenes.ts'

const pixels = tinySize.width * tinySize.height
const plain = (r: number, g: number, b: number): Uint8Array =>
  Uint8Array.from({ length: pixels * 3 }, (_, i) => [r, g, b][i % 3] ?? 0)
const measured = (pictures: readonly Uint8Array[], seconds = 0.04): readonly FrameMeasure[] => {
  const meter = createFrameMeter()
  return pictures.map((picture, i) => meter(i * seconds, picture))
}
const last = (pictures: readonly Uint8Array[], seconds?: number): FrameMeasure =>
  measured(pictures, seconds).at(-1)!

describe('a frame', () => {
  it('has mean luma, its spread and what is lit', () => {
    expect(last([plain(255, 255, 255)])).toMatchObject({
      luma: 255,
      spread: 0,
      lit: 1,
      content: 0,
      energy: 0,
    })
    const half = plain(0, 0, 0).fill(200, 0, (pixels / 2) * 3)
    expect(last([half])).toMatchObject({ luma: 100, spread: 100, lit: 0.5 })
  })

  it('is compared with the one before: nothing for the first and for the same', () => {
    const scene = tinyScene(1)()
    for (const { content, energy, blocks } of measured([scene, scene]))
      expect([content, energy, Math.max(...blocks)]).toEqual([0, 0, 0])
  })

  it('has the content score of HSV: a third of each change', () => {
    // Grey: only the value changes, by 90.
    expect(last([plain(60, 60, 60), plain(150, 150, 150)])).toMatchObject({ content: 30, energy: 90 })
    // Red to green: hue by 60 of 180, nothing else.
    expect(last([plain(200, 0, 0), plain(0, 200, 0)]).content).toBe(20)
    // Hue is a circle: from 170 to 10 it is 20.
    expect(last([plain(200, 0, 67), plain(200, 67, 0)]).content).toBeCloseTo(20 / 3, 0)
    // The hue of what has no colour is noise.
    expect(last([plain(101, 100, 100), plain(100, 101, 100)]).content).toBeLessThan(1)
  })

  it('does not count black bars', () => {
    const barred = (value: number): Uint8Array => plain(0, 0, 0).fill(value, 0, (pixels / 3) * 3)
    expect(last([barred(60), barred(150)]).content).toBeCloseTo(30)
  })

  it('has energy in the block where it changes', () => {
    const changed = plain(50, 50, 50)
    // The last block: three quarters of the width and 21 of 27 rows down.
    for (let y = 21; y < 27; y += 1) changed.fill(150, (y * 48 + 36) * 3, (y * 48 + 48) * 3)
    const { blocks } = last([plain(50, 50, 50), changed])
    expect([...blocks].map(Math.round)).toEqual([...Array<number>(15).fill(0), 100])
  })
})

describe('the shift of the whole picture', () => {
  const scene = tinyScene(3)
  const pan = (x: number, y: number, seconds = 0.04): FrameMeasure['shift'] =>
    last(
      Array.from({ length: 12 }, (_, i) => scene(-x * i * seconds, -y * i * seconds)),
      seconds,
    ).shift

  it.each([
    [10, 0],
    [-25, 0],
    [60, 0],
    [0, -12],
    [0, 20],
    [30, -15],
  ])('is measured in pixels a second (%d, %d)', (x, y) => {
    const shift = pan(x, y)
    expect(Math.abs((shift?.x ?? NaN) - x)).toBeLessThan(2 + 0.1 * Math.abs(x))
    expect(Math.abs((shift?.y ?? NaN) - y)).toBeLessThan(2 + 0.1 * Math.abs(y))
  })

  it('does not depend on the frame rate', () => {
    expect(pan(20, 0, 0.1)?.x).toBeCloseTo(20, -1)
    expect(pan(20, 0, 1 / 120)?.x ?? 20).toBeCloseTo(20, -1)
  })

  it('is none where nothing moves, where one thing moves, and at a cut', () => {
    expect(pan(0, 0)).toBeNull()
    expect(last([scene(), scene(0, 0, 1.3)]).shift).toBeNull()
    expect(last([scene(), tinyScene(4)()]).shift).toBeNull()
    const ball = (i: number): Uint8Array => {
      const picture = plain(90, 100, 110)
      for (let y = 8; y < 16; y += 1) picture.fill(230, (y * 48 + 4 * i) * 3, (y * 48 + 4 * i + 8) * 3)
      return picture
    }
    expect(last([0, 1, 2, 3, 4, 5, 6].map(ball), 0.2).shift).toBeNull()
  })
})
