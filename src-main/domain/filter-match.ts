import { instantOf, startOfDate } from './query-dates.ts'
import type { ReadFilter } from './query-filters.ts'
import { compares } from './query-values.ts'

/** What filters can ask of a film. Seconds and pixels as shown; 0 or null: not known. */
export type FilterableVideo = {
  readonly path: string
  /** Its other places, as folder paths; `in:` looks there too. */
  readonly folders: readonly string[]
  readonly duration: number
  readonly width: number
  readonly height: number
  readonly codec: string
  readonly hdr: boolean
  /** ISO 8601. */
  readonly created: string | null
  readonly online: boolean
  readonly hasAudio: boolean
  readonly hasSubtitles: boolean
  readonly hasChapters: boolean
  readonly tags: readonly string[]
  /** 0..5; null where nobody rated it, which counts as 0. */
  readonly rating: number | null
}

const folded = (text: string): string => text.normalize('NFC').toLowerCase()
const segments = (path: string): readonly string[] =>
  folded(path)
    .split(/[\\/]+/)
    .filter((part) => part !== '')
const letter = /[\p{L}\p{N}]/u

/** True where `name` is `wanted`, or holds it as whole words: `in:2023` finds "Holidays 2023", not "20230". */
const holdsWords = (name: string, wanted: string): boolean => {
  for (let at = name.indexOf(wanted); at >= 0; at = name.indexOf(wanted, at + 1)) {
    const before = /.$/u.exec(name.slice(0, at))?.[0] ?? ''
    const after = /^./u.exec(name.slice(at + wanted.length))?.[0] ?? ''
    if (!letter.test(before) && !letter.test(after)) return true
  }
  return false
}

/** True where some folders in a row of `path` answer to the folders of `wanted`. */
const liesIn = (path: readonly string[], wanted: readonly string[]): boolean =>
  wanted.length > 0 && path.some((_, at) => wanted.every((part, i) => holdsWords(path[at + i] ?? '', part)))

const isFlag = (flag: string, video: FilterableVideo): boolean => {
  const known = video.width > 0 && video.height > 0
  switch (flag) {
    case 'portrait':
      return known && video.height > video.width
    case 'landscape':
      return known && video.width > video.height
    case 'square':
      return known && video.width === video.height
    case 'offline':
      return !video.online
    case 'online':
      return video.online
    case 'hdr':
      return video.hdr
    case 'subtitles':
      return video.hasSubtitles
    case 'audio':
      return video.hasAudio
    case 'chapters':
      return video.hasChapters
    default:
      return false
  }
}

const textMatches = (name: ReadFilter['name'], text: string, video: FilterableVideo): boolean => {
  switch (name) {
    case 'in': {
      const places = [segments(video.path).slice(0, -1), ...video.folders.map(segments)]
      return places.some((place) => liesIn(place, segments(text)))
    }
    case 'name':
      return (segments(video.path).at(-1) ?? '').includes(folded(text))
    case 'tag':
      return video.tags.some((tag) => folded(tag) === folded(text))
    case 'codec':
      return folded(video.codec) === folded(text)
    case 'is':
    case 'has':
      return isFlag(text, video)
    case 'longer':
    case 'shorter':
    case 'after':
    case 'before':
    case 'res':
    case 'rating':
      return false
  }
}

/** The number of the film that `name` compares; null where it is not known. */
const numberOf = (name: ReadFilter['name'], video: FilterableVideo): number | null => {
  if (name === 'rating') return video.rating ?? 0
  const number = name === 'res' ? Math.min(video.width, video.height) : video.duration
  return number > 0 ? number : null
}

const matches = ({ name, operator, value }: ReadFilter, video: FilterableVideo, now: Date): boolean => {
  switch (value.kind) {
    case 'text':
      return textMatches(name, value.text, video)
    case 'number': {
      const number = numberOf(name, video)
      return number !== null && compares(number, operator, value.number)
    }
    case 'date': {
      const created = video.created === null ? null : instantOf(video.created)
      return created !== null && compares(created.getTime(), operator, startOfDate(value.date, now).getTime())
    }
  }
}

/**
 * True where `video` passes every filter. What is not known of a film passes no filter that asks for it, and every
 * negative one. `now` is what "yesterday" counts from; days begin at midnight of the machine's zone.
 */
export const matchesFilters = (
  filters: readonly (ReadFilter & { readonly negative: boolean })[],
  video: FilterableVideo,
  now: Date,
): boolean => filters.every((filter) => matches(filter, video, now) !== filter.negative)
