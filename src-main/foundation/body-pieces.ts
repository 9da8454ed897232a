import type { Readable } from 'node:stream'

/** The body of an answer, piece by piece. Read it to its end or call `stop`. */
export type BodyPieces = AsyncIterable<Buffer> & { readonly stop: () => void }

/** So much may wait to be written before the sender is slowed down. */
const mostWaiting = 1 << 20

/**
 * Collects what comes as soon as it comes. A stream that breaks forgets what nobody has read yet: then a download over
 * a bad line would lose the last pieces each time, and with short pieces never end. Here they all come first, and the
 * error after them. `onEnd` hears the bytes that came, once, however it ends.
 */
export const bodyPieces = (body: Readable, onEnd: (bytes: number) => void): BodyPieces => {
  const waiting: Buffer[] = []
  let bytes = 0
  let waitingBytes = 0
  let end: { readonly error: Error | null } | null = null
  let wake = (): void => undefined

  const finish = (error: Error | null): void => {
    if (end !== null) return
    end = { error }
    onEnd(bytes)
    wake()
  }
  const endNow = (): typeof end => end
  body.on('data', (piece: Buffer) => {
    waiting.push(piece)
    bytes += piece.length
    waitingBytes += piece.length
    if (waitingBytes > mostWaiting) body.pause()
    wake()
  })
  // Stays for good: a stream that is destroyed may report it later.
  body.on('error', finish)
  body.once('end', () => finish(null))
  body.once('close', () => finish(null))

  const read = async function* (): AsyncGenerator<Buffer> {
    for (;;) {
      const piece = waiting.shift()
      if (piece !== undefined) {
        waitingBytes -= piece.length
        yield piece
        if (waitingBytes === 0) body.resume()
        continue
      }
      const ended = endNow()
      if (ended?.error) throw ended.error
      if (ended !== null) return
      await new Promise<void>((resolve) => (wake = resolve))
    }
  }
  const stop = (): void => {
    finish(null)
    body.destroy()
  }
  return { [Symbol.asyncIterator]: read, stop }
}
