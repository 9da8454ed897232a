import { fail, type ErrorCode, type Result } from '../../src-preload/contract/result.ts'
import type { PathRef, VideoFacts } from '../../src-preload/contract/video-facts.ts'
import { displayFilters, rgbFilter } from '../domain/display-filters.ts'
import { stillSeek, type StillTry } from '../domain/still-seek.ts'
import type { FfmpegBinaries } from './ffmpeg-binaries.ts'
import { inputArguments, inputUrl } from './ffmpeg-input.ts'
import { runFfmpeg } from './ffmpeg-process.ts'
import { jpegArguments } from './picture-file.ts'
import { toneMapReference } from './tone-map-file.ts'

/** One picture of a file as it is shown, scaled by `filter`. */
export type StillPlace = {
  readonly ffmpeg: FfmpegBinaries
  readonly path: PathRef
  /** Of a film: what is known of it and the second that is wanted; null: the file is a picture. */
  readonly film: { readonly facts: VideoFacts; readonly at: number } | null
  readonly filter: string
  readonly signal: AbortSignal
}

/** The pixels themselves; `filter` scales to exactly this size. */
export type StillRequest = StillPlace & { readonly width: number; readonly height: number }

const stallSeconds = 30

/** Elsewhere in the file it would be the same. */
const hopeless: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  ...(['cancelled', 'missing-file', 'unreadable-file', 'ffmpeg-missing', 'no-video-stream'] as const),
  ...(['unsupported-codec', 'encrypted'] as const),
])

/** Of a picture file there is nothing to seek. */
const whole: StillTry = { from: 0, filters: [] }

/** What the first try that gives a picture puts out; empty where none does. */
const firstPicture = async (
  place: StillPlace,
  output: readonly string[],
  last: string,
): Promise<Result<Buffer>> => {
  const { ffmpeg, path, film, filter, signal } = place
  await using source = await inputUrl(path)
  const facts = film?.facts ?? null
  const toneMap = await toneMapReference(facts?.hdr ?? null)
  const shown = [
    ...(facts === null ? [] : displayFilters(facts)),
    filter,
    rgbFilter({ hdr: facts?.hdr ?? null }, toneMap),
  ]
  const run = ({ from, filters }: StillTry): Promise<Result<Buffer>> =>
    runFfmpeg({
      tool: 'ffmpeg',
      binary: ffmpeg.ffmpeg,
      arguments: [
        '-copyts',
        ...(from > 0 ? ['-noaccurate_seek', '-ss', from.toFixed(6)] : []),
        ...inputArguments(source.url),
        ...['-map', facts === null ? '0:v:0' : `0:${facts.streamIndex}`, '-frames:v', '1'],
        ...['-vf', [...filters, ...shown, last].filter((one) => one !== '').join(',')],
        ...ffmpeg.passthrough,
        ...output,
        'pipe:1',
      ],
      signal,
      stallSeconds,
    })
  const { tries, next } = film === null ? { tries: [], next: whole } : stillSeek(film.facts, film.at)
  let failed: Result<Buffer> | null = null
  for (const one of tries) {
    const picture = await run(one)
    if (picture.ok && picture.value.length > 0) return picture
    // The `tpad` of 2018 crashes where nothing comes.
    if (picture.ok || (ffmpeg.outdated && picture.error.code === 'decoder-crashed')) continue
    if (hopeless.has(picture.error.code)) return picture
    // What is broken there may be whole a little earlier.
    failed ??= picture
  }
  if (failed !== null) return failed
  const picture = await run(next)
  return picture.ok && picture.value.length === 0 ? fail('no-frames', 'There is no picture there.') : picture
}

/**
 * The frame that is shown at a second of a film (`stillSeek`), or a picture's pixels: rgb24, width * height * 3 bytes.
 * Errors: no-frames, and those of ffmpeg.
 */
export const stillFrame = async (request: StillRequest): Promise<Result<Buffer>> => {
  const wanted = request.width * request.height * 3
  const picture = await firstPicture(request, ['-f', 'rawvideo'], '')
  if (picture.ok && picture.value.length !== wanted)
    throw new Error(`${picture.value.length} bytes where ${wanted} were asked for`)
  return picture
}

/** The same as a JPEG, written by the same run of ffmpeg. `quality` as `encodeJpeg` takes it. */
export const stillJpeg = (place: StillPlace, quality: number): Promise<Result<Buffer>> => {
  const { filter, output } = jpegArguments(quality)
  return firstPicture(place, output, filter)
}
