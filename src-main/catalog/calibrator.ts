import { setImmediate as nextTurn } from 'node:timers/promises'
import { backgroundOf, fewestTexts, medianNearest, needsCalibration } from '../domain/calibration.ts'
import type { ScoreBackground } from '../domain/calibration.ts'
import { genericBank, genericQueries } from '../domain/generic-queries.ts'
import { dot } from '../domain/embedding.ts'
import { seededRandom } from '../domain/seeded-random.ts'
import { drop } from '../foundation/drop.ts'
import type { Log } from '../foundation/log.ts'
import type { EncoderLink } from './encoder-link.ts'
import { toSingles } from './query-vectors.ts'
import type { FrameVector } from './sample-frames.ts'
import type { Store } from './store.ts'

/** Measures the model that answers, once its library has grown by a lot (methods.md 2b, 2f). */
export type Calibrator = {
  /** Begins in the background where it is worth it, and nothing of the kind is under way. */
  readonly look: () => void
  /** Settles when nothing is under way. */
  readonly settled: () => Promise<void>
  readonly close: () => void
}

export type CalibratorOptions = {
  readonly store: Store
  readonly encoder: EncoderLink
  readonly log: Log
  /** Seconds of a clock that only rises. */
  readonly clock: () => number
}

/** The median of 400 has an error of some 6 % of its spread; more tell nothing new. */
const sampledFrames = 400
/** So many near ones are asked for; where all are of the frame's own shot, its stranger is farther than the last. */
const neighbours = 64
const ownSeconds = 10
/** The sampling stops then, with what it has; it yields after each frame, so searches come between. */
const longest = 10
const seed = 2026

/** See `Calibrator`. */
export const createCalibrator = ({ store, encoder, log, clock }: CalibratorOptions): Calibrator => {
  const { models, vectors, calibrations } = store
  let running: Promise<void> | null = null
  let closed = false

  /** 1 - cosine to the nearest frame of another shot; null where nothing else is near at all. */
  const nearestStranger = (space: string, frame: FrameVector): number | null => {
    const own = store.shots
      .shots(frame.videoId)
      .find(({ start, end }) => start <= frame.time && frame.time < end)
    const isOwn = (time: number): boolean =>
      Math.abs(time - frame.time) <= ownSeconds || (own !== undefined && own.start <= time && time < own.end)
    const near = vectors.nearest(space, frame.vector, neighbours)
    const stranger = near.find(({ videoId, chunkId, place }) => {
      if (videoId !== frame.videoId) return true
      const time = vectors.timeOf(chunkId, place)
      return time !== null && !isOwn(time)
    })
    const score = stranger?.score ?? (near.length === neighbours ? near.at(-1)?.score : undefined)
    return score === undefined ? null : Math.max(0, 1 - score)
  }
  const background = async (id: string, frames: readonly FrameVector[]): Promise<ScoreBackground | null> => {
    const place = models.get(id)
    if (place === null) return null
    const model = { id, directory: place.directory }
    const embedded = await encoder.ask((client) =>
      client.call.embed.texts({ model, texts: [...genericQueries] }),
    )
    if (!embedded.ok) {
      log.warn({ error: embedded.error }, 'no score background')
      return null
    }
    const texts = embedded.value.filter(({ known }) => known).map(({ vector }) => toSingles(vector))
    if (texts.length < fewestTexts) return null
    const scores = texts.flatMap((text) =>
      frames.flatMap(({ vector }) => (vector.length === text.length ? [dot(text, vector)] : [])),
    )
    return backgroundOf(Float32Array.from(scores))
  }
  const measure = async (id: string, library: number): Promise<void> => {
    const space = models.spaceOf(id)
    const until = clock() + longest
    const frames: FrameVector[] = []
    const distances: number[] = []
    for (const frame of vectors.sample(space, sampledFrames, seededRandom(seed))) {
      if (closed || clock() > until) break
      frames.push(frame)
      const distance = nearestStranger(space, frame)
      if (distance !== null) distances.push(distance)
      await nextTurn()
    }
    const median = medianNearest(distances)
    if (closed || median === null) return
    const scores = await background(id, frames)
    // Its vectors may have gone meanwhile.
    if (!store.database.open || vectors.framesOf(space) === 0) return
    const films = new Set(frames.map(({ videoId }) => videoId)).size
    const found = { frames: frames.length, films, medianNearest: median, background: scores }
    calibrations.put(id, space, { ...found, library, bank: genericBank })
    log.info({ model: id, ...found }, 'calibrated')
  }

  return {
    look: () => {
      if (running !== null || closed) return
      const id = models.currentId()
      const library = vectors.framesOf(models.spaceOf(id))
      const before = calibrations.get(id)
      const known = before?.bank === genericBank ? before.library : null
      if (!needsCalibration(library, known)) return
      running = measure(id, library).finally(() => {
        running = null
      })
      drop(running)
    },
    settled: async () => {
      await running
    },
    close: () => {
      closed = true
    },
  }
}
