import { buffer } from 'node:stream/consumers'
import { fail, ok, type KinoraError, type Result } from '../../src-preload/contract/result.ts'
import type {
  EmbeddedSubtitle,
  PathRef,
  SubtitleStream,
  VideoFacts,
} from '../../src-preload/contract/video-facts.ts'
import { parseCues } from '../domain/cue-text.ts'
import { wordsOf } from '../domain/fold-words.ts'
import { languageOf } from '../domain/function-words.ts'
import { withoutRepeats } from '../domain/repeated-lines.ts'
import type { FfmpegBinaries } from '../foundation/ffmpeg-binaries.ts'
import { inputArguments, inputUrl } from '../foundation/ffmpeg-input.ts'
import { startFfmpeg } from '../foundation/ffmpeg-process.ts'

export type EmbeddedInput = {
  readonly path: PathRef
  readonly facts: VideoFacts
  readonly ffmpeg: FfmpegBinaries
  readonly signal: AbortSignal
  /** Told of each stream that could not be read; the others are read all the same. */
  readonly onProblem?: (error: KinoraError) => void
}

/** ffmpeg tells its progress twice a second, so this is a drive that does not answer, not a long film. */
const stallSeconds = 60

/**
 * The streams as WebVTT, by one reading of the film. ffmpeg subtracts the container's start_time itself: the times are
 * the film's own. `-progress` keeps a pipe moving while a film of hours has nothing to say.
 */
const extract = async (
  { ffmpeg, signal }: EmbeddedInput,
  url: string,
  streams: readonly SubtitleStream[],
): Promise<Result<readonly string[]>> => {
  const outputs = streams.flatMap(({ index }, at) => [
    ...['-map', `0:${index}`, '-c:s', 'webvtt', '-f', 'webvtt'],
    ...['-flush_packets', '1', `pipe:${at + 3}`],
  ])
  await using process = startFfmpeg({
    tool: 'ffmpeg',
    binary: ffmpeg.ffmpeg,
    arguments: [...inputArguments(url), ...outputs, '-progress', 'pipe:1'],
    pipes: streams.length,
    stdout: true,
    signal,
    stallSeconds,
  })
  process.stdout?.resume()
  const [texts, { result }] = await Promise.all([
    Promise.all(process.pipes.map(async (pipe) => (await buffer(pipe)).toString())),
    process.ended,
  ])
  return result.ok ? ok(texts) : result
}

const subtitleOf = (stream: SubtitleStream, text: string): EmbeddedSubtitle => {
  const lines = withoutRepeats(parseCues(text))
  const language = stream.language ?? languageOf(lines.flatMap((line) => wordsOf(line.text)))
  return { name: stream.title ?? stream.codec, language, lines }
}

/**
 * What the film's own text streams say, in their order; those that say nothing are left out. Where reading them together
 * fails, each is tried by itself: one bad stream costs itself (`onProblem`). Fails with `cancelled`.
 */
export const readEmbedded = async (input: EmbeddedInput): Promise<Result<readonly EmbeddedSubtitle[]>> => {
  const streams = input.facts.subtitles.filter(({ isText }) => isText)
  if (streams.length === 0) return ok([])
  await using source = await inputUrl(input.path)
  const read = async (some: readonly SubtitleStream[]): Promise<readonly EmbeddedSubtitle[]> => {
    const texts = await extract(input, source.url, some)
    if (texts.ok) return some.map((stream, at) => subtitleOf(stream, texts.value[at] ?? ''))
    if (input.signal.aborted) return []
    if (some.length === 1) {
      input.onProblem?.(texts.error)
      return []
    }
    const subtitles: EmbeddedSubtitle[] = []
    for (const stream of some) subtitles.push(...(await read([stream])))
    return subtitles
  }
  const subtitles = await read(streams)
  if (input.signal.aborted) return fail('cancelled', 'Stopped on request')
  return ok(subtitles.filter(({ lines }) => lines.length > 0))
}
