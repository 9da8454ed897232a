import { copyFile, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, test, type TestContext } from 'vitest'
import { expectOk } from '../../src-preload/contract/result.ts'
import type { VideoFacts } from '../../src-preload/contract/video-facts.ts'
import type { FfmpegBinaries } from '../../src-main/foundation/ffmpeg-binaries.ts'
import type { FrameOutput } from '../../src-main/indexer/frame-outputs.ts'
import type { SkimSummary } from '../../src-main/indexer/skim-frames.ts'
import { clipHeight, clipWidth, readBarcode } from '../media/barcode.ts'
import type { ClipName } from '../media/clip-recipes.ts'
import { drawClip } from '../media/draw-clips.ts'
import { fullDecode, meanDifference, turnClockwise, type TrueFrame } from '../media/full-decode.ts'
import { probeClip, skimClip, testFfmpeg, type Skimmed } from '../media/skim-clip.ts'
import { scratchFolder } from './scratch.ts'

let ffmpeg: FfmpegBinaries
beforeAll(async () => {
  ffmpeg = await testFfmpeg()
})

/** Whole pictures and small ones from the same frames. */
const bothSizes = ({ width, height }: VideoFacts): readonly FrameOutput[] => [
  { filter: `scale=${width}:${height}:flags=bicubic`, width, height },
  { filter: 'scale=48:48:flags=area', width: 48, height: 48 },
]

type Clip = {
  readonly path: string
  readonly facts: VideoFacts
  readonly skimmed: Skimmed
  readonly truth: readonly TrueFrame[]
}

const skimmedClip = async (name: ClipName, context: TestContext): Promise<Clip> => {
  const path = await drawClip(ffmpeg, name)
  if (path === null) return context.skip(`ffmpeg ${ffmpeg.version} cannot draw ${name}`)
  const probed = await probeClip(ffmpeg, path)
  // The installer's ffprobe of 2018 dies of a signal on every transport stream.
  if (!probed.ok && probed.error.code === 'decoder-crashed') {
    console.warn(`SKIPPED: ${ffmpeg.ffprobe} crashes on ${name}`)
    return context.skip(`${ffmpeg.ffprobe} crashes on ${name}`)
  }
  const facts = expectOk(probed, name)
  const skimmed = await skimClip(ffmpeg, path, facts, bothSizes(facts))
  return { path, facts, skimmed, truth: await fullDecode(ffmpeg, path, facts, facts) }
}

const summaryOf = ({ skimmed }: Clip): SkimSummary => {
  const summary = expectOk(skimmed.result, 'the clip can be skimmed')
  expect(summary.frames).toBe(skimmed.frames.length)
  return summary
}

const twinOf = (truth: readonly TrueFrame[], time: number): TrueFrame => {
  const twin = truth.find((frame) => Math.abs(frame.time - time) <= 1e-4)
  if (twin === undefined) throw new Error(`the film has no frame at ${time}`)
  return twin
}

/** Every frame of the skim is a frame of the film: its time to 0.1 ms, its picture, the number drawn into it. */
const expectTrueFrames = ({ facts, skimmed, truth }: Clip): void => {
  expect(skimmed.frames.length).toBeGreaterThan(0)
  for (const { time, pictures } of skimmed.frames) {
    const twin = twinOf(truth, time)
    const [whole, small] = pictures
    expect(meanDifference(whole!, twin.picture), `the picture at ${time}`).toBeLessThan(1)
    expect(small).toHaveLength(48 * 48 * 3)
    expect(readBarcode(whole!, facts.width, facts.height), `the number at ${time}`).toBe(truth.indexOf(twin))
  }
}

const expectTimes = ({ skimmed }: Clip, expected: readonly number[]): void => {
  expect(skimmed.frames).toHaveLength(expected.length)
  for (const [index, { time }] of skimmed.frames.entries()) expect(time).toBeCloseTo(expected[index]!, 4)
}

const steps = (count: number, step = 1): readonly number[] =>
  Array.from({ length: count }, (_, index) => index * step)

