import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { expectOk } from '../../src-preload/contract/result.ts'
import type { ShotBoundary } from '../../src-main/domain/film-tracks.ts'
import { tinyBytes } from '../../src-main/domain/shot-windows.ts'
import { openShotModel, type ShotModel } from '../../src-main/foundation/shot-model.ts'
import { seededRandom } from '../../src-main/domain/seeded-random.ts'
import { writeTinyShotModel, type TinyShotModel } from './tiny-shot-model.ts'

const rate = 25
const cut = (frame: number): ShotBoundary => ({
  time: frame / rate,
  from: frame / rate,
  to: frame / rate,
  kind: 'cut',
})

/** The light of each frame: shots that begin at the given frames, the change from 400 on gradual over 6 frames. */
const starts = [30, 100, 149, 320, 400, 480]
const lights = Array.from({ length: 510 }, (_, frame) => {
  const shot = starts.filter((start) => start <= frame).length
  const light = 40 + (shot % 2) * 90
  return frame >= 400 && frame < 406 ? 40 + (frame - 399) * 15 : light
})
/** Light rises from 40 at frame 399 to 130 at 405: steps of 15 begin behind frame 399, the last one leads to 405. */
const expected = [
  ...[30, 100, 149, 320].map(cut),
  { time: (399 + 405) / 2 / rate, from: 399 / rate, to: 405 / rate, kind: 'dissolve' },
  cut(480),
]

const opened = async (wish: TinyShotModel): Promise<ShotModel> =>
  expectOk(await openShotModel(await writeTinyShotModel(wish), { threads: 1, verify: true }), 'a whole model')

/** Boundaries of a film, pushed through one buffer that is used again and again, as a reader of frames does. */
const detect = async (
  model: ShotModel,
  film: readonly number[],
  first = 0,
): Promise<readonly ShotBoundary[]> => {
  const detector = model.createDetector()
  const rgb = new Uint8Array(tinyBytes)
  const found: ShotBoundary[] = []
  let settled = Number.NEGATIVE_INFINITY
  for (let frame = first; frame < film.length; frame++) {
    const some = expectOk(await detector.push(frame / rate, rgb.fill(film[frame] ?? 0)), 'a run')
    for (const { time } of some) expect(time).toBeGreaterThanOrEqual(settled)
    found.push(...some)
    expect(detector.settled()).toBeGreaterThanOrEqual(settled)
    settled = detector.settled()
  }
  found.push(...expectOk(await detector.finish(film.length / rate), 'the end'))
  expect(detector.settled()).toBe(film.length / rate)
  return found
}

describe('a shot model', () => {
  test.each<TinyShotModel>([
    { input: 'float32', logits: true, column: true },
    { input: 'float32', logits: false, column: false },
    { input: 'float32', batch: 2 },
    { input: 'float32', batch: 1, logits: false },
    { input: 'uint8', logits: true, column: true },
    { input: 'uint8', batch: 3, logits: false, column: false },
  ])('finds the cuts of a film: %o', async (wish) => {
    const model = await opened(wish)
    expect(await detect(model, lights)).toEqual(expected)
    await model.dispose()
  })

  test('finds what it found in a run resumed at a border', async () => {
    const random = seededRandom(8)
    let light = 60
    const film = Array.from({ length: 315 * rate }, () =>
      random() < 0.04 ? (light = 200 * random()) : light,
    )
    const model = await opened({})
    const whole = (await detect(model, film)).filter(({ time }) => time >= 300)
    expect(whole.length).toBeGreaterThan(5)
    const resumed = await detect(model, film, 295 * rate)
    expect(resumed.filter(({ time }) => time >= 300)).toEqual(whole)
    await model.dispose()
  })

  test('serves films one after the other, and takes turns', async () => {
    const model = await opened({})
    const [a, b] = await Promise.all([detect(model, lights), detect(model, lights.slice(0, 90))])
    expect(a).toEqual(expected)
    expect(b).toEqual([cut(30)])
    expect(await detect(model, [])).toEqual([])
    await model.dispose()
    const failed = await detectFailure(model)
    expect(failed).toBe('model-failed')
  })
})

const detectFailure = async (model: ShotModel): Promise<string> => {
  const detector = model.createDetector()
  await detector.push(0, new Uint8Array(tinyBytes))
  const end = await detector.finish(1)
  return end.ok ? 'no failure' : end.error.code
}

describe('a shot model that is not whole', () => {
  const failure = async (directory: string, verify = false): Promise<string> => {
    const result = await openShotModel(directory, { threads: 1, verify })
    if (result.ok) throw new Error('expected a failure')
    expect(result.error.message).not.toContain('\n')
    return `${result.error.code}: ${result.error.message}`
  }

  test('is missing', async () => {
    expect(await failure('/nowhere/at/all')).toContain('model-missing: No model.json in /nowhere/at/all')
    const directory = await writeTinyShotModel()
    await rm(join(directory, 'shots.onnx'))
    expect(await failure(directory)).toContain('model-missing: No shots.onnx')
  })

  test('is damaged', async () => {
    const directory = await writeTinyShotModel({
      edit: (manifest) => ({ ...manifest, sha256: 'a'.repeat(64) }),
    })
    expect(await failure(directory, true)).toContain('bad-model: shots.onnx differs')
    expect((await openShotModel(directory, { threads: 1 })).ok).toBe(true)
    await writeFile(join(directory, 'shots.onnx'), 'no graph')
    expect(await failure(directory)).toMatch(/bad-model: shots.onnx has 8 bytes, model.json says \d+/)
    await writeFile(join(directory, 'model.json'), '{')
    expect(await failure(directory)).toContain('bad-model: model.json is not JSON')
  })

  test('says what is wrong in its model.json', async () => {
    const wrong = async (edit: NonNullable<TinyShotModel['edit']>): Promise<string> =>
      failure(await writeTinyShotModel({ edit }))
    expect(await wrong((manifest) => ({ ...manifest, kind: 'clip' }))).toContain(
      'bad-model: model.json, key kind',
    )
    expect(await wrong((manifest) => ({ ...manifest, file: '../shots.onnx' }))).toContain('key file')
    expect(await wrong(({ logits: _, ...rest }) => rest)).toContain('key logits')
    expect(await wrong((manifest) => ({ ...manifest, input: 'input' }))).toContain(
      'model-failed: shots.onnx has no input "input"; it has: frames',
    )
    expect(await wrong((manifest) => ({ ...manifest, output: 'many_hot' }))).toContain(
      'has no output "many_hot"; it has: column',
    )
  })

  test('takes other pictures', async () => {
    expect(await failure(await writeTinyShotModel({ size: 64 }))).toContain(
      'model-failed: shots.onnx: input "frames" is [N, 100, 27, 64, 3], not [any, 100, 27, 48, 3]',
    )
  })

  test('is not read to its end when nobody wants it', async () => {
    const signal = AbortSignal.abort()
    const result = await openShotModel(await writeTinyShotModel(), { threads: 1, verify: true, signal })
    expect(result).toMatchObject({ ok: false, error: { code: 'cancelled' } })
  })
})
