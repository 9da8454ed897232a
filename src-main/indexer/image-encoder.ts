import { fail, ok, type Result } from '../../src-preload/contract/result.ts'
import { openImageTower } from '../foundation/image-tower.ts'
import type { ModelFolder } from '../foundation/model-folder.ts'
import type { OnnxOptions } from '../foundation/onnx-session.ts'

export type ImageEncoderOptions = OnnxOptions & {
  /**
   * Pictures in one run; a model with a fixed batch keeps its own number. 4 is right on 2 cores: ViT-B/32 took 35, 22,
   * 21.4, 21.2 ms a picture in batches of 2, 4, 8, 16 and blocked for so long times that number.
   */
  readonly batch: number
}

export type ImageEncoder = {
  readonly pictureBytes: number
  readonly dimensions: number
  /** Pictures in one run, as it is really done. */
  readonly batch: number
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

/** Loads the image tower into this process (blocks while it loads). Errors: model-failed. */
export const openImageEncoder = async (
  folder: ModelFolder,
  options: ImageEncoderOptions,
): Promise<Result<ImageEncoder>> => {
  const opened = await openImageTower(folder, options)
  if (!opened.ok) return opened
  const tower = opened.value
  const batch = tower.fixedBatch ?? Math.max(1, options.batch)
  return ok({
    pictureBytes: tower.pictureBytes,
    dimensions: tower.dimensions,
    batch,
    embed: async (pictures, signal) => {
      const vectors: Float32Array[] = []
      for (let from = 0; from < pictures.length; from += batch) {
        if (signal?.aborted) return fail('cancelled', 'Embedding was cancelled')
        const run = await tower.embedBatch(pictures.slice(from, from + batch))
        if (!run.ok) return run
        vectors.push(...run.value)
      }
      return ok(vectors)
    },
    dispose: tower.dispose,
  })
}
