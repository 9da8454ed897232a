import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright'
import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { VideoPage } from '../../src-preload/contract/nouns.ts'
import { buildDesktop } from './build.ts'
import { startDesktop, until } from './desktop.ts'
import type { Desktop } from './desktop.ts'
import { drawFilm } from './small-films.ts'

/**
 * The built page in a real Chromium, with the files and headers that the desktop serves, over the bridge of the
 * built preload: everything of the desktop but Electron itself.
 */
const executablePath = [process.env['KINORA_CHROMIUM'], '/usr/bin/chromium'].find(
  (path) => path !== undefined && existsSync(path),
)
if (executablePath === undefined)
  console.warn('SKIPPED: test/app/boot-page.test.ts needs Chromium (/usr/bin/chromium or KINORA_CHROMIUM)')

/** Stands for `app://bundle`, a scheme that Chromium itself does not know. */
const origin = 'http://bundle.test'

describe.skipIf(executablePath === undefined)('the page of the desktop', () => {
  let desktop: Desktop
  let films: string
  let browser: Browser
  let page: Page
  const complaints: string[] = []

  beforeAll(async () => {
    films = mkdtempSync(join(tmpdir(), 'kinora-desktop-films-'))
    drawFilm(films, 'colour bars.mp4', 'smptebars')
    desktop = await startDesktop(buildDesktop('page'), { folders: [films] })
    await desktop.call('host', 'chooseFolder')
    await until(
      async () => {
        const listed = await desktop.call('videos', 'page', { offset: 0, limit: 1 })
        return listed.ok ? (listed.value as VideoPage) : null
      },
      (listed) => (listed?.videos[0]?.pictures ?? null) !== null,
      60,
    )
    browser = await chromium.launch({ executablePath: executablePath ?? '', args: ['--no-sandbox'] })
    page = await browser.newPage({ reducedMotion: 'reduce', locale: 'en-GB' })
    page.on('console', (message) => {
      if (/Content Security Policy|Refused to/.test(message.text())) complaints.push(message.text())
    })
    page.on('pageerror', (error) => complaints.push(error.message))
    await page.route(`${origin}/**`, async (route) => {
      const url = route.request().url().replace(origin, 'app://bundle')
      const answer = await desktop.evaluate(async ({ request }, address) => {
        const response = await request(address)
        return {
          status: response.status,
          headers: Object.fromEntries(response.headers),
          body: new Uint8Array(await response.arrayBuffer()),
        }
      }, url)
      await route.fulfill({ ...answer, body: Buffer.from(answer.body) })
    })
    await page.exposeFunction('callDesktop', (group: string, name: string, args: unknown) =>
      desktop.call(group, name, args),
    )
    await page.addInitScript(() => {
      type CallDesktop = (group: string, name: string, args: unknown) => Promise<unknown>
      const { callDesktop } = window as unknown as { callDesktop: CallDesktop }
      const kinora = {
        call: (_id: number, group: string, name: string, args: unknown) => callDesktop(group, name, args),
        cancel: () => undefined,
        on: () => () => undefined,
        onClosed: () => undefined,
      }
      Object.assign(window, { kinora })
    })
    await page.goto(`${origin}/index.html`)
  })
  afterAll(async () => {
    await browser.close()
    await desktop.quit()
    rmSync(films, { recursive: true, force: true })
  })

  it('shows the film of the library', async () => {
    await page.getByText('colour bars').first().waitFor({ timeout: 15_000 })
    const pictures = await page
      .locator('img, [style*="media:"]')
      .evaluateAll((elements) =>
        elements.map((element) => element.getAttribute('src') ?? element.getAttribute('style') ?? ''),
      )
    expect(pictures.join()).toContain('media://library/poster/')
  })

  it('finds a moment from its search box', async () => {
    await page.getByRole('combobox').fill('colour bars')
    await page.keyboard.press('Enter')
    await expect.poll(() => page.getByText('colour bars').count(), { timeout: 15_000 }).toBeGreaterThan(0)
  })

  it('does nothing that its policy forbids', () => {
    expect(complaints).toEqual([])
  })
})
