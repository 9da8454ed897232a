import type { Readable, Writable } from 'node:stream'

/** What has gone through a pipe so far; Node's pipes are sockets, which count. */
const bytesMoved = (stream: Readable | Writable): number => {
  const { bytesRead, bytesWritten } = stream as {
    readonly bytesRead?: number
    readonly bytesWritten?: number
  }
  return (bytesRead ?? 0) + (bytesWritten ?? 0)
}

/**
 * Calls `onStall` after `seconds` in which no byte moved through `streams` and no reader was behind: waiting for the
 * encoder is no stall. Ticks are counted, not clock time: a machine that slept has not stalled. Clear the timer.
 */
export const watchStall = (
  streams: readonly (Readable | Writable)[],
  seconds: number,
  onStall: () => void,
): NodeJS.Timeout => {
  let moved = -1
  let ticks = 0
  const tick = (): void => {
    const now = streams.reduce((sum, stream) => sum + bytesMoved(stream), 0)
    const readerBehind = streams.some((stream) => 'readableLength' in stream && stream.readableLength > 0)
    ticks = now === moved && !readerBehind ? ticks + 1 : 0
    moved = now
    if (ticks >= seconds) onStall()
  }
  return setInterval(tick, 1000)
}
