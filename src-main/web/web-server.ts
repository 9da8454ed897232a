import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Server } from '../../src-preload/contract/server.ts'
import { fail, ok } from '../../src-preload/contract/result.ts'
import type { Failure, Result } from '../../src-preload/contract/result.ts'
import type { PageApi } from '../../src-preload/contract/page-api.ts'
import { drop } from '../foundation/drop.ts'
import type { LibraryHolder } from '../foundation/library-holder.ts'
import type { MomentFrames } from '../foundation/moment-frames.ts'
import type { Log } from '../foundation/log.ts'
import { addSecurityHeaders, answerStranger, answerWith, refuse } from './answer.ts'
import { createDoor } from './door.ts'
import type { Door } from './door.ts'
import { answerMedia } from './media.ts'
import type { PageFiles } from './page-files.ts'
import { createPageSockets } from './page-sockets.ts'
import { readRequestPath } from './request-path.ts'
import type { RequestPath } from './request-path.ts'

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
  readonly frames: MomentFrames
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

type Refusal = { readonly status: number; readonly failure: Failure }

/** Why a request is not even looked at, whoever sends it. */
const refusalOf = (request: IncomingMessage, door: Door): Refusal | null => {
  if (!door.isOurHost(request)) {
    const advice = 'Start it with --allowed-host NAME to reach it by another name.'
    return { status: 403, failure: fail('not-allowed', 'Kinora does not go by this name.', advice) }
  }
  const { method } = request
  if (method !== 'GET' && method !== 'HEAD') {
    return { status: 405, failure: fail('not-allowed', 'Only GET and HEAD are answered.') }
  }
  return null
}

/** The token's exchange for the cookie. */
const answerToken = (response: ServerResponse, token: string, door: Door): void => {
  const headers = { location: '/', 'set-cookie': door.setCookie, 'cache-control': 'no-store' }
  if (door.isToken(token)) answerWith(response, 303, headers, '')
  else answerStranger(response)
}

/** Whoever has the cookie: the page's files, and the library's media. */
const answerFriend = async (
  request: IncomingMessage,
  response: ServerResponse,
  path: RequestPath,
  options: WebServerOptions,
): Promise<void> => {
  const [first, ...rest] = path.segments
  // The cookie goes to every port of this name: other pages of this machine must not read films with it.
  if (isCrossSite(request) && first !== undefined) {
    refuse(response, 403, fail('not-allowed', 'Another page asked for this.'))
    return
  }
  if (first === 'media') {
    await answerMedia(request, response, { ...path, segments: rest }, options)
    return
  }
  const file = options.page.get(path.segments.join('/'))
  if (file === null) refuse(response, 404, fail('not-found', 'There is nothing here.'))
  else answerWith(response, 200, { 'content-type': file.type, 'cache-control': file.cacheControl }, file.body)
}

const answer = async (
  request: IncomingMessage,
  response: ServerResponse,
  door: Door,
  options: WebServerOptions,
): Promise<void> => {
  addSecurityHeaders(response)
  const refusal = refusalOf(request, door)
  const path = readRequestPath(request.url ?? '')
  const token = path?.segments.length === 0 ? path.query.get('token') : null
  if (refusal !== null) {
    if (refusal.status === 405) response.setHeader('allow', 'GET, HEAD')
    // There may be a body, which nobody will read.
    response.setHeader('connection', 'close')
    refuse(response, refusal.status, refusal.failure)
  } else if (path === null) refuse(response, 400, fail('bad-arguments', 'The address is malformed.'))
  else if (token !== null) answerToken(response, token, door)
  else if (door.hasCookie(request)) await answerFriend(request, response, path, options)
  else answerStranger(response)
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
      answer(request, response, door, options).catch((err: unknown) => {
        log.error({ err, url: request.url?.replace(/token=[^&]*/, 'token=…') }, 'a request failed')
        if (response.headersSent) response.destroy()
        else refuse(response, 500, fail('internal', 'This is a fault in Kinora; its log says more.'))
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
