import { backgroundOf, medianNearest, needsCalibration } from '../domain/calibration.ts'
import type { Calibration, ScoreBackground } from '../domain/calibration.ts'
import { dot } from '../domain/embedding.ts'
import { genericBank } from '../domain/generic-queries.ts'
import { seededRandom } from '../domain/seeded-random.ts'
import { createTextBackgroundMeter } from '../domain/text-background.ts'
import type { TextBackground } from '../domain/text-background.ts'
import { drop } from '../foundation/drop.ts'
import type { Log } from '../foundation/log.ts'
import type { EncoderLink } from './encoder-link.ts'
import type { Quiet } from './quiet.ts'
import type { FrameVector } from './sample-frames.ts'
import type { Store } from './store.ts'
import { createTextBank } from './text-bank.ts'

/** Measures the model that answers, once its library has grown by a lot (methods.md 2b, 2e, 2f). */
export type Calibrator = {
  /** Begins in the background where it is worth it, and nothing of the kind is under way. */
  readonly look: () => void
  /** The generic queries as the model's vectors, for the hubness of frames; null until a calibration has made them. */
  readonly bank: (model: string) => readonly Float32Array[] | null
  /** Settles when nothing is under way. */
  readonly settled: () => Promise<void>
  readonly close: () => void
}

export type CalibratorOptions = {
  readonly store: Store
  readonly encoder: EncoderLink
  readonly log: Log
  /** Measuring rests while a person asks. */
  readonly quiet: Quiet
  /** Seconds of a clock that only rises. */
  readonly clock: () => number
}

/** The median of 400 has an error of some 6 % of its spread; more tell nothing new. */
const sampledFrames = 400
/** So many near ones are asked for; where all are of the frame's own shot, its stranger is farther than the last. */
const neighbours = 64
const ownSeconds = 10
/** The sampling stops after so much work, with what it has; it yields after each frame, so searches come between. */
const longest = 10
/** So many texts are scored with 400 frames in some 5 ms; then others have their turn. */
const textsATurn = 16
const seed = 2026

/** True for a frame of the same shot, or of the same ten seconds. */
type IsOwn = (videoId: string, time: number | null) => boolean

/** See `Calibrator`. */
export const createCalibrator = ({ store, encoder, log, quiet, clock }: CalibratorOptions): Calibrator => {
  const { models, vectors, calibrations } = store
  const bank = createTextBank(store, encoder, log, quiet)
  let running: Promise<void> | null = null
  let closed = false
  const isClosed = (): boolean => closed

  const ownOf = (frame: FrameVector): IsOwn => {
    const shot = store.shots
      .shots(frame.videoId)
      .find(({ start, end }) => start <= frame.time && frame.time < end)
    return (videoId, time) =>
      videoId === frame.videoId &&
      (time === null ||
        Math.abs(time - frame.time) <= ownSeconds ||
        (shot !== undefined && shot.start <= time && time < shot.end))
  }
  /** 1 - cosine to the nearest frame of another shot; null where nothing else is near at all. */
  const nearestStranger = (space: string, frame: FrameVector, isOwn: IsOwn): number | null => {
    const near = vectors.nearest(space, { kind: 'image', vector: frame.vector }, neighbours)
    const stranger = near.find(
      ({ videoId, chunkId, place }) =>
        videoId !== frame.videoId || !isOwn(videoId, vectors.timeOf(chunkId, place)),
    )
    const score = stranger?.score ?? (near.length === neighbours ? near.at(-1)?.score : undefined)
    return score === undefined ? null : Math.max(0, 1 - score)
  }

  const textBackground = async (
    texts: readonly Float32Array[],
    frames: readonly FrameVector[],
  ): Promise<TextBackground | null> => {
    const seen = frames.map(({ vector }) => vector).filter(({ length }) => length === texts[0]?.length)
    const meter = createTextBackgroundMeter(seen)
    for (const [i, text] of texts.entries()) {
      meter.add(text)
      if (i % textsATurn === 0) await quiet.turn()
      if (isClosed()) return null
    }
    return meter.finish()
  }
  const pictureBackground = async (
    frames: readonly FrameVector[],
    own: readonly IsOwn[],
  ): Promise<ScoreBackground | null> => {
    const scores: number[] = []
    for (const [i, frame] of frames.entries()) {
      const isOwn = own[i]
      for (const other of frames.slice(0, i))
        if (isOwn?.(other.videoId, other.time) === false && other.vector.length === frame.vector.length)
          scores.push(dot(other.vector, frame.vector))
      await quiet.turn()
      if (isClosed()) return null
    }
    return backgroundOf(Float32Array.from(scores))
  }

  const measure = async (id: string, library: number): Promise<void> => {
    const space = models.spaceOf(id)
    let spent = 0
    const frames: FrameVector[] = []
    const own: IsOwn[] = []
    const distances: number[] = []
    for (const frame of vectors.sample(space, sampledFrames, seededRandom(seed))) {
      if (spent > longest) break
      const since = clock()
      const isOwn = ownOf(frame)
      frames.push(frame)
      own.push(isOwn)
      const distance = nearestStranger(space, frame, isOwn)
      if (distance !== null) distances.push(distance)
      spent += clock() - since
      await quiet.turn()
      // Before the next one is read: the library may have been closed.
      if (isClosed()) return
    }
    const median = medianNearest(distances)
    if (isClosed() || median === null) return
    const texts = await bank.embed(id, isClosed)
    const words = texts === null ? null : await textBackground(texts, frames)
    const pictures = isClosed() ? null : await pictureBackground(frames, own)
    // Its vectors may have gone meanwhile.
    if (isClosed() || !store.database.open || vectors.framesOf(space) === 0) return
    const found: Calibration = {
      frames: frames.length,
      films: new Set(frames.map(({ videoId }) => videoId)).size,
      medianNearest: median,
      library,
      background: words?.background ?? null,
      typical: words?.typical ?? null,
      pictures,
    }
    calibrations.put(id, space, { ...found, bank: genericBank })
    log.info({ model: id, ...found }, 'calibrated')
  }

  return {
    look: () => {
      if (running !== null || isClosed()) return
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
    bank: bank.of,
    settled: async () => {
      await running
    },
    close: () => {
      closed = true
    },
  }
}
