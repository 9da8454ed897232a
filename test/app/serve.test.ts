import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { VideoCard } from '../../src-preload/contract/nouns.ts'
import type { PageApi } from '../../src-preload/contract/page-api.ts'
import { expectOk } from '../../src-preload/contract/result.ts'
import type { Client } from '../../src-preload/contract/schema.ts'
import { eventually } from './kinora-cli.ts'
import { serveNewLibrary } from './served-library.ts'
import type { ServedLibrary } from './served-library.ts'
import { drawFilm } from './small-films.ts'

/** Large enough that a film does not fit into the buffers between the file and a page that stops reading. */
const longFilmBytes = 64 * 1024 * 1024

let served: ServedLibrary
let page: Client<PageApi>
let videos: readonly VideoCard[] = []

const film = (name: string): VideoCard => {
  const found = videos.find(({ path }) => path.endsWith(name))
  if (found === undefined) throw new Error(`${name} is not in the library`)
  return found
}

beforeAll(async () => {
  served = await serveNewLibrary((films) => {
    drawFilm(films, 'pattern.mp4', 'testsrc')
    // A whole film, and then zeros, which a demuxer passes over as padding.
    const long = drawFilm(films, 'long.mp4', 'smptebars')
    writeFileSync(long, Buffer.concat([readFileSync(long), freeBox(longFilmBytes)]))
    mkdirSync(join(films, 'deep', '.hidden'), { recursive: true })
    mkdirSync(join(films, 'node_modules'))
    symlinkSync('/usr', join(films, 'way-out'))
    symlinkSync(join(films, 'deep'), join(films, 'way-in'))
    if (process.platform === 'linux') {
      const odd = Buffer.concat([
        Buffer.from(`${films}/odd `),
        Buffer.from([0xff, 0xe4]),
        Buffer.from('.mp4'),
      ])
      renameSync(drawFilm(films, 'other.mp4', 'rgbtestsrc'), odd)
    }
  })
  page = await served.openPage()
})
afterAll(() => served.dispose())

/** An MP4 box that says to pass over it. */
const freeBox = (bytes: number): Buffer => {
  const box = Buffer.alloc(bytes)
  box.writeUInt32BE(bytes, 0)
  box.write('free', 4, 'latin1')
  return box
}

describe('serve', () => {
  it('prints one line, the address with its token', () => {
    expect(served.stdout()).toBe(`${served.url}\n`)
    expect(served.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?token=[0-9a-f]{64}$/)
    expect(served.stderr()).toBe('')
  })

  it('exchanges the token for a cookie that only this server gets, again and again', async () => {
    for (let i = 0; i < 2; i += 1) {
      const answer = await fetch(served.url, { redirect: 'manual' })
      expect(answer.status).toBe(303)
      expect(answer.headers.get('location')).toBe('/')
      expect(answer.headers.get('cache-control')).toBe('no-store')
      const cookie = answer.headers.get('set-cookie') ?? ''
      expect(cookie).toMatch(/^kinora_session_\d+=[0-9a-f]{64}; Path=\/; HttpOnly; SameSite=Strict$/)
      expect(cookie).not.toContain(new URL(served.url).searchParams.get('token'))
    }
  })

  it('gives the page with its policy, and its files for ever', async () => {
    const index = await served.get('/')
    expect(index.status).toBe(200)
    expect(index.body.toString()).toContain('a page for tests')
    expect(index.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-cache',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    })
    const policy = String(index.headers['content-security-policy']).split('; ')
    expect(policy).toEqual([
      ...["default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data: blob:"],
      ...["media-src 'self' blob:", "font-src 'self'", "connect-src 'self'", "base-uri 'none'"],
      ...["form-action 'none'", "frame-ancestors 'none'"],
    ])
    const script = await served.get('/assets/page-1.js')
    expect(script.headers).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'private, max-age=31536000, immutable',
    })
    expect((await served.get('/', {}, 'HEAD')).body).toHaveLength(0)
  })
})

describe('the folders of the machine', () => {
  it('are walked by opaque ids, inside the roots, without links that lead out', async () => {
    const top = expectOk(await page.call.host.browse({ place: null }), 'the root')
    expect(top).toMatchObject({ path: served.root, parent: null })
    expect(top.folders.map(({ name }) => name)).toEqual(['films', 'library', 'page'])
    const place = top.folders.find(({ name }) => name === 'films')?.place ?? ''
    expect(place).toMatch(/^[0-9a-f]{32}$/)
    const films = expectOk(await page.call.host.browse({ place }), 'the films')
    expect(films.path).toBe(served.films)
    expect(films.parent).toBe(top.place)
    expect(films.folders.map(({ name }) => name)).toEqual(['deep', 'way-in'])
    expect(films.films).toBe(process.platform === 'linux' ? 3 : 2)
    const inside = films.folders.find(({ name }) => name === 'way-in')?.place ?? ''
    const deep = expectOk(await page.call.host.browse({ place: inside }), 'the link')
    expect(deep).toMatchObject({ path: join(served.films, 'deep'), parent: place, folders: [] })
  })

  it('are not found by paths or invented ids', async () => {
    for (const place of ['/etc', served.films, '..', '0'.repeat(32), '__proto__']) {
      expect(await page.call.host.browse({ place })).toMatchObject({ error: { code: 'not-found' } })
      expect(await page.call.host.addBrowsed({ place })).toMatchObject({ error: { code: 'not-found' } })
    }
    expect(await page.call.host.chooseFolder({})).toMatchObject({ error: { code: 'not-allowed' } })
  })
})

