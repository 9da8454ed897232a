import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { FfmpegBinaries } from '../../src-main/foundation/ffmpeg-binaries.ts'
import type { VideoFacts } from '../../src-preload/contract/video-facts.ts'

const run = promisify(execFile)

/** A frame as a plain decode of the whole film gives it: seconds from the film's start, rgb24. */
export type TrueFrame = { readonly time: number; readonly picture: Uint8Array }

const timesOf = (crc: string): readonly number[] => {
  const base = /#tb 0: (\d+)\/(\d+)/.exec(crc)
  const unit = Number(base?.[1]) / Number(base?.[2])
  const lines = crc.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  return lines.map((line) => Number(line.split(',')[2]) * unit)
}

/**
 * Every frame of a film, without any trick: what the skim is compared with. `turned: false` gives them as they are
 * coded, before the display matrix.
 */
export const fullDecode = async (
  ffmpeg: FfmpegBinaries,
  path: string,
  facts: VideoFacts,
  size: { readonly width: number; readonly height: number },
  turned = true,
): Promise<readonly TrueFrame[]> => {
  const folder = await mkdtemp(join(tmpdir(), 'kinora-full-'))
  try {
    const [raw, crc] = [join(folder, 'raw'), join(folder, 'crc')]
    const times = [...ffmpeg.passthrough, '-enc_time_base', '1:1000000']
    const graph = `[0:${facts.streamIndex}]scale=${size.width}:${size.height}:flags=bicubic,format=rgb24,split=2[a][b]`
    await run(ffmpeg.ffmpeg, [
      ...['-nostdin', '-v', 'quiet', '-copyts', ...(turned ? [] : ['-noautorotate']), '-i', `file:${path}`],
      ...['-filter_complex', graph, '-map', '[a]', ...times, '-f', 'rawvideo', raw],
      ...['-map', '[b]', ...times, '-f', 'framecrc', crc],
    ])
    const pixels = await readFile(raw)
    const bytes = size.width * size.height * 3
    return timesOf(await readFile(crc, 'latin1')).map((pts, index) => ({
      time: pts - facts.startTime,
      picture: pixels.subarray(index * bytes, (index + 1) * bytes),
    }))
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** Mean difference of two pictures' samples, 0 to 255. */
export const meanDifference = (one: Uint8Array, other: Uint8Array): number => {
  if (one.length !== other.length) throw new Error(`pictures of ${one.length} and ${other.length} bytes`)
  return one.reduce((sum, sample, index) => sum + Math.abs(sample - (other[index] ?? 0)), 0) / one.length
}

/** An rgb24 picture turned clockwise by a quarter. */
export const turnClockwise = (picture: Uint8Array, width: number, height: number): Uint8Array => {
  const turned = new Uint8Array(picture.length)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from = (y * width + x) * 3
      turned.set(picture.subarray(from, from + 3), (x * height + (height - 1 - y)) * 3)
    }
  }
  return turned
}
