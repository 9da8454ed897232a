/** A host makes two to four frames at a time, and its connections carry more than frames. */
const mostAtOnce = 4

const running = new Set<() => void>()
const waiting = new Set<() => void>()

const next = (): void => {
  for (const begin of waiting) {
    if (running.size >= mostAtOnce) return
    waiting.delete(begin)
    running.add(begin)
    begin()
  }
}

/**
 * Calls `begin` (another function each time) when it is its turn to load a frame: at most four load at once, in the
 * order of asking. Answers how to give the turn back, done or not wanted any more; calling it twice does nothing.
 */
export const takeTurn = (begin: () => void): (() => void) => {
  waiting.add(begin)
  next()
  return () => {
    waiting.delete(begin)
    if (running.delete(begin)) next()
  }
}
