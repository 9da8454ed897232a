import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { VideoPage } from '../../src-preload/contract/nouns.ts'
import { binaries } from '../indexer/films.ts'
import { buildDesktop } from './build.ts'
import { startDesktop, until } from './desktop.ts'
import type { Desktop } from './desktop.ts'
import { eventually } from './kinora-cli.ts'
import { drawFilm } from './small-films.ts'

/** Frames as the desktop's own protocol serves them, on the stub of Electron. */
let desktop: Desktop
let films = ''
let id = ''

beforeAll(async () => {
  films = mkdtempSync(join(tmpdir(), 'kinora-desktop-films-'))
  drawFilm(films, 'film.mp4', 'testsrc', 10)
  const script = `#!/bin/sh
case "$*" in *fps=fps=1000*)
  if [ -e ${films}/hang ]; then echo $$ > ${films}/pid; exec sleep 60; fi
  if [ -e ${films}/fail ]; then exit 1; fi ;;
esac
exec ${binaries.ffmpeg} "$@"
`
  writeFileSync(join(films, 'ffmpeg'), script)
  chmodSync(join(films, 'ffmpeg'), 0o755)
  desktop = await startDesktop(buildDesktop('frames'), {
    folders: [films],
    environment: { KINORA_FFMPEG: join(films, 'ffmpeg'), KINORA_FFPROBE: binaries.ffprobe },
  })
  await desktop.call('host', 'chooseFolder')
  const listed = await until(
    async () => {
      const page = await desktop.call('videos', 'page', { offset: 0, limit: 1 })
      return page.ok ? (page.value as VideoPage) : null
    },
    (page) => (page?.videos[0]?.pictures ?? null) !== null,
    60,
  )
  id = listed?.videos[0]?.id ?? ''
})
afterAll(async () => {
  await desktop.quit()
  rmSync(films, { recursive: true, force: true })
})

/** Status, kind, caching and the first and last bytes of what a page gets. */
const load = (seconds: string): Promise<unknown> =>
  desktop.evaluate(async ({ request }, url) => {
    const response = await request(url)
    const body = new Uint8Array(await response.arrayBuffer())
    const headers = ['content-type', 'cache-control'].map((name) => response.headers.get(name))
    return [response.status, ...headers, ...body.subarray(0, 3), ...body.subarray(-2)]
  }, `media://library/frame/${id}?t=${seconds}&v=1`)

const jpeg = [200, 'image/jpeg', 'private, max-age=31536000, immutable', 0xff, 0xd8, 0xff, 0xff, 0xd9]

describe.skipIf(process.platform === 'win32')('a frame on the desktop', () => {
  it('is a whole JPEG when it is made, and when it was kept', async () => {
    expect(await load('4.200')).toEqual(jpeg)
    const folder = join(desktop.library, 'frames')
    await eventually('kept', 10, () => (existsSync(folder) ? true : null))
    expect(await load('4.200')).toEqual(jpeg)
  })

  it('of a wrong second is refused', async () => {
    expect(((await load('x')) as unknown[])[0]).toBe(400)
    expect(((await load('12')) as unknown[])[0]).toBe(404)
  })

  it('that cannot be made is a broken answer, never half a picture', async () => {
    writeFileSync(join(films, 'fail'), '')
    const outcome = await desktop.evaluate(async ({ request }, url) => {
      const response = await request(url)
      return response.arrayBuffer().then(
        (body) => body.byteLength,
        (error: unknown) => String(error),
      )
    }, `media://library/frame/${id}?t=6.100&v=1`)
    rmSync(join(films, 'fail'))
    expect(outcome).toContain('ffmpeg-failed')
  })

  it.runIf(process.platform === 'linux')(
    'that a page does not wait for any more ends its ffmpeg',
    async () => {
      writeFileSync(join(films, 'hang'), '')
      const status = await desktop.evaluate(async ({ request }, url) => {
        const response = await request(url)
        const reader = response.body?.getReader()
        // Electron destroys the body of an answer whose page is gone, which cancels it.
        setTimeout(() => {
          reader?.cancel().catch(() => undefined)
        }, 2_000)
        await reader?.read()
        return response.status
      }, `media://library/frame/${id}?t=7.300&v=1`)
      expect(status).toBe(200)
      const pid = readFileSync(join(films, 'pid'), 'utf8').trim()
      await eventually('the end of ffmpeg', 10, () => (existsSync(`/proc/${pid}`) ? null : true))
      rmSync(join(films, 'hang'))
      expect(await load('7.300')).toEqual(jpeg)
    },
  )
})
