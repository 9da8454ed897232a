import type { Result } from '../../src-preload/contract/result.ts'
import { ok } from '../../src-preload/contract/result.ts'
import type { ModelManifest } from '../../src-preload/contract/model-manifest.ts'
import type { OnnxProvider } from '../domain/onnx-provider.ts'
import { after as realAfter } from '../foundation/after.ts'
import type { After } from '../foundation/after.ts'
import { drop } from '../foundation/drop.ts'
import { openModelFolder } from '../foundation/model-folder.ts'
import { createEmbedQueue } from './embed-queue.ts'
import type { EmbedQueue } from './embed-queue.ts'
import { openImageEncoder } from './image-encoder.ts'
import type { ImageEncoder, ImageEncoderOptions } from './image-encoder.ts'

/** A model's image encoder and the queue through which all films feed it. */
export type LoadedEncoder = {
  readonly manifest: ModelManifest
  readonly dimensions: number
  readonly queue: EmbedQueue
}

/** What a model's pictures are computed by, as the catalog's provider checks chose it, and how many a run. */
export type EncoderUse = { readonly provider: OnnxProvider; readonly batch: number }

export type EncoderShelf = {
  /**
   * The encoder of the model in `directory`, loaded once; on the CPU where no `use` is given. Another `use` than before
   * loads it anew: films that began with the old one end with it. Errors: bad-model, model-missing, model-failed.
   */
  readonly get: (directory: string, use?: EncoderUse) => Promise<Result<LoadedEncoder>>
}

export type EncoderShelfOptions = Pick<ImageEncoderOptions, 'openTower'> & {
  readonly threads: number
  /** Pictures a run on the CPU. */
  readonly batch: number
  /** A provider failed in the middle of work and the CPU has taken over for the rest of this process's life. */
  readonly onFallback?: (provider: OnnxProvider, why: string, directory: string) => void
  readonly after?: After
}

/** Pictures that may wait for each film: bounds memory, and slows the decoder down when the encoder is behind. */
const roomPerFilm = 16
/** As long as ffmpeg takes to start: less, and the last frames of a film run in small, dear batches (21.7 and 20.6 s of CPU, one run each). */
const lingerSeconds = 0.2
/** An encoder that gave way to another is unloaded once no film has used it for so long: films open it a moment after asking. */
const retiredSeconds = 60

type Entry = {
  readonly key: string
  readonly loading: Promise<Result<LoadedEncoder & { readonly retire: () => void }>>
}

/** Image encoders of the models in use. A failure to load is remembered until the indexer ends: it would fail again. */
export const createEncoderShelf = (options: EncoderShelfOptions): EncoderShelf => {
  const after = options.after ?? realAfter
  const entries = new Map<string, Entry>()
  /** What has failed here is not tried again: the next film would only lose time. */
  const failed = new Set<OnnxProvider>()

  const load = async (directory: string, { provider, batch }: EncoderUse): Entry['loading'] => {
    const folder = await openModelFolder(directory, { verify: false })
    if (!folder.ok) return folder
    const { threads, openTower } = options
    const encoder = await openImageEncoder(folder.value, {
      threads,
      provider,
      batch,
      ...(openTower === undefined ? {} : { openTower }),
      onFallback: (which, why) => {
        failed.add(which)
        options.onFallback?.(which, why, directory)
      },
    })
    if (!encoder.ok) return encoder
    const queue = createEmbedQueue({
      encoder: encoder.value,
      roomPerLane: roomPerFilm,
      linger: lingerSeconds,
      after,
    })
    const { dimensions } = encoder.value
    return ok({ manifest: folder.value.manifest, dimensions, ...unloadable(queue, encoder.value, after) })
  }

  return {
    get: (directory, use) => {
      const cpu: EncoderUse = { provider: 'cpu', batch: options.batch }
      const wanted = use === undefined || failed.has(use.provider) ? cpu : use
      const key = `${wanted.provider} ${wanted.batch}`
      const known = entries.get(directory)
      if (known?.key === key || (known !== undefined && use !== undefined && failed.has(use.provider)))
        return known.loading
      if (known !== undefined) drop(known.loading.then((old) => (old.ok ? old.value.retire() : undefined)))
      const entry = { key, loading: load(directory, wanted) }
      entries.set(directory, entry)
      return entry.loading
    },
  }
}

/** `queue`, and a way to let go of its encoder once the films that are in it have ended. */
const unloadable = (
  queue: EmbedQueue,
  encoder: ImageEncoder,
  after: After,
): { readonly queue: EmbedQueue; readonly retire: () => void } => {
  let open = 0
  let retired = false
  let stopTimer = (): void => undefined
  const consider = (): void => {
    stopTimer()
    if (retired && open === 0) stopTimer = after(retiredSeconds, () => drop(encoder.dispose()))
  }
  return {
    queue: {
      open: (signal) => {
        const lane = queue.open(signal)
        let isOpen = true
        open += 1
        consider()
        return {
          ...lane,
          close: () => {
            lane.close()
            if (isOpen) open -= 1
            isOpen = false
            consider()
          },
        }
      },
    },
    retire: () => {
      retired = true
      consider()
    },
  }
}
