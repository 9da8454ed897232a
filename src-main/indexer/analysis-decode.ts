import type { Readable } from 'node:stream'
import { displayFilters, rgbFilter } from '../domain/display-filters.ts'
import { tinyFilters, tinySize } from '../domain/tiny-picture.ts'
import { lookFilter, lookSize } from '../domain/look-grid.ts'
import type { FfmpegBinaries } from '../foundation/ffmpeg-binaries.ts'
import { inputArguments } from '../foundation/ffmpeg-input.ts'
import { startFfmpeg, type FfmpegEnd } from '../foundation/ffmpeg-process.ts'
import { readStampedFrames, type StampedFrame } from '../foundation/frame-reader.ts'
import type { VideoFacts } from '../../src-preload/contract/video-facts.ts'
import type { FrameOutput } from './frame-outputs.ts'

export type AnalysisSource = {
  /** From `inputUrl`. */
  readonly url: string
  readonly facts: VideoFacts
  readonly ffmpeg: FfmpegBinaries
  /** What else is wanted of each look: the models' inputs. */
  readonly outputs: readonly FrameOutput[]
  /** Second of the film to begin at; 0 decodes without seeking. */
  readonly from: number
  /** Output options for the sound (`soundOutput`), or null for none. */
  readonly sound: readonly string[] | null
  /** Threads of the decoder: it shares the cores with the other films in hand. */
  readonly threads: number
  /** Input options that choose a hardware decoder. */
  readonly decoder: readonly string[]
  /** Filter-safe name of the tone map of an HDR film, or null. */
  readonly toneMap: string | null
  readonly signal: AbortSignal
}

/** What one decode gives. All of it must be read, side by side: what is not read stalls the rest. */
export type AnalysisDecode = AsyncDisposable & {
  /** Every frame at 48x27, rgb24. */
  readonly frames: AsyncGenerator<StampedFrame, void>
  /** About two frames a second of them: gray look first, then the `outputs` in their order. */
  readonly looks: AsyncGenerator<StampedFrame, void>
  /** Mono PCM, or null. */
  readonly sound: Readable | null
  readonly ended: Promise<FfmpegEnd>
}

/** Frames that may lie ready: the encoder's runs block for a tenth of a second, in which many are decoded. */
const framesAhead = 128
const looksAhead = 4
/** A damaged stretch, or a drive that wakes up; what the reader holds back does not count. */
const stallSeconds = 120

/** Deblocking frames that no other frame refers to changes nothing else and cannot be seen at our sizes; it saves 15 % (measured). */
const sparing = ['-skip_loop_filter', 'noref']

const graph = ({ facts, outputs, toneMap }: AnalysisSource): string => {
  const { width, height } = lookSize(facts)
  const isTurned = facts.rotation === 90 || facts.rotation === 270
  const [wide, high] = [facts.codedWidth, facts.codedHeight]
  const small = isTurned ? tinyFilters(high, wide) : tinyFilters(wide, high)
  // Of SDR only the luma is scaled: colours would cost as much again.
  const lookColours = facts.hdr === null ? '' : `${rgbFilter(facts, toneMap)},`
  const looks = outputs.map((_, index) => `[l${index}]`).join('')
  return [
    `[0:${facts.streamIndex}]${[...displayFilters(facts), 'split=2'].join(',')}[every][some]`,
    `[every]${small},${rgbFilter(facts, toneMap)},split=2[tiny][stamp0]`,
    `[some]${lookFilter(facts.startTime)},split=${outputs.length + 1}[g]${looks}`,
    `[g]scale=${width}:${height}:flags=area,${lookColours}format=gray,split=2[look][stamp1]`,
    ...outputs.map(({ filter }, index) => `[l${index}]${filter},${rgbFilter(facts, toneMap)}[o${index}]`),
  ].join(';')
}

const decodeArguments = (source: AnalysisSource): readonly string[] => {
  const { facts, ffmpeg, from, sound, decoder, outputs } = source
  const times = [...ffmpeg.passthrough, '-enc_time_base', '1:1000000']
  // Six hundred stamps fill ffmpeg's buffer: they are flushed one by one, pictures are not (half the wake-ups).
  const stamps = (label: string, pipe: number): readonly string[] => {
    return ['-map', `[${label}]`, ...times, '-f', 'framecrc', '-flush_packets', '1', `pipe:${pipe}`]
  }
  const pictures = (label: string, pipe: number): readonly string[] => {
    return ['-map', `[${label}]`, ...times, '-f', 'rawvideo', `pipe:${pipe}`]
  }
  return [
    ...[
      '-copyts',
      '-threads',
      String(source.threads),
      ...decoder,
      ...(facts.codec === 'h264' || facts.codec === 'hevc' ? sparing : []),
    ],
    ...(from > 0 ? ['-ss', from.toFixed(6)] : []),
    ...inputArguments(source.url),
    ...['-filter_complex', graph(source)],
    ...stamps('stamp0', 3),
    ...pictures('tiny', 4),
    ...stamps('stamp1', 5),
    ...pictures('look', 6),
    ...outputs.flatMap((_, index) => pictures(`o${index}`, 7 + index)),
    ...(sound === null ? [] : [...sound, `pipe:${7 + outputs.length}`]),
  ]
}

/** Starts the one decode that an analysis needs (ffmpeg.md "One decode, several outputs"). Whoever starts it disposes it. */
export const startAnalysisDecode = (source: AnalysisSource): AnalysisDecode => {
  const { facts, outputs } = source
  const process = startFfmpeg({
    tool: 'ffmpeg',
    binary: source.ffmpeg.ffmpeg,
    arguments: decodeArguments(source),
    pipes: 4 + outputs.length + (source.sound === null ? 0 : 1),
    signal: source.signal,
    stallSeconds,
  })
  const [frameStamps, tiny, lookStamps, look, ...rest] = process.pipes
  if (frameStamps === undefined || tiny === undefined || lookStamps === undefined || look === undefined) {
    throw new Error('decoder started without pipes')
  }
  const size = lookSize(facts)
  const strips = outputs.flatMap(({ width, height }, index) => {
    const stream = rest[index]
    return stream === undefined ? [] : [{ stream, bytes: width * height * 3 }]
  })
  const frame = { stream: tiny, bytes: tinySize.width * tinySize.height * 3 }
  return {
    frames: readStampedFrames(frameStamps, [frame], framesAhead),
    looks: readStampedFrames(
      lookStamps,
      [{ stream: look, bytes: size.width * size.height }, ...strips],
      looksAhead,
    ),
    sound: source.sound === null ? null : (rest[outputs.length] ?? null),
    ended: process.ended,
    [Symbol.asyncDispose]: () => process[Symbol.asyncDispose](),
  }
}
