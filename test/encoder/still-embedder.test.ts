import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { dot, meanDirection } from '../../src-main/domain/embedding.ts'
import { encoderFilter, letterboxFilter } from '../../src-main/domain/encoder-filter.ts'
import { cutView, encoderViews } from '../../src-main/domain/encoder-views.ts'
import { embedStill } from '../../src-main/encoder/still-embedder.ts'
import { openTowerOrCpu } from '../../src-main/foundation/image-tower-or-cpu.ts'
import type { TowerOrCpu } from '../../src-main/foundation/image-tower-or-cpu.ts'
import { openModelFolder } from '../../src-main/foundation/model-folder.ts'
import type { ModelFolder } from '../../src-main/foundation/model-folder.ts'
import { stillFrame } from '../../src-main/foundation/still-frame.ts'
import { expectOk } from '../../src-preload/contract/result.ts'
import type { WideMode } from '../../src-preload/contract/wide-pictures.ts'
import { binaries, make } from '../indexer/films.ts'
import { probeClip } from '../media/skim-clip.ts'
import { writeTinyModel } from './tiny-model.ts'

const folder = mkdtempSync(join(tmpdir(), 'kinora-stills-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const signal = new AbortController().signal
const shown = { width: 640, height: 360 }

let model: ModelFolder
let tower: TowerOrCpu
const picture = join(folder, 'picture.png')
const film = join(folder, 'film.mp4')
beforeAll(async () => {
  model = expectOk(await openModelFolder(await writeTinyModel(), { verify: false }), 'the model')
  tower = expectOk(
    await openTowerOrCpu(model, { threads: 1, provider: 'cpu', onFallback: () => undefined }),
    'its tower',
  )
  make('-f', 'lavfi', '-i', 'testsrc2=size=640x360', '-frames:v', '1', picture)
  make(
    '-f',
    'lavfi',
    '-i',
    'testsrc2=size=640x360:rate=10:duration=4',
    '-pix_fmt',
    'yuv420p',
    '-g',
    '30',
    film,
  )
})

const still = async (
  wide: WideMode,
  path: string,
  at: number | null,
  size = shown,
  directory = model.directory,
): Promise<readonly Float32Array[]> => {
  const facts = at === null ? null : expectOk(await probeClip(binaries, path), path)
  const request = {
    model: { id: 'tiny-test', directory },
    ffmpegPath: null,
    path: { path, bytes: null },
    film: facts === null || at === null ? null : { facts, at },
    size,
    wide,
  }
  return expectOk(await embedStill(request, binaries, (work) => work(tower), signal), 'embedded')
}
/** The vector of a picture that a filter makes of the file. */
const seen = async (filter: string, path = picture): Promise<Float32Array> => {
  const { width, height } = model.manifest.image
  const rgb = expectOk(
    await stillFrame({
      ffmpeg: binaries,
      path: { path, bytes: null },
      film: null,
      filter,
      width,
      height,
      signal,
    }),
    'a picture',
  )
  return expectOk(await tower.embedBatch([rgb]), 'a vector')[0]!
}

describe('the vectors of one picture', () => {
  test('are what the model sees, and the mean of middle and ends; its whole too where the library is seen so', async () => {
    const { image, dimensions } = model.manifest
    const own = await seen(encoderFilter(image, shown))
    const { filter, strip, views } = encoderViews(image, shown)
    const rgb = expectOk(
      await stillFrame({
        ffmpeg: binaries,
        path: { path: picture, bytes: null },
        film: null,
        filter,
        ...strip,
        signal,
      }),
      'the strip',
    )
    const three = expectOk(
      await tower.embedBatch(views.map((place) => cutView(rgb, strip, place, image))),
      'three views',
    )
    for (const mode of ['crop', 'views'] as const) {
      const vectors = await still(mode, picture, null)
      expect(vectors).toHaveLength(2)
      expect(dot(vectors[0]!, own)).toBeGreaterThan(0.9999)
      expect(dot(vectors[1]!, meanDirection(three, dimensions))).toBeGreaterThan(0.9999)
    }
    const [centre, mean, whole, ...more] = await still('letterbox', picture, null)
    expect(more).toEqual([])
    expect(dot(centre!, own)).toBeGreaterThan(0.9999)
    expect(dot(mean!, meanDirection(three, dimensions))).toBeGreaterThan(0.9999)
    expect(dot(whole!, await seen(letterboxFilter(image, shown)))).toBeGreaterThan(0.9999)
    expect(dot(whole!, own)).toBeLessThan(0.99)
  })

  test('of a square one, and of a model that squeezes: one', async () => {
    const square = join(folder, 'square.png')
    make('-f', 'lavfi', '-i', 'testsrc2=size=300x300', '-frames:v', '1', square)
    expect(await still('letterbox', square, null, { width: 300, height: 300 })).toHaveLength(1)
    const squeezing = await writeTinyModel({ resize: 'stretch' })
    expect(await still('letterbox', picture, null, shown, squeezing)).toHaveLength(1)
  })

  test('of a second of a film are those of the frame that is shown then', async () => {
    const frame = join(folder, 'frame.png')
    make('-i', film, '-vf', "select='eq(n,23)'", '-frames:v', '1', frame)
    const [alone] = await still('crop', frame, null)
    // 23 begins at 2.3 s and is shown until 2.4 s.
    for (const at of [2.3, 2.37]) {
      const [inFilm] = await still('crop', film, at)
      expect(dot(inFilm!, alone!)).toBeGreaterThan(0.999)
    }
    const [later] = await still('crop', film, 2.4)
    expect(dot(later!, alone!)).toBeLessThan(0.9999)
  })
})
