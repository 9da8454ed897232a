import type { Shot } from '../../../src-preload/contract/nouns.ts'

/** So far into a shot, "previous" means its own start; in seconds, as players do with songs. */
const ownStart = 1

/** Rounding of clocks: a player that was sent to a shot's start stands in that shot. */
const rounding = 1e-3

/** Index of the shot at `time` seconds; -1 where there are none. `shots` in the film's order. */
export const shotAt = (shots: readonly Shot[], time: number): number => {
  let low = 0
  let high = shots.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((shots[middle]?.start ?? Infinity) <= time + rounding) low = middle + 1
    else high = middle
  }
  return Math.min(shots.length - 1, Math.max(0, low - 1))
}

/**
 * Index of the shot to go to, or -1. On: the next one. Back: the start of this one when more than a second in, else
 * the one before. `rate` times faster, the second passes sooner, and nobody could press twice within it.
 */
export const neighbourShot = (
  shots: readonly Shot[],
  time: number,
  direction: 1 | -1,
  rate: number,
): number => {
  const here = shotAt(shots, time)
  if (direction === 1) return here + 1 < shots.length ? here + 1 : -1
  const isFarIn = time - (shots[here]?.start ?? 0) > ownStart * Math.max(1, rate)
  return isFarIn ? here : Math.max(Math.min(0, here), here - 1)
}
