import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll } from 'vitest'

/** What the server does wrong once. Bytes count from where the answer begins. */
export type Misdeed =
  | { readonly do: 'cut'; readonly after: number }
  | { readonly do: 'reset'; readonly after: number }
  | { readonly do: 'claim'; readonly length: number }
  | { readonly do: 'wrong-bytes' }
  | { readonly do: 'too-much' }
  | { readonly do: 'stall'; readonly after: number }
  | { readonly do: 'slow'; readonly pieces: number; readonly seconds: number }
  | { readonly do: 'redirect'; readonly to: string }
  | { readonly do: 'status'; readonly status: number; readonly headers?: Readonly<Record<string, string>> }
  | { readonly do: 'ignore-range' }
  | { readonly do: 'other-range' }
  | { readonly do: 'gzip' }

export type Asked = { readonly url: string; readonly range: string | null; readonly ifRange: string | null }

export type HubRepository = {
  readonly commit: string
  readonly files: Readonly<Record<string, Buffer>>
  /** Paths that are not in LFS: the tree gives only git's name of them. */
  readonly small?: readonly string[]
}

export type BreakingHub = {
  readonly base: string
  readonly asked: Asked[]
  /** What goes wrong with the next requests for files, one each; null goes well. */
  readonly misdeeds: (Misdeed | null)[]
  /** Changes what the server calls its content. */
  etag: string
  readonly repositories: Record<string, HubRepository>
}

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

const gitBlob = (bytes: Uint8Array): string =>
  createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex')

/** A hub on this machine: metadata and files of `repositories`, with whatever misdeeds a test asks for. */
export const openBreakingHub = async (): Promise<BreakingHub> => {
  const sockets = new Set<Socket>()
  const server = createServer((request, response) => {
    response.on('error', () => undefined)
    answer(hub, request, response).catch((error: unknown) => response.destroy(error as Error))
  })
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined).once('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  afterAll(() => {
    server.close()
    for (const socket of sockets) socket.destroy()
  })
  const hub: BreakingHub = {
    base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked: [],
    misdeeds: [],
    etag: '"one"',
    repositories: {},
  }
  return hub
}

const answer = async (
  hub: BreakingHub,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  const url = request.url ?? '/'
  const range = request.headers.range ?? null
  hub.asked.push({ url, range, ifRange: request.headers['if-range']?.toString() ?? null })
  const [, isApi, name = '', kind, revision, path = ''] =
    /^(\/api\/models)?\/([^/]+\/[^/]+)\/(revision|tree|resolve)\/([^/?]+)\/?([^?]*)/.exec(url) ?? []
  const repository = hub.repositories[name]
  if (repository === undefined || (revision !== 'main' && revision !== repository.commit))
    return void response.writeHead(404).end('no such repository')
  if (isApi !== undefined) {
    const body = kind === 'revision' ? { sha: repository.commit } : tree(repository)
    return void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  }
  const content = repository.files[decodeURIComponent(path)]
  if (content === undefined) return void response.writeHead(404).end('no such file')
  await serve(hub, content, request, response)
}

const tree = ({ files, small = [] }: HubRepository): unknown => [
  { type: 'directory', oid: '0'.repeat(40), size: 0, path: 'onnx' },
  ...Object.entries(files).map(([path, bytes]) => ({
    type: 'file',
    path,
    size: bytes.length,
    oid: gitBlob(bytes),
    ...(small.includes(path) ? {} : { lfs: { oid: sha256(bytes), size: bytes.length, pointerSize: 134 } }),
  })),
]

const serve = async (
  hub: BreakingHub,
  content: Buffer,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  const misdeed = hub.misdeeds.shift() ?? null
  if (misdeed?.do === 'redirect') return void response.writeHead(302, { location: misdeed.to }).end()
  if (misdeed?.do === 'status')
    return void response.writeHead(misdeed.status, misdeed.headers ?? {}).end('no')
  const ifRange = request.headers['if-range']
  const [, wanted] = /^bytes=(\d+)-$/.exec(request.headers.range ?? '') ?? []
  const fits = ifRange === undefined || ifRange === hub.etag
  const start = wanted === undefined || !fits || misdeed?.do === 'ignore-range' ? 0 : Number(wanted)
  if (start >= content.length)
    return void response.writeHead(416, { 'content-range': `bytes */${content.length}` }).end()
  const body = bodyOf(content.subarray(start), misdeed)
  const told = misdeed?.do === 'other-range' ? start + 7 : start
  const isPart = start > 0 || misdeed?.do === 'other-range'
  response.writeHead(isPart ? 206 : 200, {
    etag: hub.etag,
    'content-length': misdeed?.do === 'claim' ? misdeed.length : body.length,
    ...(isPart ? { 'content-range': `bytes ${told}-${content.length - 1}/${content.length}` } : {}),
    ...(misdeed?.do === 'gzip' ? { 'content-encoding': 'gzip' } : {}),
  })
  await send(body, misdeed, response)
}

const bodyOf = (right: Buffer, misdeed: Misdeed | null): Buffer => {
  if (misdeed?.do === 'wrong-bytes')
    return Buffer.from(right.map((byte, i) => (i % 4096 === 77 ? byte ^ 1 : byte)))
  return misdeed?.do === 'too-much' ? Buffer.concat([right, Buffer.alloc(5000, 1)]) : right
}

const send = async (body: Buffer, misdeed: Misdeed | null, response: ServerResponse): Promise<void> => {
  const { socket } = response
  switch (misdeed?.do) {
    case 'cut':
    case 'reset': {
      // Only when what was promised has really left: else the cut would take it along.
      await new Promise<void>((resolve) => {
        response.write(body.subarray(0, misdeed.after), () => resolve())
        if (misdeed.after === 0) {
          response.flushHeaders()
          resolve()
        }
      })
      if (misdeed.do === 'cut') socket?.end()
      else socket?.resetAndDestroy()
      return
    }
    case 'claim':
      if (misdeed.length >= body.length) response.write(body, () => socket?.end())
      else socket?.end(body.subarray(0, misdeed.length))
      return
    case 'stall':
      response.write(body.subarray(0, misdeed.after))
      return
    case 'slow': {
      const step = Math.ceil(body.length / misdeed.pieces)
      for (let at = 0; at < body.length && !response.destroyed; at += step) {
        response.write(body.subarray(at, at + step))
        await wait((misdeed.seconds * 1000) / misdeed.pieces)
      }
      response.end()
      return
    }
    default:
      response.end(body)
  }
}
