import { fail, ok, type Result } from '../../src-preload/contract/result.ts'
import type { PathRef, VideoFacts } from '../../src-preload/contract/video-facts.ts'
import { displayFilters, rgbFilter } from '../domain/display-filters.ts'
import type { FfmpegBinaries } from './ffmpeg-binaries.ts'
import { inputArguments, inputUrl } from './ffmpeg-input.ts'
import { runFfmpeg } from './ffmpeg-process.ts'
import { toneMapReference } from './tone-map-file.ts'

/** One picture of a file as it is shown, scaled by `filter` to exactly `width` x `height`. */
export type StillRequest = {
  readonly ffmpeg: FfmpegBinaries
  readonly path: PathRef
  /** Of a film: what is known of it and the second that is wanted; null: the file is a picture. */
  readonly film: { readonly facts: VideoFacts; readonly at: number } | null
  readonly filter: string
  readonly width: number
  readonly height: number
  readonly signal: AbortSignal
}

const stallSeconds = 30
/** Behind the last frame of a film nothing comes: then so many seconds earlier are looked at. */
const stepsBack = [0, 1, 10] as const
/** A film whose container does not say: what most cameras make. */
const usualFrameRate = 25

/**
 * The frame that is shown at a second of a film, or a picture's pixels: rgb24, width * height * 3 bytes. Seeks
 * accurately: decodes from the key frame before. Errors: no-frames, and those of ffmpeg.
 */
export const stillFrame = async (request: StillRequest): Promise<Result<Buffer>> => {
  const { ffmpeg, path, film, filter, width, height, signal } = request
  await using source = await inputUrl(path)
  const wanted = width * height * 3
  const facts = film?.facts ?? null
  const toneMap = await toneMapReference(facts?.hdr ?? null)
  const filters = [
    ...(facts === null ? [] : displayFilters(facts)),
    filter,
    rgbFilter({ hdr: facts?.hdr ?? null }, toneMap),
  ].join(',')
  // The frame shown at a second began before it: half a frame earlier is surely inside it.
  const at = film === null ? 0 : Math.max(0, film.at - 0.5 / (facts?.frameRate ?? usualFrameRate))
  for (const back of stepsBack) {
    const from = Math.max(0, at - back)
    const picture = await runFfmpeg({
      tool: 'ffmpeg',
      binary: ffmpeg.ffmpeg,
      arguments: [
        ...(from > 0 ? ['-ss', from.toFixed(6)] : []),
        ...inputArguments(source.url),
        ...['-map', facts === null ? '0:v:0' : `0:${facts.streamIndex}`, '-frames:v', '1'],
        ...['-vf', filters, '-f', 'rawvideo', 'pipe:1'],
      ],
      signal,
      stallSeconds,
    })
    if (!picture.ok) return picture
    if (picture.value.length === wanted) return ok(picture.value)
    if (picture.value.length > 0)
      throw new Error(`${picture.value.length} bytes where ${wanted} were asked for`)
    if (from === 0) break
  }
  return fail('no-frames', `${path.path} has no picture there.`)
}
