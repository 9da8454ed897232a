import { expect } from 'vitest'
import type { ShotBoundary } from '../src-main/domain/film-tracks.ts'
import { createFrameMeter } from '../src-main/domain/frame-measure.ts'
import { tinySize } from '../src-main/domain/tiny-picture.ts'
import { createShotDetector } from '../src-main/domain/shot-boundaries.ts'
import { seededRandom } from '../src-main/domain/seeded-random.ts'
import type { TinyScene } from './tiny-scenes.ts'

/** What a film shows at a second. */
export type Picture = (time: number) => Uint8Array
/** Frames a second of the films below, and the seconds of one. */
const rate = 25
export const frame = 1 / rate

/** The times of all frames of `seconds`, or of those from `from` on. */
export const everyFrame = (seconds: number, from = 0): readonly number[] =>
  Array.from({ length: Math.round(seconds * rate) }, (_, i) => i / rate).filter((time) => time >= from)

/** The boundaries of a film; `settled` is held against them on the way. */
export const shotsOf = (
  picture: Picture,
  times: readonly number[],
  end = (times.at(-1) ?? 0) + frame,
): ShotBoundary[] => {
  const meter = createFrameMeter()
  const detector = createShotDetector()
  const found: ShotBoundary[] = []
  for (const time of times) {
    const rgb = picture(time)
    const before = detector.settled()
    const more = detector.push(meter(time, rgb), rgb)
    for (const boundary of more) {
      expect(boundary.time).toBeGreaterThanOrEqual(before)
      expect(boundary.time).toBeLessThan(detector.settled())
    }
    expect(detector.settled()).toBeGreaterThanOrEqual(time - 4)
    found.push(...more)
  }
  found.push(...detector.finish(end))
  expect(found.map(({ time }) => time)).toEqual(found.map(({ time }) => time).sort((a, b) => a - b))
  return found
}
/** Kinds and times, to the millisecond. */
export const kindsOf = (found: readonly ShotBoundary[]): readonly (readonly [string, number])[] =>
  found.map(({ kind, time }) => [kind, Math.round(time * 1000) / 1000] as const)

export const black = new Uint8Array(tinySize.width * tinySize.height * 3)
export const white = black.map(() => 255)

/** A handheld camera: less than a pixel to and fro. */
export const held = (scene: TinyScene, time: number, light = 1): Uint8Array =>
  scene(0.4 * Math.sin(time * 9), 0.3 * Math.sin(time * 7), light)
/** Grain over a picture, another in every frame. */
export const grained = (picture: Uint8Array, time: number): Uint8Array => {
  const random = seededRandom(Math.round(time * 1000) + 7)
  return picture.map((value) => Math.min(255, Math.max(0, value + 10 * (random() - 0.5))))
}