describe('true pictures at true times', () => {
  test('H.264 with closed GOPs', async (context) => {
    const clip = await skimmedClip('closedGop', context)
    expectTrueFrames(clip)
    expectTimes(clip, steps(12))
    expect(summaryOf(clip)).toEqual({ frames: 12, recipe: 'key-frames', partial: null })
  })

  test.for(['openGop', 'openGopMkv', 'openGopTs'] as const)(
    'H.264 with open GOPs: %s',
    async (name, context) => {
      const clip = await skimmedClip(name, context)
      expectTrueFrames(clip)
      expect(summaryOf(clip).recipe).toBe('seek-grid')
      expect(clip.skimmed.restarts).toEqual(['frames came out of order'])
      expect(clip.skimmed.frames.length).toBeGreaterThanOrEqual(11)
    },
  )

  test('H.264 with intra-refresh: one key frame in the film, recovery points every two seconds', async (context) => {
    const clip = await skimmedClip('intraRefresh', context)
    expectTrueFrames(clip)
    expect(summaryOf(clip).recipe).toBe('seek-grid')
    expect(clip.skimmed.frames.length).toBeGreaterThanOrEqual(5)
  })

  test('H.264 with one key frame in half a minute: everything is decoded', async (context) => {
    const clip = await skimmedClip('sparseKeys', context)
    expectTrueFrames(clip)
    expectTimes(clip, steps(30))
    expect(summaryOf(clip).recipe).toBe('every-frame')
  })

  test('HEVC', async (context) => {
    const clip = await skimmedClip('hevc', context)
    expectTrueFrames(clip)
    expectTimes(clip, steps(6))
  })

  test('VP9', async (context) => {
    const clip = await skimmedClip('vp9', context)
    expectTrueFrames(clip)
    expectTimes(clip, steps(6))
    expect(summaryOf(clip).recipe).toBe(ffmpeg.outdated ? 'key-select' : 'key-packets')
  })

  test('AV1', async (context) => {
    const clip = await skimmedClip('av1', context)
    expectTrueFrames(clip)
    expectTimes(clip, steps(3))
    expect(summaryOf(clip).recipe).toBe(ffmpeg.outdated ? 'key-select' : 'key-packets')
  })

  test('MPEG-2 in a transport stream', async (context) => {
    const clip = await skimmedClip('mpeg2Ts', context)
    expectTrueFrames(clip)
    expectTimes(clip, steps(7, 1.2))
  })

  test('MPEG-2 in a program stream, where few packets carry a time', async (context) => {
    const clip = await skimmedClip('mpeg2Ps', context)
    expectTrueFrames(clip)
    expectTimes(clip, steps(7, 1.2))
  })

  test('MPEG-4 with B-frames in AVI, where none does', async (context) => {
    const clip = await skimmedClip('mpeg4Avi', context)
    expectTrueFrames(clip)
    expect(clip.skimmed.frames.length).toBeGreaterThanOrEqual(4)
  })

  test('MJPEG: every frame is a key frame, so it seeks', async (context) => {
    const clip = await skimmedClip('mjpeg', context)
    expectTrueFrames(clip)
    expectTimes(clip, steps(6))
    expect(summaryOf(clip).recipe).toBe('seek-grid')
  })

  test('a variable frame rate', async (context) => {
    const clip = await skimmedClip('vfr', context)
    const distances = new Set(
      clip.truth.slice(1).map(({ time }, i) => Math.round((time - clip.truth[i]!.time) * 1000)),
    )
    expect(distances.size).toBeGreaterThan(2)
    expectTrueFrames(clip)
    expect(clip.skimmed.frames.length).toBeGreaterThanOrEqual(8)
  })

  test('half a minute without a new frame is no reason to look further', async (context) => {
    const clip = await skimmedClip('still', context)
    expectTrueFrames(clip)
    expect(clip.skimmed.restarts).toEqual([])
    expectTimes(clip, [0, 1, 32, 33])
  })

  test.for(['lateMkv', 'lateTs'] as const)(
    'a late start, counted from the film: %s',
    async (name, context) => {
      const clip = await skimmedClip(name, context)
      expect(clip.facts.startTime).toBeGreaterThan(8)
      expectTrueFrames(clip)
      expectTimes(clip, steps(12))
    },
  )

  test('one frame', async (context) => {
    const clip = await skimmedClip('oneFrame', context)
    expectTrueFrames(clip)
    expectTimes(clip, [0])
  })
})

const turned = (picture: Uint8Array, rotation: number): Uint8Array => {
  const once = turnClockwise(picture, clipWidth, clipHeight)
  return rotation === 90
    ? once
    : turnClockwise(turnClockwise(once, clipHeight, clipWidth), clipWidth, clipHeight)
}

