import { dot } from './embedding.ts'
import { changeStart, shotsIn, type SeenFrame, type ShotSpan } from './sampling-shots.ts'
import { createShotRefiner, everySecond, type ShotRefiner } from './shot-refiner.ts'

/** A frame that may be worth a vector. */
export type Candidate = SeenFrame & {}

/** What the sampler decides on: at most `windowSeconds` of a film, without its neighbours. */
export type SamplingWindow = {
  readonly from: number
  readonly to: number
  /** Rising, some two a second, inside [from, to). */
  readonly candidates: readonly Candidate[]
  /** Times of shot boundaries inside the window, rising. */
  readonly cuts: readonly number[]
}

/** A candidate that got a vector. It stands for the film from `start` to the next one's start, or to the window's end. */
export type SampledFrame = { readonly index: number; readonly start: number }

export type SamplingOptions = {
  /** One frame a second whatever they show: every second candidate. */
  readonly dense?: boolean
}

/** Windows begin at multiples of it, in seconds of the film: memory is bounded, and a resumed run decides the same. */
export const windowSeconds = 60

/** The frames of a finished choice, each with the second from which it holds. */
const framesOf = (
  { candidates }: SamplingWindow,
  shots: readonly { readonly span: ShotSpan; readonly refiner: ShotRefiner }[],
): readonly SampledFrame[] =>
  shots.flatMap(({ span, refiner }) =>
    refiner.chosen().map((index, i, chosen) => {
      const before = chosen[i - 1]
      return { index, start: before === undefined ? span.from : changeStart(candidates, before, index) }
    }),
  )

/**
 * Chooses the frames of a window that are worth a vector: yields the indices to embed next (rising, none twice), is
 * resumed with their unit vectors in the same order, and returns what was chosen, rising and without gaps from the
 * window's beginning. `medianNearest`: domain/nearest-median.ts. A shot with a candidate gets a frame, and no frame
 * stands for anything beyond a cut; a shot too short for a candidate belongs to the frame before it (in the beginning
 * of a window: after it). Three rounds are usual, eight the most; the same for the same window and vectors. `path` is
 * not looked at: colours tell more (rank correlation with the distance of vectors 0.84 against 0.70), and a sum's last
 * digits differ after a resume.
 */
export function* sampleWindow(
  window: SamplingWindow,
  model: { readonly medianNearest: number },
  { dense = false }: SamplingOptions = {},
): Generator<readonly number[], readonly SampledFrame[], readonly Float32Array[]> {
  const vectors = new Map<number, Float32Array>()
  const distance = (a: number, b: number): number => {
    const one = vectors.get(a)
    const other = vectors.get(b)
    if (one === undefined || other === undefined) throw new Error('only embedded frames are compared')
    return 1 - dot(one, other)
  }
  const shots: readonly { readonly span: ShotSpan; readonly refiner: ShotRefiner }[] = shotsIn(window).map(
    (span) => ({
      span,
      refiner: dense
        ? everySecond(span)
        : createShotRefiner(window.candidates, span, model.medianNearest, distance),
    }),
  )
  for (;;) {
    const wanted = shots.flatMap(({ refiner }) => refiner.next())
    if (wanted.length === 0) break
    const embedded = yield wanted
    for (const [i, index] of wanted.entries()) {
      const vector = embedded[i]
      if (vector === undefined) throw new RangeError(`${embedded.length} vectors for ${wanted.length} frames`)
      vectors.set(index, vector)
    }
  }
  return framesOf(window, shots)
}
