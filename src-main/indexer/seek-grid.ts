import { inputArguments } from '../foundation/ffmpeg-input.ts'
import { startFfmpeg, type FfmpegEnd, type FfmpegProcess } from '../foundation/ffmpeg-process.ts'
import { readStampedFrames, type StampedFrame } from '../foundation/frame-reader.ts'
import { gapLimit, gridTimes } from '../domain/skim-plan.ts'
import { ok } from '../../src-preload/contract/result.ts'
import { frameGraph, frameOutputs, picturePipes, type SkimSource } from './frame-outputs.ts'

/** Seeks a process: starting one costs as much as half a seek, and each input holds a decoder's memory. */
const seeksAProcess = 6

/** Processes at a time: while one opens its inputs, the other decodes. */
const processes = 2

type Batch = { readonly frames: readonly (StampedFrame | null)[]; readonly end: FfmpegEnd }

/** `-ss 0` goes to the second key frame of AVI and FLV files (measured), so the beginning is not sought. */
const seekInput = (source: SkimSource, time: number): readonly string[] => [
  ...['-noaccurate_seek', ...(time > 0 ? ['-ss', time.toFixed(6)] : [])],
  ...['-threads', '1', ...inputArguments(source.url)],
]

/**
 * After a seek into MPEG-TS or AVI the first pictures may lack what they refer to: key frames do not. H.264 alone
 * knows when it has recovered, and its recovery points (open GOP, intra-refresh) are no key frames (both measured).
 */
const settled = (source: SkimSource): readonly string[] =>
  source.facts.codec === 'h264' ? [] : ['select=key']

const batchArguments = (source: SkimSource, times: readonly number[]): readonly string[] => {
  const each = source.outputs.length
  const inputs = times.flatMap((time) => seekInput(source, time))
  // A graph each: one graph would wait for all its inputs, and a seek behind the last frame gives none.
  const graphs = times.flatMap((_, index) => {
    return [
      '-filter_complex',
      frameGraph(source, `${index}:${source.facts.streamIndex}`, settled(source), index * each),
    ]
  })
  const outputs = times.flatMap((_, index) =>
    frameOutputs(source, index * each, 3 + index * (each + 1), ['-frames:v', '1']),
  )
  return ['-copyts', ...inputs, ...graphs, ...outputs]
}

const firstFrame = async (
  source: SkimSource,
  process: FfmpegProcess,
  index: number,
): Promise<StampedFrame | null> => {
  const each = source.outputs.length + 1
  const [stamps, ...pictures] = process.pipes.slice(index * each, (index + 1) * each)
  if (stamps === undefined) throw new Error('grid process started without pipes')
  let first: StampedFrame | null = null
  for await (const frame of readStampedFrames(stamps, picturePipes(source, pictures))) first ??= frame
  return first
}

/** The frames at `times`, null where a seek gave none. */
const seekBatch = async (source: SkimSource, times: readonly number[]): Promise<Batch> => {
  await using process = startFfmpeg({
    tool: 'ffmpeg',
    binary: source.ffmpeg.ffmpeg,
    arguments: batchArguments(source, times),
    pipes: times.length * (source.outputs.length + 1),
    signal: source.signal,
    stallSeconds: 120,
  })
  const frames = await Promise.all(times.map((_, index) => firstFrame(source, process, index)))
  return { frames, end: await process.ended }
}

/** A batch that failed without giving anything says nothing about its single points: they are asked one by one. */
const seekPatiently = async (source: SkimSource, times: readonly number[]): Promise<Batch> => {
  const batch = await seekBatch(source, times)
  if (batch.end.result.ok || batch.frames.some((frame) => frame !== null) || times.length === 1) return batch
  const frames: (StampedFrame | null)[] = []
  for (const time of times) {
    if (source.signal.aborted) break
    frames.push(...(await seekBatch(source, [time])).frames)
  }
  return { ...batch, frames }
}

async function* batches(
  source: SkimSource,
  times: readonly number[],
): AsyncGenerator<Batch & { readonly until: number }> {
  const own = new AbortController()
  const cancellable = { ...source, signal: AbortSignal.any([source.signal, own.signal]) }
  const running: Promise<Batch>[] = []
  try {
    for (let next = 0, done = 0; done < times.length; done += seeksAProcess) {
      for (; next < times.length && running.length < processes; next += seeksAProcess) {
        running.push(seekPatiently(cancellable, times.slice(next, next + seeksAProcess)))
      }
      const batch = await running.shift()
      if (batch === undefined) return
      yield { ...batch, until: times[Math.min(done + seeksAProcess, times.length) - 1] ?? 0 }
    }
  } finally {
    own.abort()
    await Promise.all(running)
  }
}

/**
 * One frame for every point of the film's grid, each with its own time (never the point's), without repetitions.
 * Ends early where no new frame came for longer than `gapLimit`: there are too few points to seek to.
 */
export async function* gridFrames(source: SkimSource): AsyncGenerator<StampedFrame, FfmpegEnd> {
  const { duration, startTime } = source.facts
  let last = Number.NEGATIVE_INFINITY
  let end: FfmpegEnd = { result: ok(null), log: '', priority: null }
  for await (const batch of batches(source, gridTimes(duration))) {
    if (!batch.end.result.ok || end.log === '') end = batch.end
    for (const frame of batch.frames) {
      // Behind the last key frame, and where several points share one, a seek repeats or goes back.
      if (frame === null || frame.pts <= last) continue
      last = frame.pts
      yield frame
    }
    if (batch.until - Math.max(0, last - startTime) > gapLimit(duration)) break
  }
  return end
}
