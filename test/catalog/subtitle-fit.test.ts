import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { LibraryChange } from '../../src-preload/contract/nouns.ts'
import { fail } from '../../src-preload/contract/result.ts'
import { createQuiet } from '../../src-main/catalog/quiet.ts'
import type { EncoderLink } from '../../src-main/catalog/encoder-link.ts'
import { createSubtitleFitWork } from '../../src-main/catalog/subtitle-fit-work.ts'
import type { SubtitleFitWork } from '../../src-main/catalog/subtitle-fit-work.ts'
import { findTexts } from '../../src-main/catalog/text-sources.ts'
import { normalise, packHalf } from '../../src-main/domain/embedding.ts'
import { genericBank } from '../../src-main/domain/generic-queries.ts'
import { parseQuery } from '../../src-main/domain/query.ts'
import { seededRandom } from '../../src-main/domain/seeded-random.ts'
import { createLog } from '../../src-main/foundation/log.ts'
import { putFilms, someFacts, temporaryStore } from './temporary-store.ts'
import type { TemporaryStore } from './temporary-store.ts'

const dimensions = 64
const scenes = 60
const secondsAScene = 20
const model = 'palette'

/** Each scene is a direction of its own. */
const random = seededRandom(4)
const looks = Array.from({ length: scenes }, () => {
  const look = Float32Array.from({ length: dimensions }, () => random() - 0.5)
  normalise(look)
  return look
})
/** Passages as the app would make them anyway, so that each has one scene. */
const line = (scene: number, at: number): { start: number; end: number; text: string } => ({
  start: at * secondsAScene,
  end: at * secondsAScene + 12,
  text: `Here you see number${scene}.`,
})
const inOrder = Array.from({ length: scenes }, (_, i) => line(i, i))
/** Tau is -0.002. */
const mixedUp = Array.from({ length: scenes }, (_, i) => line((i * 37 + 7) % scenes, i))
const smallTalk = inOrder.map(({ start, end }) => ({ start, end, text: 'Well, whatever.' }))

