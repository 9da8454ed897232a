import { chmodSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import type { ClientRequest } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { VideoCard } from '../../src-preload/contract/nouns.ts'
import type { PageApi } from '../../src-preload/contract/page-api.ts'
import { expectOk } from '../../src-preload/contract/result.ts'
import type { Client } from '../../src-preload/contract/schema.ts'
import { binaries } from '../indexer/films.ts'
import { eventually } from './kinora-cli.ts'
import { serveNewLibrary } from './served-library.ts'
import type { ServedLibrary } from './served-library.ts'
import { drawFilm } from './small-films.ts'

/** Frames of films and kept pictures, as the browser's host serves them. */
let served: ServedLibrary
let page: Client<PageApi>
let video: VideoCard
let broken: VideoCard
let tools = ''

/** Stands before the real ffmpeg: notes each run that makes a frame, and holds it up as told. */
const log = (): readonly string[] => {
  const file = join(tools, 'log')
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : []
}
const runs = (): readonly string[] => log().filter((line) => line.startsWith('start'))
const hold = (mode: 'not' | 'a while' | 'for ever'): void => {
  rmSync(join(tools, 'slow'), { force: true })
  rmSync(join(tools, 'hang'), { force: true })
  if (mode === 'a while') writeFileSync(join(tools, 'slow'), '')
  if (mode === 'for ever') writeFileSync(join(tools, 'hang'), '')
  writeFileSync(join(tools, 'log'), '')
}

beforeAll(async () => {
  tools = mkdtempSync(join(tmpdir(), 'kinora-tools-'))
  const script = `#!/bin/sh
case "$*" in *fps=fps=1000*)
  echo "start $$" >> ${tools}/log
  if [ -e ${tools}/hang ]; then exec sleep 60; fi
  if [ -e ${tools}/slow ]; then sleep 0.4; fi
  ${binaries.ffmpeg} "$@"; code=$?
  echo "end $$" >> ${tools}/log
  exit $code ;;
esac
exec ${binaries.ffmpeg} "$@"
`
  writeFileSync(join(tools, 'ffmpeg'), script)
  chmodSync(join(tools, 'ffmpeg'), 0o755)
  vi.stubEnv('KINORA_FFMPEG', join(tools, 'ffmpeg'))
  vi.stubEnv('KINORA_FFPROBE', binaries.ffprobe)
  served = await serveNewLibrary((films) => {
    drawFilm(films, 'film.mp4', 'testsrc', 20)
    drawFilm(films, 'broken.mp4', 'mandelbrot', 20)
  })
  page = await served.openPage()
  const top = expectOk(await page.call.host.browse({ place: null }), 'the root')
  const place = top.folders.find(({ name }) => name === 'films')?.place ?? ''
  expectOk(await page.call.host.addBrowsed({ place }), 'added')
  const videos = await eventually('indexing', 60, async () => {
    const all = expectOk(await page.call.videos.page({ offset: 0, limit: 2, sort: 'name' }), 'the list')
    return all.total === 2 && all.videos.every(({ pictures }) => pictures !== null) ? all.videos : null
  })
  ;[broken, video] = videos as [VideoCard, VideoCard]
  // What was indexed is spoilt, while nobody looks for changes.
  expectOk(await page.call.indexing.pause({}), 'paused')
  writeFileSync(broken.path, readFileSync(broken.path).fill(0, 64))
})
afterAll(async () => {
  page.close()
  await served.dispose()
  rmSync(tools, { recursive: true, force: true })
})

const frame = (seconds: string, id = video.id): string => `/media/frame/${id}?t=${seconds}&v=1`

describe.skipIf(process.platform === 'win32')('a frame', () => {
  it('is a JPEG of its second, to be kept for ever, and made once', async () => {
    hold('not')
    const first = await served.get(frame('12.500'))
    expect(first.status).toBe(200)
    expect(first.headers).toMatchObject({
      'content-type': 'image/jpeg',
      'cache-control': 'private, max-age=31536000, immutable',
      'content-length': String(first.body.length),
      'x-content-type-options': 'nosniff',
    })
    expect(first.body.subarray(0, 3)).toEqual(Buffer.from([0xff, 0xd8, 0xff]))
    expect(runs()).toHaveLength(1)
    const name = String(first.headers['etag']).replaceAll('"', '')
    await eventually('kept', 10, () => (existsSync(join(served.library, 'frames', name)) ? true : null))
    const again = await served.get(frame('12.500'))
    expect(runs()).toHaveLength(1)
    expect(again.body).toEqual(first.body)
    expect(again.headers['etag']).toBe(first.headers['etag'])
    const etag = String(first.headers['etag'])
    expect((await served.get(frame('12.500'), { 'if-none-match': etag })).status).toBe(304)
    const head = await served.get(frame('12.500'), {}, 'HEAD')
    expect(head).toMatchObject({ status: 200, body: Buffer.alloc(0) })
    expect((await served.get(frame('12.500').replace('&v=1', ''))).headers['cache-control']).toBe(
      'private, no-cache',
    )
    expect((await served.get(frame('3.2'))).body).not.toEqual(first.body)
  })

  it('of a wrong second or id is refused without a run', async () => {
    hold('not')
    for (const t of ['', 'x', '-1', '1e9', '../1', '1;ls', '%00', '1%2e', 'NaN', '12.5&t=', '0x1']) {
      const { status } = await served.get(`/media/frame/${video.id}?t=${t}`)
      expect({ t, status: t === '12.5&t=' ? 400 : status }).toEqual({ t, status: 400 })
    }
    expect((await served.get(`/media/frame/${video.id}`)).status).toBe(400)
    for (const t of ['22', '99999', '999999.999'])
      expect({ t, status: (await served.get(frame(t))).status }).toEqual({ t, status: 404 })
    for (const id of [
      `v${'0'.repeat(20)}`,
      'x',
      video.id.toUpperCase(),
      `${video.id}0`,
      '..%2f..%2fetc%2fpasswd',
    ])
      expect([400, 404]).toContain((await served.get(frame('1', id))).status)
    expect((await served.get(`/media/frame/${video.id}/1?t=1`)).status).toBe(404)
    expect((await served.get(frame('1'), { cookie: '' })).status).toBe(401)
    expect((await served.get(frame('1'), { 'sec-fetch-site': 'cross-site' })).status).toBe(403)
    expect((await served.get(frame('1'), {}, 'POST')).status).toBe(405)
    expect(runs()).toHaveLength(0)
  })

  it('of a broken film, or one that is away, is not found', async () => {
    hold('not')
    const answer = await served.get(frame('5', broken.id))
    expect(answer.status).toBe(404)
    expect(answer.headers['cache-control']).toBe('no-store')
    expect(answer.body.toString()).not.toContain(served.films)
    expect(runs().length).toBeGreaterThan(0)
    renameSync(video.path, `${video.path}.away`)
    const gone = await served.get(frame('7.7'))
    renameSync(`${video.path}.away`, video.path)
    expect(gone.status).toBe(404)
  })

  it('is one of many: few runs at a time, each once', async () => {
    hold('a while')
    const seconds = [...Array.from({ length: 8 }, (_, i) => (8 + i / 4).toFixed(3)), '8.000', '8.250']
    const answers = await Promise.all(seconds.map((t) => served.get(frame(t))))
    expect(answers.map(({ status }) => status)).toEqual(seconds.map(() => 200))
    expect(answers[8]?.body).toEqual(answers[0]?.body)
    expect(runs()).toHaveLength(8)
    let running = 0
    let most = 0
    for (const line of log()) {
      running += line.startsWith('start') ? 1 : -1
      most = Math.max(most, running)
    }
    expect(most).toBeLessThanOrEqual(4)
  })

  it.runIf(process.platform === 'linux')(
    'that nobody waits for any more ends its ffmpeg, and those in the queue never start',
    async () => {
      hold('for ever')
      const sent: ClientRequest[] = Array.from({ length: 12 }, (_, i) => {
        const one = request({
          host: '127.0.0.1',
          port: served.port,
          path: frame((14 + i / 4).toFixed(3)),
          headers: { cookie: served.cookie },
        })
        one.on('error', () => undefined) // we hang up ourselves
        one.end()
        return one
      })
      await eventually('a run', 10, () => (runs().length > 0 ? true : null))
      const begun = runs().length
      for (const one of sent) one.destroy()
      await eventually('the end of every ffmpeg', 10, () =>
        runs().every((line) => !existsSync(`/proc/${line.split(' ')[1] ?? ''}`)) ? true : null,
      )
      expect(begun).toBeLessThanOrEqual(4)
      expect(runs().length).toBeLessThanOrEqual(begun + 4)
      hold('not')
      expect((await served.get(frame('14.000'))).status).toBe(200)
    },
  )
})

describe('a kept picture', () => {
  it('is given by its id, for ever', async () => {
    const poster = await served.get(`/media/poster/${video.id}`)
    const kept = expectOk(
      await page.call.search.keepPicture({ bytes: new Uint8Array(poster.body), name: 'poster.jpg' }),
      'kept',
    )
    const answer = await served.get(`/media/picture/${kept.id}`)
    expect(answer.status).toBe(200)
    expect(answer.headers).toMatchObject({
      'content-type': 'image/jpeg',
      'cache-control': 'private, max-age=31536000, immutable',
      etag: `"${kept.id}"`,
    })
    expect(answer.body.subarray(0, 3)).toEqual(Buffer.from([0xff, 0xd8, 0xff]))
  })

  it('that nobody gave is not found', async () => {
    for (const id of [
      `p${'0'.repeat(20)}`,
      'p',
      video.id,
      '..%2f..%2flibrary.db',
      `p${'0'.repeat(19)}`,
      '__proto__',
    ])
      expect([400, 404]).toContain((await served.get(`/media/picture/${id}`)).status)
  })
})
