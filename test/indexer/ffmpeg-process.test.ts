import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { findFfmpeg, type FfmpegBinaries } from '../../src-main/foundation/ffmpeg-binaries.ts'
import { runFfmpeg, startFfmpeg } from '../../src-main/foundation/ffmpeg-process.ts'
import { readStampedFrames } from '../../src-main/foundation/frame-reader.ts'
import { testFfmpeg } from '../media/skim-clip.ts'
import { never, scratchFolder } from './scratch.ts'

let ffmpeg: FfmpegBinaries
beforeAll(async () => {
  ffmpeg = await testFfmpeg()
})

const source = (size: string, seconds: number): readonly string[] => [
  '-f',
  'lavfi',
  '-i',
  `testsrc=s=${size}:r=25:d=${seconds}`,
]

/** Never ends and never says anything. */
const silence = ['-re', '-f', 'lavfi', '-i', 'color=s=16x16:r=1', '-f', 'null', '-']

describe('the wrapper', () => {
  test('ends as ffmpeg ends', async () => {
    await using good = startFfmpeg({
      tool: 'ffmpeg',
      binary: ffmpeg.ffmpeg,
      arguments: ['-version'],
      signal: never,
    })
    expect((await good.ended).result).toEqual({ ok: true, value: null })
    const bad = await runFfmpeg({
      tool: 'ffmpeg',
      binary: ffmpeg.ffmpeg,
      arguments: ['-i', 'file:/nope'],
      signal: never,
    })
    expect(bad).toMatchObject({ ok: false, error: { code: 'missing-file' } })
    const none = await runFfmpeg({ tool: 'ffmpeg', binary: '/nope/ffmpeg', arguments: [], signal: never })
    expect(none).toMatchObject({ ok: false, error: { code: 'ffmpeg-missing' } })
  })

  test.skipIf(process.platform === 'win32')('death by a signal is a crash', async () => {
    const binary = join(scratchFolder(), 'ffmpeg')
    await writeFile(binary, '#!/bin/sh\nkill -SEGV $$\n', { mode: 0o755 })
    const crash = await runFfmpeg({ tool: 'ffmpeg', binary, arguments: [], signal: never })
    expect(crash).toMatchObject({ ok: false, error: { code: 'decoder-crashed' } })
  })

  test('an abort is no crash', async () => {
    const aborted = await runFfmpeg({
      ...{ tool: 'ffmpeg', binary: ffmpeg.ffmpeg, arguments: silence },
      signal: AbortSignal.timeout(200),
    })
    expect(aborted).toMatchObject({ ok: false, error: { code: 'cancelled' } })
  })

  test('a stall is stopped', async () => {
    const stalled = await runFfmpeg({
      ...{ tool: 'ffmpeg', binary: ffmpeg.ffmpeg, arguments: silence },
      ...{ signal: never, stallSeconds: 1 },
    })
    expect(stalled).toMatchObject({ ok: false, error: { code: 'timed-out' } })
  })

  test('a reader that takes its time is no stall', async () => {
    await using process = startFfmpeg({
      ...{ tool: 'ffmpeg', binary: ffmpeg.ffmpeg, stdout: true, signal: never, stallSeconds: 1 },
      arguments: [...source('320x240', 2), '-f', 'rawvideo', '-pix_fmt', 'rgb24', 'pipe:1'],
    })
    await new Promise((resolve) => setTimeout(resolve, 2500))
    let bytes = 0
    for await (const chunk of process.stdout as AsyncIterable<Buffer>) bytes += chunk.length
    expect(bytes).toBe(320 * 240 * 3 * 50)
    expect((await process.ended).result.ok).toBe(true)
  })

  test('many large pipes are drained together, with a slow consumer', async () => {
    const outputs = [0, 1, 2].flatMap((n) => ['-map', `[o${n}]`, '-f', 'rawvideo', `pipe:${n + 4}`])
    await using process = startFfmpeg({
      ...{ tool: 'ffmpeg', binary: ffmpeg.ffmpeg, pipes: 4, signal: never, stallSeconds: 30 },
      arguments: [
        ...source('640x360', 2),
        ...[
          '-filter_complex',
          '[0:v]format=rgb24,split=4[s][o0][o1][o2]',
          '-map',
          '[s]',
          '-f',
          'framecrc',
          'pipe:3',
        ],
        ...outputs,
      ],
    })
    const [stamps, ...pictures] = process.pipes
    const pipes = pictures.map((stream) => ({ stream, bytes: 640 * 360 * 3 }))
    const times: number[] = []
    for await (const frame of readStampedFrames(stamps!, pipes)) {
      expect(frame.pictures).toHaveLength(3)
      expect(frame.pictures[0]).toEqual(frame.pictures[2])
      times.push(frame.pts)
      if (times.length % 10 === 0) await new Promise((resolve) => setTimeout(resolve, 50))
    }
    expect(times).toHaveLength(50)
    expect(times[49]).toBeCloseTo(1.96, 6)
    expect((await process.ended).result.ok).toBe(true)
  })
})

describe('finding ffmpeg', () => {
  test('a set path that does not work is an error, not a silent fall-back', async () => {
    const found = await findFfmpeg({ ffmpegPath: '/nope/ffmpeg', environment: process.env })
    expect(found).toMatchObject({ ok: false, error: { code: 'ffmpeg-missing' } })
    const other = await findFfmpeg({ environment: { ...process.env, KINORA_FFPROBE: ffmpeg.ffmpeg } })
    expect(other).toMatchObject({ ok: false, error: { code: 'ffmpeg-missing' } })
  })

  test('knows what it found', async () => {
    const found = await findFfmpeg({ ffmpegPath: ffmpeg.ffmpeg, environment: process.env })
    expect(found).toMatchObject({ ok: true, value: { origin: 'setting', version: ffmpeg.version } })
    expect(ffmpeg.passthrough[1]).toBe('passthrough')
    expect(ffmpeg.passthrough[0]).toBe(ffmpeg.outdated ? '-vsync' : '-fps_mode')
  })
})
