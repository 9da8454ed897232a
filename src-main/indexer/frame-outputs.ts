import type { Readable } from 'node:stream'
import { displayFilters, rgbFilter } from '../domain/display-filters.ts'
import type { FfmpegBinaries } from '../foundation/ffmpeg-binaries.ts'
import type { RawPipe } from '../foundation/frame-reader.ts'
import type { VideoFacts } from '../../src-preload/contract/video-facts.ts'

/**
 * A picture wanted of every frame: an ffmpeg filter that scales to an exact size first (frames come upright, but with
 * the pixels that the film is coded in) and makes pictures of exactly `width` x `height`. They are made rgb24 after it.
 */
export type FrameOutput = { readonly filter: string; readonly width: number; readonly height: number }

/** What every way of getting frames needs. `url` is from `inputUrl`. */
export type SkimSource = {
  readonly url: string
  readonly facts: VideoFacts
  readonly ffmpeg: FfmpegBinaries
  readonly outputs: readonly FrameOutput[]
  /** From `toneMapReference`. */
  readonly toneMap: string | null
  readonly signal: AbortSignal
}

/** The pipes of one input's pictures, with the size of what they carry. */
export const picturePipes = (source: SkimSource, streams: readonly Readable[]): readonly RawPipe[] =>
  source.outputs.flatMap((output, index) => {
    const stream = streams[index]
    return stream === undefined ? [] : [{ stream, bytes: output.width * output.height * 3 }]
  })

/**
 * The filter graph of one input: `before`, then every output as `[o<first>]`, `[o<first+1>]`..., and `[stamp<first>]`,
 * a twin of the first output for its times.
 */
export const frameGraph = (
  source: SkimSource,
  stream: string,
  before: readonly string[],
  first: number,
): string => {
  const labels = source.outputs.map((_, index) => `[s${first + index}]`).join('')
  const head = [...before, ...displayFilters(source.facts), `split=${source.outputs.length}`].join(',')
  const rgb = rgbFilter(source.facts, source.toneMap)
  const tails = source.outputs.map(({ filter }, index) => {
    const twin = index === 0 ? `,split=2[o${first}][stamp${first}]` : `[o${first + index}]`
    return `[s${first + index}]${filter},${rgb}${twin}`
  })
  return [`[${stream}]${head}${labels}`, ...tails].join(';')
}

/** Output options for `frameGraph`: times go to `pipe:<pipe>`, pictures to the pipes after it. */
export const frameOutputs = (
  source: SkimSource,
  first: number,
  pipe: number,
  more: readonly string[] = [],
): readonly string[] => {
  const times = [...source.ffmpeg.passthrough, '-enc_time_base', '1:1000000', ...more]
  const stamp = ['-map', `[stamp${first}]`, ...times, '-f', 'framecrc', '-flush_packets', '1', `pipe:${pipe}`]
  const pictures = source.outputs.flatMap((_, index) => {
    return ['-map', `[o${first + index}]`, ...times, '-f', 'rawvideo', `pipe:${pipe + 1 + index}`]
  })
  return [...stamp, ...pictures]
}
