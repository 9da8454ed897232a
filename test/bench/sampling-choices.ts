import { sampleWindow, windowSeconds, type Candidate, type SampledFrame } from '../../src-main/domain/frame-sampling.ts'
import { signatureOf } from '../../src-main/domain/frame-signature.ts'
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
    path: looks.paths[i] ?? 0,
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
export const everySecondLook: Chooser = ({ candidates }) => halfway(candidates.map((_, i) => i).filter((i) => i % 2 === 0))
export const decimated: Chooser = ({ looks }) => halfway(looks.decimated)
/** As the skim does: at most one a second, each holds from its own time on. A key frame is the next look's picture. */
export const keyFrames: Chooser = ({ looks, candidates }) => {
  const frames: SampledFrame[] = []
  for (const key of looks.keys) {
    const index = Math.min(candidates.length - 1, Math.ceil(key * looksASecond - 1e-6))
    const last = frames.at(-1)
    if (last === undefined || (key - last.start >= 0.995 && index > last.index)) frames.push({ index, start: key })
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
