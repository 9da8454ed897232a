import type { Shot } from '../../../src-preload/contract/nouns.ts'

/** Where a shot begins, in whole pixels from the timeline's left end. */
export type ShotMark = { readonly x: number; readonly kind: 'cut' | 'gradual' }

/** Pixels that a mark keeps for itself on both sides: cuts stand five apart at least, and the eye still sees ticks. */
const reach = { cut: 2, gradual: 4 } as const

/**
 * The marks of a timeline that is `width` pixels wide. Where more shots begin than there is room for, gradual changes
 * and the beginnings of long shots are kept: never a solid bar, and long takes stay visible as gaps.
 */
export const shotMarks = (shots: readonly Shot[], duration: number, width: number): readonly ShotMark[] => {
  if (duration <= 0 || width < 1) return []
  const candidates = shots
    .filter(({ transition }) => transition !== 'start')
    .map(({ start, end, transition }) => ({
      x: Math.min(Math.floor(width) - 1, Math.max(0, Math.floor((start / duration) * width))),
      kind: transition === 'cut' ? ('cut' as const) : ('gradual' as const),
      length: end - start,
    }))
    .toSorted(
      (a, b) =>
        Number(b.kind === 'gradual') - Number(a.kind === 'gradual') || b.length - a.length || a.x - b.x,
    )
  const margin = reach.gradual
  const taken = new Uint8Array(Math.ceil(width) + 2 * margin)
  return candidates
    .filter(({ x, kind }) => {
      const from = x + margin - reach[kind]
      const to = x + margin + reach[kind] + 1
      if (taken.subarray(from, to).includes(1)) return false
      taken.fill(1, from, to)
      return true
    })
    .map(({ x, kind }) => ({ x, kind }))
    .toSorted((a, b) => a.x - b.x)
}
