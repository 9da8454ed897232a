import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createAnalysisSpeed } from '../../src-main/catalog/analysis-speed.ts'
import { analyze, nextAnalysis, serveIndexer, skimAll } from './served-indexer.ts'
import type { ServedIndexer } from './served-indexer.ts'
import { putFilms, temporaryStore } from './temporary-store.ts'
import type { TemporaryStore } from './temporary-store.ts'

describe('how hard is worked, and how far it is', () => {
  let library: TemporaryStore
  let served: ServedIndexer
  beforeEach(() => {
    library = temporaryStore()
    served = serveIndexer(library)
  })
  afterEach(() => library.dispose())

  /** Whether a promise settles without anything else happening. */
  const settles = (promise: Promise<unknown>): Promise<boolean> =>
    Promise.race([
      promise.then(() => true),
      new Promise<boolean>((resolve) => {
        setTimeout(() => resolve(false), 30)
      }),
    ])

  it('hands out no film during a pause, one at a time when slow, and ends no run meanwhile', async () => {
    putFilms(library.store, 3)
    const { summary } = served.begin()
    served.setPace('paused')
    const probe = await served.client().call.work.next({ lane: 'probe' })
    if (probe.ok) served.work.release(probe.value.id)
    served.setPace('full')
    await skimAll(served, 3, 400)
    served.setPace('paused')
    const waiting = [nextAnalysis(served), nextAnalysis(served), nextAnalysis(served)]
    const [first, second, third] = waiting as [(typeof waiting)[0], (typeof waiting)[0], (typeof waiting)[0]]
    expect(await settles(first)).toBe(false)
    expect(await settles(summary)).toBe(false)
    expect(served.progress()).toMatchObject({ running: true, pace: 'paused', jobsLeft: 6, filmLeft: 1200 })

    served.setPace('slow')
    const one = await first
    expect(await settles(second)).toBe(false)
    await analyze(served, one)
    const two = await second
    expect(await settles(third)).toBe(false)
    served.setPace('full')
    const three = await third
    expect(served.work.current()).toHaveLength(2)

    // Slow again: the film that came last is taken back, behind the part that is safe.
    await analyze(served, three, 300)
    const stopped: number[] = []
    served.client().on('stop', ({ tasks }) => stopped.push(...tasks))
    served.setPace('slow')
    await expect.poll(() => stopped).toEqual([three.id])
    await served.client().call.work.release({ task: three.id })
    await analyze(served, two)
    const rest = await nextAnalysis(served)
    expect(rest).toMatchObject({ videoId: three.videoId, from: 300 })
    await analyze(served, rest)
    expect((await summary).stages.analyzed).toMatchObject({ done: 3 })
  })

  it('sums up what the work has cost, of resumed films only the rest', async () => {
    putFilms(library.store, 2)
    const first = served.begin()
    await skimAll(served, 2, 700)
    const task = await nextAnalysis(served)
    await analyze(served, task, 300)
    first.cancel()
    served.work.release(task.id)
    expect(await first.summary).toMatchObject({
      decodedSeconds: 300,
      decodeSeconds: 8,
      embedSeconds: 5,
      waitSeconds: 2,
      framesEmbedded: 20 + 60,
      stages: { analyzed: { done: 0, failed: 0, seconds: 10 } },
    })
    const second = served.begin()
    await analyze(served, await nextAnalysis(served))
    await analyze(served, await nextAnalysis(served))
    const summary = await second.summary
    expect(summary).toMatchObject({ decodedSeconds: 1100, framesEmbedded: 220, picturesEmbedded: 220 })
    expect(summary.stages.analyzed).toMatchObject({ done: 2, failed: 0, seconds: 50 })
    expect(summary.decodeSeconds).toBeCloseTo(40, 6)
    expect(summary).toMatchObject({ indexed: 2, videoSeconds: 0 })
  })

  it('says how fast it is, what is left, and how long that takes', async () => {
    putFilms(library.store, 3)
    const { summary } = served.begin()
    await skimAll(served, 3, 600)
    const one = await nextAnalysis(served)
    const two = await nextAnalysis(served)
    // Nothing has been reported yet: nobody knows how fast it goes.
    expect(served.progress()).toMatchObject({ speed: null, secondsLeft: null, filmLeft: 1800 })
    await analyze(served, one, 300)
    await analyze(served, two, 300)
    // 300 s in 10 s, two films at once.
    expect(served.progress()).toMatchObject({ speed: 60, secondsLeft: 20, filmLeft: 1200, jobsLeft: 4 })
    served.setPace('paused')
    expect(served.progress()).toMatchObject({ speed: null, secondsLeft: null, filmLeft: 1200 })
    await analyze(served, { ...one, from: 300 })
    served.setPace('full')
    expect(served.progress()).toMatchObject({ speed: 30, secondsLeft: 30, filmLeft: 900 })
    await analyze(served, { ...two, from: 300 })
    await analyze(served, await nextAnalysis(served))
    await summary
    expect(served.progress()).toMatchObject({ running: false, speed: null, filmLeft: 0, jobsLeft: 0 })
  })

  it('forgets slow parts after half a minute, but not the only ones', () => {
    let now = 0
    const speed = createAnalysisSpeed(() => now)
    expect(speed.perFilm()).toBeNull()
    for (let i = 0; i < 10; i += 1) speed.add(300, 100)
    expect(speed.perFilm()).toBeCloseTo(3, 6)
    now = 100
    expect(speed.perFilm()).toBeCloseTo(3, 6)
    for (let i = 0; i < 4; i += 1) speed.add(300, 10)
    expect(speed.perFilm()).toBeCloseTo(30, 6)
    speed.forget()
    expect(speed.perFilm()).toBeNull()
  })
})
