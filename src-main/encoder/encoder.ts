import type { EncoderApi } from '../../src-preload/contract/encoder-api.ts'
import { ok } from '../../src-preload/contract/result.ts'
import type { Result } from '../../src-preload/contract/result.ts'
import type { Handlers } from '../../src-preload/contract/schema.ts'
import type { After } from '../foundation/after.ts'
import type { OnnxProvider } from '../domain/onnx-provider.ts'
import type { FfmpegBinaries } from '../foundation/ffmpeg-binaries.ts'
import { openTowerOrCpu } from '../foundation/image-tower-or-cpu.ts'
import type { TowerOrCpu } from '../foundation/image-tower-or-cpu.ts'
import { openModelFolder } from '../foundation/model-folder.ts'
import { readPorts } from '../foundation/read-ports.ts'
import { preparePicture } from './prepare-picture.ts'
import { createModelShelf } from './model-shelf.ts'
import { embedStill } from './still-embedder.ts'
import { openTextEncoder } from './text-encoder.ts'
import type { TextEncoder_ } from './text-encoder.ts'
import { createVectorCache, embedCached } from './vector-cache.ts'

export type EncoderOptions = {
  readonly threads: number
  readonly after: After
  /** The ffmpeg to decode with; `path` is a person's choice, or null. */
  readonly ffmpeg: (path: string | null) => Promise<Result<FfmpegBinaries>>
  /** Where pictures are computed; texts are so few that the CPU is as good (20 ms each, ffmpeg.md). Without it: the CPU. */
  readonly provider?: OnnxProvider
  readonly onFallback?: (provider: OnnxProvider, why: string) => void
}

const loadedModels = 2
const idleSeconds = 60
const cachedTexts = 5_000

const bytesOf = (vector: Float32Array): Uint8Array =>
  new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength)

/** Answers `encoderApi`: loads what is asked for, keeps it a while, remembers texts. */
export const createEncoder = (options: EncoderOptions): Handlers<EncoderApi> => {
  const { threads, after, provider = 'cpu', onFallback = () => undefined } = options
  const shelfOptions = { limit: loadedModels, idleSeconds, after }
  const texts = createModelShelf<TextEncoder_>({
    ...shelfOptions,
    load: async (directory) => {
      const folder = await openModelFolder(directory, { verify: false })
      return folder.ok ? openTextEncoder(folder.value, { threads }) : folder
    },
  })
  const images = createModelShelf<TowerOrCpu>({
    ...shelfOptions,
    load: async (directory) => {
      const folder = await openModelFolder(directory, { verify: false })
      return folder.ok ? openTowerOrCpu(folder.value, { threads, provider, onFallback }) : folder
    },
  })
  const cache = createVectorCache(cachedTexts)

  return {
    embed: {
      texts: async ({ model, texts: wanted }, { signal }) => {
        const answers = await embedCached(
          cache,
          model.directory,
          wanted,
          (missing, stop) => texts.use(model.directory, (encoder) => encoder.embed(missing, stop)),
          signal,
        )
        if (!answers.ok) return answers
        return ok(
          answers.value.map(({ vector, known, clauses }) => ({
            vector: bytesOf(vector),
            known,
            clauses: clauses.map(bytesOf),
          })),
        )
      },
      ready: ({ model }) => texts.use(model.directory, () => Promise.resolve(ok(null))),
      pictures: ({ model, pictures }) =>
        images.use(model.directory, async (tower) => {
          const vectors = await tower.embedBatch(pictures)
          return vectors.ok ? ok(vectors.value.map(bytesOf)) : vectors
        }),
      still: async (request, { signal }) => {
        const ffmpeg = await options.ffmpeg(request.ffmpegPath)
        if (!ffmpeg.ok) return ffmpeg
        const { directory } = request.model
        const seen = await embedStill(request, ffmpeg.value, (work) => images.use(directory, work), signal)
        return seen.ok ? ok(seen.value.map(bytesOf)) : seen
      },
    },
    pictures: {
      prepare: async ({ ffmpegPath, path, folder }, { signal }) => {
        const ffmpeg = await options.ffmpeg(ffmpegPath)
        return ffmpeg.ok ? preparePicture(ffmpeg.value, path, folder, signal) : ffmpeg
      },
    },
    models: {
      ports: ({ path }) => readPorts(path),
      check: async ({ model }) => {
        const timed = async (act: () => Promise<Result<unknown>>): Promise<Result<number>> => {
          const warm = await act()
          if (!warm.ok) return warm
          const start = performance.now()
          const result = await act()
          return result.ok ? ok(performance.now() - start) : result
        }
        const text = await timed(() =>
          texts.use(model.directory, (encoder) => encoder.embed(['a picture of the sky'])),
        )
        if (!text.ok) return text
        let computedBy: OnnxProvider = provider
        const image = await timed(() =>
          images.use(model.directory, (tower) => {
            const picture = Uint8Array.from({ length: tower.pictureBytes }, (_, i) => (i * 37) % 256)
            const embedded = tower.embedBatch([picture])
            computedBy = tower.provider()
            return embedded
          }),
        )
        if (!image.ok) return image
        return ok({ provider: computedBy, textMilliseconds: text.value, imageMilliseconds: image.value })
      },
    },
  }
}
