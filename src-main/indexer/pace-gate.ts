import type { Pace } from '../../src-preload/contract/nouns.ts'

/** Where long work waits while it is to rest. */
export type PaceGate = {
  readonly set: (pace: Pace) => void
  /** Settles at once, or when the pause is over, or when `signal` fires. */
  readonly pass: (signal: AbortSignal) => Promise<void>
}

/** A gate that stands open unless the pace is `paused`. Nothing is lost meanwhile: whoever waits reads no more of its pipes. */
export const createPaceGate = (pace: Pace): PaceGate => {
  let paused = pace === 'paused'
  let sleepers: (() => void)[] = []
  const open = (): void => {
    const all = sleepers
    sleepers = []
    for (const wake of all) wake()
  }
  return {
    set: (next) => {
      paused = next === 'paused'
      if (!paused) open()
    },
    pass: async (signal) => {
      while (paused && !signal.aborted) {
        await new Promise<void>((resolve) => {
          sleepers.push(resolve)
          signal.addEventListener('abort', () => resolve(), { once: true })
        })
      }
    },
  }
}
