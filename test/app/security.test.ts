import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildDesktop } from './build.ts'
import type { DesktopBuild } from './build.ts'
import { startDesktop, until } from './desktop.ts'
import type { Desktop } from './desktop.ts'

/** One test for each line of the security checklist (anchors.md 2.5), on the built desktop and its files. */
const root = resolve(import.meta.dirname, '..', '..')
const page = 'app://bundle/index.html'
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' media:; media-src media:; " +
  "font-src 'self'; connect-src 'none'; base-uri 'none'; form-action 'none'"

let build: DesktopBuild
let desktop: Desktop

beforeAll(async () => {
  build = buildDesktop('security')
  desktop = await startDesktop(build)
  await until(
    () => desktop.evaluate(({ world }) => world() !== null, null),
    (isLoaded) => isLoaded,
    10,
  )
})
afterAll(() => desktop.quit())

/** Status and policy that a page gets for an address. */
const load = (
  url: string,
  init: { method?: string; initiatorOrigin?: string } = {},
): Promise<[number, string]> =>
  desktop.evaluate(
    async ({ request }, [address, options]) => {
      const response = await request(address, options)
      return [response.status, response.headers.get('content-security-policy') ?? ''] as [number, string]
    },
    [url, init] as const,
  )

describe('security checklist', () => {
  it('2-4: the page is isolated, sandboxed and without Node, in so many words', async () => {
    const [sandboxed, windows] = await desktop.evaluate(
      ({ records }) => [records.sandboxEnabled, records.windows] as const,
      null,
    )
    expect(sandboxed).toBe(true)
    expect(windows).toHaveLength(1)
    expect(windows[0]).toMatchObject({
      webPreferences: {
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        nodeIntegrationInWorker: false,
        nodeIntegrationInSubFrames: false,
      },
    })
  })

  it('5: permissions are denied, but for filling the screen and copying by our own page', async () => {
    const answers = await desktop.evaluate(({ session }, own) => {
      const dangerous = [
        'media',
        'geolocation',
        'notifications',
        'clipboard-read',
        'hid',
        'openExternal',
        'unknown',
      ]
      return {
        dangerous: dangerous.flatMap((name) => [
          session.permission(name, own, true),
          session.permissionCheck(name, 'app://bundle/', true),
        ]),
        own: ['fullscreen', 'clipboard-sanitized-write'].map((name) => session.permission(name, own, true)),
        ownCheck: session.permissionCheck('fullscreen', 'app://bundle/', true),
        foreign: session.permission('fullscreen', 'https://example.com/', true),
        frame: session.permission('fullscreen', own, false),
        device: session.device(),
        display: session.displayHandler(),
      }
    }, page)
    expect(answers.dangerous).toEqual(answers.dangerous.map(() => false))
    expect(answers).toMatchObject({ own: [true, true], ownCheck: true, foreign: false, frame: false })
    expect(answers).toMatchObject({ device: false, display: null })
  })

  it('6, 8-10: web security stays on; nothing experimental', async () => {
    const windows = await desktop.evaluate(({ records }) => records.windows, null)
    const { webPreferences } = windows[0] as { webPreferences: Record<string, unknown> }
    expect(webPreferences).toMatchObject({
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
    })
    expect(webPreferences).not.toHaveProperty('enableBlinkFeatures')
  })

  it('7: the page has its policy as a header of our own protocol, on refusals too', async () => {
    expect(await load(page)).toEqual([200, policy])
    expect(await load('app://bundle/nothing.js')).toEqual([404, policy])
    // The looser policy of the dev server is not applied to anything.
    expect(await desktop.evaluate(({ session }) => session.hasHeaderRewriter(), null)).toBe(false)
  })

  it('7: the built page needs nothing that the policy forbids', () => {
    const html = readFileSync(join(build.renderer, 'index.html'), 'utf8')
    expect(html).not.toMatch(/<script(?![^>]*\ssrc=)/)
    expect(html).not.toMatch(/<style|\sstyle=|\son[a-z]+=/)
    expect(html).not.toMatch(/(?:src|href)="(?:https?:)?\/\//)
  })

  it('11-12: no webview', async () => {
    const [preferences, isDenied] = await desktop.evaluate(
      ({ records, windows }) =>
        [records.windows[0], windows()[0]?.webContents.denies('will-attach-webview', '')] as const,
      null,
    )
    expect(preferences).toMatchObject({ webPreferences: { webviewTag: false } })
    expect(isDenied).toBe(true)
  })

  it('13: navigation is denied, also to our own addresses, and redirects with it', async () => {
    const denied = await desktop.evaluate(({ windows }) => {
      const targets = [
        'https://example.com/',
        'file:///etc/passwd',
        'app://bundle/other.html',
        'javascript:alert(1)',
      ]
      return targets.flatMap((url) =>
        ['will-frame-navigate', 'will-redirect'].map((event) => windows()[0]?.webContents.denies(event, url)),
      )
    }, null)
    expect(denied).toEqual(denied.map(() => true))
  })

  it('14-15: new windows are denied; only https pages of the list go to the system', async () => {
    const [actions, opened] = await desktop.evaluate(({ windows, records }) => {
      const targets = [
        'https://ffmpeg.org/download.html',
        'https://huggingface.co/openai/clip',
        'http://ffmpeg.org/',
        'https://ffmpeg.org.example.com/',
        'https://example.com/',
        'file:///etc/passwd',
        'app://bundle/index.html',
        'smb://server/share',
        'not an address',
      ]
      return [
        targets.map((url) => windows()[0]?.webContents.windowOpenHandler({ url })),
        records.openedOutside,
      ] as const
    }, null)
    expect(actions).toEqual(actions.map(() => ({ action: 'deny' })))
    expect(opened).toEqual(['https://ffmpeg.org/download.html', 'https://huggingface.co/openai/clip'])
  })

  it('17: only the main frame of our page is heard, and on one channel', async () => {
    const heard = await desktop.evaluate(async ({ ipcMain, windows, records }) => {
      const contents = windows()[0]?.webContents
      const own = contents?.mainFrame
      const answers = async (
        frame: { url: string; parent: unknown } | null,
        isMain: boolean,
      ): Promise<boolean> => {
        let answered = false
        const asked =
          frame === null ? null : { ...frame, frameTreeNodeId: 7, postMessage: () => (answered = true) }
        ipcMain.emit('kinora:connect', {
          sender: { id: 99, mainFrame: isMain ? asked : own },
          senderFrame: asked,
        })
        await new Promise((resolve) => setTimeout(resolve, 20))
        return answered
      }
      return {
        channels: records.channels,
        own: await answers({ url: 'app://bundle/index.html', parent: null }, true),
        foreign: await answers({ url: 'https://example.com/index.html', parent: null }, true),
        likeOurs: await answers({ url: 'app://bundle.example.com/index.html', parent: null }, true),
        file: await answers({ url: 'file:///index.html', parent: null }, true),
        inner: await answers({ url: 'app://bundle/index.html', parent: {} }, false),
        otherFrame: await answers({ url: 'app://bundle/index.html', parent: null }, false),
        gone: await answers(null, true),
      }
    }, null)
    expect(heard).toEqual({
      channels: ['kinora:connect'],
      own: true,
      foreign: false,
      likeOurs: false,
      file: false,
      inner: false,
      otherFrame: false,
      gone: false,
    })
  })

  it('18: no file: addresses; one root, and no way out of it after decoding', async () => {
    const outside = [
      'app://bundle/..%2f..%2fpackage.json',
      'app://bundle/..%5c..%5cpackage.json',
      'app://bundle/%2e%2e/%2e%2e/package.json',
      'app://bundle/assets/..%2f..%2fmain%2fapp.js',
      'app://bundle//etc/passwd.html',
      'app://bundle/%00index.html',
      'app://bundle/%E0%A4%A',
      'app://bundle/.hidden.html',
      'app://bundle/',
      'app://elsewhere/index.html',
    ]
    for (const url of outside) expect([url, (await load(url))[0]]).toEqual([url, 404])
    expect((await load(page, { method: 'POST' }))[0]).toBe(405)
    const loaded = await desktop.evaluate(({ records }) => records.loaded, null)
    expect(loaded).toEqual([page])
  })

  it('18: both schemes are registered together, once, and no more privileged than they must be', async () => {
    const schemes = await desktop.evaluate(({ records }) => records.schemes, null)
    expect(schemes).toEqual([
      { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
      { scheme: 'media', privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true } },
    ])
  })

  it('18: media is found by id, for our own page only', async () => {
    const film = 'media://library/film/v00000000000000000000'
    const bad = [
      'media://library/film/..%2f..%2fetc%2fpasswd',
      'media://library/film/',
      'media://other/film/v0',
    ]
    const frame = 'media://library/frame/v00000000000000000000'
    const more = [
      'media://library/frame/..%2f..%2fetc%2fpasswd?t=1',
      'media://library/frame/?t=1',
      'media://library/picture/..%2flibrary.db',
      'media://library/picture/v00000000000000000000',
      `${frame}?t=1`,
      'media://library/picture/p00000000000000000000',
    ]
    for (const url of [...bad, ...more]) expect([url, (await load(url))[0]]).toEqual([url, 404])
    for (const t of ['', '?t=', '?t=-1', '?t=1e3', '?t=../1', '?t=1;id'])
      expect([t, (await load(frame + t))[0]]).toEqual([t, 400])
    expect((await load(`${frame}?t=1`, { initiatorOrigin: 'https://example.com' }))[0]).toBe(403)
    expect((await load(`${frame}?t=1`, { method: 'POST' }))[0]).toBe(405)
    expect((await load(film))[0]).toBe(404) // nobody's id
    expect((await load(film, { initiatorOrigin: 'app://bundle' }))[0]).toBe(404)
    expect((await load(film, { initiatorOrigin: 'https://example.com' }))[0]).toBe(403)
    expect((await load(film, { method: 'DELETE' }))[0]).toBe(405)
  })

  it('19: the fuses are set where the app is packaged', () => {
    const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      build?: { electronFuses?: Record<string, boolean> }
    }
    expect(manifest.build?.electronFuses).toMatchObject({
      runAsNode: false,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      grantFileProtocolExtraPrivileges: false,
    })
  })

  it('20: the page gets four functions, and never an object of Electron', async () => {
    const seen = await desktop.evaluate(async ({ world }) => {
      type Bridge = {
        call: (id: number, group: string, name: string, args: unknown) => Promise<unknown>
        on: (name: string, listener: (...args: unknown[]) => void) => () => void
      }
      const exposed = world() ?? {}
      const bridge = exposed['kinora'] as Bridge
      const told = new Promise((resolve) => {
        const stop = bridge.on('progress', (...args) => {
          stop()
          resolve(args.map((arg) => Object.keys(arg as object).sort()))
        })
      })
      await bridge.call(1, 'indexing', 'pause', {})
      return { keys: Object.keys(exposed), functions: Object.keys(bridge), told: await told }
    }, null)
    expect(seen.keys).toEqual(['kinora'])
    expect(seen.functions).toEqual(['call', 'cancel', 'on', 'onClosed'])
    expect(seen.told).toEqual([
      [
        ...['current', 'filmLeft', 'jobsDone', 'jobsLeft', 'pace', 'paused', 'problems', 'running'],
        ...['runsOn', 'scanning', 'secondsLeft', 'skimsLeft', 'speed'],
      ],
    ])
  })

  it('20: the preload is one CommonJS file that requires electron only', () => {
    expect(readdirSync(build.preload)).toEqual(['index.cjs'])
    const code = readFileSync(join(build.preload, 'index.cjs'), 'utf8')
    const required = [...code.matchAll(/\brequire\(([^)]*)\)/g)].map(([, name]) => name)
    expect(new Set(required)).toEqual(new Set(['"electron"']))
    expect(code).not.toMatch(/\bimport\(|^import |\beval\(|new Function\(/m)
  })

  it('nothing is sent anywhere: requests for other protocols are cancelled', async () => {
    const cancelled = await desktop.evaluate(({ session }) => {
      const urls = [
        'https://example.com/x',
        'http://127.0.0.1:8080/',
        'ws://example.com/',
        'file:///etc/passwd',
        'ftp://a/b',
      ]
      const own = [
        'app://bundle/index.html',
        'media://library/film/v0',
        'blob:app://bundle/1',
        'devtools://devtools/x',
      ]
      return [urls.map((url) => session.request(url)), own.map((url) => session.request(url))] as const
    }, null)
    expect(cancelled[0]).toEqual(cancelled[0].map(() => ({ cancel: true })))
    expect(cancelled[1]).toEqual(cancelled[1].map(() => ({ cancel: false })))
  })
})
