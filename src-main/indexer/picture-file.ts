import { open, rename, rm, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import type { FfmpegBinaries } from '../foundation/ffmpeg-binaries.ts'
import { runFfmpeg } from '../foundation/ffmpeg-process.ts'
import { fail, ok, type Result } from '../../src-preload/contract/result.ts'

/** An rgb24 picture. */
export type RawPicture = { readonly rgb: Uint8Array; readonly width: number; readonly height: number }

/** JPEG by ffmpeg, which is there anyway. `quality` is ffmpeg's scale: 2 is best, 5 is good. */
export const encodeJpeg = async (
  ffmpeg: FfmpegBinaries,
  picture: RawPicture,
  quality: number,
  signal: AbortSignal,
): Promise<Result<Buffer>> =>
  runFfmpeg({
    tool: 'ffmpeg',
    binary: ffmpeg.ffmpeg,
    arguments: [
      ...[
        '-f',
        'rawvideo',
        '-pix_fmt',
        'rgb24',
        '-video_size',
        `${picture.width}x${picture.height}`,
        '-i',
        'pipe:0',
      ],
      ...['-vf', 'scale=out_range=full:flags=bicubic+accurate_rnd+full_chroma_inp,format=yuvj420p'],
      ...['-frames:v', '1', '-c:v', 'mjpeg', '-q:v', String(quality), '-f', 'mjpeg', 'pipe:1'],
    ],
    input: picture.rgb,
    signal,
    stallSeconds: 60,
  })

/** The codes that a full or missing disk gives; anything else is a bug or a broken machine and is thrown on. */
const diskFailure = (error: unknown, path: string): Result<never> => {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const message = `${path} cannot be written: ${error instanceof Error ? error.message : String(error)}`
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return fail('disk-full', message, 'Make room on the disk that holds the library, then retry.')
  }
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS' || code === 'ENOENT')
    return fail('unreadable-folder', message)
  throw error
}

/** Renames last only when their folder is on the disk; Windows has no such call and needs none. */
const syncFolder = async (folder: string): Promise<void> => {
  if (process.platform === 'win32') return
  await using handle: FileHandle = await open(folder, 'r')
  await handle.sync()
}

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
    await rename(unfinished, join(folder, file))
    await syncFolder(folder)
    return ok(null)
  } catch (error) {
    await rm(unfinished, { force: true })
    return diskFailure(error, join(folder, file))
  }
}
