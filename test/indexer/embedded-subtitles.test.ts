import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { pathRef } from '../../src-main/foundation/path-ref.ts'
import { readEmbedded } from '../../src-main/indexer/embedded-subtitles.ts'
import { probeVideo } from '../../src-main/indexer/probe.ts'
import { expectOk, type KinoraError, type Result } from '../../src-preload/contract/result.ts'
import type { EmbeddedSubtitle } from '../../src-preload/contract/video-facts.ts'
import { sharedFolder } from '../shared-folder.ts'
import { binaries, make, picture } from './films.ts'
import { never, scratchFolder } from './scratch.ts'

const subtitlesOf = async (
  path: string,
  problems: KinoraError[] = [],
  signal = never,
): Promise<Result<readonly EmbeddedSubtitle[]>> => {
  const film = { path: pathRef(path), ffmpeg: binaries }
  const facts = expectOk(await probeVideo({ ...film, signal: never, now: 2e9 }), 'a film')
  return readEmbedded({ ...film, facts, signal, onProblem: (problem) => problems.push(problem) })
}

/** A film of two text streams, English as SubRip and German as ASS, whose clock begins at 5 s. */
const twoStreams = (): string => {
  const folder = scratchFolder()
  const path = join(folder, 'film.mkv')
  const one = '1\n00:00:01,000 --> 00:00:02,000\n<i>Hello</i> &amp; {\\an8}bye\n\n'
  writeFileSync(join(folder, 'one.srt'), one)
  writeFileSync(join(folder, 'two.srt'), '1\n00:00:01,500 --> 00:00:02,500\nHallo\nWelt\n\n')
  make(
    ...[...picture(3), '-i', join(folder, 'one.srt'), '-i', join(folder, 'two.srt')],
    ...['-map', '0', '-map', '1', '-map', '2', '-c:v', 'mpeg4', '-c:s:0', 'srt', '-c:s:1', 'ass'],
    ...['-metadata:s:s:0', 'language=eng', '-metadata:s:s:0', 'title=English (SDH)'],
    ...['-metadata:s:s:1', 'language=ger', '-output_ts_offset', '5', path],
  )
  return path
}

test('each stream is a subtitle, in one reading, from the own start of a film that starts late', async () => {
  expect(expectOk(await subtitlesOf(twoStreams()), 'subtitles')).toEqual([
    { name: 'English (SDH)', language: 'eng', lines: [{ start: 1, end: 2, text: 'Hello & bye' }] },
    { name: 'ass', language: 'ger', lines: [{ start: 1.5, end: 2.5, text: 'Hallo\nWelt' }] },
  ])
})

test('a film without any, and one that is not wanted any more', async () => {
  const path = join(scratchFolder(), 'film.mp4')
  make(...picture(3), '-c:v', 'mpeg4', path)
  expect(await subtitlesOf(path)).toEqual({ ok: true, value: [] })
  expect(await subtitlesOf(twoStreams(), [], AbortSignal.abort())).toMatchObject({
    error: { code: 'cancelled' },
  })
})

const shared = sharedFolder()
test.skipIf(shared === null)('the mov_text streams of nasa_13013.mp4, each by itself', async () => {
  const subtitles = expectOk(
    await subtitlesOf(join(shared ?? '', 'media', 'torchcodec', 'nasa_13013.mp4')),
    'subtitles',
  )
  expect(subtitles.length).toBeGreaterThan(1)
  for (const { language, lines } of subtitles) {
    expect(language).toBe('eng')
    expect(lines.length).toBeGreaterThan(1)
    expect(new Set(lines.map(({ start, text }) => `${start} ${text}`)).size).toBe(lines.length)
  }
})
