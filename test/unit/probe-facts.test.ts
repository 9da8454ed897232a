import { expect, test } from 'vitest'
import { countedDuration } from '../../src-main/domain/packet-count.ts'
import { factsOf, parseProbe } from '../../src-main/domain/probe-facts.ts'
import { expectOk, type Result } from '../../src-preload/contract/result.ts'
import type { VideoFacts } from '../../src-preload/contract/video-facts.ts'

const now = Date.UTC(2026, 10, 20) / 1000

type Json = Readonly<Record<string, unknown>>

/** An answer as ffprobe gives it: one H.264 stream, changed by `stream`, with `others` beside it. */
const answer = (
  stream: Json = {},
  format: Json = {},
  others: readonly Json[] = [],
  more: Json = {},
): unknown => ({
  streams: [
    {
      ...{ index: 0, codec_name: 'h264', profile: 'High', codec_type: 'video', codec_tag_string: 'avc1' },
      ...{
        width: 1920,
        height: 1080,
        pix_fmt: 'yuv420p',
        field_order: 'progressive',
        bits_per_raw_sample: '8',
      },
      ...{ r_frame_rate: '25/1', avg_frame_rate: '25/1', start_time: '0.000000', duration: '10.000000' },
      ...{ disposition: { default: 1, attached_pic: 0 }, tags: { language: 'und' } },
      ...stream,
    },
    ...others,
  ],
  format: {
    ...{
      format_name: 'mov,mp4,m4a,3gp,3g2,mj2',
      start_time: '0.000000',
      duration: '10.000000',
      bit_rate: '1000',
    },
    ...format,
  },
  chapters: [],
  ...more,
})

const probed = (json: unknown): Result<VideoFacts> => factsOf(expectOk(parseProbe(json), 'an answer'), now)
const facts = (...parts: Parameters<typeof answer>): VideoFacts =>
  expectOk(probed(answer(...parts)), 'a film')
const code = (json: unknown): string => {
  const result = probed(json)
  return result.ok ? 'ok' : result.error.code
}
const matrix = (a: number, b: number, c: number, d: number, rotation: number): Json => ({
  side_data_list: [
    {
      side_data_type: 'Display Matrix',
      displaymatrix: `\n00000000: ${a} ${b} 0\n00000001: ${c} ${d} 0\n00000002: 0 0 1073741824\n`,
      rotation,
    },
  ],
})

test('a plain film', () => {
  expect(facts()).toEqual({
    ...{ duration: 10, startTime: 0, streamIndex: 0, container: 'mp4', codec: 'h264', profile: 'High' },
    ...{
      pixelFormat: 'yuv420p',
      bitDepth: 8,
      width: 1920,
      height: 1080,
      codedWidth: 1920,
      codedHeight: 1080,
    },
    ...{ rotation: 0, sampleAspect: 1, frameRate: 25, hdr: null, interlaced: false, bitRate: 1000 },
    ...{ recordedAt: null, audio: [], subtitles: [], chapters: [] },
  })
})

test.each([
  ['display matrix, clockwise', matrix(0, 65536, -65536, 0, -90), 90],
  ['display matrix, counter-clockwise', matrix(0, -65536, 65536, 0, 90), 270],
  ['upside down', matrix(-65536, 0, 0, -65536, 180), 180],
  ['upside down, as newer ffprobes say it', matrix(-65536, 0, 0, -65536, -180), 180],
  ['mirrored is not turned', matrix(-65536, 0, 0, 65536, 180), 0],
  ['the tag of old ffprobes', { tags: { rotate: '90' } }, 90],
  ['both', { ...matrix(0, 65536, -65536, 0, -90), tags: { rotate: '90' } }, 90],
  ['without the matrix as text', { side_data_list: [{ rotation: -270 }] }, 270],
  ['another side data first', { side_data_list: [{ side_data_type: 'ICC Profile' }, { rotation: -90 }] }, 90],
])('rotation: %s', (_name, stream, rotation) => {
  const film = facts(stream)
  expect(film.rotation).toBe(rotation)
  expect([film.width, film.height]).toEqual(rotation % 180 === 0 ? [1920, 1080] : [1080, 1920])
})

