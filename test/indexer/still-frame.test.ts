import { writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { stillFrame, stillJpeg, type StillRequest } from '../../src-main/foundation/still-frame.ts'
import { expectOk, type Result } from '../../src-preload/contract/result.ts'
import type { VideoFacts } from '../../src-preload/contract/video-facts.ts'
import { readBarcode } from '../media/barcode.ts'
import { clipRecipes, type ClipName } from '../media/clip-recipes.ts'
import { drawClip } from '../media/draw-clips.ts'
import { fullDecode, meanDifference, turnClockwise, type TrueFrame } from '../media/full-decode.ts'
import { probeClip, skimClip } from '../media/skim-clip.ts'
import { sharedFolder } from '../shared-folder.ts'
import { binaries, make } from './films.ts'
import { scratchFolder } from './scratch.ts'

const shared = sharedFolder()
const patient = new AbortController().signal

const request = (path: string, facts: VideoFacts, at: number): StillRequest => ({
  ffmpeg: binaries,
  path: { path, bytes: null },
  film: { facts, at },
  filter: `scale=${facts.width}:${facts.height}:flags=bicubic`,
  width: facts.width,
  height: facts.height,
  signal: patient,
})

/** Index of the frame that is shown at a second: the last that has begun; the first before the beginning. */
const shownAt = (truth: readonly TrueFrame[], at: number): number =>
  Math.max(
    0,
    truth.findLastIndex(({ time }) => time <= at + 1e-5),
  )

/** Begins of frames (what moments name), instants in between, both ends and beyond. */
const instants = (truth: readonly TrueFrame[], duration: number): readonly number[] => {
  const at = (share: number): number => truth[Math.floor((truth.length - 1) * share)]?.time ?? 0
  const next = (share: number): number => truth[Math.floor((truth.length - 1) * share) + 1]?.time ?? 0
  return [
    0,
    ...[0.24, 0.77, 1].map(at),
    at(0.62) + 0.7 * Math.max(0, next(0.62) - at(0.62)),
    duration,
    duration + 0.3,
  ]
}

const open = async (
  name: ClipName,
  skip: (why: string) => never,
): Promise<{ readonly path: string; readonly facts: VideoFacts; readonly truth: readonly TrueFrame[] }> => {
  const path = await drawClip(binaries, name)
  if (path === null) return skip(`ffmpeg ${binaries.version} cannot draw ${name}`)
  const probed = await probeClip(binaries, path)
  // The installer's ffprobe of 2018 dies of a signal on every transport stream.
  if (!probed.ok && probed.error.code === 'decoder-crashed') return skip(`ffprobe crashes on ${name}`)
  const facts = expectOk(probed, name)
  return { path, facts, truth: await fullDecode(binaries, path, facts, facts) }
}

/** These end in the middle of a film, or have nothing that could be sought. */
const special = new Set<string>(['cutMp4', 'cutMkv'])

describe('the frame that is shown at a second', () => {
  const whole = (Object.keys(clipRecipes) as ClipName[]).filter((name) => !special.has(name))
  test.for(whole)('%s', async (name, context) => {
    const { path, facts, truth } = await open(name, (why) => context.skip(why))
    const wrong: object[] = []
    for (const at of instants(truth, facts.duration)) {
      const rgb = expectOk(await stillFrame(request(path, facts, at)), `${name} at ${at}`)
      const turned = facts.rotation !== 0
      // A number is drawn for upright reading: what is turned is compared with the truth's pixels.
      const index = shownAt(truth, at)
      const twin = truth[index]
      if (
        turned
          ? meanDifference(rgb, twin!.picture) > 1
          : readBarcode(rgb, facts.width, facts.height) !== index
      )
        wrong.push({
          at,
          wanted: index,
          got: turned ? 'another' : readBarcode(rgb, facts.width, facts.height),
        })
    }
    expect(wrong).toEqual([])
  })

  test('a film that is turned is upright', async (context) => {
    const { path, facts } = await open('rotated', (why) => context.skip(why))
    const lying = await open('closedGop', (why) => context.skip(why))
    const rgb = expectOk(await stillFrame(request(path, facts, 5)), 'turned')
    const { width, height } = lying.facts
    const twin = lying.truth[shownAt(lying.truth, 5)]!.picture
    const once = turnClockwise(twin, width, height)
    const upright =
      facts.rotation === 90 ? once : turnClockwise(turnClockwise(once, height, width), width, height)
    expect([90, 270]).toContain(facts.rotation)
    expect([facts.width, facts.height]).toEqual([height, width])
    expect(meanDifference(rgb, upright)).toBeLessThan(1)
  })

  test('HEVC in a transport stream is never the gray of a decoder that lacks its key frame', async (context) => {
    const source = await open('hevc', (why) => context.skip(why))
    const path = join(scratchFolder(), 'film.ts')
    make('-i', source.path, '-c', 'copy', '-muxdelay', '0', path)
    const probed = await probeClip(binaries, path)
    if (!probed.ok) return context.skip(`ffprobe cannot read ${path}`)
    for (const at of [0, 0.5, 1.99, 2.02, 4.3, 5.96]) {
      const rgb = expectOk(await stillFrame(request(path, probed.value, at)), `at ${at}`)
      const index = readBarcode(rgb, probed.value.width, probed.value.height)
      expect({ at, index }).toEqual({ at, index: shownAt(source.truth, at) })
    }
  })

  test('sound that goes on behind the last picture shows it, and sound before the first the first', async (context) => {
    const { path: film, truth } = await open('closedGop', (why) => context.skip(why))
    const path = join(scratchFolder(), 'film.mkv')
    make(
      ...[
        '-itsoffset',
        '3',
        '-i',
        film,
        '-f',
        'lavfi',
        '-i',
        'sine=duration=50',
        '-map',
        '0:v',
        '-map',
        '1:a',
      ],
      ...['-c:v', 'copy', '-c:a', 'mp2', path],
    )
    const facts = expectOk(await probeClip(binaries, path), path)
    const seen = async (at: number): Promise<number> =>
      readBarcode(expectOk(await stillFrame(request(path, facts, at)), `at ${at}`), facts.width, facts.height)
    expect(await seen(0)).toBe(0)
    expect(await seen(2.9)).toBe(0)
    expect(await seen(3.5)).toBe(shownAt(truth, 0.5))
    expect(await seen(45)).toBe(299)
  })
})

describe('as a JPEG', () => {
  test('it is the same picture, by one run', async (context) => {
    const { path, facts } = await open('anamorphic', (why) => context.skip(why))
    const asked = request(path, facts, 2.22)
    const rgb = expectOk(await stillFrame(asked), 'rgb')
    const jpeg = expectOk(await stillJpeg(asked, 3), 'jpeg')
    expect(jpeg.subarray(0, 3)).toEqual(Buffer.from([0xff, 0xd8, 0xff]))
    const file = join(scratchFolder(), 'still.jpg')
    writeFileSync(file, jpeg)
    const again = expectOk(
      await stillFrame({ ...asked, path: { path: file, bytes: null }, film: null }),
      'read',
    )
    expect(meanDifference(again, rgb)).toBeLessThan(3)
  })

  test('it is smaller where the filter makes it so', async (context) => {
    const { path, facts } = await open('closedGop', (why) => context.skip(why))
    const jpeg = expectOk(
      await stillJpeg({ ...request(path, facts, 1), filter: 'scale=96:54:flags=area' }, 4),
      'jpeg',
    )
    const height = jpeg.indexOf(Buffer.from([0xff, 0xc0])) + 5
    expect([jpeg.readUInt16BE(height + 2), jpeg.readUInt16BE(height)]).toEqual([96, 54])
  })
})

describe('films that are broken', () => {
  const at = (path: string, facts: VideoFacts, second: number): Promise<Result<Buffer>> =>
    stillFrame(request(path, facts, second))

  test('half a film shows what is there, and its last picture behind that', async (context) => {
    const { path, facts, truth } = await open('cutMkv', (why) => context.skip(why))
    expect(truth.length).toBeGreaterThan(100)
    expect(truth.length).toBeLessThan(200)
    const number = async (second: number): Promise<number> =>
      readBarcode(expectOk(await at(path, facts, second), `at ${second}`), facts.width, facts.height)
    expect(await number(2)).toBe(shownAt(truth, 2))
    expect(Math.abs((await number(truth.at(-1)!.time + 2)) - truth.length)).toBeLessThan(30)
  })

  test('a film without a readable picture is a failure with a code', async (context) => {
    const { path, facts } = await open('closedGop', (why) => context.skip(why))
    const zeros = join(scratchFolder(), 'zeros.mp4')
    const bytes = await readFile(path)
    writeFileSync(zeros, bytes.fill(0, 48, bytes.length))
    const broken = await at(zeros, facts, 3)
    expect(broken.ok).toBe(false)
    const missing = await at(join(scratchFolder(), 'nothing.mp4'), facts, 3)
    expect(missing).toMatchObject({ error: { code: 'missing-file' } })
  })

  test('it stops when it is told to', async (context) => {
    const { path, facts } = await open('closedGop', (why) => context.skip(why))
    const stopped = await stillFrame({ ...request(path, facts, 3), signal: AbortSignal.abort() })
    expect(stopped).toMatchObject({ error: { code: 'cancelled' } })
  })
})

describe.skipIf(shared === null)('real films', () => {
  const media = (name: string): string => join(shared ?? '', 'media', name)

  test.for([
    'torchcodec/bt2020_10bit.mp4',
    'mediabunny/cursed-vfr.mp4',
    'mediabunny/edts.mp4',
    'intel/car-detection.mp4',
  ])('%s: a picture of each second as the skim sees it', async (name) => {
    const path = media(name)
    const facts = expectOk(await probeClip(binaries, path), name)
    const output = { filter: 'scale=64:64:flags=area', width: 64, height: 64 }
    const { frames } = await skimClip(binaries, path, facts, [output])
    expect(frames.length).toBeGreaterThan(0)
    for (const { time, pictures } of frames) {
      const rgb = expectOk(
        await stillFrame({ ...request(path, facts, time), ...output }),
        `${name} at ${time}`,
      )
      expect(meanDifference(rgb, pictures[0]!), `${name} at ${time}`).toBeLessThan(0.5)
    }
  })
})
