import { fail, ok, type Result } from '../../src-preload/contract/result.ts'
import type { OnnxProvider } from '../domain/onnx-provider.ts'
import { openTowerOrCpu, type TowerOrCpuOptions } from '../foundation/image-tower-or-cpu.ts'
import type { ModelFolder } from '../foundation/model-folder.ts'

export type ImageEncoderOptions = Partial<Omit<TowerOrCpuOptions, 'threads'>> & {
  /** Threads inside one operator, where the CPU computes. */
  readonly threads: number
  /**
   * Pictures in one run; a model with a fixed batch keeps its own number. 4 is right on 2 cores: ViT-B/32 took 35, 22,
   * 21.4, 21.2 ms a picture in batches of 2, 4, 8, 16 and blocked for so long times that number. Other providers
   * are measured (provider-canary.ts).
   */
  readonly batch: number
}

export type ImageEncoder = {
  readonly pictureBytes: number
  readonly dimensions: number
  /** Pictures in one run, as it is really done; less than it was once the CPU has taken over. */
  readonly batch: number
  readonly provider: OnnxProvider
  /**
   * A unit vector for each picture (rgb24 at the model's size), in their order, as many runs as that takes.
   * Each run blocks this thread; between two runs the event loop turns once, so that pipes are emptied.
   * Errors: bad-arguments, model-failed, cancelled.
   */
  readonly embed: (
    pictures: readonly Uint8Array[],
    signal?: AbortSignal,
  ) => Promise<Result<readonly Float32Array[]>>
  readonly dispose: () => Promise<void>
}

/** What a run on the CPU may hold once another provider has failed: the batch was that provider's. */
const cpuBatch = 4

/**
 * Loads the image tower into this process (blocks while it loads), on the CPU where no `provider` is given. A provider
 * that fails gives way to the CPU (image-tower-or-cpu.ts). Errors: model-failed.
 */
export const openImageEncoder = async (
  folder: ModelFolder,
  options: ImageEncoderOptions,
): Promise<Result<ImageEncoder>> => {
  const wanted = options.provider ?? 'cpu'
  const opened = await openTowerOrCpu(folder, {
    ...options,
    provider: wanted,
    onFallback: options.onFallback ?? (() => undefined),
  })
  if (!opened.ok) return opened
  const tower = opened.value
  const batch = (): number => {
    const most = tower.provider() === wanted ? options.batch : Math.min(options.batch, cpuBatch)
    return tower.fixedBatch ?? Math.max(1, most)
  }
  return ok({
    pictureBytes: tower.pictureBytes,
    dimensions: tower.dimensions,
    get batch() {
      return batch()
    },
    get provider() {
      return tower.provider()
    },
    embed: async (pictures, signal) => {
      const vectors: Float32Array[] = []
      while (vectors.length < pictures.length) {
        if (signal?.aborted) return fail('cancelled', 'Embedding was cancelled')
        const run = await tower.embedBatch(pictures.slice(vectors.length, vectors.length + batch()))
        if (!run.ok) return run
        vectors.push(...run.value)
      }
      return ok(vectors)
    },
    dispose: tower.dispose,
  })
}
