import type { Result } from '../../src-preload/contract/result.ts'
import { ok } from '../../src-preload/contract/result.ts'
import type { ModelManifest } from '../../src-preload/contract/model-manifest.ts'
import { after } from '../foundation/after.ts'
import { openModelFolder } from '../foundation/model-folder.ts'
import { createEmbedQueue } from './embed-queue.ts'
import type { EmbedQueue } from './embed-queue.ts'
import { openImageEncoder } from './image-encoder.ts'

/** A model's image encoder and the queue through which all films feed it. */
export type LoadedEncoder = {
  readonly manifest: ModelManifest
  readonly dimensions: number
  readonly queue: EmbedQueue
}

export type EncoderShelf = {
  /** The encoder of the model in `directory`, loaded once. Errors: bad-model, model-missing, model-failed. */
  readonly get: (directory: string) => Promise<Result<LoadedEncoder>>
}

export type EncoderShelfOptions = {
  readonly threads: number
  readonly batch: number
}

/** Pictures that may wait for each film: bounds memory, and slows the decoder down when the encoder is behind. */
const roomPerFilm = 16
/** As long as ffmpeg takes to start: less, and the last frames of a film run in small, dear batches (21.7 and 20.6 s of CPU, one run each). */
const lingerSeconds = 0.2

/** Image encoders of the models in use. A failure to load is remembered until the indexer ends: it would fail again. */
export const createEncoderShelf = ({ threads, batch }: EncoderShelfOptions): EncoderShelf => {
  const loading = new Map<string, Promise<Result<LoadedEncoder>>>()
  const load = async (directory: string): Promise<Result<LoadedEncoder>> => {
    const folder = await openModelFolder(directory, { verify: false })
    if (!folder.ok) return folder
    const encoder = await openImageEncoder(folder.value, { threads, batch })
    if (!encoder.ok) return encoder
    const queue = createEmbedQueue({
      encoder: encoder.value,
      roomPerLane: roomPerFilm,
      linger: lingerSeconds,
      after,
    })
    return ok({ manifest: folder.value.manifest, dimensions: encoder.value.dimensions, queue })
  }
  return {
    get: (directory) => {
      const known = loading.get(directory) ?? load(directory)
      loading.set(directory, known)
      return known
    },
  }
}
