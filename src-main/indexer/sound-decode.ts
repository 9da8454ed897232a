import type { Readable } from 'node:stream'
import type { AudioStream, VideoFacts } from '../../src-preload/contract/video-facts.ts'
import { soundRate } from '../domain/sound-meter.ts'
import type { FfmpegEnd } from '../foundation/ffmpeg-process.ts'

/**
 * Samples may lie so far from where their clock says before silence is put in or sound is left out: Matroska and FLV
 * round times to a millisecond, and no one sees 10 ms between picture and sound.
 */
const toleranceSamples = soundRate / 100

/** One sample and its clock, f32le each. */
const pairBytes = 8

/** The sound that is measured: the first track that this ffprobe had a name for (containers put the main one first). */
const chosen = ({ audio }: VideoFacts): AudioStream | null =>
  audio.find(({ codec }) => codec !== 'unknown') ?? null

/**
 * Output options for the sound, but for the pipe's name: mono at `soundRate`, f32le in pairs of a sample and its own
 * clock, the seconds since the film's second `from` (`readSound` reads them). Null where there is no sound. The process
 * runs with `-copyts`.
 *
 * The clock, because ffmpeg sets up its filters anew whenever the sound changes its channels or rate, as broadcasts do:
 * what `aresample=async=1:first_pts=` had padded before is then padded once more (measured). Cut before it is resampled,
 * so that a resumed run resamples in the same phase; float before it is mixed down, because ffmpeg mixes whole numbers
 * 3 dB quieter.
 */
export const soundOutput = (
  facts: VideoFacts,
  { from }: { readonly from: number },
): readonly string[] | null => {
  const stream = chosen(facts)
  if (stream === null) return null
  const zero = (facts.startTime + from).toFixed(6)
  const filters = [
    `atrim=start=${zero}`,
    'aformat=sample_fmts=fltp',
    `aresample=${soundRate}`,
    'aformat=sample_fmts=dblp:channel_layouts=mono',
    `aeval=exprs=val(0)|t-(${zero}):c=stereo`,
    'aformat=sample_fmts=flt',
  ]
  return ['-map', `0:${stream.index}`, '-af', filters.join(','), '-f', 'f32le']
}

/** Puts sound where its clock says: silence into gaps, nothing of what overlaps; times beyond `limit` are not believed. */
const createPlacer = (
  push: (samples: Float32Array) => void,
  limit: number,
): ((pairs: Float32Array) => void) => {
  const silence = new Float32Array(soundRate)
  const limitSamples = limit * soundRate
  let next = 0
  const fill = (to: number): void => {
    while (next < to) {
      const count = Math.min(silence.length, to - next)
      push(silence.subarray(0, count))
      next += count
    }
  }
  return (pairs) => {
    const samples = new Float32Array(pairs.length / 2)
    let ready = 0
    for (let i = 0; i < pairs.length; i += 2) {
      const place = (pairs[i + 1] ?? 0) * soundRate
      const ahead = place - next
      if (ahead < -toleranceSamples || place > limitSamples) continue
      if (ahead > toleranceSamples) {
        // A copy: whoever takes it may keep it.
        if (ready > 0) push(samples.slice(0, ready))
        ready = 0
        fill(Math.round(place))
      }
      samples[ready] = pairs[i] ?? 0
      ready += 1
      next += 1
    }
    if (ready > 0) push(samples.subarray(0, ready))
  }
}

/**
 * Reads the pipe of `soundOutput` to its end, as it comes: `push` gets mono samples, the very first one at the second
 * `from`, without gaps. `limit`: seconds after `from` behind which no sound can lie (a damaged clock would otherwise
 * mean hours of silence); infinite where the film's length is not known.
 */
export const readSound = async (
  stream: Readable,
  push: (samples: Float32Array) => void,
  limit: number = Number.POSITIVE_INFINITY,
): Promise<void> => {
  const place = createPlacer(push, limit)
  let rest: Uint8Array = new Uint8Array(0)
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    const whole = bytes.length - (bytes.length % pairBytes)
    // A copy, because a view of four-byte numbers must begin at a multiple of four.
    place(new Float32Array(new Uint8Array(bytes.subarray(0, whole)).buffer))
    rest = bytes.subarray(whole)
  }
}

/** What ffmpeg 2018 to 8 say when they cannot decode or filter something that was asked for; which stream it was stands in few of them. */
const signs: readonly RegExp[] = [
  // "Decoder (codec none) not found for input stream #0:1", "Error while opening decoder for input stream #0:1 : ..."
  /decoder [^\n]*for input stream #/i,
  // "Cannot determine format of input stream 0:1 after EOF", "Error while processing the decoded data for stream #0:1"
  /(?:Cannot determine format of input|decoded data for) stream/,
  // ffmpeg 6 and later put the stream or its filters in front.
  /\[aist#|\[af#|no decoder found for/,
  /\[(?:in|out|graph)_\d+_in_|Parsed_(?:atrim|aformat|aresample|aeval)_\d|abuffer/,
]

/**
 * Whether a run may have failed for its sound alone: sound that cannot be decoded fails all of it (measured with a codec
 * that ffmpeg does not know), though damaged sound does not. The caller then runs it again without; that run tells.
 */
export const soundFailed = ({ result, log }: Pick<FfmpegEnd, 'result' | 'log'>): boolean =>
  !result.ok && signs.some((sign) => sign.test(log))
