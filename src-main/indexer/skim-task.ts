import type { SkimTask } from '../../src-preload/contract/indexer-api.ts'
import type { PictureSet } from '../../src-preload/contract/picture-set.ts'
import type { FrameSight } from '../../src-preload/contract/wide-pictures.ts'
import { ok } from '../../src-preload/contract/result.ts'
import type { KinoraError, Result } from '../../src-preload/contract/result.ts'
import type { FfmpegBinaries } from '../foundation/ffmpeg-binaries.ts'
import type { Log } from '../foundation/log.ts'
import type { EncoderShelf } from './encoder-shelf.ts'
import { openFilmEmbedder } from './film-embedder.ts'
import type { FilmEmbedder } from './film-embedder.ts'
import type { IndexerLink } from './indexer-link.ts'
import { secondsSince } from './indexer-link.ts'
import { packVectors } from './pack-vectors.ts'
import { createPictureMaker } from './pictures.ts'
import type { PictureMaker } from './pictures.ts'
import { skimFrames } from './skim-frames.ts'

export type SkimTools = {
  readonly ffmpeg: FfmpegBinaries
  readonly encoders: EncoderShelf
  readonly pictureFolder: string
  readonly log: Log
}

/** One model's part in a skim. */
type ModelEmbedder = {
  readonly id: string
  readonly dimensions: number
  readonly embedder: FilmEmbedder
}

type Skimmed = {
  readonly pictures: PictureSet | null
  readonly vectors: readonly {
    model: string
    dimensions: number
    times: number[]
    vectors: Uint8Array
    pictures: number
    seen: FrameSight
  }[]
}

const openEmbedders = async (
  task: SkimTask,
  tools: SkimTools,
  signal: AbortSignal,
): Promise<Result<readonly ModelEmbedder[]>> => {
  const opened: ModelEmbedder[] = []
  for (const { id, directory, use, wide } of task.models) {
    const encoder = await tools.encoders.get(directory, use)
    if (!encoder.ok) {
      for (const { embedder } of opened) embedder.close()
      return encoder
    }
    const { dimensions } = encoder.value
    opened.push({ id, dimensions, embedder: openFilmEmbedder(encoder.value, task.facts, wide, signal) })
  }
  return ok(opened)
}

/** Feeds the frames of one decode to every consumer; answers their times. */
const runDecode = async (
  task: SkimTask,
  tools: SkimTools,
  maker: PictureMaker | null,
  models: readonly ModelEmbedder[],
  signal: AbortSignal,
): Promise<Result<number[]>> => {
  let times: number[] = []
  const frames = skimFrames({
    path: task.path,
    facts: task.facts,
    ffmpeg: tools.ffmpeg,
    outputs: [...(maker === null ? [] : [maker.output]), ...models.map(({ embedder }) => embedder.output)],
    signal,
  })
  const take = async (time: number, pictures: readonly Uint8Array[]): Promise<KinoraError | null> => {
    const own = [...pictures]
    const picture = maker === null ? undefined : own.shift()
    if (picture !== undefined) maker?.add(time, picture)
    times.push(time)
    for (const { embedder } of models) {
      const strip = own.shift()
      const added = strip === undefined ? ok(null) : await embedder.add(strip)
      if (!added.ok) return added.error
    }
    return null
  }
  let next = await frames.next()
  while (next.done !== true) {
    if (next.value.kind === 'restart') {
      times = []
      maker?.restart()
      for (const { embedder } of models) embedder.restart()
    } else {
      const error = await take(next.value.time, next.value.pictures)
      if (error !== null) {
        await frames.return({ ok: false, error })
        return { ok: false, error }
      }
    }
    next = await frames.next()
  }
  if (!next.value.ok) return next.value
  const { partial } = next.value.value
  if (partial !== null)
    tools.log.warn({ path: task.path.path, partial }, 'a part of the film could not be seen')
  return ok(times)
}

const skim = async (
  task: SkimTask,
  tools: SkimTools,
  models: readonly ModelEmbedder[],
  signal: AbortSignal,
): Promise<Result<Skimmed>> => {
  const maker =
    task.pictures === null
      ? null
      : createPictureMaker({
          ffmpeg: tools.ffmpeg,
          facts: task.facts,
          folder: tools.pictureFolder,
          videoId: task.videoId,
          version: task.pictures,
          signal,
        })
  const times = await runDecode(task, tools, maker, models, signal)
  if (!times.ok) return times
  const pictures = maker === null ? ok(null) : await maker.finish()
  if (!pictures.ok) return pictures
  const vectors: Skimmed['vectors'][number][] = []
  for (const { id, dimensions, embedder } of models) {
    const finished = await embedder.finish()
    if (!finished.ok) return finished
    vectors.push({
      model: id,
      dimensions,
      times: times.value,
      vectors: packVectors(finished.value, dimensions),
      pictures: embedder.pictures(),
      seen: embedder.seen(),
    })
  }
  return ok({ pictures: pictures.value, vectors })
}

/** Stage `skimmed`, with vectors for every model that misses them: one decode of the key frames for all. */
export const doSkim = async (
  link: IndexerLink,
  task: SkimTask,
  tools: SkimTools,
  signal: AbortSignal,
): Promise<void> => {
  const start = performance.now()
  const models = await openEmbedders(task, tools, signal)
  const result = models.ok ? await skim(task, tools, models.value, signal) : models
  if (models.ok) for (const { embedder } of models.value) embedder.close()
  if (signal.aborted) return
  const seconds = secondsSince(start)
  if (!result.ok) {
    await link.call.work.failed({ task: task.id, error: result.error, seconds })
    return
  }
  const { pictures, vectors } = result.value
  const mutable =
    pictures === null
      ? null
      : { poster: pictures.poster, sprite: { ...pictures.sprite, times: [...pictures.sprite.times] } }
  await link.call.work.skimmed({ task: task.id, pictures: mutable, vectors: [...vectors], seconds })
}
