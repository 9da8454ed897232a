import { readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { pathRef } from '../../src-main/foundation/path-ref.ts'
import { probeVideo } from '../../src-main/indexer/probe.ts'
import { expectOk, type ErrorCode } from '../../src-preload/contract/result.ts'
import type { PathRef, VideoFacts } from '../../src-preload/contract/video-facts.ts'
import { sharedFolder } from '../shared-folder.ts'
import { binaries, make, picture } from './films.ts'
import { never, scratchFolder } from './scratch.ts'

const now = Date.UTC(2026, 10, 20) / 1000
const probe = (path: PathRef | string, signal = never): ReturnType<typeof probeVideo> =>
  probeVideo({ path: typeof path === 'string' ? pathRef(path) : path, ffmpeg: binaries, signal, now })
const factsAt = async (path: string): Promise<VideoFacts> => expectOk(await probe(path), path)
const code = async (path: string): Promise<string> => {
  const result = await probe(path)
  return result.ok ? 'ok' : result.error.code
}

type Expected = Partial<VideoFacts> | ErrorCode

/** Every file of the shared media, with what matters of it. */
const media: Readonly<Record<string, Expected>> = {
  'audio_only/bbb_audio_aac_frag.mp4': 'no-video-stream',
  'audio_only/silero_speech_test.wav': 'no-video-stream',
  'audio_only/t-rex-roar.mp3': 'no-video-stream',
  'imageio/cockatoo.mp4': { duration: 14, pixelFormat: 'yuv444p', frameRate: 20, width: 1280, height: 720 },
  'imageio/cockatoo_yuv420.mp4': { duration: 14, pixelFormat: 'yuv420p', audio: [] },
  'imageio/realshort.mp4': { duration: 1.1992, recordedAt: '2014-11-05T13:51:33Z' },
  'intel/bird.mkv': { duration: 2.1, startTime: 0.033, container: 'matroska' },
  'intel/book.mkv': { duration: 3.633, startTime: 0.033 },
  'intel/bottle-detection.mp4': { duration: 39.854749, width: 640, height: 360 },
  'intel/car-detection.mp4': { frameRate: 12.5, recordedAt: '2018-04-19T22:46:00Z' },
  'mdn/flower.mp4': { duration: 5.055, recordedAt: '2018-03-07T15:21:21Z', container: 'mp4' },
  'mdn/flower.webm': { codec: 'vp8', startTime: 0, recordedAt: null },
  'mdn/friday.mp4': { streamIndex: 1, duration: 6.166, subtitles: [] },
  'mdn/stream-of-water-audioless.webm': { codec: 'vp8', width: 640, height: 360 },
  'mdn/stream-of-water.mp4': { width: 480, height: 360, profile: 'Constrained Baseline' },
  'mdn/stream-of-water.webm': { width: 480, height: 360 },
  'mdn_learning/crystal.mp4': { duration: 11.966667, recordedAt: '2012-03-31T19:32:22Z' },
  'mdn_learning/crystal.webm': { frameRate: 30 },
  'mdn_learning/elf.mp4': { duration: 8.033333 },
  'mdn_learning/elf.webm': { codec: 'vp8' },
  'mdn_learning/frog.mp4': { duration: 8.266667 },
  'mdn_learning/frog.webm': { codec: 'vp8' },
  'mediabunny/ac3.mkv': 'no-video-stream',
  'mediabunny/annex-b.mp4': { duration: 35.229, width: 1920 },
  'mediabunny/cursed-vfr.mp4': { duration: 8.725503, width: 3026, height: 1386 },
  'mediabunny/edts.mp4': { duration: 9, codedWidth: 854, width: 853, height: 480 },
  'mediabunny/hevc.ts': { container: 'mpegts', codec: 'hevc', startTime: 1.483333, duration: 5.013333 },
  'mediabunny/multiple-aac-tracks.mp4': 'no-video-stream',
  'mediabunny/no-initial-keyframe.ts': {
    startTime: 112.711,
    duration: 2.648833,
    codedWidth: 640,
    width: 626,
  },
  'mediabunny/rotate-buck-bunny.mp4': {
    rotation: 90,
    width: 1080,
    height: 1920,
    codedWidth: 1920,
    duration: 2.005333,
  },
  'mediabunny/sar_2x1.mp4': { sampleAspect: 2, width: 1280, height: 360, codedWidth: 640, codedHeight: 360 },
  'mediabunny/transparency.webm': { codec: 'vp9', duration: 9.017, frameRate: 60 },
  'mediabunny/video-h265.mp4': { codec: 'hevc', profile: 'Main', duration: 10 },
  'mediabunny/video.mp4': { codec: 'h264', duration: 5.056 },
  'moviepy/-video-with-dash-.mp4': { width: 1, height: 1, duration: 5 },
  'moviepy/big_buck_bunny_0_30.webm': { duration: 30.003, codec: 'vp8' },
  'moviepy/big_buck_bunny_432_433.webm': { duration: 1 },
  'moviepy/bitmap.mp4': { width: 1, height: 1, frameRate: 1 },
  'moviepy/chaplin.mp4': { duration: 9.64 },
  'moviepy/no_duration.webm': { codec: 'vp9' },
  'moviepy/result.webm': 'empty-file',
  'moviepy/smpte-2997.mp4': { duration: 10.048 },
  'moviepy/transparent.webm': { codec: 'vp9', width: 200 },
  'mp4parse/bipbop_audioinit.mp4': 'no-video-stream',
  'mp4parse/chunk_out_of_range.mp4': 'damaged',
  'mp4parse/hevc_white_frame.mp4': { codec: 'hevc', duration: 0.04 },
  'mp4parse/metadata.mp4': { streamIndex: 0, codec: 'h264', width: 320, height: 240, recordedAt: '2019' },
  'mp4parse/minimal.mp4': { duration: 0.04 },
  'mp4parse/short-cenc.mp4': 'encrypted',
  'mp4parse/tiny_av1.mp4': { codec: 'av1', width: 64, height: 64 },
  'mp4parse/video_rotation_90.mp4': {
    rotation: 90,
    width: 60,
    height: 100,
    codedWidth: 100,
    codedHeight: 60,
  },
  'mp4parse/zero_empty_stsc.mp4': {
    codec: 'h264',
    width: 1280,
    height: 720,
    audio: [{ index: 1, codec: 'aac', channels: 2, language: null }],
  },
  'small/AudioVideoInterleave.avi': { container: 'avi', codec: 'mpeg4', width: 1, duration: 0 },
  'small/Mpeg4.mp4': 'no-video-stream',
  'small/webm.webm': { duration: 1, frameRate: null },
  'torchcodec/av1_video.mkv': { codec: 'av1', duration: 5 },
  'torchcodec/bt2020_10bit.mp4': { hdr: 'pq', bitDepth: 10, pixelFormat: 'yuv420p10le' },
  'torchcodec/h264_10bits.mp4': { bitDepth: 10, hdr: null, profile: 'High 10' },
  'torchcodec/h265_10bits.mp4': { bitDepth: 10, hdr: null, profile: 'Main 10' },
  'torchcodec/nasa_13013.mp4': { streamIndex: 3, width: 480, height: 270, duration: 13.056, chapters: [] },
  'torchcodec/nasa_13013_hdr.mp4': { hdr: 'pq', bitDepth: 10, codedHeight: 180 },
  'torchcodec/test_non_zero_start.mp4': { startTime: 8.333008, duration: 0.4, codedWidth: 200, width: 199 },
  'torchcodec/testsrc2_h265.mp4': { codec: 'hevc', duration: 2 },
  'torchcodec/testsrc2_mpeg4.avi': { container: 'avi', codec: 'mpeg4' },
  'torchcodec/testsrc2_odd_height_and_width_444.mp4': { width: 321, height: 241, pixelFormat: 'yuv444p' },
  'torchcodec/testsrc2_odd_width_vp9.mp4': { width: 321, height: 240, codec: 'vp9' },
  'torchcodec/testsrc2_vp8.webm': { codec: 'vp8', duration: 1 },
}

/** The static ffprobe of 2023 dies of a segmentation fault on this one, whatever is asked. */
const crashes = (name: string): boolean =>
  name === 'mediabunny/hevc.ts' && binaries.ffprobe.includes('ffprobe-installer')

const shared = sharedFolder()
describe.skipIf(shared === null)('the shared media', () => {
  const folder = join(shared ?? '', 'media')

  test('each file is in the table', () => {
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => statSync(join(folder, name)).isFile() && !/LICENSE|\.vtt$/.test(name))
      .sort()
    expect(files).toEqual(Object.keys(media).sort())
  })

  test.each(Object.entries(media))('%s', async (name, expected) => {
    const result = await probe(join(folder, name))
    if (crashes(name)) {
      console.warn(`SKIPPED: the facts of ${name}: this ffprobe crashes on it`)
      expect(result).toMatchObject({ ok: false, error: { code: 'decoder-crashed' } })
    } else if (typeof expected === 'string') {
      expect(result).toMatchObject({ ok: false, error: { code: expected } })
    } else expect(result).toMatchObject({ ok: true, value: expected })
  })

  test('a length that no container gives is counted', async () => {
    const film = await factsAt(join(folder, 'moviepy/no_duration.webm'))
    expect(film.duration).toBeGreaterThan(4.8)
    expect(film.duration).toBeLessThan(5.1)
  })

  test('streams of sound and subtitles', async () => {
    const film = await factsAt(join(folder, 'torchcodec/nasa_13013.mp4'))
    expect(
      film.audio.map(({ index, codec, channels, language }) => [index, codec, channels, language]),
    ).toEqual([
      [1, 'aac', 2, 'eng'],
      [4, 'aac', 2, 'eng'],
    ])
    expect(film.subtitles).toEqual([
      { index: 2, codec: 'mov_text', language: 'eng', title: null, isText: true },
      { index: 5, codec: 'mov_text', language: 'eng', title: null, isText: true },
    ])
  })
})

