import { describe, expect, it } from 'vitest'
import type { ShotBoundary } from '../../src-main/domain/film-tracks.ts'
import { createPredictionReader, sigmoid } from '../../src-main/domain/shot-predictions.ts'
import { createShotWindows, tinyBytes, type ShotWindow } from '../../src-main/domain/shot-windows.ts'

/** A frame that can be told: its number in the first two bytes. */
const frame = (number: number): Uint8Array => {
  const rgb = new Uint8Array(tinyBytes).fill(60)
  rgb[0] = number % 256
  rgb[1] = Math.floor(number / 256)
  return rgb
}
const numbersIn = ({ rgb }: ShotWindow): readonly number[] =>
  Array.from({ length: 100 }, (_, i) => (rgb[i * tinyBytes] ?? 0) + 256 * (rgb[i * tinyBytes + 1] ?? 0))
const range = (from: number, to: number): readonly number[] =>
  Array.from({ length: to - from }, (_, i) => from + i)
const times = <T>(count: number, value: T): readonly T[] => range(0, count).map(() => value)

/** The windows over the frames `first` to `end` of a film of `rate` frames a second. */
const windowsOver = (first: number, end: number, rate: number): readonly ShotWindow[] => {
  const windows = createShotWindows()
  const ready = range(first, end).flatMap((number) => windows.push(number / rate, frame(number)) ?? [])
  return [...ready, ...windows.finish()]
}

describe('windows', () => {
  it('are those of TransNetV2: 25 copies in front and behind, strides of 50', () => {
    const windows = windowsOver(0, 120, 25)
    expect(windows.map(numbersIn)).toEqual([
      [...times(25, 0), ...range(0, 75)],
      range(25, 120).concat(times(5, 119)),
      range(75, 120).concat(times(55, 119)),
    ])
    expect(windows.map((window) => window.times.map((time) => Math.round(time * 25)))).toEqual([
      range(0, 50),
      range(50, 100),
      range(100, 120),
    ])
  })

  it('come as soon as their last frame is there', () => {
    const windows = createShotWindows()
    const ready = range(0, 300).filter((number) => windows.push(number / 30, frame(number)) !== null)
    expect(ready).toEqual([74, 124, 174, 224, 274])
    expect(windows.finish().map(({ times: own }) => own.length)).toEqual([50])
  })

  it('answer each frame once, whatever the frame rate', () => {
    for (const rate of [2, 7.5, 23.976, 25, 29.97, 59.94, 120]) {
      const windows = windowsOver(0, 1500, rate)
      const answered = windows.flatMap((window) => window.times.map((time) => Math.round(time * rate)))
      expect(answered).toEqual(range(0, 1500))
      for (const window of windows) {
        const own = numbersIn(window).slice(25, 25 + window.times.length)
        expect(own).toEqual(window.times.map((time) => Math.round(time * rate)))
      }
    }
  })

  it('begin anew every 10 seconds, so that a run resumed there has the same ones', () => {
    for (const rate of [23.976, 30]) {
      const whole = windowsOver(0, Math.round(330 * rate), rate)
      // resumed at 300 s, with frames from 297.3 s on
      const resumed = windowsOver(Math.round(297.3 * rate), Math.round(330 * rate), rate)
      const later = (windows: readonly ShotWindow[]): readonly ShotWindow[] =>
        windows.filter(({ times: [first = 0] }) => first >= 300 - 1e-3)
      expect(later(resumed).length).toBeGreaterThan(14)
      expect(later(resumed).map(numbersIn)).toEqual(later(whole).map(numbersIn))
      expect(later(resumed).map((window) => window.times)).toEqual(later(whole).map((window) => window.times))
    }
  })

  it('take a film of one frame, and none', () => {
    expect(windowsOver(3, 4, 25).map(numbersIn)).toEqual([times(100, 3)])
    expect(createShotWindows().finish()).toEqual([])
    expect(() => createShotWindows().push(0, new Uint8Array(3))).toThrow(RangeError)
  })
})

/** Reads a film of 10 frames a second: each sign is a frame, 1 for a transition; `light` for all. */
const read = (signs: string, light = 80, perPush = signs.length): readonly ShotBoundary[] => {
  const reader = createPredictionReader()
  const found: ShotBoundary[] = []
  for (let from = 0; from < signs.length; from += perPush) {
    const part = Array.from(signs.slice(from, from + perPush))
    found.push(
      ...reader.push(
        part.map((_, i) => (from + i) / 10),
        part.map((sign) => (sign === '1' ? 0.9 : 0.1)),
        part.map(() => light),
      ),
    )
  }
  return found
}

describe('predictions', () => {
  it('give a cut at the first frame of the new shot', () => {
    expect(read('0000100000110000')).toEqual([
      { time: 0.5, from: 0.5, to: 0.5, kind: 'cut' },
      { time: 1.2, from: 1.2, to: 1.2, kind: 'cut' },
    ])
  })

  it('give a gradual change its length, and a fade where it is dark', () => {
    expect(read('00001111110000')).toEqual([{ time: 0.7, from: 0.4, to: 1, kind: 'dissolve' }])
    expect(read('0000111000', 3)).toEqual([{ time: 0.55, from: 0.4, to: 0.7, kind: 'fade' }])
  })

  it('are the same in pieces', () => {
    const signs = '00001000011111000001100000000111'
    for (const perPush of [1, 2, 3, 7]) expect(read(signs, 80, perPush)).toEqual(read(signs))
  })

  it('part nothing at the ends, and forget what lasts too long', () => {
    expect(read('1110000011')).toEqual([])
    expect(read(`000${'1'.repeat(103)}000100`)).toHaveLength(1)
    expect(read(`000${'1'.repeat(90)}000100`)).toHaveLength(2)
  })

  it('take 0.5 for no transition', () => {
    expect(createPredictionReader().push([0, 1, 2], [0, 0.5, 0], [9, 9, 9])).toEqual([])
    expect([...sigmoid(Float32Array.of(0, 20, -20))].map((value) => Math.round(value * 1e6) / 1e6)).toEqual([
      0.5, 1, 0,
    ])
  })

  it('say up to where all is known', () => {
    const reader = createPredictionReader()
    const push = (time: number, probability: number): number => {
      reader.push([time], [probability], [80])
      return reader.settled()
    }
    expect(reader.settled()).toBe(Number.NEGATIVE_INFINITY)
    expect(push(0, 0)).toBe(0)
    expect(push(1, 0)).toBe(1)
    expect(push(2, 0.9)).toBe(2)
    expect(push(4, 0.9)).toBe(2)
    expect(push(6, 0.1)).toBe(6)
    expect(push(7, 0.9)).toBe(7)
    // longer than any transition: nothing will come of it
    expect(push(18, 0.9)).toBe(18)
  })
})
