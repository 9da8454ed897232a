import { describe, expect, it } from 'vitest'
import { motionByte, speedByte, speedOf, type FilmTrack } from '../../src-main/domain/film-tracks.ts'
import type { FrameMeasure } from '../../src-main/domain/frame-measure.ts'
import { joinTracks } from '../../src-main/domain/join-tracks.ts'
import { createTrackMeter } from '../../src-main/domain/track-meter.ts'
import { seededRandom } from '../../src-main/domain/seeded-random.ts'

const frame = (time: number, wish: Partial<FrameMeasure> = {}): FrameMeasure => ({
  time,
  content: 0,
  luma: 100,
  spread: 30,
  lit: 1,
  energy: 0,
  blocks: new Float32Array(16),
  shift: null,
  ...wish,
})
const valuesOf = (tracks: readonly FilmTrack[], kind: FilmTrack['kind']): readonly number[] => {
  const track = tracks.find((one) => one.kind === kind)
  if (track === undefined) throw new Error(`no ${kind}`)
  return [...track.values]
}
const hashFor = (value: number): Uint8Array => new Uint8Array(8).fill(value)

describe('units', () => {
  it('say a photograph, a slow zoom and flicker', () => {
    expect([0, 0.0001, 0.25, 4, 64, 1000, -1].map(motionByte)).toEqual([0, 0, 16, 64, 255, 255, 0])
  })

  it('keep the sign of a shift, to half a tiny pixel a second', () => {
    expect([-200, -6.3, -0.5, 0, 0.4, 63.5, 99].map((speed) => speedOf(speedByte(speed)))).toEqual([
      -63.5, -6.5, -0.5, 0, 0.5, 63.5, 63.5,
    ])
  })
})