test('own chapters and subtitles of a Matroska film that starts late', async () => {
  const folder = scratchFolder()
  const path = join(folder, 'film.mkv')
  writeFileSync(join(folder, 'en.srt'), '1\n00:00:01,000 --> 00:00:02,000\nHello\n')
  const chapters = ['CHAPTER', 'TIMEBASE=1/1000', 'START=0', 'END=2000', 'title=  First = one ', '[CHAPTER]']
  const more = ['TIMEBASE=1/1000', 'START=2000', 'END=4000']
  writeFileSync(
    join(folder, 'meta.txt'),
    [';FFMETADATA1', '[CHAPTER]', ...chapters.slice(1), ...more, ''].join('\n'),
  )
  make(
    ...[...picture(4), '-i', join(folder, 'en.srt'), '-i', join(folder, 'meta.txt')],
    ...[
      '-map',
      '0:v',
      '-map',
      '1',
      '-map_metadata',
      '2',
      '-map_chapters',
      '2',
      '-c:v',
      'mpeg4',
      '-c:s',
      'srt',
    ],
    ...['-metadata:s:s:0', 'language=ger', '-metadata:s:s:0', 'title=Deutsch', path],
  )
  const film = await factsAt(path)
  expect(film.duration).toBeCloseTo(4, 1)
  expect(film.chapters).toEqual([
    { start: 0, end: 2, title: 'First = one' },
    { start: 2, end: film.duration, title: '' },
  ])
  expect(film.subtitles).toEqual([
    { index: 1, codec: 'subrip', language: 'ger', title: 'Deutsch', isText: true },
  ])
})

