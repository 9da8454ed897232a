import { join, resolve } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { expectOk } from '../../src-preload/contract/result.ts'
import { createProviderChecks, type ProviderChecks } from '../../src-main/catalog/provider-checks.ts'
import { noReport, type ProviderReport } from '../../src-main/foundation/canary-report.ts'
import { after } from '../../src-main/foundation/after.ts'
import { forkWithNode, type Forker } from '../../src-main/foundation/engine-process.ts'
import { createLog } from '../../src-main/foundation/log.ts'
import type { ProviderHere } from '../../src-main/foundation/onnx-providers.ts'
import { temporaryStore, type TemporaryStore } from './temporary-store.ts'

const model = {
  id: 'palette',
  directory: resolve(import.meta.dirname, '..', '..', 'resources', 'models', 'palette'),
}
const webgpu: ProviderHere = { provider: 'webgpu', absent: '' }
const cuda: ProviderHere = { provider: 'cuda', absent: '' }
const cpu: ProviderHere = { provider: 'cpu', absent: '' }

const good = (provider: ProviderReport['provider'], perSecond: number): ProviderReport => ({
  ...noReport,
  provider,
  passed: true,
  pictures: 64,
  batch: 16,
  picturesPerSecond: perSecond,
  cpuBatch: 4,
  cpuPicturesPerSecond: 38,
})

let opened: (TemporaryStore | ProviderChecks)[] = []
afterEach(async () => {
  for (const one of opened.reverse())
    if ('close' in one) await one.close()
    else one.dispose()
  opened = []
  vi.unstubAllEnvs()
})

type Setup = {
  readonly here: readonly ProviderHere[]
  readonly says?: Readonly<Record<string, ProviderReport | null>>
  readonly environment?: NodeJS.ProcessEnv
  readonly store?: TemporaryStore
}

/** Checks whose canary processes answer at once what `says` holds; null: they crash. */
const setUp = (setup: Setup) => {
  const store = setup.store ?? temporaryStore()
  if (setup.store === undefined) opened.push(store)
  const asked: string[] = []
  const changed = vi.fn<(model: string) => void>()
  const fork: Forker = (_entry, { arguments: [request] }) => {
    const { provider } = JSON.parse(request ?? '') as { provider: string }
    asked.push(provider)
    return {
      pid: 1,
      exited: Promise.resolve({ code: null, signal: 'SIGSEGV', kind: 'crashed' }),
      firstWord: Promise.resolve(setup.says?.[provider] ?? null),
      kill: () => undefined,
      release: () => undefined,
    }
  }
  const checks = createProviderChecks({
    database: store.database,
    canary: { fork, entry: 'x', logFile: store.paths.log, after },
    log: createLog('test', null),
    clock: () => 1,
    threads: 1,
    environment: setup.environment ?? {},
    onChanged: changed,
    here: () => setup.here,
  })
  opened.push(checks)
  return { checks, asked, changed, store }
}

const settled = (changed: { readonly mock: { readonly calls: unknown[] } }): Promise<void> =>
  vi.waitFor(() => expect(changed.mock.calls).toHaveLength(1))

