import { existsSync } from 'node:fs'
import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { chromium } from 'playwright'
import type { Browser, BrowserContext, Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectOk } from '../../src-preload/contract/result.ts'
import { buildDesktop } from './build.ts'
import { eventually } from './kinora-cli.ts'
import { serveNewLibrary } from './served-library.ts'
import type { ServedLibrary } from './served-library.ts'
import { drawFilm } from './small-films.ts'

const executablePath = [process.env['KINORA_CHROMIUM'], '/usr/bin/chromium'].find(
  (path) => path !== undefined && existsSync(path),
)
if (executablePath === undefined)
  console.warn(
    'SKIPPED: test/app/serve-browser.test.ts needs Chromium (/usr/bin/chromium or KINORA_CHROMIUM)',
  )

describe.skipIf(executablePath === undefined)('the built page, served, in a real Chromium', () => {
  let served: ServedLibrary
  let browser: Browser
  let context: BrowserContext
  let page: Page
  let id = ''
  const complaints: string[] = []

  beforeAll(async () => {
    const built = buildDesktop('serve')
    served = await serveNewLibrary(
      (films) => drawFilm(films, 'colour bars.mp4', 'smptebars', 8),
      ['--page', built.renderer],
    )
    const client = await served.openPage()
    const top = expectOk(await client.call.host.browse({ place: null }), 'the root')
    const place = top.folders.find(({ name }) => name === 'films')?.place ?? ''
    expectOk(await client.call.host.addBrowsed({ place }), 'added')
    id = await eventually('indexing', 60, async () => {
      const all = expectOk(await client.call.videos.page({ offset: 0, limit: 1 }), 'the list')
      return all.videos[0]?.pictures ? all.videos[0].id : null
    })
    browser = await chromium.launch({ executablePath: executablePath ?? '', args: ['--no-sandbox'] })
    context = await browser.newContext({ reducedMotion: 'reduce', locale: 'en-GB' })
    page = await context.newPage()
    page.on('console', (message) => {
      if (/Content Security Policy|Refused to|Permissions-Policy/i.test(message.text()))
        complaints.push(message.text())
    })
    page.on('pageerror', (error) => complaints.push(error.message))
    await page.goto(served.url)
  })
  afterAll(async () => {
    await browser.close()
    await served.dispose()
  })

  it('comes in by the address, which loses its token, and hides the cookie from scripts', async () => {
    expect(page.url()).toBe(`${served.base}/`)
    expect(await page.evaluate(() => document.cookie)).toBe('')
    const [cookie] = await context.cookies()
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict', path: '/', domain: '127.0.0.1' })
  })

  it('shows the film of the library, with its poster', async () => {
    await page.getByText('colour bars').first().waitFor({ timeout: 15_000 })
    const shown = await page.evaluate(async (address) => {
      const picture = new Image()
      picture.src = address
      await picture.decode()
      return picture.naturalWidth
    }, `/media/poster/${id}`)
    expect(shown).toBeGreaterThan(0)
  })

  it('plays and seeks in the film', async () => {
    const seen = await page.evaluate(async (address) => {
      const video = document.createElement('video')
      video.muted = true
      video.src = address
      const told = (name: string): Promise<void> =>
        new Promise((resolve, reject) => {
          video.addEventListener(name, () => resolve(), { once: true })
          video.addEventListener('error', () => reject(new Error(video.error?.message ?? 'error')), {
            once: true,
          })
        })
      await told('loadedmetadata')
      const positions: number[] = []
      for (const time of [6, 1, 4]) {
        const arrived = told('seeked')
        video.currentTime = time
        await arrived
        positions.push(video.currentTime)
      }
      return { positions, width: video.videoWidth, seekable: video.seekable.end(0), duration: video.duration }
    }, `/media/film/${id}`)
    expect(seen.positions).toEqual([6, 1, 4])
    expect(seen.width).toBe(160)
    expect(seen.seekable).toBeCloseTo(8, 0)
    expect(seen.duration).toBeCloseTo(8, 0)
  })

  it('does nothing that its policy forbids', () => {
    expect(complaints).toEqual([])
  })

  describe('a page of another server on this machine, in the same browser', () => {
    let other: Server
    let stranger: Page

    beforeAll(async () => {
      other = createServer((_request, response) => {
        response.setHeader('content-type', 'text/html')
        response.end('<!doctype html><title>another</title>')
      })
      await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
      stranger = await context.newPage()
      await stranger.goto(`http://127.0.0.1:${(other.address() as AddressInfo).port}/`)
    })
    afterAll(async () => {
      await stranger.close()
      await new Promise((resolve) => other.close(resolve))
    })

    it('has the cookie sent along, and yet sees no picture, no film, no answer', async () => {
      const seen = await stranger.evaluate(
        async ({ base, video }) => {
          const outcome = (promise: Promise<unknown>): Promise<string> =>
            promise.then(
              () => 'let in',
              () => 'refused',
            )
          const loaded = (target: EventTarget, success: string): Promise<void> =>
            new Promise((resolve, reject) => {
              target.addEventListener(success, () => resolve())
              target.addEventListener('error', () => reject(new Error()))
            })
          const picture = new Image()
          picture.src = `${base}/media/poster/${video}`
          const film = document.createElement('video')
          const filmLoaded = loaded(film, 'loadedmetadata')
          film.src = `${base}/media/film/${video}`
          const frame = document.createElement('iframe')
          const frameLoaded = loaded(frame, 'load') // also of the error that stands for a refused page
          frame.src = `${base}/`
          document.body.append(frame)
          const socketOpened = loaded(new WebSocket(`${base.replace('http', 'ws')}/socket`), 'open')
          const answers = {
            picture: await outcome(picture.decode()),
            film: await outcome(filmLoaded),
            fetch: await outcome(fetch(`${base}/`, { credentials: 'include' })),
            socket: await outcome(socketOpened),
          }
          await frameLoaded
          return answers
        },
        { base: served.base, video: id },
      )
      expect(seen).toEqual({ picture: 'refused', film: 'refused', fetch: 'refused', socket: 'refused' })
      const frames = stranger.frames().filter((frame) => frame !== stranger.mainFrame())
      expect(frames).toHaveLength(1)
      expect(await frames[0]?.evaluate(() => location.href)).toMatch(/^chrome-error:/)
    })
  })
})
