import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { expectOk, ok } from '../../src-preload/contract/result.ts'
import type { VideoFacts } from '../../src-preload/contract/video-facts.ts'
import type { FfmpegBinaries } from '../../src-main/foundation/ffmpeg-binaries.ts'
import { createEmbedQueue } from '../../src-main/indexer/embed-queue.ts'
import type { EncoderShelf } from '../../src-main/indexer/encoder-shelf.ts'
import { partSeconds } from '../../src-main/indexer/film-analysis.ts'
import { softwareDecoder } from '../../src-main/indexer/hardware-decoding.ts'
import { createPaceGate } from '../../src-main/indexer/pace-gate.ts'
import { analyzeClip, boundariesOf } from '../media/analyze-clip.ts'
import type { Analyzed, ReportedPart } from '../media/analyze-clip.ts'
import { probeClip, testFfmpeg } from '../media/skim-clip.ts'
import { make } from './films.ts'
import { scratchFolder } from './scratch.ts'

let ffmpeg: FfmpegBinaries
beforeAll(async () => {
  ffmpeg = await testFfmpeg()
})

const colours = ['red', 'green', 'blue', 'yellow', 'white', 'purple'] as const

/** Shots of one colour each, so many seconds long, with a tone; H.264 in a file that `name` ends. */
const drawShots = (
  folder: string,
  name: string,
  seconds: readonly number[],
  options: {
    readonly rate?: number
    readonly size?: string
    readonly sound?: boolean
    readonly output?: readonly string[]
  } = {},
): string => {
  const { rate = 25, size = '192x108', sound = true, output = [] } = options
  const path = join(folder, name)
  const total = seconds.reduce((sum, one) => sum + one, 0)
  const inputs = seconds.flatMap((length, i) => {
    return ['-f', 'lavfi', '-i', `color=c=${colours[i % colours.length]}:s=${size}:r=${rate}:d=${length}`]
  })
  const tone = sound ? ['-f', 'lavfi', '-i', `sine=frequency=440:duration=${total}`] : []
  const graph = `${seconds.map((_, i) => `[${i}:v]`).join('')}concat=n=${seconds.length}:v=1,format=yuv420p[v]`
  make(
    ...inputs,
    ...tone,
    ...[
      '-filter_complex',
      graph,
      '-map',
      '[v]',
      ...(sound ? ['-map', `${seconds.length}:a`, '-c:a', 'aac'] : []),
    ],
    ...['-c:v', 'libx264', '-preset', 'ultrafast', '-g', '50', '-bf', '0', ...output, `file:${path}`],
  )
  return path
}

const factsOf = async (path: string): Promise<VideoFacts> => expectOk(await probeClip(ffmpeg, path), path)
const timesOf = (analyzed: Analyzed): readonly number[] => boundariesOf(analyzed).map(({ time }) => time)
const trackOf = (part: ReportedPart | undefined, kind: string): Uint8Array => {
  const track = part?.tracks.find((one) => one.kind === kind)
  if (track === undefined) throw new Error(`no track ${kind}`)
  return track.values
}
const near = (times: readonly number[], wanted: readonly number[], within = 0.021): void => {
  expect(times.length, String(times)).toBe(wanted.length)
  for (const [i, time] of times.entries()) expect(Math.abs(time - (wanted[i] ?? NaN))).toBeLessThan(within)
}

/** An encoder whose vector says which picture it saw (mean red, green, blue), slow if asked. */
const shelf = (milliseconds = 0): { readonly encoders: EncoderShelf; readonly seen: () => number } => {
  let seen = 0
  const queue = createEmbedQueue({
    encoder: {
      batch: 4,
      embed: async (pictures) => {
        seen += pictures.length
        await new Promise((resolve) => setTimeout(resolve, milliseconds))
        return ok(
          pictures.map((rgb) => {
            const sums = [0, 0, 0]
            for (let i = 0; i < rgb.length; i += 1) sums[i % 3] = (sums[i % 3] ?? 0) + (rgb[i] ?? 0)
            const length = Math.hypot(...sums) || 1
            return Float32Array.from(sums, (sum) => sum / length)
          }),
        )
      },
    },
    roomPerLane: 16,
    linger: 0.05,
    after: (seconds, act) => {
      const timer = setTimeout(act, seconds * 1000)
      return () => clearTimeout(timer)
    },
  })
  const image = { width: 32, height: 32, resize: 'stretch', interpolation: 'bicubic' }
  const loaded = { manifest: { family: 'clip', image }, dimensions: 3, queue }
  return { encoders: { get: () => Promise.resolve(ok(loaded as never)) }, seen: () => seen }
}
const models = [{ id: 'm', directory: '/m', use: { provider: 'cpu', batch: 4 }, wide: 'crop' }] as const

