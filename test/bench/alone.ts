import { execFileSync, spawnSync } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { binaries } from '../indexer/films.ts'

/** What indexing is measured against: its parts, each alone on this machine. Seconds, bytes. */
export type EncoderAlone = {
  readonly load: number
  readonly run: number
  readonly loadCpu: number
  readonly runCpu: number
  /** The greatest resident set. */
  readonly memory: number
}
export type DecodeAlone = { readonly wall: number; readonly cpu: number }

export const cores = availableParallelism()
/** As src-main/indexer/engine.ts chooses them. */
const threads = Math.min(4, cores)
const batch = 4

/** ffmpeg decoding to null, film after film; `options` are input options, such as which frames. */
export const decodeAlone = (files: readonly string[], options: readonly string[]): DecodeAlone => {
  let cpu = 0
  const start = performance.now()
  for (const file of files) {
    const { stderr } = spawnSync(
      binaries.ffmpeg,
      [
        ...['-nostdin', '-hide_banner', '-benchmark', ...options, '-i', file, '-map', '0:v:0'],
        ...[...binaries.passthrough, '-f', 'null', '-'],
      ],
      { encoding: 'utf8' },
    )
    const times = /bench: utime=([\d.]+)s stime=([\d.]+)s/.exec(stderr)
    cpu += Number(times?.[1] ?? NaN) + Number(times?.[2] ?? NaN)
  }
  return { wall: (performance.now() - start) / 1000, cpu }
}

/** The image encoder on so many pictures, with its loading, in a process of its own. */
export const encoderAlone = (model: string, pictures: number): EncoderAlone =>
  JSON.parse(
    execFileSync(
      process.execPath,
      [
        join(import.meta.dirname, 'encoder-alone.ts'),
        ...[model, String(pictures), String(threads), String(batch)],
      ],
      { encoding: 'utf8' },
    ),
  ) as EncoderAlone

export const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN
export const rounded = (value: number): number => Math.round(value * 100) / 100
