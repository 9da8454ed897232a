import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { SkimTask } from '../../src-preload/contract/indexer-api.ts'
import { expectOk } from '../../src-preload/contract/result.ts'
import type { WideMode, WidePictures } from '../../src-preload/contract/wide-pictures.ts'
import { createModelCosts } from '../../src-main/catalog/model-cost.ts'
import { createWideChange } from '../../src-main/catalog/wide-change.ts'
import type { WideChange } from '../../src-main/catalog/wide-change.ts'
import { writeTinyModel } from '../encoder/tiny-model.ts'
import {
  analyze,
  nextAnalysis,
  nextFilm,
  partOf,
  reportPart,
  serveIndexer,
  skimAll,
  skimOf,
} from './served-indexer.ts'
import type { ServedIndexer } from './served-indexer.ts'
import { putFilms, someFacts, temporaryStore } from './temporary-store.ts'
import type { TemporaryStore } from './temporary-store.ts'

const model = 'tiny-test'

describe('how wide pictures are seen', () => {
  let library: TemporaryStore
  let served: ServedIndexer
  let wide: WideChange
  beforeEach(async () => {
    library = temporaryStore()
    await use(await writeTinyModel())
  })
  afterEach(() => library.dispose())

  const open = (): void => {
    const { store } = library
    served = serveIndexer(library)
    const best = { provider: 'cpu', batch: 4, picturesPerSecond: 10, reasons: [] } as const
    const checks = { best: () => best, states: () => [], test: () => Promise.reject(new Error('not asked')) }
    wide = createWideChange({
      store,
      costs: createModelCosts(store.database, store.models, checks, store.settings),
      onJobs: () => served.work.wake(),
    })
  }
  const use = async (directory: string): Promise<void> => {
    expectOk(await library.store.models.add(directory, 0, true), 'the model')
    library.store.models.choose(model, null)
    open()
  }
  /** As the library's service does it. */
  const set = async (mode: WideMode | null): Promise<void> => {
    expectOk(library.store.settings.choose('wide-pictures', mode), 'set')
    served.work.takeBack(({ jobs }) => jobs.some((job) => job.model !== ''))
    await wide.check()
  }
  const jobs = (state: string): string[] =>
    library.database
      .prepare<[string], { job: string }>(
        `SELECT stage || ' ' || video_id AS job FROM derived.job WHERE model = '${model}' AND state = ? ORDER BY 1`,
      )
      .all(state)
      .map(({ job }) => job)
  const seen = (): Record<string, string> =>
    Object.fromEntries(
      library.database
        .prepare<[], { video_id: string; seen: string }>('SELECT video_id, seen FROM derived.film_sight')
        .all()
        .map((row) => [row.video_id, row.seen]),
    )
  const costs = async (): Promise<Record<string, readonly unknown[]>> => {
    const told: WidePictures = expectOk(await wide.describe(), 'told')
    return Object.fromEntries(
      told.choices.map(({ mode, pictures, films, seconds }) => [mode, [pictures, films, seconds]]),
    )
  }
  /** `count` films of 100 s are skimmed, and the first `analyzed` of them analyzed. */
  const index = async (count: number, analyzed: number): Promise<void> => {
    putFilms(library.store, count)
    const run = served.begin(null)
    await skimAll(served, count, 100)
    for (let i = 0; i < analyzed; i += 1) await analyze(served, await nextAnalysis(served))
    run.cancel()
    served.work.takeBack()
  }
  /** Does the next jobs as asked for; answers what they were to be seen as. */
  const work = async (count: number): Promise<string[]> => {
    const done: string[] = []
    for (let i = 0; i < count; i += 1) {
      const task = await nextFilm(served)
      done.push(`${task.kind} ${task.videoId} ${task.models[0]?.wide ?? ''}`)
      if (task.kind === 'skim') expectOk(await served.client().call.work.skimmed(skimOf(task)), 'skimmed')
      else await analyze(served, task)
    }
    return done
  }

  it('has every film seen anew that the setting wants otherwise, and no other; the old vectors answer until then', async () => {
    await index(3, 2)
    expect(seen()).toEqual({ va: 'centre', vb: 'centre', vc: 'centre' })
    expect(library.store.videos.get('va', model)?.video.state).toBe('analyzed')
    await set('letterbox')
    // What is analyzed is not skimmed again: finer vectors are better than any that a skim sees.
    expect(jobs('pending')).toEqual(['analyzed va', 'analyzed vb', 'analyzed vc', 'skimmed vc'])
    expect(library.store.vectors.scores(model, 'va', [new Float32Array(32).fill(0.1)])?.frames).toHaveLength(
      20,
    )
    expect(library.store.videos.get('va', model)?.video.state).toBe('analyzed')
    expect(library.store.videos.get('vc', model)?.video.state).toBe('skimmed')
    expect(library.store.coverage.share(model)).toBe(1)
    const run = served.begin(null)
    expect(await work(4)).toEqual([
      'skim vc letterbox',
      'analyze vc letterbox', // with its shots, which were never looked for
      'analyze va letterbox',
      'analyze vb letterbox',
    ])
    await run.summary
    expect(seen()).toEqual({ va: 'whole', vb: 'whole', vc: 'whole' })
    expect(jobs('pending')).toEqual([])
    // Shots and pictures were not made again.
    expect(library.store.shots.shots('va')).toHaveLength(2)
  })

  it('embeds nothing twice when it is changed there and back, at once or in the middle', async () => {
    await index(3, 3)
    await set('views')
    await set('crop')
    expect(jobs('pending')).toEqual([])
    await set('letterbox')
    const first = served.begin(null)
    await work(1)
    first.cancel()
    served.work.takeBack()
    await set('crop')
    // Only the one that is seen whole by now.
    expect(jobs('pending')).toEqual(['analyzed va'])
    await set('letterbox')
    expect(jobs('pending')).toEqual(['analyzed vb', 'analyzed vc'])
    await set('views')
    expect(jobs('pending')).toEqual(['analyzed va', 'analyzed vb', 'analyzed vc'])
    const second = served.begin(null)
    await work(3)
    await second.summary
    // Middle and ends hold what the middle does: there is nothing to do for it.
    await set(null)
    expect(jobs('pending')).toEqual([])
    expect(seen()).toEqual({ va: 'ends', vb: 'ends', vc: 'ends' })
  })

  it('goes on with an interrupted change after a restart, also one that was cut off before it began', async () => {
    await index(2, 2)
    await set('views')
    const run = served.begin(null)
    await work(1)
    run.cancel()
    library = library.reopen()
    library.store.jobs.recover()
    open()
    await wide.check()
    expect(jobs('pending')).toEqual(['analyzed vb'])
    // The setting was written, and then the power went.
    library.store.settings.set('wide-pictures', 'letterbox')
    library = library.reopen()
    open()
    await wide.check()
    expect(jobs('pending')).toEqual(['analyzed va', 'analyzed vb'])
  })

  it('takes back what is in hand, and never joins parts of two ways', async () => {
    putFilms(library.store, 1)
    served.begin(null)
    await skimAll(served, 1, 700)
    const task = await nextAnalysis(served)
    await analyze(served, task, 300)
    await set('letterbox')
    // What comes now was asked for otherwise.
    expect(await reportPart(served, task, partOf(task, 300, 600, false))).toMatchObject({ ok: false })
    await work(1) // the skim that was seen in its middle
    const again = await nextAnalysis(served)
    expect(again).toMatchObject({ from: 0, models: [{ wide: 'letterbox' }] })
    await analyze(served, again, 300)
    served.die('killed')
    // Within one way it goes on where it was.
    expect(await nextAnalysis(served)).toMatchObject({ from: 300 })
  })

  it('shows new films as it is set', async () => {
    await set('views')
    putFilms(library.store, 1)
    served.begin(null)
    const { work: calls } = served.client().call
    const probe = expectOk(await calls.next({ lane: 'probe' }), 'a probe')
    expectOk(
      await calls.probed({ task: probe.id, facts: someFacts(50), subtitles: [], seconds: 1 }),
      'probed',
    )
    expect(((await nextFilm(served)) as SkimTask).models).toMatchObject([{ id: model, wide: 'views' }])
  })

  it('leaves alone what is no wider than the model sees, and all of a model that squeezes', async () => {
    await index(1, 1)
    library.store.facts.put('va', 1, { ...someFacts(100), width: 480, height: 480 }, [])
    await set('letterbox')
    expect(jobs('pending')).toEqual([])
    expect((await costs())['views']).toEqual([3, 0, 0])

    library.dispose()
    library = temporaryStore()
    await use(await writeTinyModel({ resize: 'stretch' }))
    await index(1, 1)
    await set('views')
    expect(jobs('pending')).toEqual([])
    expect(expectOk(await wide.describe(), 'told')).toMatchObject({ crops: false, mode: 'views' })
    expect(await costs()).toEqual({ crop: [1, 0, 0], letterbox: [1, 0, 0], views: [1, 0, 0] })
  })

  it('tells what each way would cost, and what is left of it', async () => {
    await index(3, 2)
    // 300 s of film, 0.7 frames a second as long as too few films are known, 10 pictures a second.
    expect(await costs()).toEqual({ crop: [1, 0, 0], letterbox: [1, 3, 21], views: [3, 3, 63] })
    await set('views')
    expect((await costs())['views']).toEqual([3, 3, 63])
    served.begin(null)
    await work(3)
    expect((await costs())['views']).toEqual([3, 1, 21])
  })

  it('sees another model’s films too when that is to answer, and measures anew', async () => {
    await index(1, 1)
    library.store.calibrations.put(model, model, {
      ...{ frames: 400, films: 1, medianNearest: 0.2, background: null, library: 500, bank: 1 },
      ...{ typical: null, pictures: null },
    })
    await set('views')
    expect(library.store.calibrations.get(model)).toMatchObject({ library: 500, bank: 0 })
    // A film that fails now keeps what it has, and is not tried again by this.
    const run = served.begin(null)
    const task = await nextAnalysis(served)
    const error = { code: 'damaged', message: 'broken', advice: '' } as const
    expectOk(await served.client().call.work.failed({ task: task.id, error, seconds: 1 }), 'told')
    await run.summary
    expect(jobs('failed')).toEqual(['analyzed va'])
    await set('crop')
    expect(jobs('failed')).toEqual(['analyzed va'])
    expect(library.store.vectors.framesOf(model)).toBe(20)
  })
})
