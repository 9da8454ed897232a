import { describe, expect, it, vi } from 'vitest'
import { expectOk, fail, ok } from '../../src-preload/contract/result.ts'
import { openImageTower } from '../../src-main/foundation/image-tower.ts'
import { openModelFolder, type ModelFolder } from '../../src-main/foundation/model-folder.ts'
import type { TowerOrCpuOptions } from '../../src-main/foundation/image-tower-or-cpu.ts'
import { createEncoderShelf } from '../../src-main/indexer/encoder-shelf.ts'
import { openImageEncoder } from '../../src-main/indexer/image-encoder.ts'
import { writeTinyModel } from './tiny-model.ts'

/** A provider that computes on the CPU and loses its device after `good` runs; counts what is open. */
const flaky = (good: number) => {
  let runs = 0
  const open = new Map<string, number>()
  const openTower: NonNullable<TowerOrCpuOptions['openTower']> = async (
    folder,
    { threads, provider = 'cpu' },
  ) => {
    if (good < 0 && provider !== 'cpu') return fail('model-failed', 'no such device')
    const tower = expectOk(await openImageTower(folder, { threads }), 'the CPU')
    open.set(provider, (open.get(provider) ?? 0) + 1)
    return ok({
      ...tower,
      embedBatch: (pictures) =>
        provider !== 'cpu' && ++runs > good
          ? Promise.resolve(fail('model-failed', 'device lost'))
          : tower.embedBatch(pictures),
      dispose: async () => {
        open.set(provider, (open.get(provider) ?? 0) - 1)
        await tower.dispose()
      },
    })
  }
  return { openTower, open }
}
const pictures = (count: number): readonly Uint8Array[] =>
  Array.from({ length: count }, (_, n) =>
    new Uint8Array(64 * 64 * 3).map((__, i) => (i * (n + 3) * 31) % 251),
  )
const tiny = async (): Promise<ModelFolder> =>
  expectOk(await openModelFolder(await writeTinyModel({ size: 64 }), { verify: false }), 'tiny')

describe('a provider that fails in the middle of work', () => {
  it('gives way to the CPU: every vector comes, right and in order, and it is told once', async () => {
    const folder = await tiny()
    const { openTower, open } = flaky(2)
    const onFallback = vi.fn<TowerOrCpuOptions['onFallback']>()
    const plain = expectOk(await openImageEncoder(folder, { threads: 1, batch: 4 }), 'plain')
    const encoder = expectOk(
      await openImageEncoder(folder, { threads: 1, batch: 8, provider: 'webgpu', onFallback, openTower }),
      'flaky',
    )
    expect([encoder.provider, encoder.batch]).toEqual(['webgpu', 8])
    const all = pictures(40)
    const both = await Promise.all([encoder.embed(all.slice(0, 20)), encoder.embed(all.slice(20))])
    expect(both.flatMap((answer) => expectOk(answer, 'half'))).toEqual(
      expectOk(await plain.embed(all), 'plain'),
    )
    expect([encoder.provider, encoder.batch]).toEqual(['cpu', 4])
    expect(onFallback.mock.calls).toEqual([['webgpu', 'device lost']])
    await encoder.dispose()
    await plain.dispose()
    expect(Object.fromEntries(open)).toEqual({ webgpu: 0, cpu: 0 })
  })

  it("that cannot even be opened is the CPU from the start; a wrong picture is nobody's fault", async () => {
    const { openTower } = flaky(-1)
    const onFallback = vi.fn<TowerOrCpuOptions['onFallback']>()
    const options = { threads: 1, batch: 16, provider: 'cuda', onFallback, openTower } as const
    const encoder = expectOk(await openImageEncoder(await tiny(), options), 'encoder')
    expect([encoder.provider, encoder.batch]).toEqual(['cpu', 4])
    expect(await encoder.embed([new Uint8Array(9)])).toMatchObject({ error: { code: 'bad-arguments' } })
    expect(onFallback.mock.calls).toEqual([['cuda', 'no such device']])
    await encoder.dispose()
  })
})

describe('the shelf of encoders', () => {
  it('loads once for a use, anew for another, and unloads the old one when no film is in it', async () => {
    const { directory } = await tiny()
    const { openTower, open } = flaky(Infinity)
    const timers: (() => void)[] = []
    const shelf = createEncoderShelf({
      threads: 1,
      batch: 4,
      openTower,
      after: (seconds, act) => {
        const entry = (): void => (seconds > 10 ? act() : undefined)
        if (seconds > 10) timers.push(entry)
        const timer = seconds > 10 ? undefined : setTimeout(act, seconds * 1000)
        return () => {
          clearTimeout(timer)
          if (timers.includes(entry)) timers.splice(timers.indexOf(entry), 1)
        }
      },
    })
    const onCpu = expectOk(await shelf.get(directory), 'cpu')
    expect(await shelf.get(directory)).toBe(await shelf.get(directory))
    const lane = onCpu.queue.open(new AbortController().signal)
    const onGpu = expectOk(await shelf.get(directory, { provider: 'webgpu', batch: 8 }), 'webgpu')
    expect(Object.fromEntries(open)).toEqual({ cpu: 1, webgpu: 1 })
    expect(timers).toHaveLength(0)
    expectOk(await lane.push(pictures(1)[0]!), 'the old one still works')
    expect(expectOk(await lane.take(), 'its vector')).toHaveLength(1)
    lane.close()
    expect(timers).toHaveLength(1)
    timers[0]!()
    await vi.waitFor(() => expect(open.get('cpu')).toBe(0))
    const film = onGpu.queue.open(new AbortController().signal)
    expectOk(await film.push(pictures(1)[0]!), 'the new one works')
    expect(expectOk(await film.take(), 'its vector')).toHaveLength(1)
    film.close()
  })

  it('does not go back to a provider that has failed here', async () => {
    const { directory } = await tiny()
    const { openTower, open } = flaky(0)
    const onFallback = vi.fn<(provider: string, why: string, directory: string) => void>()
    const shelf = createEncoderShelf({ threads: 1, batch: 4, openTower, onFallback })
    const use = { provider: 'webgpu', batch: 8 } as const
    const { queue } = expectOk(await shelf.get(directory, use), 'webgpu')
    const lane = queue.open(new AbortController().signal)
    for (const picture of pictures(9)) expectOk(await lane.push(picture), 'push')
    expect(expectOk(await lane.take(), 'all of them')).toHaveLength(9)
    lane.close()
    expect(onFallback.mock.calls).toEqual([['webgpu', 'device lost', directory]])
    expect(expectOk(await shelf.get(directory, use), 'again').queue).toBe(queue)
    expect(Object.fromEntries(open)).toEqual({ webgpu: 0, cpu: 1 })
  })
})
