import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import type { MediaFile } from '../../src-main/foundation/media-file.ts'
import { createMomentFrames, frameSide, readFrameSecond } from '../../src-main/foundation/moment-frames.ts'
import type { FoundFrame, MomentFrames } from '../../src-main/foundation/moment-frames.ts'
import type { LibraryApi } from '../../src-preload/contract/api.ts'
import type { FrameSource } from '../../src-preload/contract/nouns.ts'
import { expectOk, fail, ok } from '../../src-preload/contract/result.ts'
import type { Result } from '../../src-preload/contract/result.ts'
import type { Client } from '../../src-preload/contract/schema.ts'
import type { VideoFacts } from '../../src-preload/contract/video-facts.ts'
import { probeClip } from '../media/skim-clip.ts'
import { binaries, make } from './films.ts'
import { scratchFolder } from './scratch.ts'

const id = `v${'1'.repeat(20)}`
const patient = new AbortController().signal

let folder = ''
let film = ''
let facts: VideoFacts
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'kinora-test-'))
  film = join(folder, 'film.mp4')
  make(
    '-f',
    'lavfi',
    '-i',
    'testsrc2=size=1280x720:rate=25:duration=6',
    '-pix_fmt',
    'yuv420p',
    '-g',
    '25',
    film,
  )
  facts = expectOk(await probeClip(binaries, film), film)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** An ffmpeg that notes when it starts and ends, and takes its time: a minute is for ever. */
