import { pipeline } from 'node:stream/promises'
import {
  discardsOnDisk,
  packetNames,
  selectFilter,
  thinningExpression,
  type SkimRecipe,
} from '../domain/skim-plan.ts'
import { drop } from '../foundation/drop.ts'
import { inputArguments } from '../foundation/ffmpeg-input.ts'
import { startFfmpeg, type FfmpegEnd, type FfmpegProcess } from '../foundation/ffmpeg-process.ts'
import { readStampedFrames, type StampedFrame } from '../foundation/frame-reader.ts'
import { frameGraph, frameOutputs, picturePipes, type SkimSource } from './frame-outputs.ts'

/** Thinning leaves long silences where every frame of a long film is decoded: 30 s of 4K AV1 take minutes. */
const stallSeconds = 600

/** Input options. genpts: MPEG-PS and AVI carry times for some packets only, and key frames alone then get wrong ones. */
const decodeOptions = (source: SkimSource, recipe: SkimRecipe): readonly string[] => {
  if (recipe !== 'key-frames') return []
  const onDisk = discardsOnDisk(source.facts) ? ['-discard', 'nokey'] : []
  // Each thread holds a frame, 12 MB of 4K; more than four decode key frames faster than any encoder takes them.
  return ['-threads', '4', '-fflags', '+genpts', '-skip_frame', 'nokey', ...onDisk]
}

/** ffmpeg that copies thinned key packets to stdout. The registers hold the last time taken and whether there is one. */
const keyPacketArguments = (source: SkimSource): readonly string[] => {
  const thinned = thinningExpression(source.facts, packetNames)
  const drop = `if(key*(${thinned}),st(0,pts*tb)*0+st(1,1)*0,1)`
  const onDisk = discardsOnDisk(source.facts) ? ['-discard', 'nokey'] : []
  const copied = ['-map', `0:${source.facts.streamIndex}`, '-c', 'copy', '-bsf:v', `noise=drop='${drop}'`]
  return ['-copyts', ...onDisk, ...inputArguments(source.url), ...copied, '-f', 'nut', 'pipe:1']
}

const startKeyPackets = (source: SkimSource): FfmpegProcess => {
  const { ffmpeg, signal } = source
  return startFfmpeg({
    tool: 'ffmpeg',
    binary: ffmpeg.ffmpeg,
    arguments: keyPacketArguments(source),
    stdout: true,
    signal,
  })
}

/** Either end of the pipe may die first; how the processes ended says why, so the pipe's own error says nothing more. */
const connect = async (from: FfmpegProcess, to: FfmpegProcess): Promise<void> => {
  if (from.stdout === null || to.stdin === null) throw new Error('both ends were started with pipes')
  await pipeline(from.stdout, to.stdin).catch(() => undefined)
}

/** The frames that `recipe` (any but the grid) gives, with times as the file counts, and how ffmpeg ended. */
export async function* decodeFrames(
  source: SkimSource,
  recipe: SkimRecipe,
): AsyncGenerator<StampedFrame, FfmpegEnd> {
  const piped = recipe === 'key-packets'
  await using feeder = piped ? startKeyPackets(source) : null
  const input = piped ? ['-i', 'pipe:0'] : inputArguments(source.url)
  const stream = piped ? '0:v:0' : `0:${source.facts.streamIndex}`
  await using decoder = startFfmpeg({
    tool: 'ffmpeg',
    binary: source.ffmpeg.ffmpeg,
    arguments: [
      ...['-copyts', ...decodeOptions(source, recipe), ...input],
      ...['-filter_complex', frameGraph(source, stream, [selectFilter(source.facts, recipe)], 0)],
      ...frameOutputs(source, 0, 3),
    ],
    pipes: source.outputs.length + 1,
    stdin: piped,
    signal: source.signal,
    stallSeconds,
  })
  if (feeder !== null) drop(connect(feeder, decoder))
  const [stamps, ...pictures] = decoder.pipes
  if (stamps === undefined) throw new Error('decoder started without pipes')
  yield* readStampedFrames(stamps, picturePipes(source, pictures))
  const end = await decoder.ended
  const fed = feeder === null ? null : await feeder.ended
  return fed === null || fed.result.ok ? end : { ...end, result: fed.result, log: fed.log + end.log }
}