describe('the order of subtitles and of pictures', () => {
  let library: TemporaryStore
  let asked: (readonly string[])[]
  let told: LibraryChange[]
  let isFree: boolean
  let encoderIs: 'well' | 'ill'
  beforeEach(() => {
    library = temporaryStore()
    asked = []
    told = []
    isFree = true
    encoderIs = 'well'
  })
  afterEach(() => library.dispose())

  const encoder: EncoderLink = {
    connected: () => undefined,
    ask: (question) =>
      question({
        call: {
          embed: {
            texts: ({ texts }: { readonly texts: readonly string[] }) => {
              asked.push(texts)
              if (encoderIs === 'ill') return Promise.resolve(fail('model-failed', 'It is ill.'))
              const answer = (text: string): object => {
                const look = looks[Number(/number(\d+)/.exec(text)?.[1] ?? NaN)]
                const vector = look ?? new Float32Array(dimensions)
                return {
                  vector: new Uint8Array(vector.slice().buffer),
                  known: look !== undefined,
                  clauses: [],
                }
              }
              return Promise.resolve({ ok: true, value: texts.map(answer) })
            },
          },
        },
      } as never),
  }
  const workFor = (): SubtitleFitWork =>
    createSubtitleFitWork({
      store: library.store,
      encoder,
      log: createLog('test', null),
      quiet: createQuiet(),
      isFree: () => isFree,
      tell: (change) => void told.push(change),
    })
  const lookAt = async (work: SubtitleFitWork): Promise<void> => {
    work.look()
    await work.settled()
  }
  /** The scenes of a film in their order, a frame every 4 s. */
  const putVectors = (videoId: string, stage = 'skimmed'): void => {
    const times = Array.from({ length: (scenes * secondsAScene) / 4 }, (_, i) => i * 4)
    const vectors = times.map((time) =>
      packHalf(looks[Math.floor(time / secondsAScene)] ?? new Float32Array(dimensions)),
    )
    const pack = { dimensions, times, vectors: Buffer.concat(vectors.map((one) => Buffer.from(one))) }
    library.database.transaction(() => library.store.vectors.put(videoId, model, stage, pack))()()
  }
  const calibrate = (): void =>
    library.store.calibrations.put(model, model, {
      ...{
        bank: genericBank,
        frames: 400,
        films: 3,
        medianNearest: 0.1,
        library: 900,
        typical: 0.2,
        pictures: null,
      },
      background: { mean: 0, sd: 0.12, p95: 0.2, within: 0.12 },
    })
  const putLines = (videoId: string, lines: readonly { start: number; end: number; text: string }[]): void =>
    library.store.facts.put(videoId, 1, someFacts(scenes * secondsAScene), [
      { name: 'srt', language: 'en', lines },
    ])
  const fitOf = (videoId: string): string | undefined =>
    library.store.subtitleLists.of(videoId, library.store.models.currentSpace()).tracks[0]?.fit
  const rows = (): readonly unknown[] =>
    library.database.prepare('SELECT * FROM derived.subtitle_fit ORDER BY subtitle_id').all()
  /** The films in whose lines it is found, the best first. */
  const saidIn = (query: string): readonly string[] => {
    const { said } = findTexts(library.store.texts, parseQuery(query), {
      only: null,
      space: model,
      limit: 20,
    })
    return [...new Set(said.map(({ videoId }) => videoId))]
  }
  /** The score of each film's best line. */
  const saidScores = (query: string): readonly number[] => {
    const { said } = findTexts(library.store.texts, parseQuery(query), {
      only: null,
      space: model,
      limit: 20,
    })
    const best = new Map<string, number>()
    for (const { videoId, score } of said) best.set(videoId, Math.max(best.get(videoId) ?? 0, score))
    return [...best.values()]
  }
  const plant = (): void => {
    const [right = '', wrong = '', talk = ''] = putFilms(library.store, 3)
    putLines(right, inOrder)
    putLines(wrong, mixedUp)
    putLines(talk, smallTalk)
    for (const film of [right, wrong, talk]) putVectors(film)
    calibrate()
  }

  it('flags the wrong one to the player, tells of it, and lets search believe it less', async () => {
    plant()
    expect(saidIn('number3')).toEqual(['va', 'vb'])
    await lookAt(workFor())
    expect(['va', 'vb', 'vc'].map(fitOf)).toEqual(['fits', 'wrong', 'unknown'])
    expect(rows()).toMatchObject([
      { fit: 'fits', tau: 1, passages: scenes },
      { fit: 'wrong', passages: scenes },
      { fit: 'unknown', tau: null, passages: 0 },
    ])
    expect(told).toEqual([
      { kind: 'subtitles', videoId: 'va', path: '/films/a.mp4' },
      { kind: 'subtitles', videoId: 'vb', path: '/films/b.mp4' },
    ])
    expect(saidIn('number3')).toEqual(['va', 'vb'])
    const [first = 0, second = 0] = saidScores('number3')
    expect(second).toBeCloseTo(first / 4, 5)
    // A person's query comes between.
    expect(Math.max(...asked.map(({ length }) => length))).toBeLessThanOrEqual(32)
  })

  it('does not look again, but for other vectors and other lines', async () => {
    plant()
    const work = workFor()
    await lookAt(work)
    const before = asked.length
    work.news()
    await lookAt(work)
    expect(asked).toHaveLength(before)
    putVectors('vb', 'analyzed')
    putLines('va', mixedUp)
    work.news()
    await lookAt(work)
    expect(['va', 'vb'].map(fitOf)).toEqual(['wrong', 'wrong'])
    // Two of them, 60 texts each.
    expect(asked.slice(before).flat()).toHaveLength(2 * scenes)
    for (const _slice of library.store.subtitles.tidy());
    expect(rows()).toHaveLength(3)
    putLines('vb', [])
    for (const _slice of library.store.subtitles.tidy());
    expect(rows()).toHaveLength(2)
    library.store.subtitleFits.forget(model)
    expect(rows()).toEqual([])
  })

  it('keeps nothing of lines or vectors that became others meanwhile', () => {
    plant()
    const subtitle = library.store.subtitleFits.next(model, 0)
    if (subtitle === null) throw new Error('there is nothing to look at')
    const fit = { fit: 'wrong', tau: 0, passages: 50 } as const
    putVectors('va', 'analyzed')
    expect(library.store.subtitleFits.put(model, subtitle, fit)).toBe(false)
    const again = library.store.subtitleFits.next(model, 0)
    expect(again).toMatchObject({ id: subtitle.id, videoId: 'va', path: null, fit: 'unknown' })
    putLines('va', mixedUp)
    expect(again === null || library.store.subtitleFits.put(model, again, fit)).toBe(false)
    expect(rows()).toEqual([])
  })

  it('gives way, and goes on at the next look', async () => {
    plant()
    const work = workFor()
    isFree = false
    await lookAt(work)
    expect(asked).toEqual([])
    isFree = true
    await lookAt(work)
    expect(fitOf('vb')).toBe('wrong')
    expect(rows()).toHaveLength(3)
  })

  it('does not ask again what has failed, and tries the others when there are news', async () => {
    plant()
    const work = workFor()
    encoderIs = 'ill'
    await lookAt(work)
    await lookAt(work)
    expect(asked).toHaveLength(1)
    encoderIs = 'well'
    work.news()
    await lookAt(work)
    expect(['va', 'vb', 'vc'].map(fitOf)).toEqual(['unknown', 'wrong', 'unknown'])
    await lookAt(workFor())
    expect(fitOf('va')).toBe('fits')
  })

  it('says nothing while nobody knows what the cosines mean, and after it was closed', async () => {
    plant()
    library.store.calibrations.forget(model)
    const work = workFor()
    await lookAt(work)
    expect(rows()).toEqual([])
    calibrate()
    work.close()
    await lookAt(work)
    expect(rows()).toEqual([])
    expect(asked).toEqual([])
  })

  it('asks of a long film no more than 200 passages, all over it', async () => {
    const [film = ''] = putFilms(library.store, 1)
    const many = Array.from({ length: 700 }, (_, i) => ({
      ...line(Math.floor((i * scenes) / 700), i),
      end: i * 20 + 12,
    }))
    putLines(film, many)
    putVectors(film)
    calibrate()
    await lookAt(workFor())
    const texts = asked.flat()
    expect(texts).toHaveLength(200)
    expect(new Set(texts).size).toBe(scenes)
    expect(fitOf(film)).toBe('fits')
  })
})
