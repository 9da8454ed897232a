import { open, stat } from 'node:fs/promises'
import { fail, ok, type KinoraError, type Result } from '../../src-preload/contract/result.ts'
import type { PathRef, VideoFacts } from '../../src-preload/contract/video-facts.ts'
import { looksLikeVideo, magicBytes } from '../domain/container-magic.ts'
import { countedDuration } from '../domain/packet-count.ts'
import { factsOf, parseProbe } from '../domain/probe-facts.ts'
import type { FfmpegBinaries } from '../foundation/ffmpeg-binaries.ts'
import { inputArguments, inputUrl } from '../foundation/ffmpeg-input.ts'
import { runFfmpeg } from '../foundation/ffmpeg-process.ts'
import { fileFailure } from './file-failure.ts'
import { fsPath } from '../foundation/path-ref.ts'

export type ProbeInput = {
  readonly path: PathRef
  readonly ffmpeg: FfmpegBinaries
  readonly signal: AbortSignal
  /** Epoch seconds, for what can be believed of dates. */
  readonly now: number
}

/** ffprobe needs 0.05-0.2 s; a broken drive or file must not hold the others up longer. */
const limitSeconds = 30
/** Enough to meet the film's stream behind some sound. */
const packetsLooked = 32

const ffprobe = async (
  { ffmpeg, signal }: ProbeInput,
  url: string,
  asked: readonly string[],
): Promise<Result<Buffer>> =>
  runFfmpeg({
    tool: 'ffprobe',
    binary: ffmpeg.ffprobe,
    arguments: [...asked, ...inputArguments(url)],
    signal,
    stallSeconds: limitSeconds,
  })

const json = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    // Not JSON: `parseProbe` refuses undefined with a code.
    return undefined
  }
}

/** Everything ffprobe says of the film in one run. */
const ask = async (input: ProbeInput, url: string): Promise<ReturnType<typeof parseProbe>> => {
  const shown = ['-show_format', '-show_streams', '-show_chapters', '-show_packets']
  const answer = await ffprobe(input, url, [
    ...['-print_format', 'json', ...shown],
    ...['-read_intervals', `%+#${packetsLooked}`],
  ])
  return answer.ok ? parseProbe(json(answer.value.toString())) : answer
}

/** Reads the packets' times of a film whose container gives no length (a recording from a browser); 0 when too long. */
const count = async (input: ProbeInput, url: string, facts: VideoFacts): Promise<Result<number>> => {
  const limited = {
    ...input,
    signal: AbortSignal.any([input.signal, AbortSignal.timeout(limitSeconds * 1000)]),
  }
  const lines = await ffprobe(limited, url, [
    ...['-print_format', 'csv=p=0', '-select_streams', String(facts.streamIndex)],
    ...['-show_entries', 'packet=pts_time,duration_time'],
  ])
  if (lines.ok) return ok(countedDuration(lines.value.toString(), facts.startTime, facts.frameRate))
  return input.signal.aborted ? lines : ok(0)
}

/** What the file itself says against being a film, before and after ffprobe was asked. */
const head = async (path: PathRef): Promise<Result<Uint8Array>> => {
  try {
    const facts = await stat(fsPath(path))
    if (!facts.isFile()) return fail('unreadable-file', `${path.path} is not a regular file`)
    if (facts.size === 0)
      return fail('empty-file', 'It is empty (0 bytes)', 'Copy it again from where it came.')
    const file = await open(fsPath(path), 'r')
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(magicBytes), 0, magicBytes, 0)
      return ok(buffer.subarray(0, bytesRead))
    } finally {
      await file.close()
    }
  } catch (error) {
    return { ok: false, error: fileFailure(error, path.path) }
  }
}

/** ffprobe says "moov atom not found" of any text named .mp4: only of something like a film is it true. */
const blame = (error: KinoraError, first: Uint8Array): Result<never> => {
  const aboutContent = ['truncated', 'damaged', 'ffmpeg-failed', 'no-video-stream'].includes(error.code)
  if (aboutContent && !looksLikeVideo(first))
    return fail('not-a-video', 'It is not a film, whatever its name says')
  return { ok: false, error }
}

/**
 * Stage `probed`: what a film is, by ffprobe. Fails with `empty-file`, `not-a-video`, `no-video-stream`, `truncated`,
 * `damaged`, `encrypted`, `unsupported-codec`, `timed-out` (30 s), `decoder-crashed`, those of a file that cannot be
 * read, `cancelled`.
 */
export const probeVideo = async (input: ProbeInput): Promise<Result<VideoFacts>> => {
  const first = await head(input.path)
  if (!first.ok) return first
  await using source = await inputUrl(input.path)
  const answer = await ask(input, source.url)
  if (!answer.ok) return blame(answer.error, first.value)
  const facts = factsOf(answer.value, input.now)
  if (!facts.ok) {
    const sound = answer.value.streams.some(({ codec_type }) => codec_type === 'audio')
    return sound ? facts : blame(facts.error, first.value)
  }
  if (facts.value.duration > 0) return facts
  const counted = await count(input, source.url, facts.value)
  return counted.ok ? factsOf(answer.value, input.now, counted.value) : counted
}
