import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { expectOk } from '../../src-preload/contract/result.ts'
import { drop } from '../../src-main/foundation/drop.ts'
import { writeTinyModel } from '../encoder/tiny-model.ts'
import { manageModels } from './managed-models.ts'
import type { ManagedModels } from './managed-models.ts'
import { nextFilm, skimAll, skimOf } from './served-indexer.ts'
import { putFilms, temporaryStore } from './temporary-store.ts'
import type { TemporaryStore } from './temporary-store.ts'

/** A folder with a model of this name; `salt` makes its picture half another one. */
const folderOf = async (id: string, salt = ''): Promise<string> =>
  writeTinyModel({
    edit: (manifest) => ({
      ...manifest,
      id,
      ...(salt === '' ? {} : { description: salt }),
    }),
  })

describe('changing the model', () => {
  let library: TemporaryStore
  let models: ManagedModels
  beforeEach(async () => {
    library = temporaryStore()
    models = manageModels(library)
    for (const id of ['one', 'two']) expectOk(await models.add(await folderOf(id)), id)
  })
  afterEach(() => library.dispose())

  const current = (): string => library.store.models.currentId()
  const next = (): string | null => library.store.models.nextId()
  /** Skims `films` films that are new to the target model. */
  const skim = async (films: number): Promise<readonly (readonly string[])[]> => {
    const seen: string[][] = []
    for (let i = 0; i < films; i += 1) {
      const task = await nextFilm(models.served)
      seen.push(task.models.map(({ id }) => id))
      expectOk(await models.served.client().call.work.skimmed(skimOf(task)), 'skimmed')
    }
    return seen
  }
  /** Films with palette's vectors, and a run that follows the target; only skims are asked for. */
  const indexed = async (films: number): Promise<() => void> => {
    putFilms(library.store, films)
    const controller = new AbortController()
    drop(models.served.runs.begin({ stage: 'skimmed', model: null, follow: true }, controller.signal))
    library.store.jobs.insertMissing(models.served.runs.wanted())
    await skimAll(models.served, films, 60)
    return () => controller.abort()
  }

  it('is done at once where the old one has seen nothing, or on request', async () => {
    expectOk(await models.use('one'), 'use')
    expect([current(), next()]).toEqual(['one', null])
    const stop = await indexed(2)
    expectOk(await models.use('two', true), 'use')
    expect([current(), next()]).toEqual(['two', null])
    expect((await models.list())['two']).toMatchObject({ current: true, coverage: 0, cost: { films: 2 } })
    stop()
  })

  it('waits until the new one has seen enough; going back costs nothing', async () => {
    const stop = await indexed(3)
    const before = models.changes()
    expectOk(await models.use('one'), 'use')
    expect([current(), next()]).toEqual(['palette', 'one'])
    expect(models.changes()).toBeGreaterThan(before)
    expect((await models.list())['one']).toMatchObject({ next: true, current: false, coverage: 0 })
    // Only the next one's vectors are made from now on, in the very same run.
    expect(await skim(2)).toEqual([['one'], ['one']])
    expect(current()).toBe('palette')
    expect((await models.list())['one']?.coverage).toBeCloseTo(2 / 3)
    await skim(1)
    expect([current(), next()]).toEqual(['one', null])
    expect((await models.list())['palette']?.coverage).toBe(1)
    expectOk(await models.use('palette'), 'back')
    expect([current(), next()]).toEqual(['palette', null])
    expectOk(await models.use('one'), 'and there again')
    expect([current(), next()]).toEqual(['one', null])
    stop()
  })

  it('is cancelled by using the current one; of two changes the later one wins', async () => {
    const stop = await indexed(2)
    expectOk(await models.use('one'), 'use')
    expectOk(await models.use('palette'), 'never mind')
    expect([current(), next()]).toEqual(['palette', null])
    const both = await Promise.all([models.use('one'), models.use('two')])
    expect(both.every(({ ok }) => ok)).toBe(true)
    expect([current(), next()]).toEqual(['palette', 'two'])
    expectOk(await models.use('one'), 'use')
    expect(next()).toBe('one')
    expect(await skim(2)).toEqual([['one'], ['one']])
    stop()
  })

  it('takes back what was being embedded for another one', async () => {
    const stop = await indexed(2)
    expectOk(await models.use('one'), 'use')
    const task = await nextFilm(models.served)
    expectOk(await models.use('two'), 'use')
    expect(models.served.work.inFlight(task.id)).toBeNull()
    expect(await models.served.client().call.work.skimmed(skimOf(task))).toMatchObject({
      error: { code: 'not-found' },
    })
    expect(await skim(2)).toEqual([['two'], ['two']])
    expect(current()).toBe('two')
    stop()
  })

  it('begins with the films that a person looks at', async () => {
    const stop = await indexed(3)
    expectOk(await models.use('one'), 'use')
    models.served.work.touch('vc')
    expect((await nextFilm(models.served)).videoId).toBe('vc')
    stop()
  })

  it('does not wait for films that cannot be embedded, but for those that would be lost', async () => {
    const stop = await indexed(3)
    expectOk(await models.use('one'), 'use')
    const task = await nextFilm(models.served)
    const error = { code: 'damaged', message: 'no', advice: '' } as const
    await models.served.client().call.work.failed({ task: task.id, error, seconds: 1 })
    const folder = library.store.folders.all()[0]
    expect(folder).toBeDefined()
    await skim(1)
    // The last one is on a drive that goes away: palette has it, so palette goes on answering.
    library.store.folders.setOnline(folder?.id ?? 0, false)
    models.management.switching.check()
    expect(current()).toBe('palette')
    library.store.folders.setOnline(folder?.id ?? 0, true)
    models.served.work.wake()
    await skim(1)
    expect(current()).toBe('one')
    stop()
  })

  it('survives the removal of either', async () => {
    const stop = await indexed(2)
    expectOk(await models.use('one'), 'use')
    await skim(2)
    expectOk(await models.use('two'), 'use')
    expect([current(), next()]).toEqual(['one', 'two'])
    expectOk(await models.remove('one'), 'remove')
    // What the built-in one has seen answers meanwhile.
    expect([current(), next()]).toEqual(['palette', 'two'])
    expect(library.store.vectors.videosWith('one')).toBe(0)
    expectOk(await models.remove('two'), 'remove')
    expect([current(), next()]).toEqual(['palette', null])
    expect(Object.keys(await models.list())).not.toEqual(expect.arrayContaining(['one']))
    expect(await models.remove('palette')).toMatchObject({ error: { code: 'not-allowed' } })
    stop()
  })

  it('drops the vectors of one that does not answer, and then has to make them again', async () => {
    const stop = await indexed(2)
    expectOk(await models.use('one'), 'use')
    await skim(2)
    expect(await models.dropVectors('one')).toMatchObject({ error: { code: 'not-allowed' } })
    expectOk(await models.dropVectors('palette'), 'drop')
    expect(library.store.vectors.videosWith('palette')).toBe(0)
    expect((await models.list())['palette']).toMatchObject({ coverage: 0, state: 'ready' })
    expectOk(await models.use('palette'), 'use')
    expect([current(), next()]).toEqual(['one', 'palette'])
    expect(await skim(2)).toEqual([['palette'], ['palette']])
    expect(current()).toBe('palette')
    stop()
  })

  it('drops what another picture half has made under the same name', async () => {
    const stop = await indexed(1)
    expectOk(await models.use('one'), 'use')
    await skim(1)
    expect(library.store.vectors.videosWith('one')).toBe(1)
    const same = await folderOf('one', 'the same files in another folder')
    expectOk(await models.add(same), 'add')
    expect(library.store.vectors.videosWith('one')).toBe(1)
    const other = await writeTinyModel({ fixedBatch: 2, edit: (manifest) => ({ ...manifest, id: 'one' }) })
    expectOk(await models.add(other), 'add')
    expect(library.store.vectors.videosWith('one')).toBe(0)
    expect(await skim(1)).toEqual([['one']])
    stop()
  })

  it('refuses research-only weights until a person says that they are wanted all the same', async () => {
    const directory = await folderOf('lab')
    const file = join(directory, 'model.json')
    const manifest = JSON.parse(readFileSync(file, 'utf8')) as object
    const licence = { id: 'CC-BY-NC-4.0', commercialUse: false }
    writeFileSync(file, JSON.stringify({ ...manifest, licence }))
    const refused = await models.add(directory)
    expect(refused).toMatchObject({ error: { code: 'not-allowed' } })
    expect(!refused.ok && refused.error.message).toContain('research only')
    expect((await models.list())['lab']).toBeUndefined()
    const context = { signal: new AbortController().signal, caller: 1 }
    expectOk(await models.management.calls.add({ directory, licence: true }, context), 'add')
    expect((await models.list())['lab']).toMatchObject({ commercialUse: false, state: 'ready' })
  })
})
