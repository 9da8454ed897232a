import { describe, expect, it } from 'vitest'
import { answerBytes, parseRange } from '../../src-main/domain/byte-range.ts'
import { filmType } from '../../src-main/domain/film-type.ts'

const tag = '"abc"'
const ask = (
  size: number,
  request: { range?: string; ifRange?: string; ifNoneMatch?: string },
): ReturnType<typeof answerBytes> =>
  answerBytes(
    {
      range: request.range ?? null,
      ifRange: request.ifRange ?? null,
      ifNoneMatch: request.ifNoneMatch ?? null,
    },
    size,
    tag,
  )

describe('a Range header', () => {
  it.each([
    ['bytes=0-', { start: 0, end: 999 }],
    ['bytes=0-0', { start: 0, end: 0 }],
    ['bytes=0-99', { start: 0, end: 99 }],
    ['bytes=999-', { start: 999, end: 999 }],
    ['bytes=500-5000', { start: 500, end: 999 }],
    ['bytes=0-99999999999999999999999', { start: 0, end: 999 }],
    ['bytes=-1', { start: 999, end: 999 }],
    ['bytes=-1000', { start: 0, end: 999 }],
    ['bytes=-99999999999999999999999', { start: 0, end: 999 }],
    ['Bytes=5-6', { start: 5, end: 6 }],
    ['bytes= 5-6 ', { start: 5, end: 6 }],
  ])('%s asks for these bytes of 1000', (header, span) => expect(parseRange(header, 1000)).toEqual(span))

  it.each(['bytes=0-1,5-6', 'bytes=0-0, -1', 'items=0-5', 'seconds=1-2', 'nonsense', ''])(
    '%s is answered with the whole',
    (header) => expect(parseRange(header, 1000)).toBe('whole'),
  )

  it.each([
    ...['bytes=abc', 'bytes=', 'bytes=-', 'bytes=--1', 'bytes=5-2', 'bytes=-0', 'bytes=1000-', 'bytes=+1-2'],
    ...[
      'bytes=99999999999999999999999-',
      'bytes=0x0-0x5',
      'bytes=1.5-2',
      'bytes=0-1,',
      'bytes=0-1,x',
      'bytes=0=1',
    ],
  ])('%s is refused', (header) => expect(parseRange(header, 1000)).toBe('refused'))

  it('of an empty file is always refused', () => {
    for (const header of ['bytes=0-', 'bytes=-5', 'bytes=0-0']) expect(parseRange(header, 0)).toBe('refused')
  })

  it('agrees with slicing, for every start and end of a small file', () => {
    const file = Buffer.from('0123456789')
    for (let start = 0; start < file.length; start += 1) {
      for (let end = start; end < 14; end += 1) {
        const span = parseRange(`bytes=${start}-${end}`, file.length)
        if (typeof span === 'string') throw new Error(span)
        expect(file.subarray(span.start, span.end + 1)).toEqual(file.subarray(start, end + 1))
      }
      const suffix = parseRange(`bytes=-${start + 1}`, file.length)
      if (typeof suffix === 'string') throw new Error(suffix)
      expect(file.subarray(suffix.start, suffix.end + 1)).toEqual(file.subarray(-(start + 1)))
    }
  })
})

describe('the answer', () => {
  it('is 200 with the whole unless a range was asked for', () => {
    expect(ask(1000, {})).toEqual({
      status: 200,
      headers: { 'accept-ranges': 'bytes', etag: tag, 'content-length': '1000' },
      span: { start: 0, end: 999 },
    })
    expect(ask(0, {})).toMatchObject({ status: 200, headers: { 'content-length': '0' }, span: null })
  })

  it('is 206 with exact headers', () => {
    expect(ask(1000, { range: 'bytes=100-199' })).toEqual({
      status: 206,
      headers: {
        'accept-ranges': 'bytes',
        etag: tag,
        'content-length': '100',
        'content-range': 'bytes 100-199/1000',
      },
      span: { start: 100, end: 199 },
    })
  })

  it('is 416 with the size', () => {
    const answer = ask(1000, { range: 'bytes=1000-' })
    expect(answer).toMatchObject({ status: 416, headers: { 'content-range': 'bytes */1000' }, span: null })
  })

  it('keeps to If-Range and If-None-Match', () => {
    expect(ask(1000, { range: 'bytes=0-9', ifRange: tag }).status).toBe(206)
    expect(ask(1000, { range: 'bytes=0-9', ifRange: '"old"' }).status).toBe(200)
    expect(ask(1000, { range: 'bytes=0-9', ifRange: `W/${tag}` }).status).toBe(200)
    expect(ask(1000, { range: 'bytes=0-9', ifRange: 'Wed, 21 Oct 2015 07:28:00 GMT' }).status).toBe(200)
    expect(ask(1000, { ifNoneMatch: tag })).toMatchObject({ status: 304, span: null })
    expect(ask(1000, { ifNoneMatch: `"x", W/${tag}` }).status).toBe(304)
    expect(ask(1000, { ifNoneMatch: '"x"' }).status).toBe(200)
  })
})

describe('the type of a film', () => {
  it('is what Chromium plays it under, and the truth for the rest', () => {
    expect(filmType('mp4', '/a.mp4')).toBe('video/mp4')
    expect(filmType('mov', '/a.MOV')).toBe('video/mp4')
    expect(filmType('matroska', '/a.mkv')).toBe('video/x-matroska')
    expect(filmType('matroska', '/a.WebM')).toBe('video/webm')
    expect(filmType('constructor', '/a')).toBe('application/octet-stream')
  })
})
