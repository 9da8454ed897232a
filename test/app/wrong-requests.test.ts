import { randomBytes } from 'node:crypto'
import { renameSync, truncateSync } from 'node:fs'
import { request } from 'node:http'
import { connect } from 'node:net'
import type { Socket } from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { eventually } from './kinora-cli.ts'
import { serveOneFilm } from './served-library.ts'
import type { ServedLibrary } from './served-library.ts'

let served: ServedLibrary
let id = ''
let path = ''

beforeAll(async () => {
  const one = await serveOneFilm()
  ;({ served } = one)
  ;({ id, path } = one.video)
})
afterAll(() => served.dispose())

// Whatever was asked: the server goes on.
afterEach(async () => {
  expect(served.child.exitCode).toBeNull()
  expect((await served.get('/')).status).toBe(200)
})

const statusOf = (answer: string): number => Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1] ?? 0)

describe('strangers', () => {
  const answerTo = (path: string, cookie: string): Promise<number> =>
    served.get(path, { cookie }).then(({ status }) => status)

  it('get nothing without the cookie, or with a wrong one', async () => {
    const name = served.cookie.split('=')[0] ?? ''
    const wrong = [
      '',
      `${name}=`,
      `${name}=${'0'.repeat(64)}`,
      `${served.cookie}0`,
      served.cookie.slice(0, -1),
    ]
    const other = served.cookie.replace(name, 'kinora_session')
    for (const cookie of [...wrong, other, `x${served.cookie}`]) {
      for (const path of [
        '/',
        '/assets/page-1.js',
        `/media/film/${id}`,
        `/media/frame/${id}?t=1`,
        '/nothing',
      ]) {
        expect({ cookie, path, status: await answerTo(path, cookie) }).toEqual({ cookie, path, status: 401 })
      }
    }
    const page = await served.get('/', { cookie: '' })
    expect(page.body.toString()).toContain('token')
    expect(page.headers['set-cookie']).toBeUndefined()
    expect(page.headers['content-security-policy']).toContain("default-src 'none'")
  })

  it('get no cookie for a wrong token', async () => {
    const token = new URL(served.url).searchParams.get('token') ?? ''
    const wrong = [
      '',
      'x',
      token.slice(1),
      `${token}0`,
      token.toUpperCase(),
      'ä'.repeat(1000),
      `0&token=${token}`,
    ]
    for (const candidate of wrong) {
      const answer = await served.get(
        `/?token=${candidate.includes('&') ? candidate : encodeURIComponent(candidate)}`,
        {
          cookie: '',
        },
      )
      expect({ candidate, status: answer.status }).toEqual({ candidate, status: 401 })
      expect(answer.headers['set-cookie']).toBeUndefined()
    }
    // The token opens the front door only.
    expect((await served.get(`/media/film/${id}?token=${token}`, { cookie: '' })).status).toBe(401)
  })

  it('do not get in under a foreign name (DNS rebinding)', async () => {
    const names = [
      'evil.example',
      `evil.example:${served.port}`,
      `127.0.0.1.evil.example:${served.port}`,
      '127.0.0.1:1',
      '',
    ]
    for (const host of [
      ...names,
      `localhost.:${served.port}`,
      `127.0.0.1:${served.port}@evil`,
      '127.0.0.1',
    ]) {
      const answer = await served.raw(
        `GET / HTTP/1.1\r\nHost: ${host}\r\nCookie: ${served.cookie}\r\nConnection: close\r\n\r\n`,
      )
      expect({ host, status: statusOf(answer) }).toEqual({ host, status: 403 })
    }
    const none = await served.raw(`GET / HTTP/1.1\r\nCookie: ${served.cookie}\r\nConnection: close\r\n\r\n`)
    expect(statusOf(none)).toBe(400)
    const old = await served.raw(`GET / HTTP/1.0\r\nCookie: ${served.cookie}\r\n\r\n`)
    expect(statusOf(old)).toBe(403)
    for (const host of ['localhost', '127.0.0.1', '[::1]', 'LOCALHOST']) {
      expect((await served.get('/', { host: `${host}:${served.port}` })).status).toBe(200)
    }
  })

  it('do not embed our media in their pages', async () => {
    for (const site of ['cross-site', 'same-site']) {
      const answer = await served.get(`/media/poster/${id}`, { 'sec-fetch-site': site })
      expect(answer.status).toBe(403)
    }
    expect((await served.get(`/media/poster/${id}`, { 'sec-fetch-site': 'same-origin' })).status).toBe(200)
  })
})