describe('what a model is computed by', () => {
  it('the CPU until it is known, then the fastest that passed; asked once', async () => {
    const says = { webgpu: good('webgpu', 90), cuda: good('cuda', 400) }
    const { checks, asked, changed } = setUp({ here: [cuda, webgpu, cpu], says })
    const before = await checks.best(model)
    expect(before).toMatchObject({ provider: 'cpu', batch: 4 })
    expect(before.reasons[0]).toBe('CUDA: not checked yet, the CPU works meanwhile.')
    await checks.best(model)
    await settled(changed)
    expect(await checks.best(model)).toMatchObject({ provider: 'cuda', batch: 16, picturesPerSecond: 400 })
    expect((await checks.best(model)).reasons).toEqual([
      'CUDA: 400 pictures a second against 38 on the CPU; 64 pictures agreed.',
      'WebGPU works: 90 pictures a second, but CUDA is faster.',
    ])
    expect(asked).toEqual(['cuda', 'webgpu'])
  })

  it('says why it is the CPU: slower, not there, refused', async () => {
    const absent: ProviderHere = { provider: 'cuda', absent: 'not in this build' }
    const slow = setUp({ here: [absent, webgpu, cpu], says: { webgpu: good('webgpu', 0.4) } })
    await slow.checks.best(model)
    await settled(slow.changed)
    expect(await slow.checks.best(model)).toEqual({
      provider: 'cpu',
      batch: 4,
      picturesPerSecond: 38,
      reasons: [
        'CUDA: not in this build.',
        'WebGPU works (canary passed) but is slower here: 0.4 against 38 pictures a second.',
      ],
    })
    const crashing = setUp({ here: [webgpu, cpu], says: { webgpu: null } })
    await crashing.checks.best(model)
    await settled(crashing.changed)
    expect((await crashing.checks.best(model)).reasons).toEqual([
      'WebGPU was refused: its process crashed (SIGSEGV).',
    ])
  })

  it('is kept, checked again after a change of the machine and on request', async () => {
    const first = setUp({ here: [webgpu], says: { webgpu: good('webgpu', 90) } })
    await first.checks.best(model)
    await settled(first.changed)
    const later = setUp({ here: [webgpu], says: { webgpu: null }, store: first.store })
    expect(await later.checks.best(model)).toMatchObject({ provider: 'webgpu', batch: 16 })
    expect(later.asked).toEqual([])
    expect(expectOk(await later.checks.again(model), 'again')).toMatchObject({ provider: 'cpu' })
    const environment = { VK_DRIVER_FILES: import.meta.filename }
    const updated = setUp({
      here: [webgpu],
      says: { webgpu: good('webgpu', 90) },
      environment,
      store: first.store,
    })
    if (process.platform !== 'linux') return
    expect(await updated.checks.best(model)).toMatchObject({ provider: 'cpu' })
    await settled(updated.changed)
    expect(await updated.checks.best(model)).toMatchObject({ provider: 'webgpu' })
  })

  it('one that was not there is looked for again at the next start', async () => {
    const gone = { ...noReport, provider: 'webgpu', absent: true, why: 'no GPU found' } as const
    const first = setUp({ here: [webgpu], says: { webgpu: gone } })
    await first.checks.best(model)
    await settled(first.changed)
    expect((await first.checks.best(model)).reasons).toEqual(['WebGPU: no GPU found.'])
    expect(first.asked).toEqual(['webgpu'])
    const next = setUp({ here: [webgpu], says: { webgpu: good('webgpu', 90) }, store: first.store })
    await next.checks.best(model)
    await settled(next.changed)
    expect(await next.checks.best(model)).toMatchObject({ provider: 'webgpu' })
  })
})

describe('the doctor', () => {
  it('has a line for each, not there is no fault, wrong is', async () => {
    const absent: ProviderHere = { provider: 'cuda', absent: 'not in this build' }
    const says = {
      cpu: good('cpu', 38),
      webgpu: { ...noReport, provider: 'webgpu', why: 'gave every picture the same vector' } as const,
    }
    const { checks } = setUp({ here: [absent, webgpu, cpu], says })
    const lines = await checks.doctor(model)
    expect(lines.map(({ name, ok }) => [name, ok])).toEqual([
      ['provider:cuda', true],
      ['provider:webgpu', false],
      ['provider:cpu', true],
    ])
    expect(lines[0]!.detail).toBe('not here: not in this build')
    expect(lines[1]!.detail).toContain('failed its canary: gave every picture the same vector')
    expect(lines[1]!.advice).toContain('driver')
    expect(lines[2]!.detail).toContain('38 pictures a second in batches of 16')
  })

  it('refuses a real process whose provider gives garbage', async () => {
    vi.stubEnv('KINORA_TEST_LIE', 'garbage')
    const store = temporaryStore()
    opened.push(store)
    const checks = createProviderChecks({
      database: store.database,
      canary: {
        fork: forkWithNode,
        entry: join(import.meta.dirname, '..', 'encoder', 'lying-canary.ts'),
        logFile: store.paths.log,
        after,
      },
      log: createLog('test', null),
      clock: () => 1,
      threads: 1,
      environment: process.env,
      onChanged: () => undefined,
      here: () => [cuda],
    })
    opened.push(checks)
    const [line] = await checks.doctor(model)
    expect(line).toMatchObject({ name: 'provider:cuda', ok: false })
    expect(line!.detail).toContain("differ from the CPU's")
    expect(await checks.best(model)).toMatchObject({ provider: 'cpu' })
  })
})
