import { renameSync, truncateSync, utimesSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { pathRef } from '../../src-main/foundation/path-ref.ts'
import { probeVideo } from '../../src-main/indexer/probe.ts'
import { sidecarsOf } from '../../src-main/indexer/sidecars.ts'
import { readCues } from '../../src-main/indexer/subtitles.ts'
import { expectOk, type KinoraError } from '../../src-preload/contract/result.ts'
import type { Cue, PathRef } from '../../src-preload/contract/video-facts.ts'
import { sharedFolder } from '../shared-folder.ts'
import { binaries, make, picture } from './films.ts'
import { never, scratchFolder } from './scratch.ts'

const cuesOf = async (path: string | PathRef, problems: KinoraError[] = []): Promise<readonly Cue[]> => {
  const film = { path: typeof path === 'string' ? pathRef(path) : path, ffmpeg: binaries, signal: never }
  const facts = expectOk(await probeVideo({ ...film, now: 2e9 }), 'a film')
  return expectOk(await readCues({ ...film, facts, onProblem: (problem) => problems.push(problem) }), 'cues')
}

const film = (name = 'film.mp4'): string => {
  const path = join(scratchFolder(), name)
  make(...picture(3), '-c:v', 'mpeg4', path)
  return path
}
const srt = '1\n00:00:01,000 --> 00:00:02,000\nDéjà vu\n'

test('two streams in one reading, from the own start of a film that starts late', async () => {
  const folder = scratchFolder()
  const path = join(folder, 'film.mkv')
  writeFileSync(
    join(folder, 'one.srt'),
    '1\n00:00:01,000 --> 00:00:02,000\n<i>Hello</i> &amp; {\\an8}bye\n\n',
  )
  writeFileSync(join(folder, 'two.srt'), '1\n00:00:01,500 --> 00:00:02,500\nHallo\nWelt\n\n')
  make(
    ...[...picture(3), '-i', join(folder, 'one.srt'), '-i', join(folder, 'two.srt')],
    ...['-map', '0', '-map', '1', '-map', '2', '-c:v', 'mpeg4', '-c:s:0', 'srt', '-c:s:1', 'ass'],
    ...['-metadata:s:s:0', 'language=eng', '-metadata:s:s:1', 'language=ger', '-output_ts_offset', '5', path],
  )
  expect(await cuesOf(path)).toEqual([
    { start: 1, end: 2, text: 'Hello & bye', language: 'eng', source: 'embedded' },
    { start: 1.5, end: 2.5, text: 'Hallo\nWelt', language: 'ger', source: 'embedded' },
  ])
})

test('sidecars in every encoding, each with its language', async () => {
  const path = film()
  const beside = (ending: string, content: string | Buffer): void =>
    writeFileSync(path.replace(/mp4$/, ending), content)
  const text = (word: string): string => srt.replace('vu', word)
  beside('srt', text('utf8'))
  beside('fr.srt', Buffer.from(text('latin'), 'latin1'))
  beside('pt-BR.srt', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text('utf16'), 'utf16le')]))
  beside(
    'de.srt',
    Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(text('swapped'), 'utf16le').swap16()]),
  )
  beside('en.vtt', `WEBVTT\n\n00:01.000 --> 00:02.000\n\ufeff<v A>Déjà vtt\n`)
  const header = '[Script Info]\nScriptType: v4.00+\n\n[Events]\n'
  const format = 'Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n'
  const line = 'Dialogue: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,{\\i1}Déjà{\\i0} ass, yes\n'
  beside('es.ass', Buffer.from(header + format + line, 'latin1'))
  const cues = await cuesOf(path)
  expect(Object.fromEntries(cues.map(({ text: words, language }) => [words, language]))).toEqual({
    'Déjà utf8': null,
    'Déjà latin': 'fr',
    'Déjà utf16': 'pt-br',
    'Déjà swapped': 'de',
    'Déjà vtt': 'en',
    'Déjà ass, yes': 'es',
  })
  expect(new Set(cues.map(({ start, end, source }) => `${start} ${end} ${source}`))).toEqual(
    new Set(['1 2 sidecar']),
  )
})

