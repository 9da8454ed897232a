import { open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { FfmpegBinaries } from './ffmpeg-binaries.ts'
import { runFfmpeg } from './ffmpeg-process.ts'
import { publish, diskFailure } from './publish-file.ts'
import { ok, type Result } from '../../src-preload/contract/result.ts'

/** An rgb24 picture. */
export type RawPicture = { readonly rgb: Uint8Array; readonly width: number; readonly height: number }

/** What makes rgb24 pictures JPEGs in an output of ffmpeg: a filter, and options. `quality` is ffmpeg's scale: 2 is best, 5 is good. */
export const jpegArguments = (
  quality: number,
): { readonly filter: string; readonly output: readonly string[] } => ({
  filter: 'scale=out_range=full:flags=bicubic+accurate_rnd+full_chroma_inp,format=yuvj420p',
  output: ['-c:v', 'mjpeg', '-q:v', String(quality), '-f', 'mjpeg'],
})

/** JPEG by ffmpeg, which is there anyway. `quality` as above. */
export const encodeJpeg = async (
  ffmpeg: FfmpegBinaries,
  picture: RawPicture,
  quality: number,
  signal: AbortSignal,
): Promise<Result<Buffer>> => {
  const { filter, output } = jpegArguments(quality)
  const size = `${picture.width}x${picture.height}`
  return runFfmpeg({
    tool: 'ffmpeg',
    binary: ffmpeg.ffmpeg,
    arguments: [
      ...['-f', 'rawvideo', '-pix_fmt', 'rgb24', '-video_size', size, '-i', 'pipe:0'],
      ...['-vf', filter, '-frames:v', '1', ...output, 'pipe:1'],
    ],
    input: picture.rgb,
    signal,
    stallSeconds: 60,
  })
}

const makeRoom = 'Make room on the disk that holds the library, then retry.'

/**
 * Writes an immutable file: temporary name, fsync, rename. `folder` must exist. A failure leaves nothing behind:
 * `disk-full`, or `unreadable-folder` where nothing may be written.
 */
export const writePictureFile = async (
  folder: string,
  file: string,
  bytes: Uint8Array,
): Promise<Result<null>> => {
  const unfinished = join(folder, `.${file}.unfinished`)
  try {
    {
      await using handle = await open(unfinished, 'w')
      await handle.writeFile(bytes)
      await handle.sync()
    }
    await publish(unfinished, join(folder, file))
    return ok(null)
  } catch (error) {
    await rm(unfinished, { force: true })
    return diskFailure(error, join(folder, file), makeRoom)
  }
}
