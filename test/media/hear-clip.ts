import { inputArguments } from '../../src-main/foundation/ffmpeg-input.ts'
import { startFfmpeg, type FfmpegEnd } from '../../src-main/foundation/ffmpeg-process.ts'
import { readSound, soundOutput } from '../../src-main/indexer/sound-decode.ts'
import { expectOk } from '../../src-preload/contract/result.ts'
import type { VideoFacts } from '../../src-preload/contract/video-facts.ts'
import { binaries } from '../indexer/films.ts'
import { probeClip } from './skim-clip.ts'

export type Heard = { readonly pcm: Float32Array; readonly end: FfmpegEnd }

/** The film's sound from the second `from`, in a process with pictures as an analysis runs it. */
export const hear = async (path: string, facts: VideoFacts, from = 0): Promise<Heard> => {
  const sound = soundOutput(facts, { from })
  if (sound === null) throw new Error('no sound')
  await using process = startFfmpeg({
    tool: 'ffmpeg',
    binary: binaries.ffmpeg,
    arguments: [
      ...['-copyts', ...(from > 0 ? ['-ss', from.toFixed(6)] : []), ...inputArguments(`file:${path}`)],
      ...['-filter_complex', `[0:${facts.streamIndex}]scale=48:27,format=rgb24[v]`],
      ...['-map', '[v]', ...binaries.passthrough, '-f', 'rawvideo', 'pipe:3', ...sound, 'pipe:4'],
    ],
    pipes: 2,
    signal: new AbortController().signal,
  })
  const [pictures, stream] = process.pipes
  if (pictures === undefined || stream === undefined) throw new Error('two pipes')
  pictures.resume()
  const pieces: Float32Array[] = []
  await readSound(stream, (samples) => pieces.push(samples.slice()))
  const pcm = new Float32Array(pieces.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const piece of pieces) {
    pcm.set(piece, at)
    at += piece.length
  }
  return { pcm, end: await process.ended }
}

export const factsOf = async (path: string): Promise<VideoFacts> =>
  expectOk(await probeClip(binaries, path), path)

/** Seconds of the films with clicks. */
export const seconds = 12
/** Moving pictures without sound. */
export const moving = (length: number): readonly string[] => {
  return ['-f', 'lavfi', '-i', `testsrc=duration=${length}:size=64x48:rate=25`]
}
/** A click of 4 ms at every full second. */
const clicking = (length: number, rate: number): readonly string[] => [
  ...['-f', 'lavfi', '-i'],
  `aevalsrc=exprs='if(lt(mod(t,1),0.004),0.8*sin(2*PI*1500*t),0)':s=${rate}:d=${length}`,
]
export const h264 = ['-c:v', 'libx264', '-bf', '0', '-g', '50'] as const
/** Pictures with a click at every full second. */
export const clicks = (options: readonly string[], rate = 44_100, length = seconds): readonly string[] => {
  return [...moving(length), ...clicking(length, rate), ...h264, ...options]
}
