import { setImmediate as nextTurn } from 'node:timers/promises'
import { drop } from '../foundation/drop.ts'
import type { Quiet } from './quiet.ts'

/**
 * Does long work in slices, each of which is over in milliseconds, and lets others have their turn after each; while
 * `isWanted`. Answers whether it came to its end.
 */
export const inSlices = async (
  slices: Iterable<unknown>,
  isWanted: () => boolean,
  turn: () => Promise<void> = nextTurn,
): Promise<boolean> => {
  for (const _slice of slices) {
    await turn()
    if (!isWanted()) return false
  }
  return true
}

/** Work that nobody waits for: done when there is time, once at a time. */
export type BackgroundWork = {
  /** There may be something to do. */
  readonly look: () => void
  /** Settles when nothing is under way. */
  readonly settled: () => Promise<void>
  readonly close: () => void
}

/**
 * `slices` begins the work from where it stands; it goes on while it is quiet. What comes up while it runs is looked for
 * when it has ended.
 */
export const createBackgroundWork = (slices: () => Iterable<unknown>, quiet: Quiet): BackgroundWork => {
  let running: Promise<void> | null = null
  let again = false
  let closed = false
  const isOpen = (): boolean => !closed
  const run = async (): Promise<void> => {
    while (again) {
      again = false
      if (!(await inSlices(slices(), isOpen, quiet.turn))) break
    }
  }
  return {
    look: () => {
      again = true
      if (running !== null || closed) return
      running = run().finally(() => {
        running = null
      })
      drop(running)
    },
    settled: async () => {
      await running
    },
    close: () => {
      closed = true
    },
  }
}
