import { mkdirSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readLibraryRows } from '../app/library-rows.ts'
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
import type { ReportedPart, ServedIndexer } from './served-indexer.ts'
import { putFilms, temporaryStore } from './temporary-store.ts'
import type { TemporaryStore } from './temporary-store.ts'

const query = Float32Array.from({ length: 32 }, (_, i) => (i === 0 ? 1 : 0))

describe('an analysis, part by part', () => {
  let library: TemporaryStore
  let served: ServedIndexer
  beforeEach(() => {
    library = temporaryStore()
    served = serveIndexer(library)
  })
  afterEach(() => library.dispose())

  const partsKept = (): unknown[] =>
    library.database.prepare('SELECT start, end FROM derived.analysis_part ORDER BY start').all()
  const strikes = (): unknown =>
    library.database
      .prepare("SELECT max(crashes + kills) AS most FROM derived.job WHERE stage = 'analyzed'")
      .get()
  const vectorsOf = (videoId: string, model = 'palette') =>
    library.store.vectors.scores(model, videoId, [query])

  it('is asked for once the film is skimmed, and published with its last part only', async () => {
    putFilms(library.store, 1)
    const { summary } = served.begin()
    await skimAll(served, 1, 700)
    const task = await nextAnalysis(served)
    expect(task).toMatchObject({
      videoId: 'va',
      from: 0,
      models: [{ id: 'palette' }],
      facts: { duration: 700 },
    })
    await analyze(served, task, 600)
    expect(partsKept()).toEqual([
      { start: 0, end: 300 },
      { start: 300, end: 600 },
    ])
    // Until the end the film is found by what the skim saw.
    expect(vectorsOf('va')?.times).toHaveLength(10)
    expect(vectorsOf('va')?.frames).toBeUndefined()
    expect(library.store.shots.shots('va')).toEqual([])
    expect(library.store.videos.get('va', 'palette')?.video.state).toBe('skimmed')

    expect(await reportPart(served, task, partOf(task, 600, 700, true))).toMatchObject({ ok: true })
    expect(partsKept()).toEqual([])
    const fine = vectorsOf('va')
    expect(fine?.frames).toHaveLength(140)
    expect([fine?.times[61], fine?.frames?.[61], fine?.spacing]).toEqual([305, 305.5, 0.5])
    const shots = library.store.shots.shots('va')
    expect(shots.map(({ start, end }) => [start, end])).toEqual([
      [0, 150],
      [150, 450],
      [450, 650],
      [650, 700],
    ])
    expect(shots.map(({ transition }) => transition)).toEqual(['start', 'cut', 'cut', 'cut'])
    const luma = library.store.shots.tracks('va').find(({ kind }) => kind === 'luma')
    expect(luma).toMatchObject({ rate: 2, size: 1 })
    expect(luma?.values).toHaveLength(1400)
    expect(library.store.videos.get('va', 'palette')?.video.state).toBe('analyzed')
    expect(served.changes.filter(({ kind }) => kind === 'video-ready')).toHaveLength(2)
    expect((await summary).stages.analyzed).toMatchObject({ done: 1, failed: 0 })
  })

  it('goes on behind the last part after a kill, and leaves the rows of an undisturbed run', async () => {
    const run = async (
      kinds: readonly ('crashed' | 'killed')[],
    ): Promise<ReturnType<typeof readLibraryRows>> => {
      const own = temporaryStore()
      const indexer = serveIndexer(own)
      putFilms(own.store, 1)
      const { summary } = indexer.begin()
      await skimAll(indexer, 1, 1300)
      for (const [i, kind] of kinds.entries()) {
        const task = await nextAnalysis(indexer)
        expect(task.from).toBe(i * 300)
        await analyze(indexer, task, task.from + 1)
        indexer.die(kind)
      }
      await analyze(indexer, await nextAnalysis(indexer))
      await summary
      mkdirSync(own.paths.pictures)
      const rows = readLibraryRows(own.paths.directory)
      own.dispose()
      return rows
    }
    const calm = await run([])
    const disturbed = await run(['killed', 'crashed', 'killed', 'crashed'])
    expect(calm.rows['shots']).toHaveLength(6)
    expect(calm.chunks.length).toBeGreaterThan(1)
    expect(disturbed).toEqual(calm)
  })

  it('counts deaths anew after each part that is safe', async () => {
    putFilms(library.store, 1)
    served.begin()
    await skimAll(served, 1, 900)
    const first = await nextAnalysis(served)
    served.die('crashed')
    expect(strikes()).toEqual({ most: 1 })
    const second = await nextAnalysis(served)
    expect(served.work.current()[0]?.suspect).toBe(true)
    await analyze(served, second, 300)
    expect([first.from, second.from]).toEqual([0, 0])
    expect(served.work.current()[0]?.suspect).toBe(false)
    served.die('crashed')
    expect((await nextAnalysis(served)).from).toBe(300)
    served.die('crashed')
    // Twice without any progress: now it is the film.
    expect(library.store.problems.list()).toMatchObject([{ stage: 'analyzed', code: 'killed-the-indexer' }])
    // What the skim saw is still found.
    expect(vectorsOf('va')?.times).toHaveLength(10)
  })

  it('takes no part that does not fit, and goes on as if it had not come', async () => {
    putFilms(library.store, 1)
    served.begin()
    await skimAll(served, 1, 700)
    const task = await nextAnalysis(served)
    const good = partOf(task, 0, 300, false)
    const [pack] = good.vectors
    if (pack === undefined) throw new Error('no vectors')
    const wrong: readonly [string, ReportedPart][] = [
      ['a gap', partOf(task, 300, 600, false)],
      ['no length', { ...good, to: 0 }],
      ['a stranger', { ...good, vectors: [{ ...pack, model: 'clip' }] }],
      ['too few vectors', { ...good, vectors: [{ ...pack, vectors: pack.vectors.subarray(2) }] }],
      ['too few starts', { ...good, vectors: [{ ...pack, starts: pack.starts.slice(1) }] }],
      ['falling starts', { ...good, vectors: [{ ...pack, starts: pack.starts.toReversed() }] }],
    ]
    for (const [what, part] of wrong) {
      expect({ what, ...(await reportPart(served, task, part)) }).toMatchObject({
        what,
        ok: false,
        error: { code: 'bad-arguments' },
      })
    }
    expect(partsKept()).toEqual([])
    expect((await reportPart(served, task, good)).ok).toBe(true)
    expect(await reportPart(served, task, good)).toMatchObject({ error: { code: 'bad-arguments' } })
    expect((await reportPart(served, { ...task, id: 999 }, good)).ok).toBe(false)
  })

  it('drops what was made for other jobs', async () => {
    putFilms(library.store, 1)
    const first = served.begin()
    await skimAll(served, 1, 700)
    const task = await nextAnalysis(served)
    await analyze(served, task, 300)
    first.cancel()
    served.work.release(task.id)
    library.database.prepare("INSERT INTO model VALUES ('clip', '/models/clip', 0)").run()
    served.begin('clip')
    const skim = await nextFilm(served)
    expect((await served.client().call.work.skimmed(skimOf(skim))).ok).toBe(true)
    expect(await nextAnalysis(served)).toMatchObject({ from: 0, models: [{ id: 'clip' }] })
    expect(partsKept()).toEqual([])
  })

  it('adds only vectors for another model, and only shots where they are to be found anew', async () => {
    putFilms(library.store, 1)
    const first = served.begin()
    await skimAll(served, 1, 400)
    await analyze(served, await nextAnalysis(served))
    await first.summary
    const shots = library.store.shots.shots('va')
    const palette = vectorsOf('va')

    library.database.prepare("INSERT INTO model VALUES ('clip', '/models/clip', 0)").run()
    const second = served.begin('clip')
    const skim = await nextFilm(served)
    expect(skim).toMatchObject({ kind: 'skim', pictures: null, models: [{ id: 'clip' }] })
    expect((await served.client().call.work.skimmed(skimOf(skim))).ok).toBe(true)
    const other = await nextAnalysis(served)
    expect(other).toMatchObject({ models: [{ id: 'clip' }], from: 0 })
    const part = partOf(other, 0, 400, true)
    expect((await reportPart(served, other, { ...part, boundaries: [], tracks: [] })).ok).toBe(true)
    await second.summary
    expect(library.store.shots.shots('va')).toEqual(shots)
    expect(vectorsOf('va')).toEqual(palette)
    expect(vectorsOf('va', 'clip')?.frames).toHaveLength(80)

    library.store.jobs.redo('analyzed', '')
    const third = served.begin()
    const again = await nextAnalysis(served)
    expect(again).toMatchObject({ models: [], from: 0 })
    expect((await reportPart(served, again, { ...partOf(again, 0, 400, true), boundaries: [] })).ok).toBe(
      true,
    )
    await third.summary
    expect(library.store.shots.shots('va')).toHaveLength(1)
    expect(vectorsOf('va')).toEqual(palette)
  })

  it('keeps fine vectors when the film is skimmed again', async () => {
    putFilms(library.store, 1)
    const first = served.begin()
    await skimAll(served, 1, 100)
    await analyze(served, await nextAnalysis(served))
    await first.summary
    library.store.jobs.redo('skimmed', 'palette')
    const second = served.begin()
    const skim = await nextFilm(served)
    expect(skim.kind).toBe('skim')
    expect((await served.client().call.work.skimmed(skimOf(skim))).ok).toBe(true)
    expect(await second.summary).toMatchObject({ stages: { skimmed: { done: 1 }, analyzed: { done: 0 } } })
    expect(vectorsOf('va')?.frames).toHaveLength(20)
  })

  it('keeps the coarse vectors of a film of which no frame was worth one', async () => {
    putFilms(library.store, 1)
    served.begin()
    await skimAll(served, 1, 100)
    const task = await nextAnalysis(served)
    expect((await reportPart(served, task, { ...partOf(task, 0, 100, true), vectors: [] })).ok).toBe(true)
    expect(vectorsOf('va')?.times).toHaveLength(10)
    expect(library.store.shots.shots('va')).toHaveLength(2)
  })
})
