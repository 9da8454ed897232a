import { setImmediate as nextTurn, setTimeout as wait } from 'node:timers/promises'

/** Tells work that nobody waits for when it may go on: it takes the cores from what a person has just asked. */
export type Quiet = {
  /** A person asks for something; somebody who types asks again within `pause`. */
  readonly stir: () => void
  /** Lets others have their turn; settles once nobody has asked for so long, or at last after `longestRest`. */
  readonly turn: () => Promise<void>
  /** Somebody waits for the work after all: until `end` settles it goes on whoever asks. */
  readonly hurry: <T>(end: Promise<T>) => Promise<T>
}

/** Somebody who reads an answer asks the next thing later than that. */
const quietMilliseconds = 1_500
/** So soon it is seen that somebody is in a hurry. */
const lookMilliseconds = 250
/** Whoever asks without end, a script say, is not to keep a library from ever being measured. */
const longestRest = 10_000

/** `now`: milliseconds of a clock that only rises. */
export const createQuiet = (
  now: () => number = () => performance.now(),
  pause: number = quietMilliseconds,
): Quiet => {
  let until = -Infinity
  let hurried = 0
  return {
    stir: () => {
      until = now() + pause
    },
    turn: async () => {
      await nextTurn()
      const last = now() + longestRest
      for (;;) {
        const left = Math.min(until, last) - now()
        if (left <= 0 || hurried > 0) return
        await wait(Math.min(left, lookMilliseconds), undefined, { ref: false })
      }
    },
    hurry: async (end) => {
      hurried += 1
      try {
        return await end
      } finally {
        hurried -= 1
      }
    },
  }
}
