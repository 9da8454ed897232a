import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Folder, VideoPage } from '../../src-preload/contract/nouns.ts'
import type { SearchAnswer } from '../../src-preload/contract/search-nouns.ts'
import type { HostInfo } from '../../src-preload/contract/page-api.ts'
import type { Result } from '../../src-preload/contract/result.ts'
import { buildDesktop } from './build.ts'
import { startDesktop, until } from './desktop.ts'
import type { Desktop } from './desktop.ts'
import { drawFilm } from './small-films.ts'

/** The built desktop, booted under plain Node on a stub of Electron, from choosing a folder to a found moment. */
let desktop: Desktop
let films: string

const valueOf = (result: Result<unknown>): unknown => {
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`)
  return result.value
}

beforeAll(async () => {
  films = mkdtempSync(join(tmpdir(), 'kinora-desktop-films-'))
  mkdirSync(join(films, 'holiday'))
  drawFilm(join(films, 'holiday'), 'colour bars.mp4', 'smptebars')
  desktop = await startDesktop(buildDesktop('boot'), { folders: [join(films, 'holiday')] })
})
afterAll(async () => {
  await desktop.quit()
  rmSync(films, { recursive: true, force: true })
})

describe('the built desktop', () => {
  it('opens one window on its own protocol and shows it', async () => {
    const look = (): Promise<{ loaded: string[]; status: number; visible: boolean[] }> =>
      desktop.evaluate(
        ({ records, windows }) => ({
          loaded: records.loaded,
          status: records.pageStatus,
          visible: windows().map(({ visible }) => visible),
        }),
        null,
      )
    const seen = await until(look, ({ visible }) => visible[0] === true, 10)
    expect(seen).toEqual({ loaded: ['app://bundle/index.html'], status: 200, visible: [true] })
  })

  it('exposes the declared bridge to the page, and nothing else', async () => {
    const exposed = await desktop.evaluate(({ world }) => {
      const page = world() ?? {}
      return Object.entries(page).map(([key, api]) => [
        key,
        Object.entries(api as object).map(([name, value]) => `${name}: ${typeof value}`),
      ])
    }, null)
    expect(exposed).toEqual([
      ['kinora', ['call: function', 'cancel: function', 'on: function', 'onClosed: function']],
    ])
  })

  it('says what it is', async () => {
    const about = valueOf(await desktop.call('host', 'about')) as HostInfo
    expect(about).toMatchObject({ kind: 'desktop', mediaBase: 'media://library/' })
    expect(about.version).toMatch(/^\d+\.\d+\.\d+/)
  })

  it('refuses what the contract does not have, and arguments of another shape', async () => {
    const codes = await Promise.all(
      [
        desktop.call('folders', 'add', { paths: ['/etc'] }),
        desktop.call('constructor', 'constructor'),
        desktop.call('videos', 'get', { id: '../../etc/passwd' }),
        desktop.call('host', 'browse', { place: null }),
      ].map(async (asked) => {
        const result = await asked
        return result.ok ? 'ok' : result.error.code
      }),
    )
    expect(codes).toEqual(['unknown-call', 'unknown-call', 'bad-arguments', 'not-allowed'])
  })

  it('chooses a folder, indexes its film, finds a moment and shows its pictures', async () => {
    const folders = valueOf(await desktop.call('host', 'chooseFolder')) as readonly Folder[]
    expect(folders.map(({ path }) => path)).toEqual([join(films, 'holiday')])

    const page = await until(
      async () => valueOf(await desktop.call('videos', 'page', { offset: 0, limit: 10 })) as VideoPage,
      ({ videos }) => (videos[0]?.pictures ?? null) !== null,
      60,
    )
    const [video] = page.videos
    expect(video?.path).toBe(join(films, 'holiday', 'colour bars.mp4'))

    const search = (): Promise<SearchAnswer> =>
      desktop
        .call('search', 'moments', { query: 'colour bars' })
        .then((result) => valueOf(result) as SearchAnswer)
    const answer = await until(search, ({ moments }) => moments.length > 0, 60)
    expect(answer.moments[0]?.videoId).toBe(video?.id)

    const media = await desktop.evaluate(async ({ request }, id) => {
      const read = async (url: string, headers: Record<string, string>): Promise<unknown> => {
        const response = await request(url, { headers })
        const body = new Uint8Array(await response.arrayBuffer())
        const names = ['content-type', 'content-range', 'cache-control'] as const
        return [response.status, body.length, ...names.map((name) => response.headers.get(name))]
      }
      const film = `media://library/film/${id}`
      return {
        part: await read(film, { range: 'bytes=4-7' }),
        behind: await read(film, { range: 'bytes=99999999-' }),
        poster: ((await read(`media://library/poster/${id}?v=1`, {})) as unknown[]).filter(
          (_, at) => at !== 1,
        ),
      }
    }, video?.id ?? '')
    const size = String(video?.size)
    expect(media).toEqual({
      part: [206, 4, 'video/mp4', `bytes 4-7/${size}`, 'private, no-cache'],
      behind: [416, 0, 'video/mp4', `bytes */${size}`, 'private, no-cache'],
      poster: [200, 'image/jpeg', null, 'private, max-age=31536000, immutable'],
    })
  })

  it('had the catalog start its engines through the main process', async () => {
    const names = await desktop.evaluate(({ records }) => records.forked, null)
    expect(names[0]).toMatch(/^kinora-catalog-/)
    expect(names.some((name) => name.startsWith('kinora-indexer-'))).toBe(true)
  })

  it('cancels a running call by its number', async () => {
    const code = await desktop.evaluate(async ({ world }) => {
      type Bridge = {
        call: (
          id: number,
          group: string,
          name: string,
          args: unknown,
        ) => Promise<{ error?: { code: string } }>
        cancel: (id: number) => void
      }
      const bridge = world()?.['kinora'] as Bridge
      const asked = bridge.call(77, 'search', 'moments', { query: 'sunset' })
      bridge.cancel(77)
      return (await asked).error?.code
    }, null)
    expect(code).toBe('cancelled')
  })

  it('serves a page that was loaded again, and a second start shows the window', async () => {
    await desktop.evaluate(async ({ windows, app }) => {
      await windows()[0]?.loadURL('app://bundle/index.html')
      app.emit('second-instance', {})
    }, null)
    expect((await desktop.call('host', 'about')).ok).toBe(true)
    const focused = await desktop.evaluate(
      ({ records, windows }) => [records.focused, windows().length],
      null,
    )
    expect(focused).toEqual([1, 1])
  })
})
