import { readFile } from 'node:fs/promises'
import { buffer } from 'node:stream/consumers'
import { fail, ok, type KinoraError, type Result } from '../../src-preload/contract/result.ts'
import type { Cue, PathRef, SubtitleStream, VideoFacts } from '../../src-preload/contract/video-facts.ts'
import { parseCues, type FileCue } from '../domain/cue-text.ts'
import { mergeCues } from '../domain/merge-cues.ts'
import { endingOf } from '../domain/video-endings.ts'
import type { FfmpegBinaries } from '../foundation/ffmpeg-binaries.ts'
import { inputArguments, inputUrl } from '../foundation/ffmpeg-input.ts'
import { startFfmpeg } from '../foundation/ffmpeg-process.ts'
import { fileFailure } from './file-failure.ts'
import { fsPath } from '../foundation/path-ref.ts'
import { sidecarsOf, type Sidecar } from './sidecars.ts'

export type CueInput = {
  readonly path: PathRef
  readonly facts: VideoFacts
  readonly ffmpeg: FfmpegBinaries
  readonly signal: AbortSignal
  /** Told of each stream or sidecar that could not be read; the others are read all the same. */
  readonly onProblem?: (error: KinoraError) => void
}

/** A sidecar is text; fonts inside an .ass may make it large, but not larger than this. */
const largestSidecar = 32 * 1024 * 1024
/** ffmpeg tells its progress twice a second, so this is a drive that does not answer, not a long film. */
const stallSeconds = 60

/**
 * The streams as WebVTT, by one reading of the film. ffmpeg subtracts the container's start_time itself: the times are
 * the film's own. `-progress` keeps a pipe moving while a film of hours has nothing to say.
 */
const extract = async (
  { ffmpeg, signal }: CueInput,
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

const cuesFrom = (cues: readonly FileCue[], language: string | null, source: Cue['source']): readonly Cue[] =>
  cues.map((cue) => ({ ...cue, language, source }))

/** The cues of the film's own text streams. Where reading them together fails, each is tried by itself. */
const embedded = async (input: CueInput): Promise<readonly Cue[]> => {
  const streams = input.facts.subtitles.filter(({ isText }) => isText)
  if (streams.length === 0) return []
  await using source = await inputUrl(input.path)
  const read = async (some: readonly SubtitleStream[]): Promise<readonly Cue[]> => {
    const texts = await extract(input, source.url, some)
    if (texts.ok)
      return texts.value.flatMap((text, at) =>
        cuesFrom(parseCues(text), some[at]?.language ?? null, 'embedded'),
      )
    if (input.signal.aborted) return []
    if (some.length === 1) {
      input.onProblem?.(texts.error)
      return []
    }
    const cues: Cue[] = []
    for (const stream of some) cues.push(...(await read([stream])))
    return cues
  }
  return await read(streams)
}

/** A text of unknown origin: by its mark, as UTF-8 where it is that, else as Windows wrote it in the West. */
const decodeText = (bytes: Uint8Array): string => {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    // Not UTF-8, which is all that `fatal` tells.
    return new TextDecoder('windows-1252').decode(bytes)
  }
}

/** ASS and SSA become WebVTT by ffmpeg, which gets them decoded already. */
const convertAss = async ({ ffmpeg, signal }: CueInput, text: string): Promise<Result<string>> => {
  await using process = startFfmpeg({
    tool: 'ffmpeg',
    binary: ffmpeg.ffmpeg,
    arguments: ['-f', 'ass', ...inputArguments('pipe:0'), '-f', 'webvtt', 'pipe:1'],
    stdin: true,
    stdout: true,
    signal,
    stallSeconds,
  })
  process.stdin?.end(text)
  const [vtt, { result }] = await Promise.all([
    process.stdout === null ? '' : buffer(process.stdout).then(String),
    process.ended,
  ])
  return result.ok ? ok(vtt) : result
}

const sidecarCues = async (input: CueInput, sidecar: Sidecar): Promise<Result<readonly Cue[]>> => {
  const { path } = sidecar.path
  if (sidecar.size > largestSidecar) return fail('unreadable-file', `${path} is too large for a subtitle`)
  try {
    const text = decodeText(await readFile(fsPath(sidecar.path), { signal: input.signal }))
    const isAss = ['ass', 'ssa'].includes(endingOf(path))
    const vtt = isAss ? await convertAss(input, text) : ok(text)
    return vtt.ok ? ok(cuesFrom(parseCues(vtt.value), sidecar.language, 'sidecar')) : vtt
  } catch (error) {
    if (input.signal.aborted) return fail('cancelled', 'Stopped on request')
    return { ok: false, error: fileFailure(error, path) }
  }
}

/**
 * Everything that is written in the film's subtitles, its own and those beside it, in order of time. Seconds from the
 * film's own start. One bad stream or sidecar costs itself (`onProblem`). Fails with `cancelled`.
 */
export const readCues = async (input: CueInput): Promise<Result<readonly Cue[]>> => {
  const cues = [...(await embedded(input))]
  const sidecars = await sidecarsOf(input.path)
  if (!sidecars.ok) input.onProblem?.(sidecars.error)
  for (const sidecar of sidecars.ok ? sidecars.value : []) {
    const read = await sidecarCues(input, sidecar)
    if (read.ok) cues.push(...read.value)
    else if (!input.signal.aborted) input.onProblem?.(read.error)
  }
  return input.signal.aborted ? fail('cancelled', 'Stopped on request') : ok(mergeCues(cues))
}