const slowFfmpeg = (seconds: number): { readonly path: string; readonly log: () => readonly string[] } => {
  const folder = scratchFolder()
  const [path, log] = [join(folder, 'ffmpeg'), join(folder, 'log')]
  const script = `#!/bin/sh\necho "start $$" >> ${log}\n${seconds < 60 ? `sleep ${seconds}` : 'exec sleep 60'}\n${binaries.ffmpeg} "$@"\ncode=$?\necho "end $$" >> ${log}\nexit $code\n`
  writeFileSync(path, script)
  chmodSync(path, 0o755)
  return { path, log: () => (existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n') : []) }
}

type Set = {
  readonly frames: MomentFrames
  readonly folder: string
  readonly client: Client<LibraryApi>
  source: FrameSource
}

const openFrames = (
  more: { readonly ffmpeg?: string; readonly atOnce?: number; readonly folder?: string } = {},
): Set => {
  const folder = more.folder ?? join(scratchFolder(), 'frames')
  const frames = createMomentFrames({
    folder,
    log: pino({ level: 'silent' }),
    clock: () => Date.now() / 1000,
    ffmpeg: () => Promise.resolve(ok({ ...binaries, ffmpeg: more.ffmpeg ?? binaries.ffmpeg })),
    atOnce: more.atOnce ?? 2,
  })
  onTestFinished(() => frames.close())
  const frameSource = ({ id: wanted }: { readonly id: string }): Promise<Result<FrameSource>> =>
    Promise.resolve(wanted === id ? ok(set.source) : fail('not-found', 'There is no such video.'))
  const set: Set = {
    frames,
    folder,
    client: { call: { videos: { frameSource } } } as unknown as Client<LibraryApi>,
    source: { film: { path: film, bytes: null }, size: statSync(film).size, facts, ffmpegPath: null },
  }
  return set
}

const found = async (set: Set, milliseconds: number): Promise<FoundFrame> =>
  expectOk(await set.frames.find(set.client, id, milliseconds), `at ${milliseconds}`)

const made = async (set: Set, milliseconds: number, signal = patient): Promise<Result<MediaFile>> => {
  const frame = await found(set, milliseconds)
  return frame.kind === 'kept' ? ok(frame.file) : frame.make(signal)
}

const bytesOf = async (file: MediaFile): Promise<Buffer> =>
  Buffer.concat((await file.read({ start: 0, end: file.size - 1 }).toArray()) as Buffer[])

const sizeOf = (jpeg: Buffer): readonly number[] => {
  const header = jpeg.indexOf(Buffer.from([0xff, 0xc0])) + 5
  return [jpeg.readUInt16BE(header + 2), jpeg.readUInt16BE(header)]
}

const keptFiles = async (folder: string, count: number): Promise<readonly string[]> => {
  for (let wait = 0; wait < 100; wait += 1) {
    const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.jpg')) : []
    if (names.length >= count) return names
    await sleep(50)
  }
  throw new Error(`${count} frames were not kept`)
}

describe('a frame of a film', () => {
  test('is made when it is wanted, as wide as a card needs it, and kept', async () => {
    const set = openFrames()
    const first = expectOk(await made(set, 2_200), 'made')
    const jpeg = await bytesOf(first)
    expect(first.type).toBe('image/jpeg')
    expect(sizeOf(jpeg)).toEqual([frameSide, 270])
    expect(first.tag).toMatch(/^"v1{20}-2200-[0-9a-f]{8}\.jpg"$/)
    const [name] = await keptFiles(set.folder, 1)
    expect(`"${name ?? ''}"`).toBe(first.tag)
    const again = await found(set, 2_200)
    if (again.kind !== 'kept') throw new Error('it was made again')
    expect(again.file.tag).toBe(first.tag)
    expect(await bytesOf(again.file)).toEqual(jpeg)
  })

  test('is another one when the film is shown otherwise, and after an update that makes better ones', async () => {
    const set = openFrames()
    const upright = expectOk(await made(set, 1000), 'made').tag
    set.source = { ...set.source, facts: { ...facts, rotation: 180 } }
    expect(expectOk(await made(set, 1000), 'turned').tag).not.toBe(upright)
  })

  test('is refused outside the film, for unknown ids, and where the file is another by now', async () => {
    const set = openFrames()
    const codeOf = async (videoId: string, milliseconds: number): Promise<string> => {
      const asked = await set.frames.find(set.client, videoId, milliseconds)
      return asked.ok ? asked.value.kind : asked.error.code
    }
    expect(await codeOf(id, 60_000)).toBe('not-found')
    expect(await codeOf(`v${'2'.repeat(20)}`, 0)).toBe('not-found')
    for (const wrong of ['', '..', id.toUpperCase(), `${id}0`, '../../etc/passwd'])
      expect(await codeOf(wrong, 0)).toBe('not-found')
    set.source = { ...set.source, film: null }
    expect(await codeOf(id, 0)).toBe('offline')
    set.source = { ...set.source, film: { path: `${film}.gone`, bytes: null } }
    expect(await codeOf(id, 0)).toBe('missing-file')
    set.source = { ...set.source, film: { path: film, bytes: null }, size: 1 }
    expect(await codeOf(id, 0)).toBe('missing-file')
  })

  test('of a film that was taken away is still there when it was seen before', async () => {
    const set = openFrames()
    await made(set, 500)
    await keptFiles(set.folder, 1)
    set.source = { ...set.source, film: null }
    const kept = await found(set, 500)
    if (kept.kind !== 'kept') throw new Error('it was not kept')
    await kept.file.close()
  })

  test('of a broken film is a failure with its code', async () => {
    const set = openFrames()
    const broken = join(scratchFolder(), 'broken.mp4')
    writeFileSync(broken, readFileSync(film).fill(0, 64))
    set.source = { ...set.source, film: { path: broken, bytes: null } }
    const asked = await made(set, 1000)
    expect(asked.ok).toBe(false)
    expect(existsSync(set.folder) ? readdirSync(set.folder) : []).toEqual([])
  })

  test('is given also where nothing can be kept', async () => {
    const folder = join(scratchFolder(), 'frames')
    mkdirSync(folder)
    writeFileSync(join(folder, 'x'), '')
    const set = openFrames({ folder: join(folder, 'x') })
    expect((await bytesOf(expectOk(await made(set, 1000), 'made'))).length).toBeGreaterThan(1000)
  })
})

describe.skipIf(process.platform === 'win32')('many who want frames', () => {
  test('of one second share one ffmpeg, and it ends when the last of them has gone', async () => {
    const slow = slowFfmpeg(0.3)
    const set = openFrames({ ffmpeg: slow.path })
    const all = await Promise.all(Array.from({ length: 10 }, () => made(set, 3000)))
    expect(all.every(({ ok: good }) => good)).toBe(true)
    expect(slow.log().filter((line) => line.startsWith('start'))).toHaveLength(1)

    const lasting = slowFfmpeg(60)
    const other = openFrames({ ffmpeg: lasting.path })
    const stops = Array.from({ length: 3 }, () => new AbortController())
    const waiting = stops.map(({ signal }) => made(other, 3000, signal))
    for (let wait = 0; wait < 100 && lasting.log().length === 0; wait += 1) await sleep(50)
    const pid = Number(lasting.log()[0]?.split(' ')[1])
    const lives = (): boolean => existsSync(`/proc/${pid}`)
    stops[0]?.abort()
    stops[1]?.abort()
    expect(await waiting[0]).toMatchObject({ error: { code: 'cancelled' } })
    await sleep(100)
    if (process.platform === 'linux') expect(lives()).toBe(true)
    stops[2]?.abort()
    expect(await waiting[2]).toMatchObject({ error: { code: 'cancelled' } })
    await other.frames.close()
    if (process.platform === 'linux') expect(lives()).toBe(false)
  })

  test('of many seconds start a few at a time, and those whom nobody wants any more never', async () => {
    const slow = slowFfmpeg(0.2)
    const set = openFrames({ ffmpeg: slow.path, atOnce: 2 })
    const stop = new AbortController()
    const wanted = [0, 400, 800, 1200].map((at) => made(set, at))
    const unwanted = Array.from({ length: 20 }, (_, i) => made(set, 1600 + 40 * i, stop.signal))
    await Promise.all(Array.from({ length: 24 }, (_, i) => found(set, i))) // all are in the queue by now
    stop.abort()
    for (const answer of await Promise.all(unwanted))
      expect(answer).toMatchObject({ error: { code: 'cancelled' } })
    for (const answer of await Promise.all(wanted)) expectOk(answer, 'wanted')
    let running = 0
    let most = 0
    for (const line of slow.log()) {
      running += line.startsWith('start') ? 1 : -1
      most = Math.max(most, running)
    }
    expect(most).toBe(2)
    expect(slow.log()).toHaveLength(8)
  })

  test('again after they had gone: it is begun anew', async () => {
    const slow = slowFfmpeg(0.3)
    const set = openFrames({ ffmpeg: slow.path })
    const stop = new AbortController()
    const gone = made(set, 5000, stop.signal)
    await sleep(50)
    stop.abort()
    const back = made(set, 5000)
    expect(await gone).toMatchObject({ error: { code: 'cancelled' } })
    expectOk(await back, 'wanted again')
  })
})

describe('a second of an address', () => {
  test.for([
    ['0', 0],
    ['12.345', 12_345],
    ['3600', 3_600_000],
    ['0.0004', 0],
    ['999999.999999', 1_000_000_000],
  ] as const)('%s', ([text, milliseconds]) => expect(readFrameSecond(text)).toBe(milliseconds))

  test.for([
    '',
    '-1',
    '+1',
    '1e3',
    '1.',
    '.5',
    'NaN',
    'Infinity',
    '0x10',
    ' 1',
    '1 ',
    '1,5',
    '1000000',
    '1;2',
    '1.0000001',
    '１',
  ])('not %s', (text) => expect(readFrameSecond(text)).toBeNull())
  test('not nothing', () => expect(readFrameSecond(null)).toBeNull())
})

test('films whose names are not UTF-8 have frames', async (context) => {
  if (process.platform !== 'linux') return context.skip('only Linux has such names')
  const odd = Buffer.concat([
    Buffer.from(`${scratchFolder()}/odd `),
    Buffer.from([0xff, 0xe4]),
    Buffer.from('.mp4'),
  ])
  writeFileSync(odd, readFileSync(film))
  const set = openFrames()
  set.source = { ...set.source, film: { path: odd.toString(), bytes: odd } }
  expectOk(await made(set, 1000), 'odd')
  renameSync(odd, Buffer.concat([odd, Buffer.from('.moved')]))
  expect(await set.frames.find(set.client, id, 2000)).toMatchObject({ error: { code: 'missing-file' } })
})
