import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import * as v from 'valibot'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import type { ProviderState } from '../../src-preload/contract/nouns.ts'
import { layOutHub } from '../catalog/hub-registry.ts'
import { openBreakingHub } from '../encoder/breaking-hub.ts'
import { scratchFolder } from '../indexer/scratch.ts'
import { doctorShape, failureShape, modelsShape } from './answer-shapes.ts'
import type { DoctorAnswer } from './answer-shapes.ts'
import { createKinoraCli, eventually, runKinora } from './kinora-cli.ts'

const hub = await openBreakingHub()
const registry = await layOutHub(hub)

const environment: NodeJS.ProcessEnv = {}
const kinora = createKinoraCli(environment)
const root = dirname(kinora.library)
const modelsFolder = join(root, 'models')
afterAll(() => kinora.dispose())

const left = (): readonly string[] =>
  existsSync(modelsFolder)
    ? readdirSync(modelsFolder).filter((name) => !name.startsWith('downloads.lock'))
    : []

describe('models on the command line', () => {
  beforeEach(() => {
    const file = join(root, 'registry.json')
    writeFileSync(file, JSON.stringify(registry))
    environment['KINORA_REGISTRY'] = file
    environment['KINORA_MODELS'] = modelsFolder
    hub.misdeeds.length = 0
  })

  it('Ctrl-C leaves nothing of a download', async () => {
    await kinora.ask('settings', 'model-mirror', hub.base)
    hub.misdeeds.push({ do: 'slow', pieces: 100, seconds: 60 })
    const getting = kinora.start('models', 'get', 'tiny-hub')
    await eventually('the first bytes', 20, () => (left().includes('tiny-hub.part') ? true : null))
    await wait(300)
    getting.child.kill('SIGINT')
    const ended = await getting.ended
    expect(ended.status).toBe(3)
    expect(v.parse(failureShape, ended.json()).error.code).toBe('cancelled')
    expect(left()).toEqual([])
  })

  it('gets a model, uses it, tests it and removes it', async () => {
    const run = await kinora.run('models', 'get', 'tiny-hub')
    expect(run.status, run.stdout + run.stderr).toBe(0)
    const { models } = v.parse(modelsShape, run.json())
    expect(models.map(({ id, state }) => [id, state])).toEqual([
      ['palette', 'ready'],
      ['tiny-hub', 'ready'],
      ['tiny-cuts', 'available'],
    ])
    expect(run.stderr).toBe('')
    const log = readFileSync(join(kinora.library, 'logs', 'requests.log'), 'utf8')
    expect(log).toContain(`${hub.base}/kinora/tiny/resolve/`)
    const tested = await kinora.run('models', 'test', 'tiny-hub')
    const { providers } = tested.json() as { readonly providers: readonly ProviderState[] }
    expect(providers.find(({ provider }) => provider === 'cpu')).toMatchObject({ state: 'passed' })
    expect(providers.filter(({ chosen }) => chosen)).toHaveLength(1)
    expect(providers.find(({ chosen }) => chosen)?.picturesPerSecond).toBeGreaterThan(0)
    const used = v.parse(modelsShape, (await kinora.run('models', 'use', 'tiny-hub')).json())
    expect(used.models.find(({ current }) => current)?.id).toBe('tiny-hub')
    const { checks } = v.parse(doctorShape, (await kinora.run('doctor')).json()) satisfies DoctorAnswer
    const about = checks.find(({ name }) => name === 'models')?.detail
    expect(about).toContain('tiny-hub answers')
    expect(about).toContain(modelsFolder)
    expect(about).toContain(join('logs', 'requests.log'))
    expect(checks.find(({ name }) => name === 'calibration')?.detail).toContain('60 frames')
    const removed = v.parse(modelsShape, (await kinora.run('models', 'remove', 'tiny-hub')).json())
    expect(removed.models.find(({ current }) => current)?.id).toBe('palette')
    expect(left()).toEqual([])
  })

  it('finds cuts with a downloaded detector, and reads words for people', async () => {
    const library = ['--library', kinora.library]
    const got = await runKinora(['models', 'get', 'tiny-cuts', ...library], environment)
    expect(got.status).toBe(0)
    expect(got.stdout).toContain('Find cuts with it: kinora models use tiny-cuts')
    const used = await runKinora(['models', 'use', 'tiny-cuts', ...library], environment)
    expect(used.stdout).toMatch(/\* tiny-cuts: .*finds cuts, ready/)
    const { settings } = await kinora.ask<{ settings: readonly { value: string | null }[] }>(
      'settings',
      'shot-model',
    )
    expect(settings[0]?.value).toBe(join(modelsFolder, 'tiny-cuts'))
    expect((await kinora.run('models', 'remove', 'tiny-cuts')).status).toBe(0)
  })

  it('takes files that were downloaded by hand, and says what is missing', async () => {
    const byHand = join(scratchFolder(), 'by hand')
    mkdirSync(byHand)
    const missing = await kinora.run('models', 'add', byHand, '--as', 'tiny-hub')
    expect(missing.status).toBe(3)
    expect(v.parse(failureShape, missing.json()).error).toMatchObject({ code: 'missing-file' })
    for (const [name, bytes] of Object.entries(hub.repositories['kinora/tiny']?.files ?? {}))
      writeFileSync(join(byHand, name), bytes)
    const added = await kinora.run('models', 'add', byHand, '--as', 'tiny-hub')
    expect(v.parse(modelsShape, added.json()).models[1]).toMatchObject({ id: 'tiny-hub', state: 'ready' })
  })

  it('refuses research-only weights in plain words', async () => {
    const folder = join(modelsFolder, 'tiny-hub')
    const file = join(folder, 'model.json')
    const manifest = JSON.parse(readFileSync(file, 'utf8')) as object
    writeFileSync(
      file,
      JSON.stringify({ ...manifest, id: 'lab', licence: { id: 'CC-BY-NC-4.0', commercialUse: false } }),
    )
    const refused = await kinora.run('models', 'add', folder)
    expect(refused.status).toBe(3)
    expect(v.parse(failureShape, refused.json()).error).toMatchObject({
      code: 'not-allowed',
      message: expect.stringContaining('research only') as string,
      advice: expect.stringContaining('--accept-licence') as string,
    })
    const added = await kinora.run('models', 'add', folder, '--accept-licence')
    expect(v.parse(modelsShape, added.json()).models.map(({ id }) => id)).toContain('lab')
  })
})