test('anamorphic: shown wider, and turned after that', () => {
  expect(facts({ width: 720, height: 576, sample_aspect_ratio: '64:45' })).toMatchObject({
    ...{ width: 1024, height: 576, codedWidth: 720, codedHeight: 576 },
  })
  expect(facts({ sample_aspect_ratio: '0:1' }).sampleAspect).toBe(1)
  expect(
    facts({ width: 100, height: 50, sample_aspect_ratio: '2:1', ...matrix(0, 65536, -65536, 0, -90) }),
  ).toMatchObject({
    ...{ width: 50, height: 200 },
  })
})

test.each([
  ['yuv420p', '8', 8],
  ['yuv420p10le', undefined, 10],
  ['p010le', undefined, 10],
  ['yuv422p12be', '12', 12],
  ['gbrp16le', undefined, 16],
  ['rgb48le', undefined, 16],
  ['x2rgb10le', undefined, 10],
  ['gray10le', undefined, 10],
  ['bgr0', undefined, 8],
  ['nv12', undefined, 8],
  [undefined, '10', 10],
])('bits of %s', (pix_fmt, bits_per_raw_sample, bits) =>
  expect(facts({ pix_fmt, bits_per_raw_sample }).bitDepth).toBe(bits),
)

test('HDR, interlacing, frame rate', () => {
  expect(facts({ color_transfer: 'smpte2084' }).hdr).toBe('pq')
  expect(facts({ color_transfer: 'arib-std-b67' }).hdr).toBe('hlg')
  expect(facts({ side_data_list: [{ side_data_type: 'DOVI configuration record' }] }).hdr).toBe('pq')
  expect(facts({ field_order: 'tt' }).interlaced).toBe(true)
  expect(facts({ avg_frame_rate: '30000/1001' }).frameRate).toBeCloseTo(29.97, 2)
  expect(facts({ avg_frame_rate: '0/0' }).frameRate).toBeNull()
})

test('cover art is never the film, and the film may come second', () => {
  const cover = { ...{ index: 1, codec_type: 'video', codec_name: 'mjpeg', width: 4000, height: 4000 } }
  expect(facts({}, {}, [{ ...cover, disposition: { default: 1, attached_pic: 1 } }]).streamIndex).toBe(0)
  expect(
    facts({ disposition: { attached_pic: 1 } }, {}, [{ ...cover, codec_name: 'hevc' }]).streamIndex,
  ).toBe(1)
  expect(
    facts({ disposition: { default: 0 } }, {}, [{ ...cover, disposition: { default: 1 } }]).streamIndex,
  ).toBe(1)
  expect(facts({}, {}, [{ ...cover, disposition: { default: 1 } }]).streamIndex).toBe(1)
  expect(facts({ codec_name: undefined }, {}, [{ ...cover, disposition: {} }]).streamIndex).toBe(1)
})

test('length and start: by picture and sound, from the own zero', () => {
  const late = { start_time: '8.333008', duration: '0.400000' }
  expect(facts(late, { start_time: '8.333008', duration: '8.734000' })).toMatchObject({
    startTime: 8.333008,
    duration: 0.4,
  })
  const sound = {
    index: 1,
    codec_type: 'audio',
    codec_name: 'aac',
    channels: 2,
    start_time: '0.0',
    duration: '10.5',
  }
  expect(facts({}, {}, [sound]).duration).toBe(10.5)
  const text = {
    index: 1,
    codec_type: 'subtitle',
    codec_name: 'mov_text',
    start_time: '0.0',
    duration: '99.0',
  }
  expect(facts({}, { duration: '99.0' }, [text]).duration).toBe(10)
  const matroska = { format_name: 'matroska,webm', start_time: '2.000000', duration: '12.000000' }
  expect(facts({ duration: undefined }, { ...matroska, tags: { ENCODER: 'Lavf58.29.100' } }).duration).toBe(
    10,
  )
  expect(facts({ duration: undefined }, matroska).duration).toBe(12)
  expect(facts({ duration: 'N/A' }, { duration: undefined }).duration).toBe(0)
})

