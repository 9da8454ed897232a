import { ok } from '../../src-preload/contract/result.ts'
import type { Result } from '../../src-preload/contract/result.ts'
import { meanDirection } from '../domain/embedding.ts'
import { cutView, encoderViews } from '../domain/encoder-views.ts'
import type { Size } from '../domain/encoder-filter.ts'
import { sampleWindow } from '../domain/frame-sampling.ts'
import type { SamplingWindow } from '../domain/frame-sampling.ts'
import { nearestMedian } from '../domain/nearest-median.ts'
import type { LoadedEncoder } from './encoder-shelf.ts'
import { mostFramesWithEnds } from './film-embedder.ts'
import type { FrameOutput } from './frame-outputs.ts'

/** A frame that was worth a vector: its own time, the second from which it stands for the film, its unit vector. */
export type FineFrame = { readonly time: number; readonly start: number; readonly vector: Float32Array }

/** Chooses, window by window, the frames of one film that are worth a vector, for one model. */
export type WindowEmbedder = {
  /** Ask the decode for this output of each look. */
  readonly output: FrameOutput
  /** `strips`: that output of the window's candidates, in their order. One window at a time. Errors: model-failed, cancelled. */
  readonly embed: (
    window: SamplingWindow,
    strips: readonly Uint8Array[],
  ) => Promise<Result<readonly FineFrame[]>>
  /** After the last window of a short film: its frames again, seen in all views. */
  readonly refine: (frames: readonly FineFrame[]) => Promise<Result<readonly FineFrame[]>>
  /** Forgets what it has kept: the film is read again. */
  readonly restart: () => void
  /** Pictures that the model has looked at since the last call, and the seconds for which it has computed. */
  readonly spent: () => { readonly pictures: number; readonly seconds: number }
  readonly close: () => void
}

type Ends = readonly Uint8Array[]

/**
 * `shown`: the film's size as displayed. `keepEnds`: where the film turns out to have at most
 * `mostFramesWithEnds` frames, the ends of each are seen too. Whoever opens it closes it.
 */
export const openWindowEmbedder = (
  { manifest, dimensions, queue }: LoadedEncoder,
  shown: Size,
  keepEnds: boolean,
  signal: AbortSignal,
): WindowEmbedder => {
  const { filter, strip, views } = encoderViews(manifest.image, shown)
  const [centre, ...ends] = views
  const lane = queue.open(signal)
  const medianNearest = nearestMedian(manifest)
  /** What the ends of each chosen frame show, while they may still be worth looking at. */
  let kept: Ends[] = []
  let chosen = 0
  let pictures = 0
  let told = { pictures: 0, seconds: 0 }

  const lookAt = async (wanted: readonly Uint8Array[]): Promise<Result<readonly Float32Array[]>> => {
    pictures += wanted.length
    for (const picture of wanted) {
      const pushed = await lane.push(picture)
      if (!pushed.ok) return pushed
    }
    return lane.take()
  }
  const centreOf = (rgb: Uint8Array | undefined): Uint8Array => {
    if (rgb === undefined) throw new Error('the sampling asked for a frame that is not in its window')
    return cutView(rgb, strip, centre, manifest.image)
  }

  return {
    output: { filter, width: strip.width, height: strip.height },
    embed: async (window, strips) => {
      const vectors = new Map<number, Float32Array>()
      const sampling = sampleWindow(window, { medianNearest })
      let step = sampling.next([])
      while (step.done !== true) {
        const wanted = step.value
        const seen = await lookAt(wanted.map((index) => centreOf(strips[index])))
        if (!seen.ok) return seen
        wanted.forEach((index, i) => vectors.set(index, seen.value[i] ?? new Float32Array(dimensions)))
        step = sampling.next(seen.value)
      }
      chosen += step.value.length
      const isKeeping = keepEnds && chosen <= mostFramesWithEnds
      if (!isKeeping) kept = []
      return ok(
        step.value.flatMap(({ index, start }) => {
          const vector = vectors.get(index)
          const time = window.candidates[index]?.time
          if (vector === undefined || time === undefined) return []
          const rgb = strips[index]
          if (isKeeping && rgb !== undefined)
            kept.push(ends.map((place) => cutView(rgb, strip, place, manifest.image)))
          return [{ time, start, vector }]
        }),
      )
    },
    refine: async (frames) => {
      if (!keepEnds || ends.length === 0 || frames.length > mostFramesWithEnds) return ok(frames)
      const seen = await lookAt(kept.flat())
      kept = []
      if (!seen.ok) return seen
      return ok(
        frames.map((frame, i) => {
          const sides = seen.value.slice(i * ends.length, (i + 1) * ends.length)
          return { ...frame, vector: meanDirection([frame.vector, ...sides], dimensions) }
        }),
      )
    },
    restart: () => {
      kept = []
      chosen = 0
    },
    spent: () => {
      const all = { pictures, seconds: lane.computed() }
      const since = { pictures: all.pictures - told.pictures, seconds: all.seconds - told.seconds }
      told = all
      return since
    },
    close: () => lane.close(),
  }
}
