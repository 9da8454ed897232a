import { ok, type Result } from '../../src-preload/contract/result.ts'
import type { OnnxProvider } from '../domain/onnx-provider.ts'
import { openImageTower, type ImageTower } from './image-tower.ts'
import type { ModelFolder } from './model-folder.ts'
import type { OnnxOptions } from './onnx-session.ts'

export type TowerOrCpuOptions = {
  readonly threads: number
  readonly provider: OnnxProvider
  /** The provider failed and the CPU has taken over for good; `why` in onnxruntime's words. Told once. */
  readonly onFallback: (provider: OnnxProvider, why: string) => void
  /** An argument for tests. */
  readonly openTower?: (folder: ModelFolder, options: OnnxOptions) => Promise<Result<ImageTower>>
}

export type TowerOrCpu = ImageTower & {
  /** Where it runs now. */
  readonly provider: () => OnnxProvider
}

/**
 * An image tower on `provider` that goes over to the CPU when that cannot be opened or fails in a run (a device
 * that was lost, memory that ran out): the batch is done again there, and nobody who waits for it notices. Only a
 * failure of the CPU is one. Blocks. Errors: model-failed, bad-arguments.
 */
export const openTowerOrCpu = async (
  folder: ModelFolder,
  { threads, provider, onFallback, openTower = openImageTower }: TowerOrCpuOptions,
): Promise<Result<TowerOrCpu>> => {
  let current = provider
  let disposed = false
  const opened = await openTower(folder, { threads, provider })
  let first = opened
  if (!opened.ok && provider !== 'cpu') {
    onFallback(provider, opened.error.message)
    current = 'cpu'
    first = await openTower(folder, { threads })
  }
  if (!first.ok) return first
  let tower = first.value
  let falling: Promise<Result<null>> | null = null

  const fallBack = async (why: string): Promise<Result<null>> => {
    onFallback(provider, why)
    const [broken, fresh] = [tower, await openTower(folder, { threads })]
    if (!fresh.ok) return fresh
    tower = fresh.value
    current = 'cpu'
    await broken.dispose()
    if (disposed) await tower.dispose()
    return ok(null)
  }

  return ok({
    pictureBytes: tower.pictureBytes,
    dimensions: tower.dimensions,
    fixedBatch: tower.fixedBatch,
    provider: () => current,
    embedBatch: async (pictures) => {
      const used = tower
      const answer = await used.embedBatch(pictures)
      const isProviders = !answer.ok && answer.error.code === 'model-failed' && !disposed
      if (!isProviders || (current === 'cpu' && used === tower)) return answer
      // Of two runs that fail together one goes over, the other waits for it.
      if (used === tower) falling ??= fallBack(answer.error.message)
      const fallen = falling === null ? ok(null) : await falling
      return fallen.ok ? tower.embedBatch(pictures) : fallen
    },
    dispose: async () => {
      disposed = true
      await tower.dispose()
    },
  })
}