describe('the track meter', () => {
  it('gives every kind, with exactly the cells of the part', () => {
    const meter = createTrackMeter(0)
    for (let i = 0; i < 60; i++) meter.addFrame(frame(i / 25, { luma: i < 13 ? 40 : 80.4 }))
    for (const time of [0, 0.52, 1, 1.52, 2])
      meter.addLook(time, { sharpness: 200 + time * 2, text: 7 }, hashFor(time * 2))
    const tracks = meter.take(2.4)
    expect(tracks.map(({ kind, rate, size, values }) => [kind, rate, size, values.length])).toEqual([
      ['motion', 2, 1, 5],
      ['direction', 2, 2, 10],
      ['luma', 2, 1, 5],
      ['sharpness', 2, 1, 5],
      ['text', 2, 1, 5],
      ['signature', 2, 8, 40],
    ])
    expect(valuesOf(tracks, 'luma')).toEqual([40, 80, 80, 80, 80])
    expect(valuesOf(tracks, 'sharpness')).toEqual([200, 201, 202, 203, 204])
    expect(valuesOf(tracks, 'signature').filter((_, i) => i % 8 === 0)).toEqual([0, 1, 2, 3, 4])
  })

  it('says the same motion whatever the frame rate, and the frames that stand twice', () => {
    const motionAt = (rate: number, energy: (i: number) => number): readonly number[] => {
      const meter = createTrackMeter(0)
      for (let i = 0; i < 2 * rate; i++) meter.addFrame(frame(i / rate, { energy: i === 0 ? 0 : energy(i) }))
      return valuesOf(meter.take(2), 'motion').slice(1)
    }
    const expected = motionByte(2)
    expect(motionAt(25, () => 2)).toEqual([expected, expected, expected])
    expect(motionAt(50, () => 1)).toEqual([expected, expected, expected])
    expect(motionAt(10, () => 5)).toEqual([expected, expected, expected])
    // 25 pictures a second in a stream of 50: one step less is left out than in a smooth one
    for (const value of motionAt(50, (i) => (i % 2 === 0 ? 2 : 0)))
      expect(Math.abs(value - expected)).toBeLessThan(3)
  })

  it('takes a cut for no motion', () => {
    const meter = createTrackMeter(0)
    for (let i = 0; i < 25; i++) meter.addFrame(frame(i / 25, { energy: i === 5 ? 60 : 0 }))
    expect(valuesOf(meter.take(1), 'motion')).toEqual([0, 0])
  })

  it('has a direction where most frames of the cell move', () => {
    const meter = createTrackMeter(0)
    const shift = { x: -6.2, y: 1.1 }
    for (let i = 0; i < 50; i++) meter.addFrame(frame(i / 25, { shift: i < 26 && i !== 3 ? shift : null }))
    const direction = valuesOf(meter.take(2), 'direction').map(speedOf)
    expect(direction).toEqual([-6, 1, -6, 1, 0, 0, 0, 0])
  })

  it('fills gaps of uneven frame rates, but a standing picture does not move', () => {
    const meter = createTrackMeter(10)
    for (let i = 0; i < 12; i++) meter.addFrame(frame(11 + i / 25, { luma: 50, energy: 8 }))
    meter.addFrame(frame(13.2, { luma: 90 }))
    meter.addLook(11.1, { sharpness: 9, text: 3 }, hashFor(1))
    const tracks = meter.take(14)
    expect(valuesOf(tracks, 'luma')).toEqual([50, 50, 50, 50, 50, 50, 90, 90])
    expect(valuesOf(tracks, 'sharpness')).toEqual(Array.from({ length: 8 }, () => 9))
    expect(valuesOf(tracks, 'motion')).toEqual([0, 0, motionByte(8), 0, 0, 0, 0, 0])
    expect(valuesOf(createTrackMeter(0).take(1), 'luma')).toEqual([0, 0])
  })

  it('gives the same parts undisturbed and resumed at the border with a warm-up', () => {
    const random = seededRandom(3)
    const frames = Array.from({ length: 601 * 24 }, (_, i) =>
      frame(i / 23.976, {
        luma: 255 * random(),
        energy: 20 * random(),
        shift: random() < 0.6 ? { x: 9 * random(), y: -3 } : null,
      }),
    )
    const run = (from: number, warmUp: number): readonly (readonly FilmTrack[])[] => {
      const meter = createTrackMeter(from)
      const parts: (readonly FilmTrack[])[] = []
      let to = from + 300
      for (const [i, one] of frames.entries()) {
        if (one.time < from - warmUp) continue
        if (one.time >= to) {
          parts.push(meter.take(to))
          to += 300
        }
        meter.addFrame(one)
        if (i % 12 === 0) meter.addLook(one.time, { sharpness: i % 255, text: i % 13 }, hashFor(i % 251))
      }
      return [...parts, meter.take((frames.at(-1)?.time ?? 0) + 0.04)]
    }
    const whole = run(0, 0)
    expect(whole).toHaveLength(3)
    expect(run(300, 4.2)).toEqual(whole.slice(1))
    expect(run(600, 1)).toEqual(whole.slice(2))
  })

  it('keeps for the next part what was added beyond the border', () => {
    const meter = createTrackMeter(0)
    for (let i = 0; i < 50; i++) meter.addFrame(frame(i / 25, { luma: i < 25 ? 10 : 20 }))
    expect(valuesOf(meter.take(1), 'luma')).toEqual([10, 10])
    expect(valuesOf(meter.take(2), 'luma')).toEqual([20, 20])
  })
})

describe('joining parts', () => {
  const track = (kind: FilmTrack['kind'], values: readonly number[], rate = 2, size = 1): FilmTrack => ({
    kind,
    rate,
    size,
    values: Uint8Array.from(values),
  })

  it('cuts and pads each part to its own place', () => {
    const joined = joinTracks([
      { from: 0, to: 2, tracks: [track('luma', [1, 2, 3, 4, 5, 6]), track('onset', [1, 2], 1)] },
      { from: 2, to: 4, tracks: [track('luma', [7, 8]), track('onset', [3, 4], 1)] },
      { from: 4, to: 5.2, tracks: [track('luma', [9, 10, 11]), track('onset', [5], 1)] },
    ])
    expect(joined).toEqual([
      track('luma', [1, 2, 3, 4, 7, 8, 8, 8, 9, 10, 11]),
      track('onset', [1, 2, 3, 4, 5, 5], 1),
    ])
  })

  it('pads values of several bytes whole, and leaves zeros where a part lacks a track', () => {
    const joined = joinTracks([
      { from: 0, to: 1, tracks: [track('luma', [1, 1])] },
      { from: 1, to: 2, tracks: [track('direction', [1, 255], 2, 2), track('luma', [])] },
    ])
    expect(joined).toEqual([
      track('luma', [1, 1, 0, 0]),
      track('direction', [0, 0, 0, 0, 1, 255, 1, 255], 2, 2),
    ])
    expect(joinTracks([])).toEqual([])
  })
})
