import type { AnalyzeTask } from '../../src-preload/contract/indexer-api.ts'
import { fail, ok } from '../../src-preload/contract/result.ts'
import type { ErrorCode, Result } from '../../src-preload/contract/result.ts'
import type { OnnxProvider } from '../domain/onnx-provider.ts'
import type { FfmpegBinaries } from '../foundation/ffmpeg-binaries.ts'
import { ffmpegMessage } from '../domain/ffmpeg-errors.ts'
import { inputUrl } from '../foundation/ffmpeg-input.ts'
import type { Log } from '../foundation/log.ts'
import type { ShotModel } from '../foundation/shot-model.ts'
import { toneMapReference } from '../foundation/tone-map-file.ts'
import { startAnalysisDecode } from './analysis-decode.ts'
import type { CoreShare, CoreShares } from './core-shares.ts'
import type { EncoderShelf } from './encoder-shelf.ts'
import { analyzeFilm, partSeconds, warmUpSeconds } from './film-analysis.ts'
import type { AnalyzedFilm, FilmPart } from './film-analysis.ts'
import { softwareDecoder } from './hardware-decoding.ts'
import type { DecoderChoice } from './hardware-decoding.ts'
import type { IndexerLink } from './indexer-link.ts'
import { secondsSince } from './indexer-link.ts'
import { packVectors } from './pack-vectors.ts'
import type { PaceGate } from './pace-gate.ts'
import { createShotFinder } from './shot-finder.ts'
import { soundFailed, soundOutput } from './sound-decode.ts'
import { whyNoFrames } from './skim-doubts.ts'
import { openWindowEmbedder } from './window-embedder.ts'
import type { WindowEmbedder } from './window-embedder.ts'

export type AnalyzeTools = {
  readonly ffmpeg: FfmpegBinaries
  readonly encoders: EncoderShelf
  readonly decoders: DecoderChoice
  readonly shotModel: ShotModel | null
  readonly gate: PaceGate
  readonly shares: CoreShares
  readonly log: Log
  /** Says what the work runs on: the decoder, and the provider of the first model where there is one. */
  readonly onRuns: (decoder: string, provider: OnnxProvider) => void
}

type Model = { readonly id: string; readonly dimensions: number; readonly embedder: WindowEmbedder }

/** Containers with an index: a seek goes where it is asked to. Others are read again from their beginning. */
const seekable = /mp4|mov|matroska|webm/

const openModels = async (
  task: AnalyzeTask,
  tools: AnalyzeTools,
  signal: AbortSignal,
): Promise<Result<readonly Model[]>> => {
  const opened: Model[] = []
  const { duration } = task.facts
  // A longer film is committed in parts, whose frames cannot be seen again; and it has more than `mostFramesWithEnds`.
  const keepEnds = duration > 0 && duration <= partSeconds
  for (const { id, directory, use, wide } of task.models) {
    const encoder = await tools.encoders.get(directory, use)
    if (!encoder.ok) {
      for (const { embedder } of opened) embedder.close()
      return encoder
    }
    const embedder = openWindowEmbedder(encoder.value, task.facts, wide, keepEnds, signal)
    opened.push({ id, dimensions: encoder.value.dimensions, embedder })
  }
  return ok(opened)
}

/** How one decode of the film is to be tried. */
type Attempt = { readonly sound: boolean; readonly hardware: boolean; readonly seek: boolean }

/** These say something of the machine or the moment, not of the film: what was seen until then is not the film. */
const passing = new Set<ErrorCode>([
  'cancelled',
  'timed-out',
  'missing-file',
  'unreadable-file',
  'offline',
  'disk-full',
  'ffmpeg-missing',
])

/** Reports parts as they come; each tells what it has cost. */
const createReporter = (link: IndexerLink, task: AnalyzeTask, models: readonly Model[]) => {
  let since = performance.now()
  let reached = task.from
  return {
    reached: () => reached,
    report: async (part: FilmPart): Promise<Result<null>> => {
      const seconds = secondsSince(since)
      since = performance.now()
      const spent = models.map(({ embedder }) => embedder.spent())
      const { from, to, last, waited } = part
      const vectors = models.map(({ id, dimensions, embedder }, i) => {
        const frames = part.frames[i] ?? []
        return {
          model: id,
          dimensions,
          times: frames.map(({ time }) => time),
          starts: frames.map(({ start }) => start),
          vectors: packVectors(
            frames.map(({ vector }) => vector),
            dimensions,
          ),
          pictures: spent[i]?.pictures ?? 0,
          seen: embedder.seen(),
        }
      })
      const cost = {
        decoded: to - from,
        decoding: Math.max(0, seconds - waited),
        embedding: spent.reduce((sum, one) => sum + one.seconds, 0),
        waiting: waited,
      }
      const reported = await link.call.work.analyzed({
        task: task.id,
        part: {
          from,
          to,
          last,
          boundaries: part.boundaries.map((one) => ({ ...one })),
          tracks: part.tracks.map((track) => ({ ...track })),
          vectors,
        },
        cost,
        seconds,
      })
      if (reported.ok) reached = to
      return reported
    },
  }
}