describe('an analysis', () => {
  test('finds the cuts at their times, with curves for the whole film and one part', async () => {
    const path = drawShots(scratchFolder(), 'film.mp4', [2, 3, 4])
    const analyzed = await analyzeClip(ffmpeg, path, await factsOf(path))
    expect(analyzed.error).toBeNull()
    near(timesOf(analyzed), [2, 5])
    expect(analyzed.parts).toHaveLength(1)
    const [part] = analyzed.parts
    expect(part).toMatchObject({ from: 0, last: true })
    expect(part?.to).toBeCloseTo(9, 1)
    expect(trackOf(part, 'motion')).toHaveLength(Math.ceil((part?.to ?? 0) * 2))
    expect(trackOf(part, 'signature')).toHaveLength(Math.ceil((part?.to ?? 0) * 2) * 8)
    expect(
      trackOf(part, 'loudness')
        .slice(10, 80)
        .every((value) => value > 40),
    ).toBe(true)
    expect(analyzed.runsOn).toEqual(['software'])
  })

  test.each([
    ['a late start', 'late.mp4', ['-output_ts_offset', '8.333']],
    ['a transport stream', 'film.ts', ['-f', 'mpegts']],
    ['Matroska', 'film.mkv', []],
  ])('keeps the times of the film in %s', async (_, name, output) => {
    const path = drawShots(scratchFolder(), name, [2, 3, 2], { output })
    const probed = await probeClip(ffmpeg, path)
    if (!probed.ok && probed.error.code === 'decoder-crashed') {
      console.warn(`SKIPPED: ffprobe crashes on ${name}`)
      return
    }
    const analyzed = await analyzeClip(ffmpeg, path, expectOk(probed, name))
    expect(analyzed.error).toBeNull()
    near(timesOf(analyzed), [2, 5], 0.05)
  })

  test("keeps the frames' own times where they are irregular", async () => {
    const folder = scratchFolder()
    const even = drawShots(folder, 'even.mp4', [2, 3, 2], { sound: false })
    const path = join(folder, 'vfr.mkv')
    // Of the second shot only every fifth frame is kept: 5 a second instead of 25.
    const keep = "select='if(between(t,2,5),not(mod(n,5)),1)'"
    make(...['-i', even, '-vf', keep, ...ffmpeg.passthrough, '-c:v', 'libx264', '-bf', '0', path])
    const analyzed = await analyzeClip(ffmpeg, path, await factsOf(path))
    near(timesOf(analyzed), [2, 5], 0.041)
  })

  test('embeds a frame a shot at least, each standing for its own shot only', async () => {
    const path = drawShots(scratchFolder(), 'film.mp4', [2, 3, 130], { sound: false })
    const { encoders, seen } = shelf()
    const analyzed = await analyzeClip(ffmpeg, path, await factsOf(path), { encoders, models })
    expect(analyzed.error).toBeNull()
    const [vectors] = analyzed.parts[0]?.vectors ?? []
    const starts = vectors?.starts ?? []
    for (const border of [0, 2, 5])
      expect(starts.some((start) => Math.abs(start - border) < 0.021)).toBe(true)
    for (const [i, time] of (vectors?.times ?? []).entries()) {
      expect(time).toBeGreaterThanOrEqual((starts[i] ?? NaN) - 1e-6)
      expect(time).toBeLessThanOrEqual(starts[i + 1] ?? 140)
    }
    // Nothing moves: 135 s are told by a few frames, not by 270.
    expect(seen()).toBeLessThan(40)
    expect(vectors?.vectors.byteLength).toBe(starts.length * 3 * 2)
  })

  test('is the same when it is resumed at the end of a part', async () => {
    const shots = [40, 100, 90, 66.4, 7.2, 96.4, 60, 80, 60, 41]
    const path = drawShots(scratchFolder(), 'long.mp4', shots, { rate: 10 })
    const facts = await factsOf(path)
    const whole = await analyzeClip(ffmpeg, path, facts, { ...shelf(), models })
    expect(whole.error).toBeNull()
    expect(whole.parts.map(({ from, last }) => [from, last])).toEqual([
      [0, false],
      [partSeconds, false],
      [2 * partSeconds, true],
    ])
    for (const from of [partSeconds, 2 * partSeconds]) {
      const resumed = await analyzeClip(ffmpeg, path, facts, { ...shelf(), models, from })
      expect(resumed.parts.length).toBe(3 - from / partSeconds)
      expect(resumed.parts[0]?.from).toBe(from)
      for (const part of resumed.parts) {
        const same = whole.parts.find((one) => one.from === part.from)
        expect(part.boundaries).toEqual(same?.boundaries)
        expect(part.vectors.map(({ times, starts }) => ({ times, starts }))).toEqual(
          same?.vectors.map(({ times, starts }) => ({ times, starts })),
        )
        for (const { kind, values } of part.tracks)
          expect([kind, values]).toEqual([kind, trackOf(same, kind)])
      }
    }
  }, 60_000)

  test('waits for a slow encoder without a deadlock, also at many frames a second and with sound that ends early', async () => {
    const folder = scratchFolder()
    const silent = drawShots(
      folder,
      'fast.mp4',
      Array.from({ length: 30 }, () => 5),
      { rate: 120, sound: false },
    )
    const path = join(folder, 'both.mp4')
    make(
      ...['-i', silent, '-f', 'lavfi', '-i', 'sine=frequency=300:duration=4', '-map', '0:v', '-map', '1:a'],
      ...['-c:v', 'copy', '-c:a', 'aac', path],
    )
    const { encoders, seen } = shelf(60)
    const analyzed = await analyzeClip(ffmpeg, path, await factsOf(path), { encoders, models })
    expect(analyzed.error).toBeNull()
    expect(boundariesOf(analyzed)).toHaveLength(29)
    expect(seen()).toBeGreaterThanOrEqual(30)
    const loudness = trackOf(analyzed.parts[0], 'loudness')
    expect(loudness.slice(100).every((value) => value === 0)).toBe(true)
  }, 60_000)

  test('rests at the gate and goes on as if nothing had been', async () => {
    const path = drawShots(scratchFolder(), 'film.mp4', [2, 3, 4])
    const facts = await factsOf(path)
    const gate = createPaceGate('paused')
    let over = false
    const work = analyzeClip(ffmpeg, path, facts, { gate }).finally(() => (over = true))
    await new Promise((resolve) => setTimeout(resolve, 400))
    expect(over).toBe(false)
    gate.set('slow')
    near(timesOf(await work), [2, 5])
  })

  test('goes back to software where a hardware decoder breaks on the way', async () => {
    const path = drawShots(scratchFolder(), 'film.mp4', [2, 3])
    const rejected: string[] = []
    const analyzed = await analyzeClip(ffmpeg, path, await factsOf(path), {
      decoders: {
        // An option that no ffmpeg knows: the run fails as a broken driver's does.
        choose: () => Promise.resolve({ name: 'broken', arguments: ['-hwaccel', 'no-such-thing'] }),
        reject: (name) => void rejected.push(name),
        reasons: () => [],
      },
    })
    expect(rejected).toEqual(['broken'])
    expect(analyzed.runsOn).toEqual(['broken', softwareDecoder.name])
    near(timesOf(analyzed), [2])
  })

  test('says that it was stopped, and reports nothing then', async () => {
    const path = drawShots(scratchFolder(), 'film.mp4', [60, 60], { rate: 25 })
    const stop = new AbortController()
    const work = analyzeClip(ffmpeg, path, await factsOf(path), { signal: stop.signal })
    setTimeout(() => stop.abort(), 100)
    expect(await work).toMatchObject({ parts: [], error: null })
  })

  test('ends when the catalog does not want the part', async () => {
    const path = drawShots(scratchFolder(), 'film.mp4', [2, 3])
    const analyzed = await analyzeClip(ffmpeg, path, await factsOf(path), {
      onPart: () => ({ ok: false, error: { code: 'not-found', message: 'not yours', advice: '' } }),
    })
    expect(analyzed.error?.code).toBe('not-found')
  })
})
