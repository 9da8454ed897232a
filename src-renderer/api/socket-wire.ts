import { decodeMessage, encodeMessage } from '../../src-preload/contract/codec.ts'
import { createWireListeners } from '../../src-preload/contract/wire.ts'
import type { Wire } from '../../src-preload/contract/wire.ts'

/** A wire over a WebSocket with MessagePack frames (architecture.md, "Three hosts"); null where none can be opened. */
export const openSocketWire = (address: string): Promise<Wire | null> => {
  const { promise, resolve } = Promise.withResolvers<Wire | null>()
  const socket = new WebSocket(address)
  socket.binaryType = 'arraybuffer'
  const listeners = createWireListeners()
  socket.addEventListener('message', (event: MessageEvent<unknown>) => {
    const { data } = event
    listeners.deliver(data instanceof ArrayBuffer ? decodeMessage(new Uint8Array(data)) : undefined)
  })
  socket.addEventListener('close', () => {
    listeners.closed()
    resolve(null)
  })
  socket.addEventListener('open', () =>
    resolve({
      send: (message) => {
        if (socket.readyState === WebSocket.OPEN) socket.send(new Uint8Array(encodeMessage(message)))
      },
      onMessage: listeners.onMessage,
      onClose: listeners.onClose,
      close: () => socket.close(),
    }),
  )
  return promise
}
