import { describe, expect, it } from 'vitest'
import { normalise } from '../../src-main/domain/embedding.ts'
import {
  sampleWindow,
  type Candidate,
  type SampledFrame,
  type SamplingOptions,
  type SamplingWindow,
} from '../../src-main/domain/frame-sampling.ts'
import type { FrameSignature } from '../../src-main/domain/frame-signature.ts'
import { momentsOf } from '../../src-main/domain/moments.ts'
import { nearestMedian } from '../../src-main/domain/nearest-median.ts'
import type { ScoreSamples } from '../../src-main/domain/score-samples.ts'
import { seededRandom } from '../../src-main/domain/seeded-random.ts'

const medianNearest = 0.04
const dimensions = 16

/** A picture of one level of grey, a bar of another one in it where something stands there. */
const signature = (level: number, thing = 0): FrameSignature => {
  const colours = new Uint8Array(192).fill(level)
  colours.fill(level + thing, 0, 24)
  const hash = new Uint8Array(8)
  if (thing > 0) hash[0] = 0xf0
  return { hash, colours }
}

/** A unit vector between scenes: `towards` 0 is scene `a`, 1 is scene `b`. */
const vector = (a: number, b = a, towards = 0): Float32Array => {
  const mixed = new Float32Array(dimensions)
  mixed[a] = 1 - towards
  mixed[b] = (mixed[b] ?? 0) + towards
  normalise(mixed)
  return mixed
}

type Planted = { readonly window: SamplingWindow; readonly vectors: readonly Float32Array[] }
type Look = { readonly signature: FrameSignature; readonly vector: Float32Array }

const film = (seconds: number, cuts: readonly number[], look: (time: number) => Look, from = 0): Planted => {
  const times = Array.from({ length: seconds * 2 }, (_, i) => from + i / 2)
  const candidates: readonly Candidate[] = times.map((time) => ({
    time,
    signature: look(time).signature,
  }))
  return {
    window: { from, to: from + seconds, candidates, cuts },
    vectors: times.map((time) => look(time).vector),
  }
}

/** Runs a sampling to its end; `rounds` are the indices it asked for. */
const sample = (
  { window, vectors }: Planted,
  options?: SamplingOptions,
): { readonly frames: readonly SampledFrame[]; readonly rounds: readonly (readonly number[])[] } => {
  const sampling = sampleWindow(window, { medianNearest }, options)
  const rounds: (readonly number[])[] = []
  let step = sampling.next([])
  while (step.done !== true) {
    rounds.push(step.value)
    step = sampling.next(step.value.map((index) => vectors[index] ?? new Float32Array(dimensions)))
  }
  return { frames: step.value, rounds }
}

/** What holds for every sampling. */
const expectSound = (planted: Planted, options?: SamplingOptions): readonly SampledFrame[] => {
  const { frames, rounds } = sample(planted, options)
  const { from, to, candidates, cuts } = planted.window
  const asked = rounds.flat()
  expect(new Set(asked).size).toBe(asked.length)
  expect(frames.map(({ index }) => index)).toEqual(asked.toSorted((a, b) => a - b))
  expect(rounds.length).toBeLessThanOrEqual(8)
  for (const round of rounds) expect(round).toEqual(round.toSorted((a, b) => a - b))
  if (candidates.length > 0) expect(frames[0]?.start).toBe(from)
  for (const [i, { index, start }] of frames.entries()) {
    const end = frames[i + 1]?.start ?? to
    expect(end).toBeGreaterThan(start)
    const time = candidates[index]?.time ?? NaN
    expect(time).toBeGreaterThanOrEqual(start)
    expect(time).toBeLessThan(end)
    // No stretch of what was looked at is on the other side of a cut.
    const held = candidates.filter((candidate) => candidate.time >= start && candidate.time < end)
    for (const cut of cuts)
      expect(held.every((candidate) => candidate.time >= cut === time >= cut)).toBe(true)
  }
  expect(sample(planted, options).frames).toEqual(frames)
  return frames
}

