import { filterGroups, type SignedFilter } from './filter-groups.ts'
import { foldedName, holdsPieces, liesIn, namePieces, pathNames } from './folder-match.ts'
import { nameKey } from './name-key.ts'
import { instantOf, startOfDate, stretchOfSpan } from './query-dates.ts'
import type { ReadFilter } from './query-filters.ts'
import { compares } from './query-values.ts'

/** What filters can ask of a film. Seconds and pixels as shown; 0 or null: not known. */
export type FilterableVideo = {
  /** Every place where it lies: `in:` and `name:` look at all of them. */
  readonly paths: readonly string[]
  readonly duration: number
  /** Bytes. */
  readonly size: number
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
  /** Of the film and of stretches of it. */
  readonly tags: readonly string[]
  /** 0..5; null where nobody rated it, which counts as 0. */
  readonly rating: number | null
}

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
    case 'in':
      return video.paths.some((path) => liesIn(pathNames(path).slice(0, -1), pathNames(text)))
    case 'name':
      return video.paths.some((path) => holdsPieces(pathNames(path).at(-1) ?? '', namePieces(text)))
    case 'tag':
      return video.tags.some((tag) => nameKey(tag) === nameKey(text))
    case 'codec':
      return foldedName(video.codec) === foldedName(text)
    case 'is':
    case 'has':
      return isFlag(text, video)
    case 'longer':
    case 'shorter':
    case 'after':
    case 'before':
    case 'on':
    case 'res':
    case 'size':
    case 'rating':
      return false
  }
}

/** The number of the film that `name` compares; null where it is not known. */
const numberOf = (name: ReadFilter['name'], video: FilterableVideo): number | null => {
  switch (name) {
    case 'rating':
      return video.rating ?? 0
    case 'size':
      return video.size
    case 'res':
      return Math.min(video.width, video.height) || null
    default:
      return video.duration || null
  }
}

const matches = ({ name, operator, value }: ReadFilter, video: FilterableVideo, now: Date): boolean => {
  const created = video.created === null ? null : instantOf(video.created)
  switch (value.kind) {
    case 'text':
      return textMatches(name, value.text, video)
    case 'number': {
      const number = numberOf(name, video)
      return number !== null && compares(number, operator, value.number)
    }
    case 'date':
      return created !== null && compares(created.getTime(), operator, startOfDate(value.date, now).getTime())
    case 'dates': {
      const { start, end } = stretchOfSpan(value.span, now)
      return created !== null && (start === null || created >= start) && (end === null || created < end)
    }
  }
}

/**
 * True where `video` passes every filter; of those that exclude each other (`filterGroups`) any one. What is not known of
 * a film passes no filter that asks for it, and every negative one. `now` is what "yesterday" counts from; days begin at
 * midnight of the machine's zone. The library asks SQL (catalog/filters.ts); this is what it must answer.
 */
export const matchesFilters = (
  filters: readonly SignedFilter[],
  video: FilterableVideo,
  now: Date,
): boolean =>
  filterGroups(filters).every(({ negative, any }) => any.some((one) => matches(one, video, now)) !== negative)
