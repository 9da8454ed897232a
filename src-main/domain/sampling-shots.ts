import { colourDifference, type FrameSignature } from './frame-signature.ts'

/** A frame that was looked at, at its second of the film. */
export type SeenFrame = { readonly time: number; readonly signature: FrameSignature }

/** The part of a shot that lies in a window: [from, to) in seconds, candidates `first` to `last`. */
export type ShotSpan = {
  readonly from: number
  readonly to: number
  readonly first: number
  readonly last: number
}

/** The shots of a window that have a candidate, without gaps from its beginning to its end. */
export const shotsIn = ({
  from,
  to,
  candidates,
  cuts,
}: {
  readonly from: number
  readonly to: number
  readonly candidates: readonly SeenFrame[]
  readonly cuts: readonly number[]
}): readonly ShotSpan[] => {
  const spans: ShotSpan[] = []
  let first = 0
  const borders = [...cuts.filter((cut) => cut > from && cut < to), to]
  let start = from
  for (const end of borders) {
    let next = first
    while (next < candidates.length && (end === to || (candidates[next]?.time ?? to) < end)) next += 1
    // Shots without a candidate before the first one are the first one's; later ones stay with the frame before them.
    if (next > first) spans.push({ from: spans.length === 0 ? from : start, to: end, first, last: next - 1 })
    first = next
    start = end
  }
  return spans
}

/**
 * The second at which `right` begins to stand for the film instead of `left`, both candidates of one shot: between the
 * two neighbours where the pictures turn from looking like the one to looking like the other; where nothing tells,
 * halfway.
 */
export const changeStart = (candidates: readonly SeenFrame[], left: number, right: number): number => {
  const difference = (a: number, b: number): number => {
    const one = candidates[a]
    const other = candidates[b]
    return one === undefined || other === undefined ? 0 : colourDifference(one.signature, other.signature)
  }
  const time = (index: number): number => candidates[index]?.time ?? 0
  const halfway = (time(left) + time(right)) / 2
  // Cost of a border right after candidate k: what the left one gets wrong up to k, and the right one after it.
  let cost = 0
  for (let c = left + 1; c < right; c += 1) cost += difference(c, right)
  let best = { cost, start: (time(left) + time(left + 1)) / 2 }
  for (let k = left + 1; k < right; k += 1) {
    cost += difference(k, left) - difference(k, right)
    const start = (time(k) + time(k + 1)) / 2
    const nearer = Math.abs(start - halfway) < Math.abs(best.start - halfway)
    if (cost < best.cost - 1e-9 || (cost < best.cost + 1e-9 && nearer))
      best = { cost: Math.min(cost, best.cost), start }
  }
  return best.start
}
