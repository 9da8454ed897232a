import { setImmediate as nextTurn, setTimeout as wait } from 'node:timers/promises'

/** Tells work that nobody waits for when it may go on: it takes the cores from what a person has just asked. */
export type Quiet = {
  /** A person asks for something; somebody who types asks again within `pause`. */
  readonly stir: () => void
  /** Lets others have their turn; settles once nobody has asked for so long. */
  readonly turn: () => Promise<void>
}

/** Somebody who reads an answer asks the next thing later than that. */
const quietMilliseconds = 1_500

/** `now`: milliseconds of a clock that only rises. */
export const createQuiet = (
  now: () => number = () => performance.now(),
  pause: number = quietMilliseconds,
): Quiet => {
  let until = -Infinity
  return {
    stir: () => {
      until = now() + pause
    },
    turn: async () => {
      await nextTurn()
      for (let left = until - now(); left > 0; left = until - now())
        await wait(left, undefined, { ref: false })
    },
  }
}