describe('pictures as players show them', () => {
  test('turned upright by the display matrix', async (context) => {
    const clip = await skimmedClip('rotated', context)
    expect(clip.facts).toMatchObject({ width: clipHeight, height: clipWidth })
    // Which of the two `-metadata rotate` means depends on ffmpeg; what counts is that facts and pictures agree.
    expect([90, 270]).toContain(clip.facts.rotation)
    const coded = await fullDecode(
      ffmpeg,
      clip.path,
      clip.facts,
      { width: clipWidth, height: clipHeight },
      false,
    )
    expectTimes(clip, steps(12))
    for (const { time, pictures } of clip.skimmed.frames) {
      const lying = twinOf(coded, time).picture
      expect(coded[readBarcode(lying, clipWidth, clipHeight)]?.time).toBeCloseTo(time, 4)
      expect(meanDifference(pictures[0]!, turned(lying, clip.facts.rotation))).toBeLessThan(1.5)
    }
  })

  test('widened by the sample aspect ratio', async (context) => {
    const path = await drawClip(ffmpeg, 'anamorphic')
    if (path === null) return context.skip('no clip')
    const facts = expectOk(await probeClip(ffmpeg, path), 'anamorphic')
    expect(facts).toMatchObject({ width: 2 * clipWidth, height: clipHeight, sampleAspect: 2 })
    const widened = `scale=${facts.width}:${facts.height}:flags=bicubic`
    const filter = `${widened},crop=${clipHeight}:${clipHeight}`
    const square = { filter, width: clipHeight, height: clipHeight }
    const { frames, result } = await skimClip(ffmpeg, path, facts, [...bothSizes(facts), square])
    expect(result.ok).toBe(true)
    const truth = await fullDecode(ffmpeg, path, facts, facts)
    expectTrueFrames({ path, facts, skimmed: { frames, result, restarts: [] }, truth })
    for (const { pictures } of frames) {
      const middle = Array.from({ length: clipHeight }, (_, y) => {
        const start = (y * facts.width + (facts.width - clipHeight) / 2) * 3
        return [...pictures[0]!.subarray(start, start + clipHeight * 3)]
      })
      expect(meanDifference(pictures[2]!, Uint8Array.from(middle.flat()))).toBeLessThan(1.5)
    }
  })
})

describe('films that are not whole', () => {
  test.for(['cutMp4', 'cutMkv'] as const)(
    'a damaged tail gives what there is, and says so: %s',
    async (name, context) => {
      const clip = await skimmedClip(name, context)
      expectTrueFrames(clip)
      expect(clip.facts.duration).toBeGreaterThan(11)
      expect(clip.skimmed.frames.length).toBeGreaterThanOrEqual(5)
      expect(summaryOf(clip).partial).toMatch(/./)
    },
  )

  test('a name that no argument can carry, and one that looks like an option', async (context) => {
    const drawn = await drawClip(ffmpeg, 'closedGop')
    if (drawn === null) return context.skip('no clip')
    const facts = expectOk(await probeClip(ffmpeg, drawn), 'closedGop')
    const folder = scratchFolder()
    const odd = join(folder, "-a: 100%d 'q' \\ ü.mp4")
    await copyFile(drawn, odd)
    expect((await skimClip(ffmpeg, odd, facts, bothSizes(facts))).frames).toHaveLength(12)
    if (process.platform !== 'linux') return
    const bytes = Buffer.concat([
      Buffer.from(`${folder}/`),
      Buffer.from([0xff, 0xfe, 0x2e, 0x6d, 0x70, 0x34]),
    ])
    await symlink(drawn, bytes)
    const named = await skimClip(ffmpeg, { path: bytes.toString(), bytes }, facts, bothSizes(facts))
    expect(named.frames).toHaveLength(12)
  })

  test('a film of 0 bytes, one that is gone, and one that is no film', async () => {
    const folder = scratchFolder()
    const drawn = await drawClip(ffmpeg, 'closedGop')
    const facts = expectOk(await probeClip(ffmpeg, drawn ?? ''), 'closedGop')
    const code = async (name: string): Promise<string> => {
      const { result } = await skimClip(ffmpeg, join(folder, name), facts, bothSizes(facts))
      return result.ok ? 'ok' : result.error.code
    }
    await writeFile(join(folder, 'empty.mp4'), '')
    await writeFile(join(folder, 'text.mp4'), 'no film at all'.repeat(1000))
    expect(await code('empty.mp4')).toBe('empty-file')
    expect(await code('gone.mp4')).toBe('missing-file')
    expect(['damaged', 'truncated']).toContain(await code('text.mp4'))
  })

  test('a skim that is stopped ends at once and leaves no process', async (context) => {
    const path = await drawClip(ffmpeg, 'sparseKeys')
    if (path === null) return context.skip('no clip')
    const facts = expectOk(await probeClip(ffmpeg, path), 'sparseKeys')
    const stopped = await skimClip(ffmpeg, path, facts, bothSizes(facts), AbortSignal.timeout(15))
    expect(stopped.result).toMatchObject({ ok: false, error: { code: 'cancelled' } })
  })

  test("a filter that makes other pictures than it says is a bug, not a film's fault", async (context) => {
    const path = await drawClip(ffmpeg, 'oneFrame')
    if (path === null) return context.skip('no clip')
    const facts = expectOk(await probeClip(ffmpeg, path), 'oneFrame')
    const wrong = skimClip(ffmpeg, path, facts, [{ filter: 'scale=20:20', width: 21, height: 20 }])
    await expect(wrong).rejects.toThrow('promised')
  })
})