describe('wrong paths', () => {
  it('lead nowhere', async () => {
    const paths = [
      ...['/../package.json', '/../../etc/passwd', '/assets/../index.html', '/assets/../../page/index.html'],
      ...[
        '/%2e%2e/%2e%2e/etc/passwd',
        '/assets/%2e%2e/index.html',
        '/..%2f..%2fetc/passwd',
        '/assets%2fpage-1.js',
      ],
      ...['//etc/passwd', '///', '/./', '/assets//page-1.js', '/assets/./page-1.js', '/.'],
      ...[
        '/..\\..\\etc\\passwd',
        '/assets\\page-1.js',
        '/%5c..%5cetc',
        '/C:/windows/win.ini',
        '/c:%5cwindows',
      ],
      ...['/index.html%00', '/%00', '/assets/page-1.js%00.png', '/%', '/%zz', '/%e0%a4%a', '/%ff'],
      ...['/%252e%252e/index.html', '/nothing', '/assets', '/assets/', '/assets/PAGE-1.JS', '/index.html/'],
      ...['/etc/passwd', '/__proto__', '/constructor', '/socket', `/${'a'.repeat(8000)}`],
    ]
    for (const wrong of paths) {
      const answer = await served.raw(
        `GET ${wrong} HTTP/1.1\r\nHost: 127.0.0.1:${served.port}\r\nCookie: ${served.cookie}\r\nConnection: close\r\n\r\n`,
      )
      expect({ wrong, refused: [400, 404].includes(statusOf(answer)) }).toEqual({ wrong, refused: true })
      expect(answer).not.toContain('a page for tests')
      expect(answer).not.toContain('root:')
    }
  })

  it('include targets of other forms', async () => {
    for (const target of ['http://evil.example/', '*', 'evil.example:80', 'index.html', '\\']) {
      const answer = await served.raw(
        `GET ${target} HTTP/1.1\r\nHost: 127.0.0.1:${served.port}\r\nCookie: ${served.cookie}\r\nConnection: close\r\n\r\n`,
      )
      expect({ target, status: statusOf(answer) }).toEqual({ target, status: 400 })
    }
  })

  it('to media are not found, and say so', async () => {
    const ids = [
      ...[
        '',
        '/',
        'x',
        `v${'0'.repeat(20)}`,
        id.toUpperCase(),
        `${id}0`,
        `${id}/`,
        `${id}/x`,
        `${id}%2fx`,
        `%2f${id}`,
      ],
      ...[
        '../films/film.mp4',
        '%2e%2e%2ffilms%2ffilm.mp4',
        `${id}%00`,
        encodeURIComponent(path),
        '__proto__',
        id.slice(1),
      ],
    ]
    for (const kind of ['poster', 'sprite', 'film', 'frame', 'picture']) {
      for (const wrong of ids) {
        const { status } = await served.get(`/media/${kind}/${wrong}${kind === 'frame' ? '?t=1' : ''}`)
        expect({ kind, wrong, refused: status === 404 || status === 400 }).toEqual({
          kind,
          wrong,
          refused: true,
        })
      }
    }
    for (const kind of ['films', 'Film', 'frames', 'picture', '', '..', 'constructor']) {
      expect([400, 404]).toContain((await served.get(`/media/${kind}/${id}`)).status)
    }
    const unknown = await served.get(`/media/film/v${'0'.repeat(20)}`)
    expect(JSON.parse(unknown.body.toString())).toMatchObject({ error: { code: 'not-found' } })
  })
})