test('cover art before the film is not the film', async () => {
  const folder = scratchFolder()
  make(...picture(1, '400x300'), '-frames:v', '1', join(folder, 'cover.jpg'))
  make(...picture(2), '-c:v', 'mpeg4', join(folder, 'film.mp4'))
  const path = join(folder, 'covered.mp4')
  make(
    ...[
      '-i',
      join(folder, 'cover.jpg'),
      '-i',
      join(folder, 'film.mp4'),
      '-map',
      '0',
      '-map',
      '1',
      '-c',
      'copy',
    ],
    ...['-disposition:v:0', 'attached_pic', path],
  )
  expect(await factsAt(path)).toMatchObject({ codec: 'mpeg4', width: 64, height: 48, duration: 2 })
})

test('interlaced, anamorphic, with a date', async () => {
  const path = join(scratchFolder(), 'film.mpg')
  make(
    ...picture(2, '720x576'),
    '-c:v',
    'mpeg2video',
    '-flags',
    '+ildct+ilme',
    '-top',
    '1',
    '-aspect',
    '16:9',
    path,
  )
  expect(await factsAt(path)).toMatchObject({
    interlaced: true,
    width: 1024,
    height: 576,
    codedWidth: 720,
    container: 'mpeg',
  })
  const dated = join(scratchFolder(), 'film.mov')
  make(...picture(1), '-c:v', 'mpeg4', '-metadata', 'creation_time=2021-05-06T07:08:09Z', dated)
  expect(await factsAt(dated)).toMatchObject({ recordedAt: '2021-05-06T07:08:09Z', container: 'mov' })
})

