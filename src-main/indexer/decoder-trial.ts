import { displayFilters } from '../domain/display-filters.ts'
import type { FfmpegBinaries } from '../foundation/ffmpeg-binaries.ts'
import { inputArguments } from '../foundation/ffmpeg-input.ts'
import { startFfmpeg } from '../foundation/ffmpeg-process.ts'
import { readStampedFrames, type StampedFrame } from '../foundation/frame-reader.ts'
import type { VideoFacts } from '../../src-preload/contract/video-facts.ts'

/** A film that a decoder is tried on. `url` is from `inputUrl`. */
export type TrialFilm = { readonly url: string; readonly facts: VideoFacts; readonly signal: AbortSignal }

/** What a decoder made of the beginning of a film, or why it made nothing. */
export type Trial = {
  readonly frames: readonly StampedFrame[]
  /** The frames as the filters get them, such as `nv12`; null where ffmpeg did not say. */
  readonly pixelFormat: string | null
  readonly log: string
  readonly ended: 'well' | 'badly' | 'late'
}

/** Half a second: more than any decoder holds back, and with predicted frames of every kind among them. */
const trialFrames = 12
const [width, height] = [48, 27]

/** Levels out of 255. Both are 0 where the decoder is right (measured: yuv420p against nv12 and p010, both ffmpegs); a
 * driver that rounds 10 bits or samples chroma elsewhere stays below, one broken macroblock or a wrong range does not. */
const meanLimit = 2
const mostLimit = 12

/** A quarter into the film, because a beginning is often black; only where seeking begins at a clean key frame. */
const seekTo = ({ duration, container }: VideoFacts): readonly string[] =>
  /mp4|mov|matroska|webm/.test(container) ? ['-noaccurate_seek', '-ss', (duration / 4).toFixed(3)] : []

const trialArguments = (
  { url, facts }: TrialFilm,
  ffmpeg: FfmpegBinaries,
  decoder: readonly string[],
): readonly string[] => {
  const chain = [...displayFilters(facts), `scale=${width}:${height}:flags=area`, 'format=rgb24', 'split=2']
  const times = [...ffmpeg.passthrough, '-enc_time_base', '1:1000000', '-frames:v', String(trialFrames)]
  return [
    // Verbose ffmpeg names the pixel format that its filters get.
    ...['-v', 'verbose', '-copyts', ...decoder, ...seekTo(facts), ...inputArguments(url)],
    ...['-filter_complex', `[0:${facts.streamIndex}]${chain.join(',')}[stamp][picture]`],
    ...['-map', '[stamp]', ...times, '-f', 'framecrc', 'pipe:3'],
    ...['-map', '[picture]', ...times, '-f', 'rawvideo', 'pipe:4'],
  ]
}

/** Decodes the first frames of a film by the input options `decoder`, for at most `seconds`. */
export const tryDecoder = async (
  film: TrialFilm,
  ffmpeg: FfmpegBinaries,
  decoder: readonly string[],
  seconds: number,
): Promise<Trial> => {
  const late = AbortSignal.timeout(seconds * 1000)
  await using process = startFfmpeg({
    tool: 'ffmpeg',
    binary: ffmpeg.ffmpeg,
    arguments: trialArguments(film, ffmpeg, decoder),
    pipes: 2,
    signal: AbortSignal.any([film.signal, late]),
  })
  const [stamps, pictures] = process.pipes
  if (stamps === undefined || pictures === undefined) throw new Error('trial started without pipes')
  const frames: StampedFrame[] = []
  const bytes = width * height * 3
  for await (const frame of readStampedFrames(stamps, [{ stream: pictures, bytes }])) frames.push(frame)
  const { result, log } = await process.ended
  const pixelFormat = /\bpixfmt:(\w+)/.exec(log)?.[1] ?? null
  const ended = result.ok ? 'well' : late.aborted ? 'late' : 'badly'
  return { frames, pixelFormat, log, ended }
}

/** Mean and greatest difference of two pictures' samples. */
const compare = (one: Uint8Array, other: Uint8Array): { readonly mean: number; readonly most: number } => {
  let [sum, most] = [0, 0]
  for (let i = 0; i < one.length; i += 1) {
    const difference = Math.abs((one[i] ?? 0) - (other[i] ?? 0))
    sum += difference
    most = Math.max(most, difference)
  }
  return { mean: sum / one.length, most }
}

/**
 * Frames that come back from hardware are semi-planar in every API we try (nv12, p010 ...), and no software decoder of
 * the films in question gives that: so it also shows where ffmpeg fell back to software without a word.
 */
const isFromHardware = (format: string, bitDepth: number): boolean =>
  bitDepth > 8 ? /^p[024]1[0-6](le|be)?$/.test(format) : /^nv\d\d$/.test(format)

/** Why `hardware` is not the same as `software`, both of one film; null where it is. */
export const trialDoubt = (hardware: Trial, software: Trial, facts: VideoFacts): string | null => {
  const { pixelFormat, frames } = hardware
  if (pixelFormat === null) return 'ffmpeg does not say what it decodes to'
  if (!isFromHardware(pixelFormat, facts.bitDepth))
    return `decodes to ${pixelFormat}, which is not what hardware makes of ${facts.pixelFormat}`
  if (frames.length !== software.frames.length)
    return `gave ${frames.length} frames where software gave ${software.frames.length}`
  for (const [index, frame] of frames.entries()) {
    const twin = software.frames[index]
    const [picture, right] = [frame.pictures[0], twin?.pictures[0]]
    if (twin === undefined || picture === undefined || right === undefined)
      return 'gave a frame without a picture'
    if (Math.abs(frame.pts - twin.pts) > 1e-5) return `frame ${index} has time ${frame.pts}, not ${twin.pts}`
    const { mean, most } = compare(picture, right)
    if (mean > meanLimit || most > mostLimit)
      return `frame ${index} differs from software by ${mean.toFixed(1)} levels in the mean, ${most} at most`
  }
  return null
}
