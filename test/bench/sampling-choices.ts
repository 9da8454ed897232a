import { dot } from '../../src-main/domain/embedding.ts'
import {
  sampleWindow,
  windowSeconds,
  type Candidate,
  type SampledFrame,
} from '../../src-main/domain/frame-sampling.ts'
import { signatureOf } from '../../src-main/domain/frame-signature.ts'
import { changeStart, shotsIn } from '../../src-main/domain/sampling-shots.ts'
import { looksASecond, type Looks } from './sampling-looks.ts'

/** Which looks of a film get a vector, and from which second each one holds. `rounds`: how often the encoder was waited for. */
export type Choice = { readonly frames: readonly SampledFrame[]; readonly rounds: number }
export type Chooser = (film: SeenFilm) => Choice

/** A film as the indexer sees it. */
export type SeenFilm = { readonly looks: Looks; readonly candidates: readonly Candidate[] }

export const seenFilm = (looks: Looks): SeenFilm => ({
  looks,
  candidates: looks.tiny.map((tiny, i) => ({
    time: i / looksASecond,
    signature: signatureOf(tiny),
  })),
})

/** Looks that stand for the film from halfway after the one before. */
export const halfway = (looks: readonly number[]): Choice => {
  const rising = [...new Set(looks)].sort((a, b) => a - b)
  const frames = rising.map((index, i) => {
    const before = rising[i - 1]
    return { index, start: before === undefined ? 0 : (before + index) / 2 / looksASecond }
  })
  return { frames, rounds: 1 }
}

export const everyLook: Chooser = ({ candidates }) => halfway(candidates.map((_, i) => i))
export const everySecondLook: Chooser = ({ candidates }) =>
  halfway(candidates.map((_, i) => i).filter((i) => i % 2 === 0))
export const decimated: Chooser = ({ looks }) => halfway(looks.decimated)
/** As the skim does: at most one a second, each holds from its own time on. A key frame is the next look's picture. */
export const keyFrames: Chooser = ({ looks, candidates }) => {
  const frames: SampledFrame[] = []
  for (const key of looks.keys) {
    const index = Math.min(candidates.length - 1, Math.ceil(key * looksASecond - 1e-6))
    const last = frames.at(-1)
    if (last === undefined || (key - last.start >= 0.995 && index > last.index))
      frames.push({ index, start: key })
  }
  return { frames, rounds: 1 }
}

/** The sampler of the analysis, window by window. */
export const adaptive =
  (medianNearest: number, dense = false): Chooser =>
  ({ looks, candidates }) => {
    const frames: SampledFrame[] = []
    let rounds = 0
    for (let from = 0; from < looks.duration; from += windowSeconds) {
      const to = Math.min(looks.duration, from + windowSeconds)
      const first = candidates.findIndex(({ time }) => time >= from)
      const inside = candidates.filter(({ time }) => time >= from && time < to)
      if (inside.length === 0) continue
      const sampling = sampleWindow(
        { from, to, candidates: inside, cuts: looks.cuts.filter((cut) => cut > from && cut < to) },
        { medianNearest },
        { dense },
      )
      let step = sampling.next([])
      while (step.done !== true) {
        rounds += 1
        step = sampling.next(step.value.map((index) => looks.vectors[first + index] ?? new Float32Array(0)))
      }
      frames.push(...step.value.map(({ index, start }) => ({ index: first + index, start })))
    }
    return { frames, rounds }
  }

/**
 * What no sampler can know: every vector. Embeds what is further than `tolerance` (1 - cosine) from the embedded
 * neighbours in its shot, the furthest first: about the fewest forwards for what they lose.
 */
export const hindsight =
  (tolerance: number): Chooser =>
  ({ looks, candidates }) => {
    const { vectors, duration, cuts } = looks
    const distance = (a: number, b: number): number =>
      1 - dot(vectors[a] ?? new Float32Array(0), vectors[b] ?? new Float32Array(0))
    const frames = shotsIn({ from: 0, to: duration, candidates, cuts }).flatMap(({ from, first, last }) => {
      const chosen = new Set([first, last])
      const refine = (left: number, right: number): void => {
        let most = tolerance
        let furthest = -1
        for (let i = left + 1; i < right; i += 1) {
          const away = Math.min(distance(left, i), distance(i, right))
          if (away > most) [most, furthest] = [away, i]
        }
        if (furthest < 0) return
        chosen.add(furthest)
        refine(left, furthest)
        refine(furthest, right)
      }
      refine(first, last)
      const rising = [...chosen].sort((a, b) => a - b)
      return rising.map((index, i) => {
        const before = rising[i - 1]
        return { index, start: before === undefined ? from : changeStart(candidates, before, index) }
      })
    })
    return { frames, rounds: 0 }
  }
