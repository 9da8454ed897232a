import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import type { Picture } from './plain-resize.ts'

/** The ffmpeg these tests use: KINORA_FFMPEG, else the one on the path, else the 2018 binary from npm. */
export const ffmpegPath = ((): string => {
  const forced = process.env['KINORA_FFMPEG']
  if (forced !== undefined) return forced
  if (spawnSync('ffmpeg', ['-version']).status === 0) return 'ffmpeg'
  return (createRequire(import.meta.url)('@ffmpeg-installer/ffmpeg') as { path: string }).path
})()

/** What ffmpeg writes to its first output pipe; throws with its own words when it fails. */
const ffmpeg = (args: readonly string[]): Buffer => {
  const run = spawnSync(ffmpegPath, ['-nostdin', '-v', 'error', ...args], { maxBuffer: 1 << 28 })
  if (run.status !== 0) throw new Error(`${ffmpegPath} ${args.join(' ')}: ${run.stderr.toString()}`)
  return run.stdout
}

/** Where a picture comes from: a file, or drawn by ffmpeg (`mandelbrot=s=641x361`). */
export type Source = { readonly file: string } | { readonly drawn: string }

const inputOf = (source: Source): readonly string[] =>
  'file' in source ? ['-i', `file:${source.file}`] : ['-f', 'lavfi', '-i', source.drawn]

/** The first frame through `filter`, as rgb24. */
export const filtered = (source: Source, filter: string): Uint8Array =>
  new Uint8Array(
    ffmpeg([
      ...inputOf(source),
      '-frames:v',
      '1',
      '-vf',
      filter,
      '-pix_fmt',
      'rgb24',
      '-f',
      'rawvideo',
      'pipe:1',
    ]),
  )

/** The first frame at its own size. A ppm names its size in its head, which no raw output does. */
export const decoded = (source: Source): Picture => {
  const ppm = ffmpeg([
    ...inputOf(source),
    ...['-frames:v', '1', '-sws_flags', 'bicubic+accurate_rnd+full_chroma_int', '-pix_fmt', 'rgb24'],
    ...['-f', 'image2pipe', '-c:v', 'ppm', 'pipe:1'],
  ])
  const head = /^P6\s(\d+)\s(\d+)\s255\s/.exec(ppm.subarray(0, 40).toString('latin1'))
  if (head === null) throw new Error('not a ppm')
  const [all, width, height] = [head[0], Number(head[1]), Number(head[2])]
  return { width, height, rgb: new Uint8Array(ppm.subarray(all.length)) }
}
