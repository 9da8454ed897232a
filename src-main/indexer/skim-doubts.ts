import { stat } from 'node:fs/promises'
import { classifyFfmpegError, ffmpegMessage } from '../domain/ffmpeg-errors.ts'
import { gapLimit, type SkimGap } from '../domain/skim-plan.ts'
import { inputArguments } from '../foundation/ffmpeg-input.ts'
import { pathKey } from '../foundation/path-ref.ts'
import { runFfmpeg, type FfmpegEnd } from '../foundation/ffmpeg-process.ts'
import { fail, type ErrorCode, type Result } from '../../src-preload/contract/result.ts'
import type { PathRef } from '../../src-preload/contract/video-facts.ts'
import type { SkimSource } from './frame-outputs.ts'

/** What was opened, whatever is to be made of it. */
type Film = Omit<SkimSource, 'toneMap'>

/** How far before a frame its seek aims, because seeking into MPEG-TS goes to the key frame after. */
const aimBefore = 0.5

/**
 * Whether a film has frames inside `gap` that a skim must not miss: one later than `gapLimit` after its beginning. False
 * where a recorder wrote no frame for a while, and where the pictures end before the sound.
 */
export const gapHidesFrames = async (source: Film, gap: SkimGap): Promise<boolean> => {
  const { facts, ffmpeg, signal } = source
  const wanted = facts.startTime + gap.from + gapLimit(facts.duration)
  const seek = gap.from > aimBefore ? ['-ss', (gap.from - aimBefore).toFixed(6)] : []
  const answer = await runFfmpeg({
    tool: 'ffmpeg',
    binary: ffmpeg.ffmpeg,
    arguments: [
      ...['-copyts', '-noaccurate_seek', ...seek, ...inputArguments(source.url)],
      ...[
        '-filter_complex',
        `[0:${facts.streamIndex}]select='gte(t,${wanted})',scale=16:16[o]`,
        '-map',
        '[o]',
      ],
      ...[...ffmpeg.passthrough, '-enc_time_base', '1:1000000', '-frames:v', '1', '-f', 'framecrc', 'pipe:1'],
    ],
    signal,
    stallSeconds: 300,
  })
  // A film that cannot be decoded there has nothing to show there.
  if (!answer.ok) return false
  const pts = /^0,[^,]+,\s*(-?\d+),/m.exec(answer.value.toString('latin1'))?.[1]
  return pts !== undefined && Number(pts) / 1e6 - facts.startTime < gap.to - 0.001
}

/**
 * Whether an MP4's pictures are encrypted. ffmpeg does not say so: it decodes noise. ffprobe shows it on the packet.
 */
export const isEncrypted = async (source: Film): Promise<boolean> => {
  const stream = [
    '-select_streams',
    String(source.facts.streamIndex),
    '-show_packets',
    '-read_intervals',
    '%+#1',
  ]
  const answer = await runFfmpeg({
    tool: 'ffprobe',
    binary: source.ffmpeg.ffprobe,
    arguments: [...stream, ...inputArguments(source.url)],
    signal: source.signal,
    stallSeconds: 120,
  })
  return answer.ok && answer.value.includes('Encryption info')
}

/** What people read where ffmpeg's own words say little. */
const plainly: Partial<Record<ErrorCode, string>> = {
  'empty-file': 'The file is empty',
  encrypted: 'The film is encrypted',
  'no-video-stream': 'The file has no pictures, only other streams',
  'no-frames': 'Not one picture could be decoded',
  truncated: 'The file ends before its first picture',
}

const sizeOf = (path: PathRef): Promise<number | null> =>
  stat(pathKey(path)).then(
    (found) => found.size,
    // What is wrong with the path itself, ffmpeg has said already.
    () => null,
  )

/** Why a film gave no frame at all: what its file says before what ffmpeg says of it. */
export const whyNoFrames = async (
  source: Film,
  path: PathRef,
  end: FfmpegEnd | null,
): Promise<Result<never>> => {
  const told = end === null || end.result.ok ? null : end.result.error.code
  const log = end?.log ?? ''
  const guess = told === null || told === 'ffmpeg-failed' ? classifyFfmpegError(log) : told
  const seen = guess === 'ffmpeg-failed' ? 'no-frames' : guess
  const code = (await sizeOf(path)) === 0 ? 'empty-file' : (await isEncrypted(source)) ? 'encrypted' : seen
  return fail(code, plainly[code] ?? ffmpegMessage(log))
}