describe('the library in the page', () => {
  it('is indexed in the background as soon as a folder is added', async () => {
    const progress: boolean[] = []
    page.on('progress', ({ paused }) => progress.push(paused))
    const top = expectOk(await page.call.host.browse({ place: null }), 'the root')
    const place = top.folders.find(({ name }) => name === 'films')?.place ?? ''
    const folders = expectOk(await page.call.host.addBrowsed({ place }), 'added')
    expect(folders.map(({ path }) => path)).toEqual([served.films])
    const expected = process.platform === 'linux' ? 3 : 2
    videos = await eventually('indexing', 60, async () => {
      const all = expectOk(await page.call.videos.page({ offset: 0, limit: 500 }), 'the list')
      return all.total === expected && all.videos.every(({ pictures }) => pictures !== null)
        ? all.videos
        : null
    })
    expect(progress.length).toBeGreaterThan(0)
    const about = expectOk(await page.call.host.about({}), 'about')
    expect(about).toMatchObject({ kind: 'browser', mediaBase: '/media/' })
    const again = expectOk(await page.call.host.browse({ place }), 'browsed again')
    expect(again.folders.every(({ watched }) => watched)).toBe(true)
  })

  it('can be searched, read and asked for one film', async () => {
    const answer = expectOk(await page.call.search.moments({ query: 'pattern' }), 'search')
    expect(answer.moments[0]?.videoId).toBe(film('pattern.mp4').id)
    const { id } = film('pattern.mp4')
    expect(expectOk(await page.call.videos.get({ id }), 'one').container).toBe('mp4')
    const ids = [id, `v${'0'.repeat(20)}`]
    const cards = expectOk(await page.call.videos.cards({ ids }), 'cards')
    // Not all of it: how far the work is differs from moment to moment.
    expect(cards).toMatchObject([{ id, path: film('pattern.mp4').path }])
    expect(await page.call.videos.get({ id: `v${'0'.repeat(20)}` })).toMatchObject({
      error: { code: 'not-found' },
    })
    for (const call of [
      page.call.models.list,
      page.call.problems.list,
      page.call.doctor.run,
      page.call.folders.ignored,
    ]) {
      expect((await call({})).ok).toBe(true)
    }
  })

  it('pauses and resumes', async () => {
    const told: boolean[] = []
    const stop = page.on('progress', ({ paused }) => told.push(paused))
    await page.call.indexing.pause({})
    expect(await page.call.indexing.progress({})).toMatchObject({ value: { paused: true, running: false } })
    await eventually('the event', 5, () => (told.includes(true) ? true : null))
    await page.call.indexing.resume({})
    await eventually('the event', 5, () => (told.at(-1) === false ? true : null))
    expect(await page.call.indexing.progress({})).toMatchObject({ value: { paused: false, running: true } })
    stop()
  })
})

