import { createHash } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import PQueue from 'p-queue'
import type { LibraryApi } from '../../src-preload/contract/api.ts'
import { frameVersion } from '../../src-preload/contract/moment-frame.ts'
import type { FrameSource } from '../../src-preload/contract/nouns.ts'
import { fail, ok } from '../../src-preload/contract/result.ts'
import type { Result } from '../../src-preload/contract/result.ts'
import type { Client } from '../../src-preload/contract/schema.ts'
import { fitInside } from '../domain/sprite-layout.ts'
import { toneMapVersion } from '../domain/tone-map.ts'
import { drop } from './drop.ts'
import { createFrameCache } from './frame-cache.ts'
import type { Log } from './log.ts'
import { isVideoId, memoryFile, openFile } from './media-file.ts'
import type { MediaFile } from './media-file.ts'
import { fsPath, pathRef } from './path-ref.ts'
import { createProvenFfmpeg } from './proven-ffmpeg.ts'
import type { ProvenFfmpeg } from './proven-ffmpeg.ts'
import { stillJpeg } from './still-frame.ts'

/** A frame that is kept already, or one that has yet to be made: by whoever still wants it. */
export type FoundFrame =
  | { readonly kind: 'kept'; readonly file: MediaFile }
  /** Errors: cancelled, no-frames, ffmpeg-missing and those of ffmpeg. */
  | { readonly kind: 'wanted'; readonly make: (signal: AbortSignal) => Promise<Result<MediaFile>> }

/** Pictures of any second of a film, as JPEGs. */
export type MomentFrames = {
  /** Errors: not-found for unknown ids and seconds outside the film, offline, missing-file. */
  readonly find: (client: Client<LibraryApi>, id: string, milliseconds: number) => Promise<Result<FoundFrame>>
  /** Stops what is being made. */
  readonly close: () => Promise<void>
}

export type MomentFramesOptions = {
  /** For the frames that are kept. */
  readonly folder: string
  readonly log: Log
  /** Seconds since 1970. */
  readonly clock: () => number
  readonly ffmpeg?: ProvenFfmpeg
  /** Pictures that are made at a time. */
  readonly atOnce?: number
  readonly mostBytes?: number
}

/** Longest side in pixels: a card is 224 to 400 pixels wide, on a dense screen twice as many. */
export const frameSide = 480
/** As a poster's (indexer/pictures.ts): such a picture has 5 to 40 KB. */
const quality = 3
/** Some 10,000 frames. */
const usualBytes = 256 * 1024 * 1024
/** ffmpeg takes several cores for each; the rest are for the person, and for the indexer. */
const usualAtOnce = Math.max(1, Math.min(4, Math.floor(availableParallelism() / 2)))
/** A film's length is not known to the frame. Seconds. */
const behindEnd = 1

/** `12.345` as milliseconds; null for anything that is no plain second of a film. */
export const readFrameSecond = (text: string | null): number | null =>
  text !== null && /^\d{1,6}(\.\d{1,6})?$/.test(text) ? Math.round(Number(text) * 1000) : null

/** The picture is another one when any of these is. */
const lookOf = ({ facts, size }: FrameSource): string => {
  const { streamIndex, startTime, width, height, rotation, hdr, interlaced } = facts
  const look = [
    frameVersion,
    toneMapVersion,
    frameSide,
    size,
    streamIndex,
    startTime,
    width,
    height,
    rotation,
    hdr,
  ]
  return createHash('sha256')
    .update(JSON.stringify([...look, interlaced]))
    .digest('hex')
    .slice(0, 8)
}

type Making = {
  readonly jpeg: Promise<Result<Buffer>>
  readonly stop: AbortController
  wantedBy: number
}

const cancelled = fail('cancelled', 'Nobody wants this picture any more.')

/** Settles with `work`, or as cancelled as soon as `signal` fires. */
const unlessStopped = <T>(work: Promise<Result<T>>, signal: AbortSignal): Promise<Result<T>> =>
  new Promise((resolve, reject) => {
    const stop = (): void => resolve(cancelled)
    if (signal.aborted) stop()
    signal.addEventListener('abort', stop, { once: true })
    work.finally(() => signal.removeEventListener('abort', stop)).then(resolve, reject)
  })

