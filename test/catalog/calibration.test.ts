import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  backgroundOf,
  calibratedThresholds,
  medianNearest,
  needsCalibration,
} from '../../src-main/domain/calibration.ts'
import { genericQueries } from '../../src-main/domain/generic-queries.ts'
import { normalise, packHalf } from '../../src-main/domain/embedding.ts'
import { createCalibrator } from '../../src-main/catalog/calibrator.ts'
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
  /** An encoder whose every text is `vector`. */
  const encoderOf = (vector: Float32Array | null, asked: string[] = []): EncoderLink => ({
    connected: () => undefined,
    ask: (question) =>
      question({
        call: {
          embed: {
            texts: ({ texts }: { readonly texts: readonly string[] }) => {
              asked.push(...texts)
              const bytes = new Uint8Array((vector ?? unit()).buffer.slice(0))
              return Promise.resolve({
                ok: true,
                value: texts.map(() => ({ vector: bytes, known: vector !== null })),
              })
            },
          },
        },
      } as never),
  })
  const calibrate = async (encoder: EncoderLink): Promise<void> => {
    const log = createLog('test', null)
    const calibrator = createCalibrator({ store: library.store, encoder, log, clock: () => 0 })
    calibrator.look()
    await calibrator.settled()
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
    const text = anyUnit()
    const asked: string[] = []
    await calibrate(encoderOf(text, asked))
    expect(asked).toEqual(genericQueries)
    const known = library.store.calibrations.get('palette')
    expect(known).toMatchObject({ frames: 300, films: 10, library: 300 })
    expect(known?.medianNearest).toBeCloseTo(0.1, 2)
    const cosines = all.map((vector) => vector.reduce((sum, part, i) => sum + part * (text[i] ?? 0), 0))
    const mean = cosines.reduce((sum, cosine) => sum + cosine, 0) / cosines.length
    expect(known?.background?.mean).toBeCloseTo(mean, 2)
    expect(known?.background?.p95).toBeCloseTo(
      cosines.toSorted((a, b) => a - b)[Math.floor(0.95 * 299)] ?? NaN,
      2,
    )
    // Nothing has changed: it is not measured again; with its vectors it goes.
    const again: string[] = []
    await calibrate(encoderOf(text, again))
    expect(again).toEqual([])
    library.store.calibrations.forget('palette')
    expect(library.store.calibrations.get('palette')).toBeNull()
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
    await calibrate(encoderOf(null))
    const known = library.store.calibrations.get('palette')
    // 64 neighbours are all of its own shot, and just like it: nothing is known to be nearer than they are.
    expect(known?.medianNearest).toBe(0.01)
    // A model that knows none of the texts has no background, and its thresholds stay as they were.
    expect(known?.background).toBeNull()
    expect(known === null ? null : calibratedThresholds(known)).toBeNull()
  })

  it('says nothing of a small library', async () => {
    const [film = ''] = putFilms(library.store, 1)
    put(
      film,
      Array.from({ length: 199 }, (_, i) => i),
      Array.from({ length: 199 }, anyUnit),
    )
    await calibrate(encoderOf(anyUnit()))
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
    const measured = { frames: 300, films: 3, medianNearest: 0.04, background }
    expect(calibratedThresholds(measured)?.good).toBeCloseTo(0.99)
    expect(calibratedThresholds({ ...measured, frames: 199 })).toBeNull()
    expect([needsCalibration(199, null), needsCalibration(200, null)]).toEqual([false, true])
    expect([needsCalibration(290, 200), needsCalibration(300, 200)]).toEqual([false, true])
  })
})