describe('media', () => {
  it('gives posters and sprites, immutable by their version', async () => {
    const { id, pictures } = film('pattern.mp4')
    for (const kind of ['poster', 'sprite']) {
      const answer = await served.get(`/media/${kind}/${id}?v=${pictures?.version ?? ''}`)
      expect(answer.status).toBe(200)
      expect(answer.headers).toMatchObject({
        'content-type': 'image/jpeg',
        'cache-control': 'private, max-age=31536000, immutable',
      })
      expect(answer.body.subarray(0, 3)).toEqual(Buffer.from([0xff, 0xd8, 0xff]))
    }
    expect((await served.get(`/media/poster/${id}`)).headers['cache-control']).toBe('private, no-cache')
  })

  it('gives a film whole, and any range of it, byte by byte', async () => {
    const { id, path } = film('pattern.mp4')
    const file = readFileSync(path)
    const whole = await served.get(`/media/film/${id}`)
    expect(whole.status).toBe(200)
    expect(whole.headers).toMatchObject({ 'content-type': 'video/mp4', 'accept-ranges': 'bytes' })
    expect(whole.headers['content-range']).toBeUndefined()
    expect(whole.body.equals(file)).toBe(true)
    const ranges: readonly (readonly [string, number, number])[] = [
      ['bytes=0-', 0, file.length],
      ['bytes=0-0', 0, 1],
      ['bytes=1-1000', 1, 1001],
      [`bytes=${file.length - 1}-`, file.length - 1, file.length],
      ['bytes=-77', file.length - 77, file.length],
      ['bytes=500-999999999999', 500, file.length],
    ]
    for (const [range, start, end] of ranges) {
      const part = await served.get(`/media/film/${id}`, { range })
      expect({ range, status: part.status }).toEqual({ range, status: 206 })
      expect(part.headers['content-range']).toBe(`bytes ${start}-${end - 1}/${file.length}`)
      expect(part.headers['content-length']).toBe(String(end - start))
      expect(part.body.equals(file.subarray(start, end))).toBe(true)
    }
    const several = await served.get(`/media/film/${id}`, { range: 'bytes=0-1,5-6' })
    expect({ status: several.status, length: several.body.length }).toEqual({
      status: 200,
      length: file.length,
    })
    const head = await served.get(`/media/film/${id}`, { range: 'bytes=0-9' }, 'HEAD')
    expect(head).toMatchObject({ status: 206, headers: { 'content-length': '10' }, body: Buffer.alloc(0) })
  })

  it('keeps to entity tags', async () => {
    const { id } = film('pattern.mp4')
    const etag = String((await served.get(`/media/film/${id}`, {}, 'HEAD')).headers['etag'])
    expect((await served.get(`/media/film/${id}`, { 'if-none-match': etag })).status).toBe(304)
    const range = 'bytes=0-9'
    expect((await served.get(`/media/film/${id}`, { range, 'if-range': etag })).status).toBe(206)
    expect((await served.get(`/media/film/${id}`, { range, 'if-range': '"old"' })).status).toBe(200)
  })

  it.runIf(process.platform === 'linux')('gives a film whose name is not UTF-8', async () => {
    const odd = videos.find(({ pathBytes }) => pathBytes !== undefined)
    const path = Buffer.from(odd?.pathBytes ?? '', 'base64')
    const answer = await served.get(`/media/film/${odd?.id ?? ''}`)
    expect(answer.status).toBe(200)
    expect(answer.body.equals(readFileSync(path))).toBe(true)
  })

  it.runIf(process.platform === 'linux')('closes the film when the page goes away', async () => {
    const { id, path } = film('long.mp4')
    const holders = (): number =>
      readdirSync(`/proc/${served.child.pid ?? 0}/fd`).filter((fd) => {
        try {
          return (
            execFileSync('readlink', [`/proc/${served.child.pid ?? 0}/fd/${fd}`], {
              encoding: 'utf8',
            }).trim() === path
          )
        } catch {
          return false // closed since it was listed
        }
      }).length
    const requests = Array.from({ length: 5 }, () => {
      const sent = request({
        host: '127.0.0.1',
        port: served.port,
        path: `/media/film/${id}`,
        headers: { cookie: served.cookie, range: 'bytes=0-' },
      })
      sent.on('response', (response) => response.pause())
      sent.on('error', () => undefined) // we hang up ourselves
      sent.end()
      return sent
    })
    await eventually('five open files', 10, () => (holders() === 5 ? true : null))
    for (const sent of requests) sent.destroy()
    await eventually('closed files', 10, () => (holders() === 0 ? true : null))
  })
})

describe('a long life', () => {
  it('goes on when the library service is killed: the page hardly notices', async () => {
    const before = served.servicePid()
    process.kill(before, 'SIGKILL')
    const answer = await page.call.folders.list({})
    expect(answer).toMatchObject({ ok: true })
    expect(served.servicePid()).not.toBe(before)
    // The background run is back too: a new film is found and shown without anybody asking.
    const ready = new Promise((resolve) =>
      page.on('change', (change) => {
        if (change.kind === 'video-ready' && change.path.endsWith('late.mp4')) resolve(change.path)
      }),
    )
    await eventually('watching', 30, async () => {
      const folders = expectOk(await page.call.folders.list({}), 'the folders')
      return folders.every(({ watching }) => watching !== null) ? true : null
    })
    const path = drawFilm(served.films, 'late.mp4', 'yuvtestsrc')
    expect(await Promise.race([ready, sleep(30_000)])).toBe(path)
  })

  it('removes a folder by its id', async () => {
    const [folder] = expectOk(await page.call.folders.list({}), 'the folders')
    expect(await page.call.folders.remove({ id: 999_999 })).toMatchObject({ error: { code: 'not-found' } })
    expect(await page.call.folders.remove({ id: folder?.id ?? -1 })).toEqual({ ok: true, value: [] })
  })

  it('ends in order: status 0, the page is told, no engine stays', async () => {
    served.child.kill('SIGTERM')
    expect(await served.exited).toBe(0)
    await page.closed
    expect(served.stdout()).toBe(`${served.url}\n`)
    expect(served.stderr()).toBe('')
  })
})
