import { nearestWord } from './edit-distance.ts'
import { readDate, type Misread, type QueryDate } from './query-dates.ts'
import { readComparison, readDuration, readPictureSize, type Comparison } from './query-values.ts'

/** What a filter compares with: seconds (longer, shorter), pixels of the short side (res), stars (rating), words. */
export type FilterValue =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'number'; readonly number: number }
  | { readonly kind: 'date'; readonly date: QueryDate }

/** What is known before the place in the query is: `readFilter`'s answer. */
export type ReadFilter = {
  readonly name: FilterName
  readonly operator: Comparison
  readonly value: FilterValue
}

type Reader = (written: string, operator: Comparison | null) => Omit<ReadFilter, 'name'> | Misread

const text: Reader = (written) => ({ operator: '=', value: { kind: 'text', text: written } })

/** A word of a closed list, also in other people's spelling. */
const oneOf =
  (words: readonly string[], also: Readonly<Record<string, string>> = {}): Reader =>
  (written) => {
    const word = written.toLowerCase()
    const known = words.includes(word) ? word : Object.hasOwn(also, word) ? also[word] : undefined
    if (known) return { operator: '=', value: { kind: 'text', text: known } }
    return {
      message: `“${written}” is not one of ${words.join(', ')}`,
      suggestion: nearestWord(word, words) ?? '',
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

const seconds = (written: string): FilterValue | Misread => {
  const read = readDuration(written)
  return typeof read === 'number' ? { kind: 'number', number: read } : read
}
const date = (written: string): FilterValue | Misread => {
  const read = readDate(written)
  return 'message' in read ? read : { kind: 'date', date: read }
}

const resolution: Reader = (written, operator) => {
  const size = readPictureSize(written)
  if ('message' in size) return size
  return { operator: operator ?? (size.named ? '>=' : '='), value: { kind: 'number', number: size.pixels } }
}

const stars: Reader = (written, operator) => {
  if (/^[0-5]$/.test(written))
    return { operator: operator ?? '=', value: { kind: 'number', number: Number(written) } }
  return { message: 'A rating is a number from 0 to 5', suggestion: /^\d+$/.test(written) ? '5' : '' }
}

/** ffprobe's codec names by what people call them; other names go through as written. */
const codecs: Readonly<Record<string, string>> = {
  h265: 'hevc',
  'h.265': 'hevc',
  x265: 'hevc',
  avc: 'h264',
  'h.264': 'h264',
  x264: 'h264',
  avc1: 'h264',
  mpeg2: 'mpeg2video',
  'mpeg-2': 'mpeg2video',
  mpeg1: 'mpeg1video',
  divx: 'mpeg4',
  xvid: 'mpeg4',
  vvc: 'vvc',
  h266: 'vvc',
}

const codec: Reader = (written) => {
  const word = written.toLowerCase()
  const known = Object.hasOwn(codecs, word) ? codecs[word] : undefined
  return { operator: '=', value: { kind: 'text', text: known ?? word } }
}

/** `after:X` begins with X, `before:X` ends where X begins: both together cut a span without gap or overlap. */
const readers = {
  in: text,
  name: text,
  tag: text,
  longer: directed('>', seconds),
  shorter: directed('<', seconds),
  after: directed('>=', date),
  before: directed('<', date),
  res: resolution,
  rating: stars,
  codec,
  is: oneOf(['portrait', 'landscape', 'square', 'offline', 'online', 'hdr'], { vertical: 'portrait' }),
  has: oneOf(['subtitles', 'audio', 'chapters'], {
    subtitle: 'subtitles',
    subs: 'subtitles',
    sound: 'audio',
    chapter: 'chapters',
  }),
} as const satisfies Readonly<Record<string, Reader>>

export type FilterName = keyof typeof readers

export const filterNames = Object.keys(readers) as readonly FilterName[]

/** What other programs call ours. */
const synonyms: Readonly<Record<string, FilterName>> = {
  folder: 'in',
  path: 'in',
  dir: 'in',
  from: 'after',
  since: 'after',
  on: 'after',
  until: 'before',
  to: 'before',
  date: 'after',
  year: 'after',
  duration: 'longer',
  length: 'longer',
  min: 'longer',
  max: 'shorter',
  resolution: 'res',
  size: 'res',
  height: 'res',
  quality: 'res',
  title: 'name',
  file: 'name',
  filename: 'name',
  stars: 'rating',
  rated: 'rating',
  label: 'tag',
  person: 'tag',
  keyword: 'tag',
  format: 'codec',
  orientation: 'is',
  type: 'is',
  with: 'has',
}

/** Short synonyms resemble too many words. */
const guessable: readonly string[] = [
  ...filterNames,
  ...Object.keys(synonyms).filter((name) => name.length > 4),
]

export const isFilterName = (name: string): name is FilterName => Object.hasOwn(readers, name)

/** The filter that `name` probably means, or null. */
export const suggestFilter = (name: string): FilterName | null => {
  const near = Object.hasOwn(synonyms, name) ? name : nearestWord(name, guessable)
  if (near === null) return null
  return isFilterName(near) ? near : (synonyms[near] ?? null)
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
