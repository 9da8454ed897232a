import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createQuiet } from '../../src-main/catalog/quiet.ts'
import {
  backgroundOf,
  calibratedThresholds,
  medianNearest,
  needsCalibration,
} from '../../src-main/domain/calibration.ts'
import { genericQueries } from '../../src-main/domain/generic-queries.ts'
import { dot, normalise, packHalf } from '../../src-main/domain/embedding.ts'
import { createTextBackgroundMeter } from '../../src-main/domain/text-background.ts'
import { createCalibrator } from '../../src-main/catalog/calibrator.ts'
import type { Calibrator } from '../../src-main/catalog/calibrator.ts'
import type { EncoderLink } from '../../src-main/catalog/encoder-link.ts'
import { createLog } from '../../src-main/foundation/log.ts'
import { seededRandom } from '../../src-main/domain/seeded-random.ts'
import { putFilms, someFacts, temporaryStore } from './temporary-store.ts'
import type { TemporaryStore } from './temporary-store.ts'

const dimensions = 32
const random = seededRandom(3)
const unit = (change: (i: number) => number = () => 0): Float32Array => {
  const vector = Float32Array.from({ length: dimensions }, (_, i) => change(i))
  normalise(vector)
  return vector
}
const anyUnit = (): Float32Array => unit(() => random() - 0.5)

