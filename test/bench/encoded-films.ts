import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, renameSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { drop } from '../../src-main/foundation/drop.ts'
import { binaries, make } from '../indexer/films.ts'
import type { ScriptedFilm } from './scripted-films.ts'
import { tinyFilters } from '../../src-main/domain/tiny-picture.ts'
import { createFrameDrawer } from './scripted-frames.ts'

const size = { width: 640, height: 360 }
/** Raised when the recipe of the films changes. */
const recipe = 2
const folder = join(tmpdir(), 'kinora-bench', `shots-${recipe}`)

/** The pipeline thins large pictures before it averages them (src-main/indexer/analysis-decode.ts): both ways are to be seen. */
const isLarge = (seed: number): boolean => seed % 2 === 1

/** The film as H.264 at 640 x 360 (every second one at 1280 x 720), CRF 23 to 28; made once and kept in the temporary folder. */
export const encodeFilm = async (film: ScriptedFilm): Promise<string> => {
  mkdirSync(folder, { recursive: true })
  const file = join(folder, `film-${film.seed}.mp4`)
  if (existsSync(file)) return file
  const encoder = spawn(
    binaries.ffmpeg,
    [
      ...['-nostdin', '-v', 'error', '-y', '-f', 'rawvideo', '-pix_fmt', 'rgb24', '-s', '640x360'],
      ...[
        '-r',
        String(film.rate),
        '-i',
        'pipe:0',
        '-c:v',
        'libx264',
        '-preset',
        'veryfast',
        '-pix_fmt',
        'yuv420p',
      ],
      ...(isLarge(film.seed) ? ['-vf', 'scale=1280:720'] : []),
      ...['-crf', String(23 + (film.seed % 6)), '-f', 'mp4', `${file}.part`],
    ],
    { stdio: ['pipe', 'ignore', 'inherit'] },
  )
  const ended = once(encoder, 'close')
  const { draw } = createFrameDrawer(film, size)
  for (let i = 0; i < film.frames; i += 1)
    // The drawer's buffer is used again: the pipe gets its own.
    if (!encoder.stdin.write(Buffer.from(draw(i)))) await once(encoder.stdin, 'drain')
  encoder.stdin.end()
  drop(ended)
  await ended
  if (encoder.exitCode !== 0) throw new Error(`ffmpeg could not encode film ${film.seed}`)
  renameSync(`${file}.part`, file)
  return file
}

/** A film with the same pictures, four of ten left out at random: gaps of many lengths. */
export const withGaps = (file: string): string => {
  const other = file.replace(/\.mp4$/, '-vfr.mp4')
  if (!existsSync(other)) {
    const graph = String.raw`select=eq(n\,0)+gt(random(7)\,0.4)`
    make('-i', file, '-vf', graph, ...binaries.passthrough, '-c:v', 'libx264', '-f', 'mp4', `${other}.part`)
    renameSync(`${other}.part`, other)
  }
  return other
}

/** The same film, to be shown lying on its side. */
export const onItsSide = (file: string): string => {
  const other = file.replace(/\.mp4$/, '-rotated.mp4')
  if (!existsSync(other)) {
    // The option is from ffmpeg 6, the metadata understood before.
    const turned =
      binaries.major !== null && binaries.major >= 6
        ? ['-display_rotation', '90', '-i', file]
        : ['-i', file, '-metadata:s:v:0', 'rotate=90']
    make(...turned, '-c', 'copy', '-f', 'mp4', `${other}.part`)
    renameSync(`${other}.part`, other)
  }
  return other
}

export type TinyFilm = { readonly times: readonly number[]; readonly pictures: readonly Uint8Array[] }

const times = (framecrc: string): readonly number[] => {
  const base = /#tb 0: (\d+)\/(\d+)/.exec(framecrc)
  const unit = Number(base?.[1]) / Number(base?.[2])
  return framecrc
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => Number(line.split(',')[2]) * unit)
}
const exactTimes = ['-enc_time_base', '1:1000000']

/** Decodes with the pipeline's filter and its times (ffmpeg.md). */
export const decodeTiny = (file: string, seed: number): TinyFilm => {
  const graph = `[0:v:0]${isLarge(seed) ? tinyFilters(1280, 720) : tinyFilters(640, 360)},format=rgb24,split=2[pictures][stamps]`
  const output = [...binaries.passthrough, ...exactTimes]
  const { output: pipes, status } = spawnSync(
    binaries.ffmpeg,
    [
      ...['-nostdin', '-v', 'error', '-copyts', '-start_at_zero', '-i', file, '-filter_complex', graph],
      ...['-map', '[pictures]', ...output, '-f', 'rawvideo', 'pipe:3'],
      ...['-map', '[stamps]', ...output, '-f', 'framecrc', 'pipe:1'],
    ],
    { stdio: ['ignore', 'pipe', 'inherit', 'pipe'], maxBuffer: 1 << 30 },
  )
  const bytes = (pipes as readonly (Buffer | null)[])[3]
  const stamps = (pipes as readonly (Buffer | null)[])[1]?.toString('latin1') ?? ''
  if (status !== 0 || bytes === null || bytes === undefined)
    throw new Error(`ffmpeg could not decode ${file}`)
  const each = 48 * 27 * 3
  const pictures = Array.from(
    { length: bytes.length / each },
    (_, i) => new Uint8Array(bytes.subarray(i * each, (i + 1) * each)),
  )
  return { times: times(stamps), pictures }
}

/** The cuts that ffmpeg's own scene score finds, at the usual threshold. */
export const sceneCuts = (file: string): readonly { readonly time: number }[] =>
  times(
    execFileSync(
      binaries.ffmpeg,
      [
        ...['-nostdin', '-v', 'error', '-copyts', '-start_at_zero', '-i', file, '-map', '0:v:0'],
        ...['-vf', String.raw`select=gt(scene\,0.3),scale=16:16`, ...binaries.passthrough, ...exactTimes],
        ...['-f', 'framecrc', '-'],
      ],
      { encoding: 'latin1', maxBuffer: 1 << 26 },
    ),
  ).map((time) => ({ time }))