const still = (seconds: number, cuts: readonly number[] = []): Planted =>
  film(seconds, cuts, () => ({ signature: signature(100), vector: vector(0) }))

describe('nearestMedian', () => {
  it("is the manifest's own, or that of its family and size", () => {
    expect(nearestMedian({ family: 'clip', dimensions: 512 })).toBe(0.0405)
    expect(nearestMedian({ family: 'clip', dimensions: 768 })).toBe(0.0892)
    expect(nearestMedian({ family: 'siglip', dimensions: 768 })).toBe(0.0483)
    expect(nearestMedian({ family: 'clip', dimensions: 512, medianNearest: 0.34 })).toBe(0.34)
  })
})

describe('samples that stand for a while', () => {
  const curve = (scores: readonly number[]): ScoreSamples => ({
    times: Float64Array.from(scores, (_, i) => i / 2),
    scores: Float32Array.from(scores),
    duration: scores.length / 2,
    spacing: 0.5,
  })

  it('give the moments that all their looks would give', () => {
    const levels = [0.1, 0.5, 0.12, 0.1]
    const lengths = [30, 12, 26, 8]
    const dense = curve(levels.flatMap((level, i) => Array<number>(lengths[i] ?? 0).fill(level)))
    const starts = lengths.map((_, i) => lengths.slice(0, i).reduce((sum, one) => sum + one, 0) / 2)
    const sparse: ScoreSamples = {
      ...dense,
      times: Float64Array.from(starts),
      scores: Float32Array.from(levels),
      frames: Float64Array.from(starts, (start) => start + 2),
    }
    const moments = momentsOf(sparse)
    const places = momentsOf(dense).map(({ start, end, score, strength }) => ({
      start,
      end,
      score,
      strength,
    }))
    expect(moments).toMatchObject(places)
    expect(moments).toHaveLength(places.length)
    expect(moments[0]).toMatchObject({ peak: 17 })
  })

  it('have their peak inside the moment, wherever the frame is', () => {
    const random = seededRandom(4)
    for (let round = 0; round < 40; round += 1) {
      const times = Float64Array.from({ length: 20 }, (_, i) => i * 6)
      const samples: ScoreSamples = {
        times,
        scores: Float32Array.from(times, () => random()),
        frames: times.map((time) => time + 6 * random()),
        duration: 120,
        spacing: 0.5,
      }
      for (const { start, end, peak } of momentsOf(samples)) {
        expect(peak).toBeGreaterThanOrEqual(start)
        expect(peak).toBeLessThanOrEqual(end)
      }
    }
  })
})

