import { nearestWord } from './edit-distance.ts'
import { readDate, readDateSpan } from './query-date-reader.ts'
import type { DateSpan, QueryDate } from './query-dates.ts'
import type { FilterName } from './query-filter-names.ts'
import type { Misread } from './query-misread.ts'
import {
  readComparison,
  readDuration,
  readFileSize,
  readPictureSize,
  type Comparison,
} from './query-values.ts'

/** What a filter compares with: seconds (longer, shorter), pixels of the short side (res), bytes (size), stars, words. */
export type FilterValue =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'number'; readonly number: number }
  | { readonly kind: 'date'; readonly date: QueryDate }
  | { readonly kind: 'dates'; readonly span: DateSpan }

/** What is known before the place in the query is: `readFilter`'s answer. */
export type ReadFilter = {
  readonly name: FilterName
  readonly operator: Comparison
  readonly value: FilterValue
}

type Reader = (written: string, operator: Comparison | null) => Omit<ReadFilter, 'name'> | Misread

const text: Reader = (written) => ({ operator: '=', value: { kind: 'text', text: written } })
const number = (value: number, operator: Comparison): Omit<ReadFilter, 'name'> => ({
  operator,
  value: { kind: 'number', number: value },
})

/** A word of a closed list, also in other people's spelling. */
const oneOf =
  (words: readonly string[], also: Readonly<Record<string, string>>): Reader =>
  (written) => {
    const word = written.normalize('NFC').toLowerCase()
    const known = words.includes(word) ? word : Object.hasOwn(also, word) ? also[word] : undefined
    if (known) return { operator: '=', value: { kind: 'text', text: known } }
    const near = nearestWord(word, [...words, ...Object.keys(also)])
    return {
      message: `“${written}” is not one of ${words.join(', ')}`,
      suggestion: near === null ? '' : words.includes(near) ? near : (also[near] ?? ''),
    }
  }

/** For filters whose name says the direction: a sign that agrees is ignored, one that contradicts is an error. */
const directed =
  (fixed: Comparison, read: (written: string) => FilterValue | Misread): Reader =>
  (written, operator) => {
    const value = read(written)
    if ('message' in value) return value
    if (operator && !operator.startsWith(fixed.charAt(0))) {
      return { message: `The name already says which way; write the value alone`, suggestion: written }
    }
    return { operator: fixed, value }
  }

const seconds =
  (sign: '>' | '<') =>
  (written: string): FilterValue | Misread => {
    const read = readDuration(written)
    if (typeof read === 'number') return { kind: 'number', number: read }
    return typeof readFileSize(written) === 'number'
      ? { message: `“${written}” is a file size`, suggestion: `${sign}${written}`, name: 'size' }
      : read
  }

const date = (written: string): FilterValue | Misread => {
  const read = readDate(written)
  if (!('message' in read)) return { kind: 'date', date: read }
  return 'message' in readDateSpan(written)
    ? read
    : { message: `“${written}” is a span of dates`, suggestion: written, name: 'on' }
}

const dates: Reader = (written, operator) => {
  const span = readDateSpan(written)
  if ('message' in span) return span
  if (operator === null || operator === '=') return { operator: '=', value: { kind: 'dates', span } }
  return {
    message: '“on:” is a day, a month, a year or a span',
    suggestion: written,
    name: operator.startsWith('>') ? 'after' : 'before',
  }
}

const resolution: Reader = (written, operator) => {
  const size = readPictureSize(written)
  if ('message' in size) return size
  return number(size.pixels, operator ?? (size.named ? '>=' : '='))
}

/** Heights that pictures have: behind `size:` such a number is no number of megabytes. */
const heights = /^(240|360|480|540|576|720|1080|1440|2160|4320)$/

/** A size alone means "at least so large", as it does where people search their mail; nobody knows a film's every byte. */
const fileSize: Reader = (written, operator) => {
  const picture = readPictureSize(written)
  if (heights.test(written) || (!('message' in picture) && /\D/.test(written)))
    return { message: `“${written}” is a picture size`, suggestion: written, name: 'res' }
  const bytes = readFileSize(written)
  if (typeof bytes === 'number') return number(bytes, operator ?? '>=')
  return { ...bytes, suggestion: bytes.suggestion === '' ? '' : `${operator ?? ''}${bytes.suggestion}` }
}

const stars: Reader = (written, operator) => {
  if (/^[0-5]$/.test(written)) return number(Number(written), operator ?? '=')
  if (/^(\*{1,5}|★{1,5})$/.test(written)) return number(written.length, operator ?? '=')
  return { message: 'A rating is a number from 0 to 5', suggestion: /^\d+$/.test(written) ? '5' : '' }
}

/** ffprobe's codec names by what people call them; other names go through as written. */
const codecs: Readonly<Record<string, string>> = {
  ...{ h265: 'hevc', 'h.265': 'hevc', x265: 'hevc' },
  ...{ avc: 'h264', 'h.264': 'h264', x264: 'h264', avc1: 'h264' },
  ...{ mpeg2: 'mpeg2video', 'mpeg-2': 'mpeg2video', mpeg1: 'mpeg1video' },
  ...{ divx: 'mpeg4', xvid: 'mpeg4', h266: 'vvc' },
}

const codec: Reader = (written) => {
  const word = written.toLowerCase()
  const known = Object.hasOwn(codecs, word) ? codecs[word] : undefined
  return { operator: '=', value: { kind: 'text', text: known ?? word } }
}

/** The words that `is:` and `has:` know. */
export const closedValues = {
  is: ['portrait', 'landscape', 'square', 'online', 'offline', 'hdr'],
  has: ['subtitles', 'audio', 'chapters'],
} as const

/** `after:X` begins with X, `before:X` ends where X begins: both together cut a span without gap or overlap. */
const readers: Readonly<Record<FilterName, Reader>> = {
  in: text,
  name: text,
  tag: text,
  longer: directed('>', seconds('>')),
  shorter: directed('<', seconds('<')),
  after: directed('>=', date),
  before: directed('<', date),
  on: dates,
  res: resolution,
  size: fileSize,
  rating: stars,
  codec,
  is: oneOf(closedValues.is, {
    ...{ vertical: 'portrait', upright: 'portrait', hochformat: 'portrait', hochkant: 'portrait' },
    ...{ horizontal: 'landscape', wide: 'landscape', querformat: 'landscape', quer: 'landscape' },
    quadratisch: 'square',
  }),
  has: oneOf(closedValues.has, {
    ...{ subtitle: 'subtitles', subs: 'subtitles', untertitel: 'subtitles' },
    ...{ sound: 'audio', ton: 'audio', chapter: 'chapters', kapitel: 'chapters' },
  }),
}

/** Reads what stands behind the colon of the filter `name`; the misreading's suggestion is of the value alone. */
export const readFilter = (name: FilterName, written: string): ReadFilter | Misread => {
  // A tag may be called "<3", a file "c++".
  const words = readers[name] === text
  const { operator, rest } = words ? { operator: null, rest: written.trim() } : readComparison(written.trim())
  if (rest === '') return { message: `“${name}:” needs a value right behind it`, suggestion: '' }
  const read = readers[name](rest, operator)
  return 'message' in read ? read : { name, ...read }
}