test('one frame is a film', async () => {
  const path = join(scratchFolder(), 'frame.mkv')
  make(...picture(1), '-frames:v', '1', '-c:v', 'mpeg4', path)
  const { duration } = await factsAt(path)
  expect(duration).toBeGreaterThanOrEqual(0)
  expect(duration).toBeLessThan(0.2)
})

test('any name, UTF-8 or not', async () => {
  const folder = scratchFolder()
  const plain = join(folder, 'film.mkv')
  make(...picture(1), '-c:v', 'mpeg4', plain)
  for (const name of [
    '-dash.mkv',
    `it's "a" film: 100%d é🎬.mkv`,
    'new\nline.mkv',
    'http:x.mkv',
    '%03d.mkv',
  ]) {
    renameSync(plain, join(folder, name))
    expect(await factsAt(join(folder, name))).toMatchObject({ codec: 'mpeg4' })
    renameSync(join(folder, name), plain)
  }
  const bytes = Buffer.concat([Buffer.from(join(folder, 'bad')), Buffer.from([0xff]), Buffer.from('.mkv')])
  renameSync(plain, bytes)
  expect(await probe({ path: bytes.toString(), bytes })).toMatchObject({
    ok: true,
    value: { codec: 'mpeg4' },
  })
})

test('what cannot be probed has its code', async () => {
  const folder = scratchFolder()
  const path = (name: string): string => join(folder, name)
  make(...picture(2), '-c:v', 'mpeg4', path('film.mp4'))
  const film = readFileSync(path('film.mp4'))
  writeFileSync(path('cut.mp4'), film.subarray(0, film.length / 2))
  writeFileSync(path('text.mp4'), 'This is not a film.\n')
  writeFileSync(path('playlist.mp4'), `#EXTM3U\n#EXTINF:2,\n${path('film.mp4')}\n`)
  writeFileSync(path('noise.avi'), Buffer.alloc(50_000, 'noise'))
  make(...picture(1), '-c:v', 'mpeg4', '-tag:v', 'FMP4', path('known.avi'))
  const known = readFileSync(path('known.avi'), 'latin1')
  writeFileSync(path('unknown.avi'), Buffer.from(known.replaceAll('FMP4', 'ZZZ9'), 'latin1'))
  make(...picture(1), '-frames:v', '1', '-f', 'mjpeg', path('photo.mp4'))
  expect(await code(path('film.mp4'))).toBe('ok')
  expect(await code(path('cut.mp4'))).toBe('truncated')
  expect(await code(path('text.mp4'))).toBe('not-a-video')
  expect(await code(path('playlist.mp4'))).toBe('not-a-video')
  expect(await code(path('noise.avi'))).toBe('not-a-video')
  expect(await code(path('photo.mp4'))).toBe('not-a-video')
  expect(await code(path('unknown.avi'))).toBe('unsupported-codec')
  expect(await code(path('missing.mp4'))).toBe('missing-file')
  expect(await code(folder)).toBe('unreadable-file')
  expect(await probe(path('film.mp4'), AbortSignal.abort())).toMatchObject({
    ok: false,
    error: { code: 'cancelled' },
  })
})
