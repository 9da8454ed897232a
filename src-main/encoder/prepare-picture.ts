import { createHash } from 'node:crypto'
import { fail, ok, type Result } from '../../src-preload/contract/result.ts'
import type { FfmpegBinaries } from '../foundation/ffmpeg-binaries.ts'
import { inputArguments } from '../foundation/ffmpeg-input.ts'
import { runFfmpeg } from '../foundation/ffmpeg-process.ts'
import { writePictureFile } from '../foundation/picture-file.ts'

/** Longest side in pixels: no model looks at more than 384. */
const longest = 1024

/** Width and height in the frame header of a JPEG (ITU-T T.81, B.2.2), or null. */
const jpegSize = (bytes: Buffer): { readonly width: number; readonly height: number } | null => {
  for (let at = 2; at + 9 < bytes.length && bytes[at] === 0xff; at += 2 + bytes.readUInt16BE(at + 2)) {
    const marker = bytes[at + 1] ?? 0
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
    if (isFrame) return { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) }
  }
  return null
}

/**
 * Makes a person's picture (any that ffmpeg reads) a JPEG of at most 1024 pixels in `folder`, upright, named `ID.jpg`
 * by its content. Errors: not-a-picture, disk-full, unreadable-folder.
 */
export const preparePicture = async (
  ffmpeg: FfmpegBinaries,
  path: string,
  folder: string,
  signal: AbortSignal,
): Promise<Result<{ readonly id: string; readonly width: number; readonly height: number }>> => {
  const fit = `scale='min(${longest},iw)':'min(${longest},ih)':force_original_aspect_ratio=decrease`
  const jpeg = await runFfmpeg({
    tool: 'ffmpeg',
    binary: ffmpeg.ffmpeg,
    arguments: [
      ...inputArguments(`file:${path}`),
      ...['-map', '0:v:0', '-frames:v', '1', '-vf', `${fit}:flags=bicubic:out_range=full,format=yuvj444p`],
      ...['-c:v', 'mjpeg', '-q:v', '2', '-f', 'mjpeg', 'pipe:1'],
    ],
    signal,
    stallSeconds: 30,
  })
  if (!jpeg.ok && ['cancelled', 'ffmpeg-missing'].includes(jpeg.error.code)) return jpeg
  const size = jpeg.ok ? jpegSize(jpeg.value) : null
  if (!jpeg.ok || size === null)
    return fail('not-a-picture', `${path} is no picture that can be read.`, 'Try a JPEG or PNG.')
  const id = `p${createHash('sha256').update(jpeg.value).digest('hex').slice(0, 20)}`
  const written = await writePictureFile(folder, `${id}.jpg`, jpeg.value)
  return written.ok ? ok({ id, ...size }) : written
}
