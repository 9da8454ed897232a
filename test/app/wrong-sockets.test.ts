import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { WebSocket } from 'ws'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { encodeMessage } from '../../src-preload/contract/codec.ts'
import { eventually } from './kinora-cli.ts'
import { serveOneFilm } from './served-library.ts'
import type { ServedLibrary } from './served-library.ts'

let served: ServedLibrary
let path = ''

beforeAll(async () => {
  const one = await serveOneFilm()
  ;({ served } = one)
  ;({ path } = one.video)
})
afterAll(() => served.dispose())

// Whatever was said: the server goes on.
afterEach(async () => {
  expect(served.child.exitCode).toBeNull()
  expect((await served.get('/')).status).toBe(200)
})

const statusOf = (answer: string): number => Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1] ?? 0)

describe('wrong WebSockets', () => {
  type Opening = {
    readonly cookie?: string
    readonly origin?: string
    readonly host?: string
    readonly path?: string
  }
  const dial = (wrong: Opening = {}): WebSocket => {
    const { cookie = served.cookie, origin = served.base, host, path = '/socket' } = wrong
    const headers = { cookie, ...(origin === '' ? {} : { origin }), ...(host === undefined ? {} : { host }) }
    const socket = new WebSocket(`ws://127.0.0.1:${served.port}${path}`, { headers })
    socket.on('error', () => undefined) // each test looks at what matters to it
    return socket
  }
  const opened = (socket: WebSocket): Promise<number> =>
    new Promise((resolve) => {
      socket.once('open', () => resolve(101))
      socket.once('unexpected-response', (_request, response) => {
        resolve(response.statusCode ?? 0)
        socket.terminate()
      })
    })
  const openedOne = async (): Promise<WebSocket> => {
    const socket = dial()
    expect(await opened(socket)).toBe(101)
    return socket
  }
  const closeCode = (socket: WebSocket): Promise<number> =>
    new Promise((resolve) => socket.once('close', resolve))

  it('are refused before they open', async () => {
    const foreign = [
      'http://evil.example',
      'null',
      '',
      `https://127.0.0.1:1`,
      `http://localhost:${served.port}`,
    ]
    for (const origin of foreign) {
      expect({ origin, status: await opened(dial({ origin })) }).toEqual({ origin, status: 403 })
    }
    expect(
      await opened(
        dial({ host: `evil.example:${served.port}`, origin: `http://evil.example:${served.port}` }),
      ),
    ).toBe(403)
    expect(await opened(dial({ cookie: '' }))).toBe(401)
    expect(await opened(dial({ cookie: `${served.cookie}0` }))).toBe(401)
    for (const wrong of ['/', '/socket/', '/socket?x', '/%73ocket', '/media']) {
      expect({ wrong, status: await opened(dial({ path: wrong })) }).toEqual({ wrong, status: 404 })
    }
  })

  it('that say nonsense are closed', async () => {
    const nested = Buffer.concat(
      Array.from({ length: 20 }, () => Buffer.from([0xdd, 0x01, 0xf7, 0x8a, 0x40])), // lists of 33 million
    )
    const shapes: readonly (readonly [string | Buffer, number])[] = [
      ['hello', 1003],
      [Buffer.alloc(2 * 1024 * 1024), 1009],
      [nested, 1007],
      [randomBytes(1000), 1007],
      [Buffer.alloc(0), 1007],
      [Buffer.from([0x01]), 1001],
      [Buffer.from(encodeMessage({ kind: 'rubbish' } as never)), 1001],
      [Buffer.from(encodeMessage({ kind: 'call', id: -1, group: 'a', name: 'b', arguments: {} })), 1001],
    ]
    for (const [shape, code] of shapes) {
      const socket = await openedOne()
      const closed = closeCode(socket)
      socket.send(shape)
      const got = await closed
      // Random bytes may by chance be one MessagePack number, which then is no message.
      expect(shape.length === 1000 ? [1001, 1007] : [code]).toContain(got)
    }
  })

  it('that break the framing are cut off', async () => {
    const open =
      `GET /socket HTTP/1.1\r\nHost: 127.0.0.1:${served.port}\r\nOrigin: ${served.base}\r\n` +
      `Cookie: ${served.cookie}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n`
    const key = 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n'
    expect(await served.raw(Buffer.concat([Buffer.from(open + key), randomBytes(4000)]))).toContain('101')
    // A frame that says it has 2^63 bytes.
    const endless = Buffer.from([0x82, 0xff, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0])
    expect(await served.raw(Buffer.concat([Buffer.from(open + key), endless]))).toContain('101')
    expect(statusOf(await served.raw(`${open}\r\n`))).toBe(400)
  })

  it('that ask wrongly are answered so, and may go on', async () => {
    const page = await served.openPage()
    const group = page.call as unknown as Record<string, Record<string, (args: unknown) => Promise<unknown>>>
    const bad: readonly (readonly [string, string, unknown])[] = [
      ['videos', 'page', { offset: -1, limit: 10 }],
      ['videos', 'page', { offset: 0, limit: 100_000 }],
      ['videos', 'page', { offset: 0, limit: 10, more: 1 }],
      ['videos', 'get', { id: path }],
      ['videos', 'get', { id: '../../etc/passwd' }],
      ['videos', 'get', {}],
      ['search', 'moments', { query: 'a'.repeat(20_001) }],
      ['search', 'moments', { query: 'a', in: path }],
      ['search', 'moments', null],
      ['host', 'browse', {}],
      ['host', 'browse', { place: 7 }],
      ['host', 'addBrowsed', { place: path.padEnd(65, 'x') }],
      ['folders', 'remove', { id: 'a' }],
      ['folders', 'remove', { id: 0.5 }],
      ['models', 'use', { id: 'a'.repeat(65) }],
    ]
    for (const [name, call, args] of bad) {
      const answer = await group[name]?.[call]?.(args)
      expect({ name, call, args, answer }).toMatchObject({ answer: { error: { code: 'bad-arguments' } } })
    }
    expect((await page.call.folders.list({})).ok).toBe(true)
    page.close()

    const socket = await openedOne()
    const answers: Buffer[] = []
    socket.on('message', (data: Buffer) => answers.push(data))
    const unknown = [
      ...[
        ['videos', 'places'],
        ['folders', 'add'],
        ['index', 'run'],
        ['service', 'leave'],
        ['models', 'add'],
      ],
      ...[
        ['__proto__', 'x'],
        ['constructor', 'name'],
        ['', ''],
      ],
    ]
    for (const [number, [name = '', call = '']] of unknown.entries()) {
      socket.send(encodeMessage({ kind: 'call', id: number, group: name, name: call, arguments: {} }))
    }
    await eventually('answers', 10, () =>
      answers.filter((answer) => answer.includes('unknown-call')).length === unknown.length ? true : null,
    )
    // A megabyte of lists in lists is no argument either.
    const head = Buffer.from(
      encodeMessage({ kind: 'call', id: 99, group: 'host', name: 'about', arguments: null }),
    )
    const deep = Buffer.concat([head.subarray(0, -1), Buffer.alloc(900_000, 0x91), Buffer.from([0xc0])])
    socket.send(deep)
    await eventually('the answer', 10, () =>
      answers.some((answer) => answer.includes('bad-arguments')) ? true : null,
    )
    socket.terminate()
  })

  it('are at most some dozens at once; the next ones find a place again', async () => {
    const sockets = Array.from({ length: 200 }, () => dial())
    const statuses = await Promise.all(sockets.map(opened))
    expect(new Set(statuses)).toEqual(new Set([101, 503]))
    expect(statuses.filter((status) => status === 101).length).toBeLessThanOrEqual(64)
    for (const socket of sockets) socket.terminate()
    await sleep(200)
    ;(await openedOne()).close()
  })
})
