import { describe, expect, test } from 'vitest'
import { addProgress, progressOf, startProgress } from '../../src-main/domain/download-progress.ts'

const steady = (seconds: number, rate: number): ReturnType<typeof startProgress> => {
  let meter = startProgress(1e9, 0, 100)
  for (let at = 0.1; at <= seconds; at += 0.1) meter = addProgress(meter, at * rate, 100 + at)
  return meter
}

describe('progress of a download', () => {
  test('says nothing of speed in its first second', () => {
    expect(progressOf(steady(0.5, 1e6), 100.5)).toMatchObject({ speed: null, secondsLeft: null, total: 1e9 })
  })

  test('has the speed and the time left of a steady line', () => {
    const { bytes, speed, secondsLeft } = progressOf(steady(60, 5e6), 160)
    expect(bytes).toBeCloseTo(3e8, -6)
    expect(speed).toBeCloseTo(5e6, -5)
    expect(secondsLeft).toBeCloseTo(140, -1)
  })

  test('forgets what was more than about fifteen seconds ago, and keeps few samples', () => {
    let meter = steady(60, 5e6)
    for (let at = 60; at <= 80; at += 0.1) meter = addProgress(meter, 3e8 + (at - 60) * 1e6, 100 + at)
    expect(progressOf(meter, 180).speed).toBeCloseTo(1e6, -5)
    expect(meter.samples.length).toBeLessThan(40)
  })

  test('counts what was there before as done but not as speed', () => {
    const meter = addProgress(startProgress(1000, 900, 0), 950, 10)
    expect(progressOf(meter, 10)).toEqual({ bytes: 950, total: 1000, speed: 5, secondsLeft: 10 })
  })

  test('that stands still never ends, and one that begins anew measures anew', () => {
    const meter = addProgress(startProgress(1000, 0, 0), 500, 5)
    expect(progressOf(meter, 5).secondsLeft).toBe(5)
    expect(progressOf(meter, 30)).toMatchObject({ speed: 0, secondsLeft: null })
    expect(progressOf(addProgress(meter, 0, 31), 31)).toMatchObject({ bytes: 0, speed: null })
  })
})
