/** What a request says about the bytes it wants: the headers' values as they came, null where absent. */
export type ByteRequest = {
  readonly range: string | null
  readonly ifRange: string | null
  readonly ifNoneMatch: string | null
}

/** Bytes of a file, both ends included. */
export type ByteSpan = { readonly start: number; readonly end: number }

/** How to answer: the status, the headers that tell the range, and the bytes to send (null: none). */
export type ByteAnswer = {
  readonly status: 200 | 206 | 304 | 416
  readonly headers: Readonly<Record<string, string>>
  readonly span: ByteSpan | null
}

/**
 * The span that a `Range` header asks for of `size` bytes. 'whole' without a range, for units other than bytes and
 * for several ranges (a server may answer them so: RFC 9110, 14.2); 'refused' where it is malformed or begins
 * behind the end.
 */
export const parseRange = (header: string | null, size: number): ByteSpan | 'whole' | 'refused' => {
  if (header === null) return 'whole'
  const [unit = '', ...rest] = header.split('=')
  if (unit.trim().toLowerCase() !== 'bytes') return 'whole'
  const ranges = rest
    .join('=')
    .split(',')
    .map((range) => /^\s*(\d*)-(\d*)\s*$/.exec(range))
  if (ranges.some((range) => range === null || (range[1] === '' && range[2] === ''))) return 'refused'
  if (ranges.length > 1) return 'whole'
  const [, first = '', last = ''] = ranges[0] ?? []
  if (first === '') {
    const length = Math.min(Number(last), size)
    return length === 0 ? 'refused' : { start: size - length, end: size - 1 }
  }
  const start = Number(first)
  const end = last === '' ? size - 1 : Math.min(Number(last), size - 1)
  // `5-2` is malformed, `900-` of 800 bytes cannot be satisfied: both begin behind their end.
  return start > end ? 'refused' : { start, end }
}

/**
 * The answer for a file of `size` bytes whose content the strong entity tag `tag` (with its quotes) names. 206 only
 * where a range was asked for: Chromium refuses others (anchors.md 2.7).
 */
export const answerBytes = (request: ByteRequest, size: number, tag: string): ByteAnswer => {
  const common = { 'accept-ranges': 'bytes', etag: tag }
  const known = request.ifNoneMatch?.split(',').map((entry) => entry.trim().replace(/^W\//, '')) ?? []
  if (known.includes(tag) || known.includes('*')) return { status: 304, headers: common, span: null }
  // A range of another state of the file is of no use to whoever asks: it gets the whole.
  const isSameFile = request.ifRange === null || request.ifRange.trim() === tag
  const range = isSameFile ? parseRange(request.range, size) : 'whole'
  if (range === 'refused') {
    return {
      status: 416,
      headers: { ...common, 'content-range': `bytes */${size}`, 'content-length': '0' },
      span: null,
    }
  }
  if (range === 'whole') {
    const span = size === 0 ? null : { start: 0, end: size - 1 }
    return { status: 200, headers: { ...common, 'content-length': String(size) }, span }
  }
  return {
    status: 206,
    headers: {
      ...common,
      'content-length': String(range.end - range.start + 1),
      'content-range': `bytes ${range.start}-${range.end}/${size}`,
    },
    span: range,
  }
}
