import { readFile, stat } from 'node:fs/promises'
import { buffer } from 'node:stream/consumers'
import { fail, ok, type Result } from '../../src-preload/contract/result.ts'
import type { Cue, PathRef } from '../../src-preload/contract/video-facts.ts'
import { parseCues } from '../domain/cue-text.ts'
import { wordsOf } from '../domain/fold-words.ts'
import { languageOf } from '../domain/function-words.ts'
import { withoutRepeats } from '../domain/repeated-lines.ts'
import { isReadAsUtf8, legacyEncoding } from '../domain/text-encoding.ts'
import { parseTranscript, type Transcript } from '../domain/transcript-json.ts'
import { endingOf } from '../domain/video-endings.ts'
import type { FfmpegBinaries } from '../foundation/ffmpeg-binaries.ts'
import { inputArguments } from '../foundation/ffmpeg-input.ts'
import { startFfmpeg } from '../foundation/ffmpeg-process.ts'
import { fsPath } from '../foundation/path-ref.ts'
import { fileFailure } from './file-failure.ts'

export type SidecarInput = {
  readonly path: PathRef
  /** As the file's name says, or null. */
  readonly language: string | null
  /** Length of the film in seconds; 0: not known. */
  readonly duration: number
  readonly ffmpeg: Result<FfmpegBinaries>
  readonly signal: AbortSignal
}

/** What a subtitle file says, in order of time, seconds from the film's own start. */
export type SidecarText = { readonly language: string | null; readonly lines: readonly Cue[] }

/** A sidecar is text; fonts inside an .ass may make it large, but not larger than this. */
const largestSidecar = 32 * 1024 * 1024
const stallSeconds = 60

/** A text of unknown origin: by its mark, as UTF-8 where it is that, else as Windows wrote it. */
const decodeText = (bytes: Uint8Array, language: string | null): string => {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  const text = new TextDecoder('utf-8').decode(bytes)
  if (isReadAsUtf8(text) && !text.includes('\0')) return text
  return new TextDecoder(legacyEncoding(bytes, language)).decode(bytes)
}

/** ASS and SSA become WebVTT by ffmpeg, which gets them decoded already. */
const convertAss = async ({ ffmpeg, signal }: SidecarInput, text: string): Promise<Result<string>> => {
  if (!ffmpeg.ok) return ffmpeg
  await using process = startFfmpeg({
    tool: 'ffmpeg',
    binary: ffmpeg.value.ffmpeg,
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

const parse = async (input: SidecarInput, text: string): Promise<Result<Transcript>> => {
  switch (endingOf(input.path.path)) {
    case 'json':
      return ok(parseTranscript(text) ?? { language: null, cues: [] })
    case 'ass':
    case 'ssa': {
      if (text.trim() === '') return ok({ language: null, cues: [] })
      const vtt = await convertAss(input, text)
      return vtt.ok ? ok({ language: null, cues: parseCues(vtt.value) }) : vtt
    }
    default:
      return ok({ language: null, cues: parseCues(text) })
  }
}

/**
 * Reads a subtitle file or transcript: each line once, without markup, in order of time; nothing that would be said after
 * the film's end. Fails with `unreadable-file` (also where it is too large), `missing-file`, those of ffmpeg for an .ass,
 * `cancelled`.
 */
export const readSidecar = async (input: SidecarInput): Promise<Result<SidecarText>> => {
  const { path } = input.path
  try {
    if ((await stat(fsPath(input.path))).size > largestSidecar)
      return fail('unreadable-file', `${path} is too large for a subtitle`)
    const bytes = await readFile(fsPath(input.path), { signal: input.signal })
    const read = await parse(input, decodeText(bytes, input.language))
    if (!read.ok) return read
    const ends = input.duration > 0 ? input.duration : Infinity
    const lines = withoutRepeats(read.value.cues).filter(({ start }) => start < ends)
    const told = input.language ?? read.value.language
    return ok({ language: told ?? languageOf(lines.flatMap(({ text }) => wordsOf(text))), lines })
  } catch (error) {
    if (input.signal.aborted) return fail('cancelled', 'Stopped on request')
    return { ok: false, error: fileFailure(error, path) }
  }
}