describe('wrong requests for films', () => {
  it.each(['bytes=abc', 'bytes=5-2', 'bytes=-0', 'bytes=99999999999999999999-', 'bytes=-', 'bytes=--5'])(
    'with the range %s are 416',
    async (range) => {
      const answer = await served.get(`/media/film/${id}`, { range })
      expect(answer.status).toBe(416)
      expect(answer.headers['content-range']).toMatch(/^bytes \*\/\d+$/)
      expect(answer.body).toHaveLength(0)
    },
  )

  it('that vanished are 404 with a code; that come back are there again', async () => {
    renameSync(path, `${path}.away`)
    const gone = await served.get(`/media/film/${id}`)
    renameSync(`${path}.away`, path)
    expect(gone.status).toBe(404)
    expect(['missing-file', 'offline']).toContain(
      (JSON.parse(gone.body.toString()) as { error: { code: string } }).error.code,
    )
    expect(gone.body.toString()).not.toContain(path)
    await eventually('the film', 20, async () =>
      (await served.get(`/media/film/${id}`, { range: 'bytes=0-0' })).status === 206 ? true : null,
    )
  })

  it('of other methods are 405', async () => {
    for (const method of ['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'PROPFIND']) {
      const answer = await served.get(`/media/film/${id}`, { origin: 'http://evil.example' }, method)
      expect({ method, status: answer.status }).toEqual({ method, status: 405 })
      expect(answer.headers['allow']).toBe('GET, HEAD')
    }
    const posted = await served.raw(
      `POST / HTTP/1.1\r\nHost: 127.0.0.1:${served.port}\r\nContent-Length: 5000000\r\n\r\n${'x'.repeat(100_000)}`,
    )
    expect(statusOf(posted)).toBe(405)
    expect(await served.raw(`CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example\r\n\r\n`)).toBe('')
  })
})

describe('wrong traffic', () => {
  it('with headers of a megabyte, or no HTTP at all, is cut off', async () => {
    const big = await served.raw(
      `GET / HTTP/1.1\r\nHost: 127.0.0.1:${served.port}\r\nX: ${'a'.repeat(1024 * 1024)}\r\n\r\n`,
    )
    expect([431, 0]).toContain(statusOf(big)) // 0: reset before the answer was read
    expect([400, 0]).toContain(statusOf(await served.raw(randomBytes(5000))))
    expect(statusOf(await served.raw('\u0016\u0003\u0001\u0002\u0000\u0001\u0000'))).toBe(400)
  })

  it('that dribbles its headers is cut off, while others are answered', async () => {
    const began = performance.now()
    const slow = connect(served.port, '127.0.0.1')
    slow.on('error', () => undefined) // being cut off is what we wait for
    slow.resume()
    slow.write(`GET / HTTP/1.1\r\nHost: 127.0.0.1:${served.port}\r\n`)
    const drops = setInterval(() => slow.write('X: 1\r\n'), 500)
    expect((await served.get('/')).status).toBe(200)
    await new Promise((resolve) => slow.once('close', resolve))
    clearInterval(drops)
    expect((performance.now() - began) / 1000).toBeLessThan(20)
  })

  it('of 200 silent connections does not keep others out', async () => {
    const sockets = await Promise.all(
      Array.from(
        { length: 200 },
        () =>
          new Promise<Socket>((resolve) => {
            const socket = connect(served.port, '127.0.0.1', () => resolve(socket))
            socket.on('error', () => undefined)
          }),
      ),
    )
    expect((await served.get('/')).status).toBe(200)
    for (const socket of sockets) socket.destroy()
  })
})

describe('a film that is cut off while it is sent', () => {
  it('ends with an error, not as a shorter film', async () => {
    const size = 64 * 1024 * 1024
    truncateSync(path, size)
    const cut = new Promise<number>((resolve, reject) => {
      const sent = request({
        host: '127.0.0.1',
        port: served.port,
        path: `/media/film/${id}`,
        headers: { cookie: served.cookie },
      })
      sent.once('error', reject)
      sent.once('response', (response) => {
        expect(response.headers['content-length']).toBe(String(size))
        let heard = 0
        response.once('data', () => {
          response.pause()
          truncateSync(path, 1000)
          setTimeout(() => response.resume(), 200)
        })
        response.on('data', (chunk: Buffer) => (heard += chunk.length))
        response.once('end', () => reject(new Error('it ended as if it were whole')))
        response.once('error', () => resolve(heard))
      })
      sent.end()
    })
    expect(await cut).toBeLessThan(size)
  })
})
