import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Server } from '../../src-preload/contract/server.ts'
import { fail, ok } from '../../src-preload/contract/result.ts'
import type { Result } from '../../src-preload/contract/result.ts'
import type { PageApi } from '../../src-preload/contract/page-api.ts'
import { drop } from '../foundation/drop.ts'
import type { LibraryHolder } from '../foundation/library-holder.ts'
import type { Log } from '../foundation/log.ts'
import { addSecurityHeaders, answerStranger, answerWith, refuse } from './answer.ts'
import { createDoor } from './door.ts'
import type { Door } from './door.ts'
import { answerMedia } from './media.ts'
import type { PageFiles } from './page-files.ts'
import { createPageSockets } from './page-sockets.ts'
import { readRequestPath } from './request-path.ts'

/** Whoever sends its headers slower than this is no browser. */
const headerMilliseconds = 10_000
const requestMilliseconds = 20_000
const checkMilliseconds = 1_000
/** Above every honest use (64 windows of 6 connections), below the usual limit of 1,024 open files. */
const mostConnections = 600

export type WebServerOptions = {
  readonly host: string
  /** 0: a free one. */
  readonly port: number
  readonly token: string
  readonly session: string
  /** Names that the `Host` header may have, besides the bound and the loopback ones. */
  readonly allowedHosts: readonly string[]
  readonly page: PageFiles
  readonly service: Server<PageApi>
  readonly library: LibraryHolder
  readonly log: Log
}

export type WebServer = {
  readonly port: number
  /** Ends every connection; settles when the port is free again. */
  readonly close: () => Promise<void>
}

const loopbackNames = ['localhost', '127.0.0.1', '[::1]'] as const

/** A host as it stands in an address: IPv6 in brackets. */
export const addressHost = (host: string): string =>
  host.includes(':') && !host.startsWith('[') ? `[${host}]` : host

const isCrossSite = ({ headers }: IncomingMessage): boolean => {
  const site = headers['sec-fetch-site']
  return site === 'cross-site' || site === 'same-site'
}

const handle = async (
  request: IncomingMessage,
  response: ServerResponse,
  door: Door,
  options: WebServerOptions,
): Promise<void> => {
  addSecurityHeaders(response)
  const { method = '', url = '' } = request
  if (!door.isOurHost(request)) {
    const names = 'Start it with --allowed-host NAME to reach it by another name.'
    return refuse(response, 403, fail('not-allowed', 'Kinora does not go by this name.', names).error)
  }
  if (method !== 'GET' && method !== 'HEAD') {
    response.setHeader('allow', 'GET, HEAD')
    response.setHeader('connection', 'close')
    return refuse(response, 405, fail('not-allowed', 'Only GET and HEAD are answered.').error)
  }
  const path = readRequestPath(url)
  if (path === null) return refuse(response, 400, fail('bad-arguments', 'The address is malformed.').error)
  const { segments, query } = path
  const token = query.get('token')
  if (segments.length === 0 && token !== null) {
    if (!door.isToken(token)) return answerStranger(response)
    const headers = { location: '/', 'set-cookie': door.setCookie, 'cache-control': 'no-store' }
    return answerWith(response, 303, headers, '')
  }
  if (!door.hasCookie(request)) return answerStranger(response)
  // The cookie goes to every port of this name: other pages of this machine must not read films with it.
  if (isCrossSite(request) && segments.length > 0) {
    return refuse(response, 403, fail('not-allowed', 'Another page asked for this.').error)
  }
  if (segments[0] === 'media') {
    return answerMedia(
      request,
      response,
      { segments: segments.slice(1), query },
      options.library,
      options.log,
    )
  }
  const file = options.page.get(segments.join('/'))
  if (file === null) return refuse(response, 404, fail('not-found', 'There is nothing here.').error)
  answerWith(response, 200, { 'content-type': file.type, 'cache-control': file.cacheControl }, file.body)
}

/** Starts to serve; `busy` when the port is taken, `not-allowed` where the system forbids it. */
export const startWebServer = async (options: WebServerOptions): Promise<Result<WebServer>> => {
  const { log } = options
  const server = createServer({
    headersTimeout: headerMilliseconds,
    requestTimeout: requestMilliseconds,
    connectionsCheckingInterval: checkMilliseconds,
    maxHeaderSize: 16 * 1024,
  })
  server.maxConnections = mostConnections
  const listening = await new Promise<Result<number>>((resolve) => {
    server.once('error', (cause: NodeJS.ErrnoException) =>
      resolve(
        cause.code === 'EADDRINUSE'
          ? fail('busy', `Port ${options.port} is in use.`, 'Choose another with --port.')
          : fail('not-allowed', `Cannot listen on ${options.host}, port ${options.port}: ${cause.message}`),
      ),
    )
    server.listen(options.port, options.host.replace(/^\[|\]$/g, ''), () => {
      const address = server.address()
      resolve(ok(typeof address === 'object' && address !== null ? address.port : options.port))
    })
  })
  if (!listening.ok) return listening
  const port = listening.value
  const own = [addressHost(options.host), ...loopbackNames].map((name) => `${name}:${port}`)
  const door = createDoor({ ...options, port, hosts: [...own, ...options.allowedHosts] })
  const sockets = createPageSockets(door, (wire) => void options.service.attach(wire))

  server.on('error', (err) => log.error({ err }, 'web server'))
  server.on('request', (request, response) =>
    drop(
      handle(request, response, door, options).catch((err: unknown) => {
        log.error({ err, url: request.url?.replace(/token=[^&]*/, 'token=…') }, 'a request failed')
        if (response.headersSent) response.destroy()
        else refuse(response, 500, fail('internal', 'This is a fault in Kinora; its log says more.').error)
      }),
    ),
  )
  server.on('upgrade', sockets.upgrade)
  return ok({
    port,
    close: async () => {
      sockets.close()
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeIdleConnections()
      setTimeout(() => server.closeAllConnections(), 500).unref()
      await closed
    },
  })
}