/**
 * Makes frames on demand: a few at a time, each once however many ask for it, none for nobody, and keeps them in
 * `folder` (which other processes may use too) for the next time.
 */
export const createMomentFrames = (options: MomentFramesOptions): MomentFrames => {
  const { folder, log, clock, atOnce = usualAtOnce, mostBytes = usualBytes } = options
  const ffmpegOf = options.ffmpeg ?? createProvenFfmpeg(process.env)
  const cache = createFrameCache({ folder, mostBytes, clock })
  const queue = new PQueue({ concurrency: atOnce })
  const inHand = new Map<string, Making>()

  const make = async (source: FrameSource, seconds: number, signal: AbortSignal): Promise<Result<Buffer>> => {
    const { film, facts, ffmpegPath } = source
    if (film === null || signal.aborted) return cancelled
    const ffmpeg = await ffmpegOf(ffmpegPath)
    if (!ffmpeg.ok) return ffmpeg
    const { width, height } = fitInside(facts, frameSide)
    const filter = `scale=${width}:${height}:flags=area`
    return stillJpeg(
      { ffmpeg: ffmpeg.value, path: film, film: { facts, at: seconds }, filter, signal },
      quality,
    )
  }

  const keep = (name: string, jpeg: Buffer): void =>
    drop(cache.keep(name, jpeg).catch((err: unknown) => log.warn({ err, name }, 'a frame could not be kept')))

  const begin = (name: string, source: FrameSource, seconds: number): Making => {
    const stop = new AbortController()
    // Not with p-queue's own signal, which frees the place before ffmpeg is gone.
    const jpeg = queue.add(() => make(source, seconds, stop.signal))
    const making = { jpeg, stop, wantedBy: 0 }
    inHand.set(name, making)
    const done = (made: Result<Buffer> | null): void => {
      if (inHand.get(name) === making) inHand.delete(name)
      if (made?.ok === true) keep(name, made.value)
    }
    // Whoever wants it hears of a fault.
    jpeg.then(done, () => done(null))
    return making
  }

  const want = async (
    name: string,
    source: FrameSource,
    seconds: number,
    signal: AbortSignal,
  ): Promise<Result<MediaFile>> => {
    const running = inHand.get(name)
    // One that was stopped is on its way out.
    const making =
      running === undefined || running.stop.signal.aborted ? begin(name, source, seconds) : running
    making.wantedBy += 1
    const made = await unlessStopped(making.jpeg, signal)
    making.wantedBy -= 1
    if (making.wantedBy === 0) making.stop.abort()
    return made.ok ? ok(memoryFile(made.value, name, 'image/jpeg')) : made
  }

  drop(cache.sweep().catch((err: unknown) => log.warn({ err, folder }, 'kept frames were not swept')))

  return {
    find: async (client, id, milliseconds) => {
      if (!isVideoId(id)) return fail('not-found', 'There is no such video.')
      const asked = await client.call.videos.frameSource({ id })
      if (!asked.ok) return asked
      const source = asked.value
      const { duration } = source.facts
      const seconds = milliseconds / 1000
      if (duration > 0 && seconds > duration + behindEnd) return fail('not-found', 'The film is shorter.')
      const name = `${id}-${milliseconds}-${lookOf(source)}.jpg`
      const path = await cache.find(name)
      const kept = path === null ? null : await openFile(pathRef(path), 'image/jpeg', name)
      if (kept?.ok) return ok({ kind: 'kept', file: kept.value })
      if (source.film === null)
        return fail('offline', 'No location of this film is there now.', 'Connect its drive.')
      const file = await stat(fsPath(source.film)).catch(() => null)
      if (file?.size !== source.size)
        return fail('missing-file', 'The film is not there, or is another one now.')
      return ok({ kind: 'wanted', make: (signal) => want(name, source, seconds, signal) })
    },
    close: async () => {
      for (const { stop } of inHand.values()) stop.abort()
      await queue.onIdle()
    },
  }
}
