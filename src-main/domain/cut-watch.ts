import type { BoundaryCandidate } from './boundary-choice.ts'
import type { FrameMeasure } from './frame-measure.ts'
import { coarsePicture, evenness } from './coarse-picture.ts'
import { pictureDifference, pictureLikeness } from './picture-difference.ts'

/** Tuned on the seeds 0 to 99 of test/bench/shots.ts at 48 x 27, from methods.md's ratio 3.5, window 3 and content 15. */
const limits = {
  /** A cut's content score is at least so many times the mean of its neighbourhood's, … */
  ratio: 3,
  /** … at least this, … */
  content: 12,
  /** … and score times ratio (taken for at most `topRatio`) at least this. */
  strength: 62,
  topRatio: 8,
  /** Seconds to each side that are the neighbourhood: three frames of a usual film, … */
  around: 0.11,
  /** … at least so many frames, unless they are farther away than `sparse` seconds. */
  frames: 2,
  sparse: 1,
  /** Less is not measured: a score of a still film's neighbourhood. */
  quietest: 0.5,
  /** Seconds that a flash, or somebody before the lens, may last. */
  flash: 0.25,
  /** A change is undone when a picture afterwards differs from one before by less than this share of the change. */
  undone: 0.4,
  /** Likeness above which only the light has changed. */
  sameScene: 0.7,
  /** The change is everywhere, at least this evenly (coarse-picture.ts): something that jumps within the picture is not. */
  leastEven: 0.3,
}
/** After a gap (VFR) what moves has moved on: its score grows so, with up to so many times the usual interval. */
const growth = 0.4
const longestWait = 4
/** Frames that are kept beyond need before the list is shortened. */
const spare = 32

type Kept = { readonly measure: FrameMeasure; readonly rgb: Uint8Array }

/** Finds hard cuts: adaptive content (methods.md a-1) without flashes and changes of light. A cut's time is its first frame's. */
export const createCutWatch = (): {
  readonly push: (measure: FrameMeasure, rgb: Uint8Array) => readonly BoundaryCandidate[]
  readonly finish: () => readonly BoundaryCandidate[]
} => {
  let kept: Kept[] = []
  /** Place in `kept` of the first frame that is not judged. */
  let next = 0

  const timeAt = (i: number): number => kept[i]?.measure.time ?? 0
  const interval = (i: number): number => Math.max(1e-3, timeAt(i) - timeAt(i - 1))

  /** Mean score of the frames around, as if they had waited as long for the frame before them as this one. */
  const neighbourhood = (i: number): number => {
    const waited = interval(i)
    let sum = 0
    let count = 0
    for (const way of [-1, 1])
      for (let step = 1; ; step += 1) {
        const at = i + way * step
        const other = kept[at]?.measure
        if (other === undefined) break
        const away = Math.abs(other.time - timeAt(i))
        if (away > limits.around && (step > limits.frames || away > limits.sparse)) break
        sum += other.content * Math.min(longestWait, Math.max(1, waited / interval(at))) ** growth
        count += 1
      }
    return count === 0 ? 0 : sum / count
  }

  /** A picture soon after is as one shortly before: a flash, a black frame, somebody walking by. */
  const isUndone = (i: number, before: Kept, now: Kept): boolean => {
    const most = limits.undone * pictureDifference(before.rgb, now.rgb)
    const { time } = now.measure
    for (let k = i + 1; k < kept.length && timeAt(k) <= time + limits.flash; k += 1)
      if (pictureDifference(before.rgb, kept[k]?.rgb ?? now.rgb) < most) return true
    for (let k = i - 2; k >= 0 && timeAt(k) >= time - limits.flash; k -= 1)
      if (pictureDifference(kept[k]?.rgb ?? before.rgb, now.rgb) < most) return true
    return false
  }

  const judge = (i: number): BoundaryCandidate | null => {
    const now = kept[i]
    const before = kept[i - 1]
    if (now === undefined || before === undefined) return null
    const { time, content } = now.measure
    if (content < limits.content) return null
    const ratio = content / Math.max(neighbourhood(i), limits.quietest)
    const strength = content * Math.min(ratio, limits.topRatio)
    if (ratio < limits.ratio || strength < limits.strength) return null
    if (isUndone(i, before, now) || pictureLikeness(before.rgb, now.rgb) > limits.sameScene) return null
    if (evenness(coarsePicture(before.rgb), coarsePicture(now.rgb)) < limits.leastEven) return null
    return { boundary: { time, from: time, to: time, kind: 'cut' }, strength }
  }

  const judgeUntil = (end: number): readonly BoundaryCandidate[] => {
    const found: BoundaryCandidate[] = []
    for (; next < end; next += 1) {
      const candidate = judge(next)
      if (candidate !== null) found.push(candidate)
    }
    // What is left must still be the neighbourhood of the next one to be judged.
    const oldest = timeAt(Math.min(next, kept.length - 1)) - limits.sparse
    let drop = 0
    while (drop < next - limits.frames - 1 && timeAt(drop) < oldest) drop += 1
    if (drop > spare) {
      kept = kept.slice(drop)
      next -= drop
    }
    return found
  }

  return {
    push: (measure, rgb) => {
      kept.push({ measure, rgb })
      // Judged when everything around it is there.
      let end = next
      for (; end < kept.length; end += 1) {
        const waited = measure.time - timeAt(end)
        if (waited < limits.sparse && (waited <= limits.flash || kept.length - 1 - end < limits.frames)) break
      }
      return judgeUntil(end)
    },
    finish: () => judgeUntil(kept.length),
  }
}
