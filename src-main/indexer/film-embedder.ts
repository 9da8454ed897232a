import type { FrameSight, WideMode } from '../../src-preload/contract/wide-pictures.ts'
import { ok } from '../../src-preload/contract/result.ts'
import type { Result } from '../../src-preload/contract/result.ts'
import { meanDirection } from '../domain/embedding.ts'
import { cutView, encoderViews } from '../domain/encoder-views.ts'
import type { ViewPlace } from '../domain/encoder-views.ts'
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
  /** What it has seen of the frames; known after `finish`. */
  readonly seen: () => FrameSight
  readonly close: () => void
}

/** `shown`: the film's size as displayed. Whoever opens it closes it. */
export const openFilmEmbedder = (
  { manifest, dimensions, queue }: LoadedEncoder,
  shown: Size,
  mode: WideMode,
  signal: AbortSignal,
): FilmEmbedder => {
  const { filter, strip, views, isWhole } = encoderViews(manifest.image, shown, mode)
  const [centre, ...ends] = views
  /** The ends of every frame are seen, as they come; else those of few frames, at the end. */
  const sees = mode === 'views' ? views : [centre]
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

  const meanOfViews = (seen: readonly Float32Array[]): readonly Float32Array[] =>
    Array.from({ length: frames }, (_, i) =>
      meanDirection(seen.slice(i * sees.length, (i + 1) * sees.length), dimensions),
    )

  return {
    output: { filter, width: strip.width, height: strip.height },
    add: async (rgb) => {
      frames += 1
      const cut = (place: ViewPlace): Uint8Array => cutView(rgb, strip, place, manifest.image)
      if (mode === 'crop' && frames <= mostFramesWithEnds) kept.push(...ends.map(cut))
      else kept = []
      for (const place of sees) {
        const pushed = await lane.push(cut(place))
        if (!pushed.ok) return pushed
      }
      return ok(null)
    },
    restart: () => {
      frames = 0
      kept = []
      endsSeen = 0
      lane.close()
      lane = queue.open(signal)
    },
    finish: async () => {
      const seen = await lane.take()
      if (!seen.ok) return seen
      if (sees.length > 1) return ok(meanOfViews(seen.value))
      return kept.length === 0 ? seen : withEnds(seen.value)
    },
    pictures: () => frames * sees.length + endsSeen,
    seen: () => (isWhole ? 'whole' : sees.length > 1 || endsSeen > 0 ? 'ends' : 'centre'),
    close: () => lane.close(),
  }
}
