import { renameSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { pathRef } from '../../src-main/foundation/path-ref.ts'
import { readSidecar, type SidecarText } from '../../src-main/indexer/sidecar-text.ts'
import { expectOk, fail, ok } from '../../src-preload/contract/result.ts'
import type { PathRef } from '../../src-preload/contract/video-facts.ts'
import { sharedFolder } from '../shared-folder.ts'
import { binaries } from './films.ts'
import { never, scratchFolder } from './scratch.ts'

const read = async (
  path: string | PathRef,
  language: string | null = null,
  duration = 0,
): Promise<SidecarText> =>
  expectOk(
    await readSidecar({
      path: typeof path === 'string' ? pathRef(path) : path,
      language,
      duration,
      ffmpeg: ok(binaries),
      signal: never,
    }),
    'a subtitle',
  )

const file = (name: string, content: string | Uint8Array): string => {
  const path = join(scratchFolder(), name)
  writeFileSync(path, content)
  return path
}
const texts = ({ lines }: SidecarText): readonly string[] => lines.map(({ text }) => text)
const srtOf = (...words: readonly string[]): string =>
  words.map((text, i) => `${i + 1}\n00:00:0${i + 1},000 --> 00:00:0${i + 2},000\n${text}\n`).join('\n')
const marked = (text: string): Buffer =>
  Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')])

const russian = 'Привет, как дела? Пойдём на пляж.'
/** windows-1251 has the Cyrillic letters in the order of Unicode, KOI8-R by the sound of the Latin ones. */
const in1251 = (text: string): Buffer =>
  Buffer.from(
    Array.from(text).map((letter) =>
      letter >= 'А' && letter <= 'я'
        ? letter.charCodeAt(0) - 0x350
        : letter === 'ё'
          ? 0xb8
          : letter.charCodeAt(0),
    ),
  )
const koi = 'юабцдефгхийклмнопярстужвьызшэщчъ'
const inKoi8 = (text: string): Buffer =>
  Buffer.from(
    Array.from(text).map((letter) => {
      const small = koi.indexOf(letter)
      const large = koi.indexOf(letter.toLowerCase())
      return small >= 0
        ? 0xc0 + small
        : large >= 0
          ? 0xe0 + large
          : letter === 'ё'
            ? 0xa3
            : letter.charCodeAt(0)
    }),
  )

test.each<readonly [string, string, Buffer, string | null]>([
  ['UTF-8', 'Déjà vu', Buffer.from(srtOf('Déjà vu')), null],
  ['UTF-8 with a mark', 'Déjà vu', Buffer.from(`\ufeff${srtOf('Déjà vu')}`), null],
  ['UTF-16 little', 'Déjà vu', marked(srtOf('Déjà vu')), null],
  ['UTF-16 big', 'Déjà vu', marked(srtOf('Déjà vu')).swap16(), null],
  ['UTF-16 without a mark', 'Déjà vu', Buffer.from(srtOf('Déjà vu'), 'utf16le'), null],
  ['windows-1252', 'Déjà vu', Buffer.from(srtOf('Déjà vu'), 'latin1'), null],
  ['windows-1251', russian, in1251(srtOf(russian)), null],
  ['KOI8-R', russian, inKoi8(srtOf(russian)), null],
  [
    'windows-1250 by its language',
    'Żółw',
    Buffer.concat([Buffer.from(srtOf('').trimEnd()), Buffer.from([10, 0xaf, 0xf3, 0xb3, 0x77, 10])]),
    'pl',
  ],
  ['carriage returns', 'one\ntwo', Buffer.from(srtOf('one\ntwo').replaceAll('\n', '\r\n')), null],
])('%s', async (_encoding, expected, bytes, language) => {
  expect(texts(await read(file('a.srt', bytes), language))).toEqual([expected])
})

test('a broken sign does not make a UTF-8 text another', async () => {
  const bytes = Buffer.concat([Buffer.from(srtOf('ä ö ü é è ñ ç å ø ß Ä Ö Ü')), Buffer.from([0xe4, 10])])
  expect(texts(await read(file('a.srt', bytes)))[0]).toMatch(/^ä ö ü/)
})

test('WebVTT, ASS and SSA', async () => {
  const vtt = 'WEBVTT\n\n00:01.000 --> 00:02.000\n\ufeff<v A>Déjà vtt\n'
  expect(await read(file('a.vtt', vtt))).toEqual({
    language: null,
    lines: [{ start: 1, end: 2, text: 'Déjà vtt' }],
  })
  const header = '[Script Info]\nScriptType: v4.00+\n\n[Events]\n'
  const format = 'Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n'
  const event = (rest: string): string => `Dialogue: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,${rest}\n`
  const ass =
    header +
    format +
    event('{\\i1\\pos(10,10)}Déjà{\\i0} ass, yes') +
    event('{\\p1}m 0 0 l 100 0 100 100{\\p0}')
  // The layers of an effect: the same words in a shadow and a fill.
  const layers = event('Layer') + event('{\\blur2}Layer')
  expect(texts(await read(file('a.ass', Buffer.from(ass + layers, 'latin1'))))).toEqual([
    'Déjà ass, yes',
    'Layer',
  ])
  expect(await read(file('empty.ass', ''))).toEqual({ language: null, lines: [] })
  const noTool = fail('ffmpeg-missing', 'no ffmpeg')
  const path = pathRef(file('b.ass', ass))
  expect(await readSidecar({ path, language: null, duration: 0, ffmpeg: noTool, signal: never })).toEqual(
    noTool,
  )
})

test('transcripts of speech recognisers', async () => {
  const segments = [
    { id: 0, seek: 0, start: 0, end: 2.5, text: ' Hello there.', tokens: [1], avg_logprob: -0.2 },
    { id: 1, seek: 0, start: 2.5, end: 2.5, text: ' ', tokens: [] },
  ]
  const whisper = JSON.stringify({ text: ' Hello there.', segments, language: 'en' })
  expect(await read(file('a.json', whisper))).toEqual({
    language: 'en',
    lines: [{ start: 0, end: 2.5, text: 'Hello there.' }],
  })
  const cpp = {
    result: { language: 'de' },
    transcription: [
      {
        timestamps: { from: '00:00:00,000', to: '00:00:01,000' },
        offsets: { from: 0, to: 1000 },
        text: ' Hallo',
      },
    ],
  }
  expect(await read(file('b.json', JSON.stringify(cpp)))).toEqual({
    language: 'de',
    lines: [{ start: 0, end: 1, text: 'Hallo' }],
  })
  // What cameras and downloaders write.
  for (const other of [
    '{"title":"a film","formats":[]}',
    '[]',
    'null',
    '{',
    '',
    '{"segments":[{"start":"0"}]}',
  ])
    expect(texts(await read(file('c.json', other)))).toEqual([])
})

test('captions that roll up, and marks for the deaf, as people read them', async () => {
  const rolling = `WEBVTT
Kind: captions

00:00:00.240 --> 00:00:02.149 align:start position:0%
 
hello<00:00:00.480><c> and</c><00:00:00.640><c> welcome</c>

00:00:02.149 --> 00:00:02.159 align:start position:0%
hello and welcome
 

00:00:02.159 --> 00:00:04.470 align:start position:0%
hello and welcome
to<00:00:02.320><c> the</c><00:00:02.480><c> beach</c>
`
  expect((await read(file('a.vtt', rolling))).lines).toEqual([
    { start: 0.24, end: 2.159, text: 'hello and welcome' },
    { start: 2.159, end: 4.47, text: 'to the beach' },
  ])
  const deaf = srtOf('[MUSIC PLAYING]', '♪ La la ♪', 'JOHN: <font color="#ff0">Hi!</font>', '- Who?\n- Me.')
  expect(texts(await read(file('b.srt', deaf)))).toEqual([
    '[MUSIC PLAYING]',
    '♪ La la ♪',
    'JOHN: Hi!',
    '- Who?\n- Me.',
  ])
})

test('times that are odd', async () => {
  const odd = `1
-00:00:01,000 --> 00:00:01,500
before it begins

2
00:00:04,000 --> 00:00:02,000
backwards

3
00:00:02,000 --> 00:00:06,000
over

4
00:00:03,000 --> 00:00:04,000
lapping

5
10:00:00,000 --> 10:00:02,000
ten hours
`
  const path = file('a.srt', odd)
  expect((await read(path)).lines).toEqual([
    { start: 0, end: 1.5, text: 'before it begins' },
    { start: 2, end: 6, text: 'over' },
    { start: 3, end: 4, text: 'lapping' },
    { start: 36_000, end: 36_002, text: 'ten hours' },
  ])
  // Nothing is said after the film's end.
  expect(texts(await read(path, null, 60))).toEqual(['before it begins', 'over', 'lapping'])
})

test('nothing, rubbish, and very much', async () => {
  expect(texts(await read(file('empty.srt', '')))).toEqual([])
  expect(texts(await read(file('noise.ass', 'no subtitles at all')))).toEqual([])
  expect(texts(await read(file('noise.vtt', Buffer.from([0, 1, 2, 255, 254, 10, 45, 45, 62]))))).toEqual([])
  const two = (i: number): string => String(Math.floor(i)).padStart(2, '0')
  const clock = (i: number): string => `${two(i / 3600)}:${two((i / 60) % 60)}:${two(i % 60)},000`
  const many = Array.from({ length: 100_000 }, (_, i) => `${i}\n${clock(i)} --> ${clock(i + 1)}\nline ${i}\n`)
  expect((await read(file('many.srt', many.join('\n')))).lines.length).toBe(100_000)
}, 60_000)

test('the language of what is said, where the name does not say it', async () => {
  const german = srtOf(
    'Ich habe das nicht gewusst, und du auch nicht.',
    'Wir gehen jetzt mit der Oma an den Strand.',
    'Warum ist die Torte schon weg?',
    'Das war doch nicht für dich!',
  )
  expect((await read(file('a.srt', german))).language).toBe('de')
  expect((await read(file('a.srt', german), 'fr')).language).toBe('fr')
  expect((await read(file('a.srt', srtOf('Anna', 'Otto')))).language).toBeNull()
})

test('what cannot be read says why', async () => {
  const large = file('a.srt', '')
  truncateSync(large, 33 * 1024 * 1024)
  const input = { language: null, duration: 0, ffmpeg: ok(binaries), signal: never }
  expect(await readSidecar({ ...input, path: pathRef(large) })).toMatchObject({
    error: { code: 'unreadable-file' },
  })
  expect(await readSidecar({ ...input, path: pathRef('/nowhere/a.srt') })).toMatchObject({
    error: { code: 'missing-file' },
  })
  const path = pathRef(file('c.srt', srtOf('x')))
  expect(await readSidecar({ ...input, path, signal: AbortSignal.abort() })).toMatchObject({
    error: { code: 'cancelled' },
  })
})

test('a name that is not UTF-8', async () => {
  const path = file('film.srt', srtOf('Déjà vu'))
  const odd = Buffer.concat([
    Buffer.from(path.slice(0, -'film.srt'.length)),
    Buffer.from([0xe9]),
    Buffer.from('.srt'),
  ])
  renameSync(path, odd)
  expect(texts(await read({ path: odd.toString(), bytes: odd }))).toEqual(['Déjà vu'])
})

const shared = sharedFolder()
test.skipIf(shared === null)('the real captions of friday.mp4', async () => {
  const { lines, language } = await read(join(shared ?? '', 'media', 'mdn', 'friday.vtt'))
  expect(lines.length).toBeGreaterThan(2)
  for (const { start, end, text } of lines) {
    expect(end).toBeGreaterThan(start)
    expect(end).toBeLessThan(10)
    expect(text).not.toMatch(/[<>&]/)
  }
  console.log(`friday.vtt: ${lines.length} lines, ${language ?? 'no language'}`)
})
