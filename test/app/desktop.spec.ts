import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { _electron, expect, test } from '@playwright/test'
import type { ElectronApplication } from '@playwright/test'
import type { DesktopBridge } from '../../src-preload/contract/desktop-bridge.ts'
import type { VideoPage } from '../../src-preload/contract/nouns.ts'
import { drawFilm } from './small-films.ts'

/**
 * The desktop in Electron itself: what the stub cannot prove. Runs where its binary is installed
 * (`npx install-electron`) and the app is built; Electron comes from GitHub only, so often it is not.
 */
const root = resolve(import.meta.dirname, '..', '..')
const pathFile = join(root, 'node_modules', 'electron', 'path.txt')
const binary = existsSync(pathFile)
  ? join(root, 'node_modules', 'electron', 'dist', readFileSync(pathFile, 'utf8').trim())
  : null
const isReady = binary !== null && existsSync(binary) && existsSync(join(root, 'out', 'main', 'app.js'))
if (!isReady)
  console.warn(
    'SKIPPED: test/app/desktop.spec.ts needs Electron (npx install-electron) and a build (npm run build)',
  )

test.describe('Electron', () => {
  test.skip(!isReady, 'no Electron binary or no build here')
  test.describe.configure({ mode: 'serial', timeout: 120_000 })
  let home: string
  let films: string
  let app: ElectronApplication

  test.beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), 'kinora-electron-'))
    films = mkdtempSync(join(tmpdir(), 'kinora-electron-films-'))
    drawFilm(films, 'colour bars.mp4', 'smptebars', 20)
    app = await _electron.launch({
      executablePath: binary ?? '',
      cwd: root,
      // Containers and Ubuntu 24.04 forbid Chromium's own sandbox (anchors.md 2.8); for tests only.
      args: [...(process.env['CI'] === undefined ? [] : ['--no-sandbox']), `--user-data-dir=${home}`, root],
      env: { ...(process.env as Record<string, string>), KINORA_LIBRARY: join(home, 'library') },
    })
    await app.evaluate(({ dialog }, folder) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [folder] })
    }, films)
  })
  test.afterAll(async () => {
    await app.close()
    for (const folder of [home, films]) rmSync(folder, { recursive: true, force: true })
  })

  test('the page has the bridge, no Node and no way out', async () => {
    const page = await app.firstWindow()
    const seen = await page.evaluate(async () => ({
      url: location.href,
      bridge: Object.keys((window as unknown as { kinora: object }).kinora),
      node: ['require', 'process', 'Buffer', 'module'].filter((name) => name in window),
      fetched: await fetch('https://example.com').then(
        () => 'loaded',
        () => 'refused',
      ),
      opened: window.open('https://example.com') === null,
    }))
    expect(seen).toEqual({
      url: 'app://bundle/index.html',
      bridge: ['call', 'cancel', 'on', 'onClosed'],
      node: [],
      fetched: 'refused',
      opened: true,
    })
  })

  test('a film is indexed by utility processes, plays over media: and can be sought in', async () => {
    const page = await app.firstWindow()
    const ask = (callId: number, group: string, name: string, args: object): Promise<unknown> =>
      page.evaluate(
        async ([id, ofGroup, called, given]) => {
          const { kinora } = window as unknown as { kinora: DesktopBridge }
          const result = await kinora.call(id, ofGroup, called, given)
          if (!result.ok) throw new Error(result.error.message)
          return result.value
        },
        [callId, group, name, args] as const,
      )
    await ask(900_001, 'host', 'chooseFolder', {})
    let id = ''
    await expect(async () => {
      const list = (await ask(900_002, 'videos', 'page', { offset: 0, limit: 1 })) as VideoPage
      expect(list.videos[0]?.pictures).toBeTruthy()
      id = list.videos[0]?.id ?? ''
    }).toPass({ timeout: 60_000 })

    const sought = await page.evaluate(async (videoId) => {
      const video = document.createElement('video')
      video.src = `media://library/film/${videoId}`
      const on = (event: string): Promise<unknown> =>
        new Promise((done) => video.addEventListener(event, done, { once: true }))
      const loaded = on('loadedmetadata')
      video.load()
      await loaded
      const seeked = on('seeked')
      video.currentTime = 15
      await seeked
      return { time: video.currentTime, seekableEnd: video.seekable.end(0) }
    }, id)
    expect(sought.time).toBeCloseTo(15, 1)
    expect(sought.seekableEnd).toBeGreaterThan(19)
  })
})
