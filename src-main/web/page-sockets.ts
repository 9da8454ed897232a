import { STATUS_CODES } from 'node:http'
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer } from 'ws'
import type { Wire } from '../../src-preload/contract/wire.ts'
import type { Door } from './door.ts'
import { createWebSocketWire } from './web-socket-wire.ts'

/** The page asks in small words: the longest, a query, has 20,000 characters. */
const longestMessageBytes = 1024 * 1024
/** More windows than anybody looks through; each costs some memory. */
const mostPages = 64

export type PageSockets = {
  /** Takes over a request to upgrade, or refuses it. */
  readonly upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void
  readonly close: () => void
}

const refuseUpgrade = (socket: Duplex, status: number): void => {
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`,
  )
}

/** The pages' WebSockets at `/socket`: same host, same origin, with the cookie. */
export const createPageSockets = (door: Door, onWire: (wire: Wire) => void): PageSockets => {
  const server = new WebSocketServer({
    noServer: true,
    clientTracking: true,
    maxPayload: longestMessageBytes,
    perMessageDeflate: false,
  })
  const refusalOf = (request: IncomingMessage): number | null => {
    if (!door.isOurHost(request) || !door.isOurOrigin(request)) return 403
    if (!door.hasCookie(request)) return 401
    if (request.url !== '/socket') return 404
    return server.clients.size >= mostPages ? 503 : null
  }
  return {
    upgrade: (request, socket, head) => {
      socket.on('error', () => socket.destroy())
      const status = refusalOf(request)
      if (status !== null) refuseUpgrade(socket, status)
      else server.handleUpgrade(request, socket, head, (webSocket) => onWire(createWebSocketWire(webSocket)))
    },
    close: () => {
      for (const client of server.clients) {
        client.close(1001)
        // A page that is gone without a word does not answer the farewell.
        setTimeout(() => client.terminate(), 1000).unref()
      }
      server.close()
    },
  }
}