test('a counted length takes the place of one that is missing', () => {
  const parsed = expectOk(parseProbe(answer({ duration: undefined }, { duration: undefined })), 'an answer')
  expect(expectOk(factsOf(parsed, now, 4.5), 'a film').duration).toBe(4.5)
  expect(countedDuration('0.000000,0.040000\n0.080000,0.040000\n0.040000,N/A\n', 0, 25)).toBeCloseTo(0.12)
  expect(countedDuration('5.000000,0.500000\r\n', 5, null)).toBeCloseTo(0.5)
  expect(countedDuration('N/A,N/A\nN/A,N/A\n', 0, 25)).toBeCloseTo(0.08)
  expect(countedDuration('', 0, null)).toBe(0)
})

test('chapters: from the own zero, within the film, trimmed, nameless ones kept', () => {
  const chapter = (start: number, end: number, title?: string): Json => ({
    ...{ start_time: `${start}`, end_time: `${end}`, tags: title === undefined ? {} : { title } },
  })
  const chapters = [
    chapter(8, 12, ' Two '),
    chapter(2, 8),
    chapter(12, 99, 'Three'),
    chapter(50, 60, 'outside'),
  ]
  const film = facts({ start_time: '2.0' }, { start_time: '2.0' }, [], { chapters })
  expect(film.chapters).toEqual([
    { start: 0, end: 6, title: '' },
    { start: 6, end: 10, title: 'Two' },
  ])
})

test('sound and subtitles, with what is known of them', () => {
  const film = facts({}, {}, [
    { index: 1, codec_type: 'audio', codec_name: 'aac', channels: 6, tags: { language: 'eng' } },
    { index: 2, codec_type: 'subtitle', codec_name: 'subrip', tags: { language: 'ger', title: 'Forced ' } },
    { index: 3, codec_type: 'subtitle', codec_name: 'hdmv_pgs_subtitle', tags: { language: 'und' } },
    { index: 4, codec_type: 'data' },
  ])
  expect(film.audio).toEqual([{ index: 1, codec: 'aac', channels: 6, language: 'eng' }])
  expect(film.subtitles).toEqual([
    { index: 2, codec: 'subrip', language: 'ger', title: 'Forced', isText: true },
    { index: 3, codec: 'hdmv_pgs_subtitle', language: null, title: null, isText: false },
  ])
})

test('what is no film, and why', () => {
  expect(code({ streams: [], format: { format_name: 'mp3' } })).toBe('no-video-stream')
  expect(code(answer({ disposition: { attached_pic: 1 } }))).toBe('no-video-stream')
  expect(code(answer({ codec_name: 'mjpeg' }, { format_name: 'jpeg_pipe' }))).toBe('not-a-video')
  expect(code(answer({}, { format_name: 'hls' }))).toBe('not-a-video')
  expect(code(answer({}, { format_name: 'yuv4mpegpipe' }))).toBe('ok')
  expect(code(answer({ codec_name: undefined }))).toBe('unsupported-codec')
  expect(code(answer({ codec_tag_string: 'encv' }))).toBe('encrypted')
  const packets = [{ stream_index: 0, side_data_list: [{ side_data_type: 'Encryption info' }] }]
  expect(code(answer({}, {}, [], { packets }))).toBe('encrypted')
  expect(code(answer({}, {}, [], { packets: [{ ...packets[0], stream_index: 1 }] }))).toBe('ok')
  expect(code(answer({ width: 0 }))).toBe('damaged')
})

test('an answer that is none is refused, one with odd fields is not', () => {
  expect(parseProbe(undefined)).toMatchObject({ ok: false, error: { code: 'ffmpeg-failed' } })
  expect(parseProbe({})).toMatchObject({ ok: false, error: { code: 'ffmpeg-failed' } })
  expect(facts({ tags: 7, disposition: 'x', side_data_list: {}, start_time: [] }).codec).toBe('h264')
})