const analyze = async (
  link: IndexerLink,
  task: AnalyzeTask,
  tools: AnalyzeTools,
  share: CoreShare,
  models: readonly Model[],
  signal: AbortSignal,
): Promise<Result<null>> => {
  const { facts, path } = task
  const { ffmpeg, log } = tools
  await using named = await inputUrl(path)
  const source = { url: named.url, facts, ffmpeg, signal }
  const toneMap = await toneMapReference(facts.hdr)
  const reporter = createReporter(link, task, models)

  const attempt = async (how: Attempt): Promise<Result<AnalyzedFilm & { readonly decoder: string }>> => {
    const decoder = how.hardware ? await tools.decoders.choose(source) : softwareDecoder
    tools.onRuns(decoder.name, task.models[0]?.use.provider ?? 'cpu')
    const from = reporter.reached()
    const begin = how.seek ? Math.max(0, from - warmUpSeconds) : 0
    for (const { embedder } of models) embedder.restart()
    await using decode = startAnalysisDecode({
      ...source,
      outputs: models.map(({ embedder }) => embedder.output),
      from: begin,
      sound: how.sound ? soundOutput(facts, { from: begin }) : null,
      threads: share.threads(),
      decoder: decoder.arguments,
      toneMap,
    })
    const done = await analyzeFilm({
      decode,
      facts,
      from,
      begin,
      embedders: models.map(({ embedder }) => embedder),
      shots: createShotFinder(tools.shotModel),
      gate: tools.gate,
      signal,
      accepts: (end, { frames, newest }) =>
        newest >= from &&
        frames > 0 &&
        (end.result.ok || (decoder === softwareDecoder && !passing.has(end.result.error.code))),
      onPart: reporter.report,
    })
    return done.ok ? ok({ ...done.value, decoder: decoder.name }) : done
  }

  let how: Attempt = { sound: true, hardware: true, seek: seekable.test(facts.container) }
  for (;;) {
    const done = await attempt(how)
    if (signal.aborted) return fail('cancelled', 'Stopped on request')
    if (!done.ok) return done
    const { accepted, end, frames, newest, decoder } = done.value
    if (accepted) {
      if (end.log !== '')
        log.warn({ path: path.path, log: ffmpegMessage(end.log) }, 'a part of the film could not be seen')
      return ok(null)
    }
    if (decoder !== softwareDecoder.name) {
      tools.decoders.reject(decoder, facts, ffmpegMessage(end.log))
      how = { ...how, hardware: false }
    } else if (how.sound && soundFailed(end)) how = { ...how, sound: false }
    else if (how.seek && reporter.reached() > 0 && newest < reporter.reached()) how = { ...how, seek: false }
    else if (!end.result.ok && passing.has(end.result.error.code)) return end.result
    else if (frames === 0) return await whyNoFrames({ ...source, outputs: [] }, path, end)
    else return fail('truncated', 'The film ends before the part that was to be looked at')
  }
}

/** Stage `analyzed`, with fine vectors for every model that misses them: one decode of all frames for all. */
export const doAnalyze = async (
  link: IndexerLink,
  task: AnalyzeTask,
  tools: AnalyzeTools,
  signal: AbortSignal,
): Promise<void> => {
  const start = performance.now()
  // Before the models are loaded: films that come meanwhile are in hand too when the decoders begin.
  using share = tools.shares.take()
  const models = await openModels(task, tools, signal)
  const result = models.ok ? await analyze(link, task, tools, share, models.value, signal) : models
  if (models.ok) for (const { embedder } of models.value) embedder.close()
  if (signal.aborted || result.ok) return
  await link.call.work.failed({ task: task.id, error: result.error, seconds: secondsSince(start) })
}
