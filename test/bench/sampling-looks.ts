import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import type { Readable } from 'node:stream'
import { expectOk } from '../../src-preload/contract/result.ts'
import { encoderFilter } from '../../src-main/domain/encoder-filter.ts'
import { createFrameMeter } from '../../src-main/domain/frame-measure.ts'
import { tinySize } from '../../src-main/domain/tiny-picture.ts'
import { createShotDetector } from '../../src-main/domain/shot-boundaries.ts'
import type { ModelFolder } from '../../src-main/foundation/model-folder.ts'
import { openImageEncoder } from '../../src-main/indexer/image-encoder.ts'
import { binaries } from '../indexer/films.ts'
import type { BenchFilm } from './sampling-films.ts'
import { framesPerSecond } from './sampling-pieces.ts'

/** What is known of a film looked at twice a second, everything embedded. Look i is at i / 2 seconds. */
export type Looks = {
  readonly duration: number
  readonly vectors: readonly Float32Array[]
  /** The 48x27 picture of each look. */
  readonly tiny: readonly Uint8Array[]
  /** Shot boundaries as the analysis finds them, in seconds. */
  readonly cuts: readonly number[]
  /** Seconds of the key frames. */
  readonly keys: readonly number[]
  /** Looks that ffmpeg's mpdecimate lets pass. */
  readonly decimated: readonly number[]
}

export const looksASecond = 2
const every = framesPerSecond / looksASecond

/** Chunks of exactly `bytes` bytes. */
async function* picturesOf(stream: Readable, bytes: number): AsyncGenerator<Uint8Array> {
  let rest: Buffer = Buffer.alloc(0)
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    let at = 0
    for (; rest.length - at >= bytes; at += bytes) yield Uint8Array.prototype.slice.call(rest, at, at + bytes)
    rest = rest.subarray(at)
  }
}

const keyTimes = (file: string): readonly number[] =>
  execFileSync(
    binaries.ffprobe,
    [
      '-v',
      'error',
      '-select_streams',
      'v:0',
      '-show_entries',
      'packet=pts_time,flags',
      '-of',
      'csv=p=0',
      file,
    ],
    { encoding: 'utf8', maxBuffer: 1e8 },
  )
    .split('\n')
    .flatMap((line) => {
      const [time, flags] = line.split(',')
      return flags?.startsWith('K') === true ? [Number(time)] : []
    })
    .sort((a, b) => a - b)