test('a sidecar is known by size and time, and belongs to the nearest name', async () => {
  const path = film('a.mp4')
  const sidecar = path.replace('.mp4', '.en.srt')
  expect(expectOk(await sidecarsOf(pathRef(path)), 'folder')).toEqual([])
  writeFileSync(sidecar, srt)
  writeFileSync(path.replace('a.mp4', 'b.srt'), srt)
  utimesSync(sidecar, 1e9, 1e9)
  expect(expectOk(await sidecarsOf(pathRef(path)), 'folder')).toEqual([
    { path: pathRef(sidecar), language: 'en', size: Buffer.byteLength(srt), mtime: 1e9 },
  ])
  expect(await sidecarsOf(pathRef('/nowhere/at/all.mp4'))).toMatchObject({
    ok: false,
    error: { code: 'missing-file' },
  })
})

test('a film whose name is not UTF-8 has sidecars too', async () => {
  const path = film()
  const bad = (ending: string): Buffer =>
    Buffer.concat([Buffer.from(path.slice(0, -'film.mp4'.length)), Buffer.from([0xe9]), Buffer.from(ending)])
  renameSync(path, bad('.mp4'))
  writeFileSync(bad('.srt'), srt)
  const cues = await cuesOf({ path: bad('.mp4').toString(), bytes: bad('.mp4') })
  expect(cues.map(({ text }) => text)).toEqual(['Déjà vu'])
})

test('a bad sidecar costs itself only, and is told', async () => {
  const path = film()
  writeFileSync(path.replace('.mp4', '.ass'), 'no subtitles at all')
  writeFileSync(path.replace('.mp4', '.vtt'), Buffer.from([0, 1, 2, 255, 254, 10, 45, 45, 62]))
  writeFileSync(path.replace('.mp4', '.srt'), srt)
  const large = path.replace('.mp4', '.large.srt')
  writeFileSync(large, '')
  truncateSync(large, 33 * 1024 * 1024)
  const problems: KinoraError[] = []
  expect((await cuesOf(path, problems)).map(({ text }) => text)).toEqual(['Déjà vu'])
  expect(problems).toMatchObject([{ code: 'unreadable-file' }])
  const facts = expectOk(
    await probeVideo({ path: pathRef(path), ffmpeg: binaries, signal: never, now: 2e9 }),
    'a film',
  )
  const stopped = await readCues({
    path: pathRef(path),
    facts,
    ffmpeg: binaries,
    signal: AbortSignal.abort(),
  })
  expect(stopped).toMatchObject({ ok: false, error: { code: 'cancelled' } })
})

const shared = sharedFolder()
describe.skipIf(shared === null)('the shared media', () => {
  const media = (name: string): string => join(shared ?? '', 'media', name)

  test('the sidecar of friday.mp4 is friday.vtt', async () => {
    const sidecars = expectOk(await sidecarsOf(pathRef(media('mdn/friday.mp4'))), 'folder')
    expect(sidecars.map(({ path }) => basename(path.path))).toEqual(['friday.vtt'])
    const cues = await cuesOf(media('mdn/friday.mp4'))
    expect(cues.length).toBeGreaterThan(2)
    for (const { start, end, text, source } of cues) {
      expect(end).toBeGreaterThan(start)
      expect(end).toBeLessThan(10)
      expect(text).not.toMatch(/[<>&]/)
      expect(source).toBe('sidecar')
    }
  })

  test('the mov_text streams of nasa_13013.mp4, which say the same, once', async () => {
    const cues = await cuesOf(media('torchcodec/nasa_13013.mp4'))
    expect(cues.length).toBeGreaterThan(1)
    expect(new Set(cues.map(({ start, text }) => `${start} ${text}`)).size).toBe(cues.length)
    expect(cues.every(({ language, source }) => language === 'eng' && source === 'embedded')).toBe(true)
  })
})
