import { execFileSync } from 'node:child_process'
import { expectOk } from '../../src-preload/contract/result.ts'
import { findFfmpeg, type FfmpegBinaries } from '../../src-main/foundation/ffmpeg-binaries.ts'

/** The binaries under test: KINORA_FFMPEG and KINORA_FFPROBE choose others. */
export const binaries: FfmpegBinaries = expectOk(
  await findFfmpeg({ environment: process.env }),
  'tests need some ffmpeg',
)

/** Runs ffmpeg to make a film for a test. */
export const make = (...parameters: readonly string[]): void => {
  execFileSync(binaries.ffmpeg, ['-nostdin', '-v', 'error', '-y', ...parameters], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
}

/** Input options for a moving test picture of `seconds`. */
export const picture = (seconds: number, size = '64x48'): readonly string[] => [
  '-f',
  'lavfi',
  '-i',
  `testsrc=duration=${seconds}:size=${size}:rate=10`,
]