const look = async (
  film: BenchFilm,
  embed: (pictures: readonly Uint8Array[]) => Promise<readonly Float32Array[]>,
  image: ModelFolder['manifest']['image'],
): Promise<Looks> => {
  const shown = { width: 640, height: 360 }
  const graph =
    `[0:v]split=2[a][b];[a]scale=${tinySize.width}:${tinySize.height}:flags=area,format=rgb24[t];` +
    `[b]select='not(mod(n,${every}))',split=2[c][d];[c]${encoderFilter(image, shown)},format=rgb24[f];` +
    `[d]mpdecimate=hi=64*12:lo=64*5:frac=0.33[m]`
  const raw = [...binaries.passthrough, '-f', 'rawvideo']
  const child = spawn(
    binaries.ffmpeg,
    [
      ...['-nostdin', '-v', 'error', '-i', film.file, '-filter_complex', graph],
      ...['-map', '[t]', ...raw, 'pipe:3', '-map', '[f]', ...raw, 'pipe:4'],
      ...['-map', '[m]', ...binaries.passthrough, '-f', 'framecrc', 'pipe:5'],
    ],
    { stdio: ['ignore', 'ignore', 'inherit', 'pipe', 'pipe', 'pipe'] },
  )
  const pipe = (number: number): Readable => child.stdio[number] as Readable
  const tiny: Uint8Array[] = []
  const cuts: number[] = []
  let frames = 0
  const vectors: Float32Array[] = []
  let stamps = ''
  const readTiny = async (): Promise<void> => {
    const measure = createFrameMeter()
    const shots = createShotDetector()
    for await (const frame of picturesOf(pipe(3), tinySize.width * tinySize.height * 3)) {
      const measured = measure(frames / framesPerSecond, frame)
      cuts.push(...shots.push(measured, frame).map(({ time }) => time))
      if (frames % every === 0) tiny.push(frame)
      frames += 1
    }
    cuts.push(...shots.finish(frames / framesPerSecond).map(({ time }) => time))
  }
  const readPictures = async (): Promise<void> => {
    let batch: Uint8Array[] = []
    for await (const picture of picturesOf(pipe(4), image.width * image.height * 3)) {
      batch.push(picture)
      if (batch.length < 4) continue
      vectors.push(...(await embed(batch)))
      batch = []
    }
    vectors.push(...(await embed(batch)))
  }
  const readStamps = async (): Promise<void> => {
    for await (const chunk of pipe(5)) stamps += String(chunk)
  }
  await Promise.all([readTiny(), readPictures(), readStamps(), once(child, 'close')])
  const base = /#tb 0: (\d+)\/(\d+)/.exec(stamps)
  const tick = Number(base?.[1]) / Number(base?.[2])
  const decimated = stamps
    .split('\n')
    .filter((line) => /^\d/.test(line))
    .map((line) => Math.round(Number(line.split(',')[2]) * tick * looksASecond))
  const count = Math.min(tiny.length, vectors.length)
  return {
    duration: frames / framesPerSecond,
    vectors: vectors.slice(0, count),
    tiny: tiny.slice(0, count),
    cuts,
    keys: keyTimes(film.file),
    decimated: decimated.filter((at) => at < count),
  }
}

/** Head (JSON, one line), then the pictures and the vectors. */
const write = (file: string, looks: Looks): void => {
  const { duration, keys, decimated, cuts, tiny, vectors } = looks
  const head = {
    duration,
    keys,
    decimated,
    cuts,
    looks: tiny.length,
    dimensions: vectors[0]?.length ?? 0,
  }
  const parts = [
    Buffer.from(`${JSON.stringify(head)}\n`),
    ...tiny,
    ...vectors.map(({ buffer, byteOffset, byteLength }) => Buffer.from(buffer, byteOffset, byteLength)),
  ]
  writeFileSync(`${file}.part`, Buffer.concat(parts))
  renameSync(`${file}.part`, file)
}

type Head = Pick<Looks, 'duration' | 'keys' | 'decimated' | 'cuts'> & {
  readonly looks: number
  readonly dimensions: number
}

const read = (file: string): Looks => {
  const bytes = readFileSync(file)
  const line = bytes.indexOf(10)
  const { looks, dimensions, ...head } = JSON.parse(bytes.toString('utf8', 0, line)) as Head
  let at = line + 1
  const next = (length: number): Uint8Array => new Uint8Array(bytes.subarray(at, (at += length)))
  const some = <T>(count: number, one: () => T): readonly T[] => Array.from({ length: count }, one)
  const tiny = some(looks, () => next(tinySize.width * tinySize.height * 3))
  return { ...head, tiny, vectors: some(looks, () => new Float32Array(next(dimensions * 4).buffer)) }
}

/** Looks at every film and embeds every look, once: kept beside the film. 8 ms a look (2 cores). */
export const looksOf = async (
  films: readonly BenchFilm[],
  folder: ModelFolder,
): Promise<readonly Looks[]> => {
  const found: Looks[] = []
  const encoder = expectOk(await openImageEncoder(folder, { threads: 2, batch: 4 }), 'the shared model opens')
  for (const film of films) {
    const kept = `${film.file}.${folder.manifest.id}-2.looks`
    if (!existsSync(kept)) {
      const embed = async (pictures: readonly Uint8Array[]): Promise<readonly Float32Array[]> =>
        expectOk(await encoder.embed(pictures), 'a right picture is embedded')
      write(kept, await look(film, embed, folder.manifest.image))
    }
    found.push(read(kept))
  }
  await encoder.dispose()
  return found
}
