import { ok } from '../../src-preload/contract/result.ts'
import type { Result } from '../../src-preload/contract/result.ts'
import { meanDirection } from '../domain/embedding.ts'
import { cutView, encoderViews } from '../domain/encoder-views.ts'
import type { Size } from '../domain/encoder-filter.ts'
import type { LoadedEncoder } from './encoder-shelf.ts'
import type { FrameOutput } from './frame-outputs.ts'

/**
 * Films of at most so many frames are also seen at both ends of each frame: a film then costs at most 240 runs, as a
 * long one does. Right photograph first, best frame of 34 by 52 human captions: 0.60 by the centre alone, 0.71 by the
 * mean of three views (test/app/recall-photos.test.ts).
 */
export const mostFramesWithEnds = 80

/** Turns one film's frames into one vector each, for one model. */
export type FilmEmbedder = {
  /** Ask `skimFrames` for this output and hand its pictures to `add`. */
  readonly output: FrameOutput
  /** Waits while the encoder is behind. Errors: bad-arguments, model-failed, cancelled. */
  readonly add: (strip: Uint8Array) => Promise<Result<null>>
  /** Forgets everything, for a skim's `restart`. */
  readonly restart: () => void
  /** A unit vector for each frame, in their order. */
  readonly finish: () => Promise<Result<readonly Float32Array[]>>
  /** How many pictures the model has looked at since the last restart. */
  readonly pictures: () => number
  readonly close: () => void
}

/** `shown`: the film's size as displayed. Whoever opens it closes it. */
export const openFilmEmbedder = (
  { manifest, dimensions, queue }: LoadedEncoder,
  shown: Size,
  signal: AbortSignal,
): FilmEmbedder => {
  const { filter, strip, views } = encoderViews(manifest.image, shown)
  const [centre, ...ends] = views
  let lane = queue.open(signal)
  let frames = 0
  /** What the ends of each frame show, while it may still be worth looking at them. */
  let kept: Uint8Array[] = []
  let endsSeen = 0

  /** The mean of each frame's centre and ends. */
  const withEnds = async (centres: readonly Float32Array[]): Promise<Result<readonly Float32Array[]>> => {
    endsSeen = kept.length
    for (const picture of kept) {
      const pushed = await lane.push(picture)
      if (!pushed.ok) return pushed
    }
    const seen = await lane.take()
    if (!seen.ok) return seen
    return ok(
      centres.map((vector, i) =>
        meanDirection([vector, ...seen.value.slice(i * ends.length, (i + 1) * ends.length)], dimensions),
      ),
    )
  }

  return {
    output: { filter, width: strip.width, height: strip.height },
    add: (rgb) => {
      frames += 1
      if (frames > mostFramesWithEnds) kept = []
      else kept.push(...ends.map((place) => cutView(rgb, strip, place, manifest.image)))
      return lane.push(cutView(rgb, strip, centre, manifest.image))
    },
    restart: () => {
      frames = 0
      kept = []
      endsSeen = 0
      lane.close()
      lane = queue.open(signal)
    },
    finish: async () => {
      const centres = await lane.take()
      return !centres.ok || kept.length === 0 ? centres : withEnds(centres.value)
    },
    pictures: () => frames + endsSeen,
    close: () => lane.close(),
  }
}
