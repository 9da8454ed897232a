import { execFile } from 'node:child_process'
import { readdir, readFile, stat, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, test, type TestContext } from 'vitest'
import { expectOk } from '../../src-preload/contract/result.ts'
import type { VideoFacts } from '../../src-preload/contract/video-facts.ts'
import type { FfmpegBinaries } from '../../src-main/foundation/ffmpeg-binaries.ts'
import type { PictureSet } from '../../src-preload/contract/picture-set.ts'
import { createPictureMaker, type PictureMaker } from '../../src-main/indexer/pictures.ts'
import { writePictureFile } from '../../src-main/foundation/picture-file.ts'
import { clipHeight, clipWidth, readBarcode } from '../media/barcode.ts'
import type { ClipName } from '../media/clip-recipes.ts'
import { drawClip } from '../media/draw-clips.ts'
import { fullDecode, meanDifference } from '../media/full-decode.ts'
import { probeClip, skimClip, testFfmpeg } from '../media/skim-clip.ts'
import { never, scratchFolder } from './scratch.ts'

const run = promisify(execFile)
let ffmpeg: FfmpegBinaries
beforeAll(async () => {
  ffmpeg = await testFfmpeg()
})

/** A JPEG's pixels as rgb24. */
const pixelsOf = async (path: string): Promise<Uint8Array> =>
  (
    await run(ffmpeg.ffmpeg, ['-v', 'error', '-i', path, '-f', 'rawvideo', '-pix_fmt', 'rgb24', 'pipe:1'], {
      encoding: 'buffer',
      maxBuffer: 64e6,
    })
  ).stdout

const makerFor = (facts: Pick<VideoFacts, 'width' | 'height'>, folder: string): PictureMaker =>
  createPictureMaker({ ffmpeg, facts, folder, videoId: 'v1', version: 3, signal: never })

type Made = {
  readonly facts: VideoFacts
  readonly folder: string
  readonly path: string
  readonly pictures: PictureSet
}

const picturesOf = async (name: ClipName, context: TestContext): Promise<Made> => {
  const path = await drawClip(ffmpeg, name)
  if (path === null) return context.skip(`cannot draw ${name}`)
  const facts = expectOk(await probeClip(ffmpeg, path), name)
  const folder = scratchFolder()
  const maker = makerFor(facts, folder)
  const { frames } = await skimClip(ffmpeg, path, facts, [maker.output])
  for (const { time, pictures } of frames) maker.add(time, pictures[0]!)
  return { facts, folder, path, pictures: expectOk(await maker.finish(), name) }
}

/** A flat picture of one grey. */
const grey = (size: { readonly width: number; readonly height: number }, luma: number): Uint8Array =>
  new Uint8Array(size.width * size.height * 3).fill(luma)

describe('poster and sprite', () => {
  test('the poster is a frame of the film, with its time, as it is shown', async (context) => {
    const { pictures, folder, facts, path } = await picturesOf('closedGop', context)
    expect(pictures.poster).toMatchObject({ file: 'v1-poster-3.jpg', width: clipWidth, height: clipHeight })
    const poster = await pixelsOf(join(folder, pictures.poster.file))
    const film = await fullDecode(ffmpeg, path, facts, facts)
    const frame = film[readBarcode(poster, clipWidth, clipHeight)]
    expect(frame?.time).toBeCloseTo(pictures.poster.time, 4)
    expect(meanDifference(poster, frame!.picture)).toBeLessThan(4)
  })

  test('the sprite shows the times it says', async (context) => {
    const { pictures, folder } = await picturesOf('closedGop', context)
    const { sprite } = pictures
    expect(sprite).toMatchObject({
      file: 'v1-sprite-3.jpg',
      columns: 10,
      rows: 2,
      tileWidth: 160,
      tileHeight: 90,
    })
    expect(sprite.times).toHaveLength(12)
    const sheet = await pixelsOf(join(folder, sprite.file))
    const stride = sprite.columns * sprite.tileWidth * 3
    expect(sheet).toHaveLength(stride * sprite.rows * sprite.tileHeight)
    for (const [index, time] of sprite.times.entries()) {
      const corner = Math.floor(index / 10) * sprite.tileHeight * stride + (index % 10) * sprite.tileWidth * 3
      const rows = Array.from({ length: sprite.tileHeight }, (_, row) => {
        const start = corner + row * stride
        return [...sheet.subarray(start, start + sprite.tileWidth * 3)]
      })
      const tile = Uint8Array.from(rows.flat())
      expect(readBarcode(tile, sprite.tileWidth, sprite.tileHeight)).toBe(Math.round(time * 25))
    }
  })

  test('a film that was turned gives upright pictures', async (context) => {
    const { pictures } = await picturesOf('rotated', context)
    expect(pictures.poster).toMatchObject({ width: clipHeight, height: clipWidth })
    expect(pictures.sprite).toMatchObject({ tileWidth: 90, tileHeight: 160 })
  })

  test('an anamorphic film gives wide pictures', async (context) => {
    const { pictures } = await picturesOf('anamorphic', context)
    expect(pictures.poster).toMatchObject({ width: 2 * clipWidth, height: clipHeight })
    expect(pictures.sprite).toMatchObject({ columns: 4, rows: 1, tileWidth: 160, tileHeight: 45 })
  })

  test('large films: the longest side is 640, at most 100 tiles spread over all frames', async () => {
    const folder = scratchFolder()
    const maker = makerFor({ width: 3840, height: 2160 }, folder)
    expect(maker.output).toMatchObject({ width: 640, height: 360 })
    for (let time = 0; time < 240; time++) maker.add(time, grey(maker.output, time))
    const { sprite } = expectOk(await maker.finish(), 'grey frames')
    expect(sprite).toMatchObject({ columns: 10, rows: 10 })
    expect(sprite.times).toHaveLength(100)
    expect([sprite.times[0], sprite.times.at(-1)]).toEqual([0, 239])
  })

  test('a restart forgets; without frames there is no picture', async () => {
    const folder = scratchFolder()
    const maker = makerFor({ width: 320, height: 240 }, folder)
    maker.add(0, grey(maker.output, 128))
    maker.restart()
    expect(await maker.finish()).toMatchObject({ ok: false, error: { code: 'no-frames' } })
    expect(await readdir(folder)).toEqual([])
  })
})

describe('files', () => {
  test('nothing is left where nothing can be written', async () => {
    const folder = join(scratchFolder(), 'gone')
    const maker = makerFor({ width: 320, height: 240 }, folder)
    maker.add(0, grey(maker.output, 128))
    expect(await maker.finish()).toMatchObject({ ok: false, error: { code: 'unreadable-folder' } })
    await expect(stat(folder)).rejects.toThrow('ENOENT')
  })

  test('a written file is whole and alone', async () => {
    const folder = scratchFolder()
    expect(await writePictureFile(folder, 'a.jpg', Buffer.from('picture'))).toEqual({ ok: true, value: null })
    expect(await readdir(folder)).toEqual(['a.jpg'])
    expect(await readFile(join(folder, 'a.jpg'), 'utf8')).toBe('picture')
  })

  test.skipIf(process.platform !== 'linux')('a full disk is told as such', async () => {
    // Every write to /dev/full fails with ENOSPC; opened through a link as the temporary file.
    const folder = scratchFolder()
    await symlink('/dev/full', join(folder, '.a.jpg.unfinished'))
    const written = await writePictureFile(folder, 'a.jpg', Buffer.from('picture'))
    expect(written).toMatchObject({ ok: false, error: { code: 'disk-full' } })
    expect(await readdir(folder)).toEqual([])
  })
})
