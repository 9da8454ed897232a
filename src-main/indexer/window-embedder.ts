import type { FrameSight, WideMode } from '../../src-preload/contract/wide-pictures.ts'
import { ok } from '../../src-preload/contract/result.ts'
import type { Result } from '../../src-preload/contract/result.ts'
import { meanDirection } from '../domain/embedding.ts'
import { cutView, encoderViews } from '../domain/encoder-views.ts'
import type { ViewPlace } from '../domain/encoder-views.ts'
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
  /** What it has seen of the frames since the last call of `restart`; known after `refine` where that is called. */
  readonly seen: () => FrameSight
  /** Forgets what it has kept: the film is read again. */
  readonly restart: () => void
  /** Pictures that the model has looked at since the last call, and the seconds for which it has computed. */
  readonly spent: () => { readonly pictures: number; readonly seconds: number }
  readonly close: () => void
}

type Ends = readonly Uint8Array[]

/**
 * `shown`: the film's size as displayed. `keepEnds`: where the film turns out to have at most `mostFramesWithEnds`
 * frames, the ends of each are seen too, also where `mode` does not see them anyway. Whoever opens it closes it.
 */
export const openWindowEmbedder = (
  { manifest, dimensions, queue }: LoadedEncoder,
  shown: Size,
  mode: WideMode,
  keepEnds: boolean,
  signal: AbortSignal,
): WindowEmbedder => {
  const { filter, strip, views, isWhole } = encoderViews(manifest.image, shown, mode)
  const [centre, ...ends] = views
  /** The ends of every chosen frame are seen at once. */
  const seesEnds = mode === 'views' && ends.length > 0
  const mayKeepEnds = keepEnds && mode === 'crop' && ends.length > 0
  const lane = queue.open(signal)
  const medianNearest = nearestMedian(manifest)
  /** What the ends of each chosen frame show, while they may still be worth looking at. */
  let kept: Ends[] = []
  let chosen = 0
  let refined = false
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
  const viewOf = (rgb: Uint8Array | undefined, place: ViewPlace): Uint8Array => {
    if (rgb === undefined) throw new Error('the sampling asked for a frame that is not in its window')
    return cutView(rgb, strip, place, manifest.image)
  }
  /** The frames' vectors made the mean with what their ends show (all ends of the first, then of the second ...). */
  const withEnds = async (
    frames: readonly FineFrame[],
    shownByEnds: readonly Uint8Array[],
  ): Promise<Result<readonly FineFrame[]>> => {
    const seen = await lookAt(shownByEnds)
    if (!seen.ok) return seen
    return ok(
      frames.map((frame, i) => {
        const sides = seen.value.slice(i * ends.length, (i + 1) * ends.length)
        return { ...frame, vector: meanDirection([frame.vector, ...sides], dimensions) }
      }),
    )
  }

  return {
    output: { filter, width: strip.width, height: strip.height },
    embed: async (window, strips) => {
      const vectors = new Map<number, Float32Array>()
      const sampling = sampleWindow(window, { medianNearest })
      let step = sampling.next([])
      while (step.done !== true) {
        const wanted = step.value
        const seen = await lookAt(wanted.map((index) => viewOf(strips[index], centre)))
        if (!seen.ok) return seen
        wanted.forEach((index, i) => vectors.set(index, seen.value[i] ?? new Float32Array(dimensions)))
        step = sampling.next(seen.value)
      }
      const frames = step.value.flatMap(({ index, start }) => {
        const vector = vectors.get(index)
        const time = window.candidates[index]?.time
        return vector === undefined || time === undefined ? [] : [{ index, time, start, vector }]
      })
      chosen += frames.length
      const endsOf = ({ index }: { readonly index: number }): Ends =>
        ends.map((place) => viewOf(strips[index], place))
      if (mayKeepEnds && chosen <= mostFramesWithEnds) kept.push(...frames.map(endsOf))
      else kept = []
      const fine = frames.map(({ time, start, vector }) => ({ time, start, vector }))
      return seesEnds ? withEnds(fine, frames.flatMap(endsOf)) : ok(fine)
    },
    refine: async (frames) => {
      if (!mayKeepEnds || frames.length > mostFramesWithEnds) return ok(frames)
      const all = kept.flat()
      kept = []
      refined = true
      return withEnds(frames, all)
    },
    seen: () => (isWhole ? 'whole' : seesEnds || refined ? 'ends' : 'centre'),
    restart: () => {
      kept = []
      chosen = 0
      refined = false
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