describe('sampleWindow', () => {
  it('takes few frames of a still film', () => {
    expect(expectSound(still(60)).length).toBeLessThanOrEqual(4)
  })

  it('takes a frame of each side of a cut, which is a border', () => {
    const planted = film(60, [20.2, 41.7], (time) => {
      const scene = time < 20.2 ? 0 : time < 41.7 ? 1 : 2
      return { signature: signature(60 * scene), vector: vector(scene) }
    })
    const frames = expectSound(planted)
    const starts = frames.map(({ start }) => start)
    expect(starts).toContain(20.2)
    expect(starts).toContain(41.7)
    expect(frames.length).toBeLessThanOrEqual(9)
  })

  it('gives every shot with a candidate a frame, also where all look the same', () => {
    const cuts = [3, 3.6, 4.1, 9.9]
    const frames = expectSound(still(20, cuts))
    for (const [from, to] of [
      [0, 3],
      [3, 3.6],
      [3.6, 4.1],
      [4.1, 9.9],
      [9.9, 20],
    ] as const)
      expect(frames.some(({ index }) => index / 2 >= from && index / 2 < to)).toBe(true)
  })

  it('leaves a shot without a candidate to the frame before it, the first one to the frame after it', () => {
    const { window, vectors } = still(10, [0.1, 0.2, 5.1, 5.2, 5.3])
    const late: Planted = {
      window: { ...window, candidates: window.candidates.slice(1) },
      vectors: vectors.slice(1),
    }
    const starts = expectSound(late).map(({ start }) => start)
    expect(starts[0]).toBe(0)
    for (const cut of [0.1, 0.2, 5.1, 5.2]) expect(starts).not.toContain(cut)
    expect(starts).toContain(5.3)
  })

  it('catches a drift that no two neighbours show', () => {
    const planted = film(60, [], (time) => ({
      signature: signature(Math.round(200 - 3 * time)),
      vector: vector(0, 1, time / 60),
    }))
    const frames = expectSound(planted)
    expect(frames.length).toBeGreaterThanOrEqual(8)
    // Each look has a vector near by that is much like its own.
    const near = planted.vectors.map((one, i) => {
      const holding = frames.findLast(({ start }) => start <= i / 2)
      const other = planted.vectors[holding?.index ?? 0] ?? one
      return 1 - one.reduce((sum, part, at) => sum + part * (other[at] ?? 0), 0)
    })
    expect(Math.max(...near)).toBeLessThan(medianNearest)
  })

  it('catches a thing that is there for two seconds', () => {
    for (const from of [5, 13.5, 28, 40.5, 56]) {
      const planted = film(60, [], (time) => {
        const isThere = time >= from && time < from + 2
        return { signature: signature(100, isThere ? 90 : 0), vector: vector(isThere ? 1 : 0) }
      })
      const frames = expectSound(planted)
      const first = frames.findIndex(({ index }) => index / 2 >= from && index / 2 < from + 2)
      expect(first).toBeGreaterThanOrEqual(0)
      expect(Math.abs((frames[first]?.start ?? 0) - from)).toBeLessThanOrEqual(0.5)
      const after = frames.find(({ index }) => index / 2 >= from + 2)
      expect(Math.abs((after?.start ?? 60) - from - 2)).toBeLessThanOrEqual(0.5)
      expect(frames.length).toBeLessThanOrEqual(20)
    }
  })

  it('lets a frame begin where the picture changes, not halfway', () => {
    const planted = film(8, [], (time) => ({
      signature: signature(time < 1.5 ? 100 : 104),
      vector: vector(0),
    }))
    expect(expectSound(planted)[1]?.start).toBe(1.25)
  })

  it('takes at most every candidate, whatever it sees', () => {
    const random = seededRandom(5)
    const planted = film(60, [12.3, 40], () => ({
      signature: signature(Math.floor(200 * random())),
      vector: vector(Math.floor(dimensions * random())),
    }))
    const looks = new Map(planted.window.candidates.map((candidate, i) => [candidate, i]))
    expect(expectSound(planted).length).toBeLessThanOrEqual(looks.size)
  })

  it('is sound for windows of any kind', () => {
    const random = seededRandom(8)
    for (let round = 0; round < 60; round += 1) {
      const seconds = 1 + Math.floor(60 * random())
      const cuts = Array.from({ length: Math.floor(6 * random()) }, () => 120 + seconds * random()).sort(
        (a, b) => a - b,
      )
      const levels = 1 + 200 * random()
      const planted = film(
        seconds,
        cuts,
        (time) => ({
          signature: signature(Math.floor(levels * Math.abs(Math.sin(time * levels)))),
          vector: vector(0, 1, Math.abs(Math.sin(time))),
        }),
        120,
      )
      expectSound(planted)
    }
  })

  it('takes every second candidate of each shot when it is told to', () => {
    const frames = expectSound(still(10, [3.1]), { dense: true })
    expect(frames.map(({ index }) => index)).toEqual([0, 2, 4, 6, 7, 9, 11, 13, 15, 17, 19])
    expect(frames[4]?.start).toBe(3.1)
  })

  it('says nothing of a window without candidates', () => {
    const empty: Planted = { window: { from: 60, to: 120, candidates: [], cuts: [70] }, vectors: [] }
    expect(sample(empty)).toEqual({ frames: [], rounds: [] })
  })

  it('throws where a vector is missing', () => {
    const sampling = sampleWindow(still(20).window, { medianNearest })
    sampling.next([])
    expect(() => sampling.next([])).toThrow(RangeError)
  })
})
