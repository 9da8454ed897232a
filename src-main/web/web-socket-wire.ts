import type { WebSocket } from 'ws'
import { decodeMessage, encodeMessage, maximumMessageBytes } from '../../src-preload/contract/codec.ts'
import { isSoundMessage } from '../../src-preload/contract/sound-message.ts'
import { createWireListeners } from '../../src-preload/contract/wire.ts'
import type { Wire } from '../../src-preload/contract/wire.ts'

/** RFC 6455, 7.4.1. */
const closeCodes = { goingAway: 1001, notBinary: 1003, malformed: 1007, tooFarBehind: 1013 } as const

/** A page that does not read (its machine sleeps) must not fill our memory with events. */
const longestBacklogBytes = maximumMessageBytes

/** Twice this without a sign of life, and the page is gone. */
const pingMilliseconds = 30_000

/** A wire over a WebSocket: a message is one binary frame of MessagePack; anything else closes it. */
export const createWebSocketWire = (socket: WebSocket): Wire => {
  const listeners = createWireListeners()
  let isAlive = true
  const pings = setInterval(() => {
    if (isAlive) socket.ping()
    else socket.terminate()
    isAlive = false
  }, pingMilliseconds)

  socket.binaryType = 'nodebuffer'
  socket.on('pong', () => {
    isAlive = true
  })
  socket.on('message', (data, isBinary) => {
    isAlive = true
    if (!isBinary || !Buffer.isBuffer(data)) socket.close(closeCodes.notBinary)
    else if (isSoundMessage(data)) listeners.deliver(decodeMessage(data))
    else socket.close(closeCodes.malformed)
  })
  // Oversized frames and broken framing: ws has closed the connection with the fitting code already.
  socket.on('error', () => socket.terminate())
  socket.on('close', () => {
    clearInterval(pings)
    listeners.closed()
  })
  return {
    send: (message) => {
      if (socket.readyState !== socket.OPEN) return
      socket.send(encodeMessage(message))
      if (socket.bufferedAmount > longestBacklogBytes) socket.close(closeCodes.tooFarBehind)
    },
    onMessage: listeners.onMessage,
    onClose: listeners.onClose,
    close: () => socket.close(closeCodes.goingAway),
  }
}
