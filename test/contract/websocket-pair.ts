import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { WebSocket, WebSocketServer } from 'ws'
import { createWebSocketWire } from '../../src-main/web/web-socket-wire.ts'
import { decodeMessage, encodeMessage } from '../../src-preload/contract/codec.ts'
import { createWireListeners } from '../../src-preload/contract/wire.ts'
import type { Wire } from '../../src-preload/contract/wire.ts'
import type { WirePair } from './suite.ts'

/** The page's end as a page has it: binary frames, no pings of its own. Settles when the socket is open. */
export const openClientWire = async (socket: WebSocket): Promise<Wire> => {
  const listeners = createWireListeners()
  socket.binaryType = 'arraybuffer'
  socket.onmessage = ({ data }) => listeners.deliver(decodeMessage(new Uint8Array(data as ArrayBuffer)))
  socket.onclose = () => listeners.closed()
  await new Promise<void>((resolve, reject) => {
    socket.onopen = () => resolve()
    socket.onerror = ({ message }) => reject(new Error(message))
  })
  socket.onerror = () => undefined // the close that follows says all that a wire knows
  return {
    send: (message) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(encodeMessage(message))
    },
    onMessage: listeners.onMessage,
    onClose: listeners.onClose,
    close: () => socket.close(),
  }
}

/** Two ends of a real WebSocket on this machine. */
export const openWebSocketPair = async (
  maxPayload = 1024 * 1024,
): Promise<WirePair & { readonly raw: WebSocket }> => {
  const http = createServer()
  const server = new WebSocketServer({ server: http, maxPayload })
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  const accepted = Promise.withResolvers<Wire>()
  server.once('connection', (socket) => accepted.resolve(createWebSocketWire(socket)))
  const { port } = http.address() as AddressInfo
  const raw = new WebSocket(`ws://127.0.0.1:${port}/`)
  const client = await openClientWire(raw)
  return {
    server: await accepted.promise,
    client,
    raw,
    close: async () => {
      for (const socket of server.clients) socket.terminate()
      server.close()
      await new Promise<void>((resolve) => http.close(() => resolve()))
    },
  }
}
