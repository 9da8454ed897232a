import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { callerGone } from '../../src-preload/contract/server.ts'
import { expectOk, ok } from '../../src-preload/contract/result.ts'
import { takeLock } from '../../src-main/catalog/database.ts'
import type { ParityGate } from '../../src-main/catalog/model-checks.ts'
import { eventually } from '../app/kinora-cli.ts'
import { openBreakingHub } from '../encoder/breaking-hub.ts'
import { layOutHub } from './hub-registry.ts'
import { manageModels } from './managed-models.ts'
import type { ManagedModels } from './managed-models.ts'
import { temporaryStore } from './temporary-store.ts'
import type { TemporaryStore } from './temporary-store.ts'

const hub = await openBreakingHub()
const registry = await layOutHub(hub)

describe('getting a model', () => {
  let library: TemporaryStore
  let models: ManagedModels
  const open = (gate?: ParityGate): void => {
    library = temporaryStore(registry)
    library.store.settings.choose('model-mirror', hub.base)
    models = manageModels(library, registry, gate)
  }
  const folder = (): string => join(library.paths.directory, 'models')
  const left = (): readonly string[] =>
    existsSync(folder()) ? readdirSync(folder()).filter((name) => !name.startsWith('downloads.lock')) : []
  beforeEach(() => {
    hub.misdeeds.length = 0
    hub.asked.length = 0
    open()
  })
  afterEach(async () => {
    await models.management.close()
    library.dispose()
  })

  it('lists what can be had before it is there', async () => {
    const list = await models.list()
    expect(Object.keys(list)).toEqual(['palette', 'tiny-hub', 'tiny-cuts'])
    const bytes = registry.models[0]?.files.reduce((sum, file) => sum + (file.bytes ?? 0), 0)
    expect(list['tiny-hub']).toMatchObject({
      kind: 'pair',
      state: 'available',
      ...{ licence: 'MIT', licenceWords: { en: 'Free.', de: 'Frei.' }, commercialUse: true },
      ...{ current: false, next: false, coverage: 1, dimensions: 1176, bytes },
      ...{ goodAt: { en: 'Tests.', de: 'Tests.' }, languages: ['en'], parity: null, runsOn: null },
      ...{ download: null, downloadError: null },
      cost: { films: 0, seconds: 0, measured: false, bytes: 0 },
    })
    expect(list['tiny-cuts']).toMatchObject({ kind: 'shots', state: 'available', cost: null })
    expect(list['palette']).toMatchObject({
      kind: 'pair',
      state: 'ready',
      current: true,
      commercialUse: true,
    })
    expect(await models.use('tiny-hub')).toMatchObject({
      error: { code: 'model-missing', advice: expect.stringContaining('models get tiny-hub') as string },
    })
    expect(await models.get('palette')).toMatchObject({ error: { code: 'not-found' } })
  })

  it('brings it, checked, to be used; every request stands in the log', async () => {
    expectOk(await models.get('tiny-hub'), 'get')
    const model = (await models.list())['tiny-hub']
    expect(model).toMatchObject({ state: 'ready', parity: 'unverified', download: null, downloadError: null })
    expect(left()).toEqual(['tiny-hub'])
    const lines = readFileSync(library.paths.requestLog, 'utf8').trim().split('\n')
    expect(lines).toHaveLength(hub.asked.length)
    expect(lines.every((line) => line.includes(` GET ${hub.base}/`))).toBe(true)
    expectOk(await models.use('tiny-hub'), 'use')
    expect((await models.list())['tiny-hub']?.current).toBe(true)
    const asked = hub.asked.length
    expect(await models.get('tiny-hub')).toMatchObject({ ok: true })
    expect(hub.asked).toHaveLength(asked)
    expectOk(await models.remove('tiny-hub'), 'remove')
    expect(left()).toEqual([])
    expect((await models.list())['tiny-hub']).toMatchObject({ state: 'available', current: false })
  })

  it('brings a detector of cuts, which a setting then names', async () => {
    expectOk(await models.get('tiny-cuts'), 'get')
    expect((await models.list())['tiny-cuts']).toMatchObject({ state: 'ready', current: false })
    expectOk(await models.use('tiny-cuts'), 'use')
    expect(library.store.settings.get('shot-model')).toBe(join(folder(), 'tiny-cuts'))
    expect((await models.list())['tiny-cuts']?.current).toBe(true)
    expect((await models.list())['palette']?.current).toBe(true)
    expectOk(await models.remove('tiny-cuts'), 'remove')
    expect(library.store.settings.get('shot-model')).toBeNull()
  })

  it('shows how far it is, at most twice a second, and leaves nothing when it is cancelled', async () => {
    hub.misdeeds.push({ do: 'slow', pieces: 40, seconds: 20 })
    const controller = new AbortController()
    const before = models.changes()
    const got = models.get('tiny-hub', controller.signal)
    const download = await eventually('progress', 10, async () => {
      const now = (await models.list())['tiny-hub']
      return now?.state === 'downloading' && (now.download?.bytes ?? 0) > 0 ? now.download : null
    })
    expect(download.bytes).toBeLessThan(download.total)
    await wait(600)
    expect(models.changes() - before).toBeLessThan(8)
    expect(await models.remove('tiny-hub')).toMatchObject({ error: { code: 'busy' } })
    controller.abort()
    expect(await got).toMatchObject({ error: { code: 'cancelled' } })
    expect((await models.list())['tiny-hub']).toMatchObject({
      ...{ state: 'available', download: null, downloadError: null },
    })
    expect(left()).toEqual([])
  })

  it('is one download for all that ask; it ends only when all of them cancel', async () => {
    hub.misdeeds.push({ do: 'slow', pieces: 10, seconds: 0.5 })
    const [one, two] = [new AbortController(), new AbortController()]
    const both = [models.get('tiny-hub', one.signal), models.get('tiny-hub', two.signal)]
    await wait(100)
    one.abort()
    expect(await both[0]).toMatchObject({ error: { code: 'cancelled' } })
    expectOk((await both[1]) ?? ok([]), 'the other')
    expect(hub.asked.filter(({ url }) => url.includes('vision'))).toHaveLength(1)
    expect((await models.list())['tiny-hub']?.state).toBe('ready')
  })

  it('goes on for a window that was closed, and a closing catalog keeps what is there', async () => {
    hub.misdeeds.push({ do: 'slow', pieces: 10, seconds: 0.5 })
    const window = new AbortController()
    const got = models.get('tiny-hub', window.signal)
    await wait(100)
    window.abort(callerGone)
    expectOk(await got, 'get')
    expectOk(await models.remove('tiny-hub'), 'remove')

    hub.misdeeds.push({ do: 'slow', pieces: 40, seconds: 20 })
    const broken = models.get('tiny-hub')
    await eventually('a part', 10, () => (left().includes('tiny-hub.part') ? true : null))
    await wait(800)
    await models.management.close()
    expect((await broken).ok).toBe(false)
    expect(left()).toEqual(['tiny-hub.part'])
  })

  it('keeps the error in the list until the next try', async () => {
    const tiny = hub.repositories['kinora/tiny']!
    delete hub.repositories['kinora/tiny']
    expect(await models.get('tiny-hub')).toMatchObject({ error: { code: 'download-failed' } })
    const failed = (await models.list())['tiny-hub']
    expect(failed).toMatchObject({ state: 'available', downloadError: { code: 'download-failed' } })
    expect(failed?.downloadError?.message).toContain('404')
    hub.repositories['kinora/tiny'] = tiny
    expectOk(await models.get('tiny-hub'), 'again')
    expect((await models.list())['tiny-hub']).toMatchObject({ state: 'ready', downloadError: null })
  })

  it('waits for no other library that is downloading into the same folder', async () => {
    mkdirSync(folder(), { recursive: true })
    const lock = takeLock(join(folder(), 'downloads.lock'))
    expect(await models.get('tiny-hub')).toMatchObject({ error: { code: 'busy' } })
    lock?.release()
    expectOk(await models.get('tiny-hub'), 'get')
  })

  it('takes the full-precision file where the quantised one fails its gate', async () => {
    library.dispose()
    let asked = 0
    open(() => {
      asked += 1
      return Promise.resolve(ok({ state: 'failed', why: 'it finds other things', bigger: ['text'] }))
    })
    expectOk(await models.get('tiny-hub'), 'get')
    expect(asked).toBe(1)
    expect((await models.list())['tiny-hub']).toMatchObject({ state: 'ready', parity: 'passed' })
    expect(left()).toEqual(['tiny-hub'])
    expect(hub.asked.some(({ url }) => url.endsWith('/text.onnx'))).toBe(true)
    // The other half was good: it is not downloaded twice.
    expect(hub.asked.filter(({ url }) => url.includes('vision'))).toHaveLength(1)
  })

  it('takes files that were downloaded by hand', async () => {
    const byHand = join(library.paths.directory, 'by hand')
    mkdirSync(byHand)
    for (const [name, bytes] of Object.entries(hub.repositories['kinora/tiny']!.files))
      writeFileSync(join(byHand, name), bytes)
    const context = { signal: new AbortController().signal, caller: 1 }
    const { calls } = models.management
    expectOk(await calls.sideLoad({ id: 'tiny-hub', directory: byHand }, context), 'side-load')
    expect(hub.asked).toEqual([])
    expect((await models.list())['tiny-hub']).toMatchObject({ state: 'ready', parity: 'unverified' })
    expect(await calls.sideLoad({ id: 'nothing', directory: byHand }, context)).toMatchObject({
      error: { code: 'not-found' },
    })
  })
})