describe('calibration', () => {
  let library: TemporaryStore
  beforeEach(() => {
    library = temporaryStore()
  })
  afterEach(() => library.dispose())

  const put = (videoId: string, times: readonly number[], vectors: readonly Float32Array[]): void => {
    const packed = Buffer.concat(vectors.map((vector) => Buffer.from(packHalf(vector))))
    const pack = { dimensions, times, vectors: packed }
    library.database.transaction(() => library.store.vectors.put(videoId, 'palette', 'skimmed', pack))()()
  }
  /** An encoder that gives each text what `vectorOf` says; null: it knows no word of it. */
  const encoderOf = (
    vectorOf: (text: string) => Float32Array | null,
    asked: (readonly string[])[] = [],
  ): EncoderLink => ({
    connected: () => undefined,
    ask: (question) =>
      question({
        call: {
          embed: {
            texts: ({ texts }: { readonly texts: readonly string[] }) => {
              asked.push(texts)
              const answer = (text: string): object => {
                const vector = vectorOf(text)
                return {
                  vector: new Uint8Array((vector ?? unit()).slice().buffer),
                  known: vector !== null,
                }
              }
              return Promise.resolve({ ok: true, value: texts.map(answer) })
            },
          },
        },
      } as never),
  })
  const calibratorFor = (encoder: EncoderLink): Calibrator =>
    createCalibrator({
      store: library.store,
      encoder,
      log: createLog('test', null),
      quiet: createQuiet(),
      clock: () => 0,
    })
  const calibrate = async (encoder: EncoderLink): Promise<Calibrator> => {
    const calibrator = calibratorFor(encoder)
    calibrator.look()
    await calibrator.settled()
    return calibrator
  }
  /** Each text its own vector, the same in every run. */
  const ownVectors = new Map(genericQueries.map((text) => [text, anyUnit()]))
  const own = (text: string): Float32Array | null => ownVectors.get(text) ?? null
  const putFrames = (count: number): void => {
    const [film = ''] = putFilms(library.store, 1)
    const frames = Array.from({ length: count }, anyUnit)
    put(
      film,
      frames.map((_, i) => i * 20),
      frames,
    )
  }

  it('finds the planted distance to the nearest stranger, and the planted background', async () => {
    // 40 scenes of 6 frames 1 s apart, all alike; each scene has a twin in the next film, at a cosine of 0.9.
    const films = putFilms(library.store, 10)
    const scenes = new Map<string, Float32Array[]>()
    for (let pair = 0; pair < 5; pair += 1) {
      const own = Array.from({ length: 5 }, anyUnit)
      const twins = own.map((scene) => {
        const other = anyUnit()
        const along = scene.reduce((sum, part, i) => sum + part * (other[i] ?? 0), 0)
        const across = unit((i) => (other[i] ?? 0) - along * (scene[i] ?? 0))
        return unit((i) => 0.9 * (scene[i] ?? 0) + Math.sqrt(1 - 0.81) * (across[i] ?? 0))
      })
      scenes.set(films[pair * 2] ?? '', own)
      scenes.set(films[pair * 2 + 1] ?? '', twins)
    }
    const all: Float32Array[] = []
    for (const [videoId, own] of scenes) {
      library.store.facts.put(videoId, 1, someFacts(300), [])
      const times = own.flatMap((_, scene) => Array.from({ length: 6 }, (_, i) => scene * 60 + i))
      const vectors = own.flatMap((scene) => Array.from({ length: 6 }, () => scene))
      all.push(...vectors)
      put(videoId, times, vectors)
    }
    const asked: (readonly string[])[] = []
    const calibrator = await calibrate(encoderOf(own, asked))
    // In slices, so that a person's query comes between.
    expect(asked.flat()).toEqual(genericQueries)
    expect(Math.max(...asked.map(({ length }) => length))).toBeLessThanOrEqual(32)
    const known = library.store.calibrations.get('palette')
    expect(known).toMatchObject({ frames: 300, films: 10, library: 300 })
    expect(known?.medianNearest).toBeCloseTo(0.1, 2)
    const meter = createTextBackgroundMeter(all)
    for (const text of genericQueries) meter.add(own(text) ?? unit())
    const planted = meter.finish()
    expect(known?.background?.mean).toBeCloseTo(planted?.background.mean ?? NaN, 3)
    expect(known?.background?.sd).toBeCloseTo(planted?.background.sd ?? NaN, 3)
    expect(known?.background?.p95).toBeCloseTo(planted?.background.p95 ?? NaN, 3)
    expect(known?.typical).toBeCloseTo(planted?.typical ?? NaN, 3)
    // Of frames of other scenes only: 1 in 40 of them is a twin, the others are strangers.
    expect(known?.pictures?.mean).toBeLessThan(0.1)
    expect(known?.pictures?.p95).toBeLessThan(0.5)
    expect(known?.background?.within).toBeCloseTo(planted?.background.within ?? NaN, 3)
    // The texts are kept as the model's vectors, for the next start too.
    for (const one of [calibrator, calibratorFor(encoderOf(() => null))]) {
      const bank = one.bank('palette')
      expect(bank).toHaveLength(genericQueries.length)
      expect(dot(bank?.[5] ?? unit(), own(genericQueries[5] ?? '') ?? unit())).toBeCloseTo(1, 3)
    }
    // Nothing has changed: it is not measured again; with its vectors it goes.
    const again: (readonly string[])[] = []
    await calibrate(encoderOf(own, again))
    expect(again).toEqual([])
    library.store.calibrations.forget('palette')
    expect(library.store.calibrations.get('palette')).toBeNull()
    expect(calibrator.bank('palette')).toBeNull()
  })

  it('leaves the frames of the own shot out, however far they are', async () => {
    const [film = ''] = putFilms(library.store, 1)
    library.store.facts.put(film, 1, someFacts(1000), [])
    const shot = { transition: 'cut', motion: 0, direction: null, flags: [] } as const
    const shots = [
      { ...shot, start: 0, end: 500 },
      { ...shot, start: 500, end: 1000 },
    ]
    library.database.transaction(() => library.store.shots.put(film, shots, []))()
    const [one, other] = [unit((i) => (i === 0 ? 1 : 0)), unit((i) => (i < 2 ? 1 : 0))]
    const times = Array.from({ length: 250 }, (_, i) => i * 4)
    put(
      film,
      times,
      times.map((time) => (time < 500 ? one : other)),
    )
    const calibrator = await calibrate(encoderOf(() => null))
    const known = library.store.calibrations.get('palette')
    // 64 neighbours are all of its own shot, and just like it: nothing is known to be nearer than they are.
    expect(known?.medianNearest).toBe(0.01)
    // A model that knows none of the texts has no background, and its thresholds stay as they were.
    expect(known?.background).toBeNull()
    expect(known === null ? null : calibratedThresholds(known)).toBeNull()
    expect(calibrator.bank('palette')).toBeNull()
    // It is not asked again for what it does not know.
    const again: (readonly string[])[] = []
    library.store.database.prepare('DELETE FROM derived.calibration').run()
    await calibrate(encoderOf(() => null, again))
    expect(again).toEqual([])
    expect(library.store.calibrations.get('palette')?.frames).toBe(250)
  })

  it('takes a bank of a hundred words, said in many ways, for too few', async () => {
    putFrames(80)
    const words = Array.from({ length: 100 }, anyUnit)
    const few = (text: string): Float32Array => words[text.length % words.length] ?? unit()
    const calibrator = await calibrate(encoderOf(few))
    expect(calibrator.bank('palette')).toBeNull()
    expect(library.store.calibrations.get('palette')).toMatchObject({ background: null, typical: null })
  })

  it('stops between two slices when the library closes', async () => {
    putFrames(80)
    const asked: (readonly string[])[] = []
    const calibrator: Calibrator = calibratorFor(
      encoderOf((text) => {
        if (asked.length === 3) calibrator.close()
        return own(text)
      }, asked),
    )
    calibrator.look()
    await calibrator.settled()
    expect(asked).toHaveLength(3)
    expect(library.store.calibrations.get('palette')).toBeNull()
    expect(library.store.calibrations.bank('palette')).toBeNull()
  })

  it('says nothing of a small library', async () => {
    const [film = ''] = putFilms(library.store, 1)
    put(
      film,
      Array.from({ length: 59 }, (_, i) => i),
      Array.from({ length: 59 }, anyUnit),
    )
    await calibrate(encoderOf(own))
    expect(library.store.calibrations.get('palette')).toBeNull()
  })

  it('does its sums', () => {
    expect(medianNearest([])).toBeNull()
    expect(medianNearest([0.001, 0.002])).toBe(0.01)
    expect(medianNearest([0.5, 0.02, 0.04])).toBe(0.04)
    expect(backgroundOf(new Float32Array(0))).toBeNull()
    const background = backgroundOf(Float32Array.from({ length: 101 }, (_, i) => i / 100))
    expect(background?.mean).toBeCloseTo(0.5)
    expect(background?.p95).toBeCloseTo(0.95)
    expect([needsCalibration(59, null), needsCalibration(60, null)]).toEqual([false, true])
    expect([needsCalibration(290, 200), needsCalibration(300, 200)]).toEqual([false, true])
  })
})
