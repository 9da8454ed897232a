import fc from 'fast-check'
import type { VideoFacts } from '../../src-preload/contract/video-facts.ts'
import type { FilterableVideo } from '../../src-main/domain/filter-match.ts'
import { quoteValue } from '../../src-main/domain/query-quotes.ts'
import type { Store } from '../../src-main/catalog/store.ts'
import { someFacts } from './temporary-store.ts'

/** A film of a made-up library: what is put into the store, and what filters must see of it. */
export type MadeFilm = {
  readonly places: readonly {
    readonly root: number
    readonly folder: string
    readonly name: string
    readonly mtime: number
  }[]
  readonly size: number
  readonly duration: number
  readonly width: number
  readonly height: number
  readonly codec: string
  readonly hdr: boolean
  readonly recordedAt: string | null
  readonly audio: boolean
  readonly chapters: boolean
  readonly subtitles: 'none' | 'text' | 'pictures' | 'cues'
  readonly tags: readonly { readonly name: string; readonly start: number | null }[]
  readonly rating: number | null
}

export const roots = ['/films', '/archive', '/Filme'] as const

const folders = [
  ...[
    '',
    'Holidays 2023',
    'Holidays 2023/Beach',
    'holidays',
    '20230',
    'Süd/Nord',
    'a_b/100%',
    'Beach',
    'x\\y',
    '海',
  ],
  ...[
    'Cafe\u0301',
    'Café',
    'İstanbul',
    'Weiß',
    'deep/er/and/deeper',
    '🐶 dogs',
    "Bob's",
    '"quoted"',
    'x\u0302a',
  ],
] as const
const names = [
  ...[
    'dog.mp4',
    'Dog swims.MP4',
    'IMG_0001.MOV',
    'img-0002.mov',
    'a.mkv',
    'ab.mkv',
    '100%_a.avi',
    'Süden.mp4',
    '海.mp4',
  ],
  ...['hot\\dog.mp4', 'x"y.mp4', "it's.mp4", '🐶.mp4', 'ẞ.mp4', 'OΣ.mp4', 'aaa.aaa', 'K.mp4', 'no ending'],
] as const
const codecs = ['h264', 'hevc', 'av1', 'prores', 'vp9'] as const
const tagNames = ['family', 'Family trip', 'Süd', '<3', 'a"b', 'café'] as const
const dates = [
  null,
  ...[
    '2023',
    '2023-06',
    '2023-06-14',
    '2023-06-14T23:30:00',
    '2023-06-14T23:30:00Z',
    '2023-07-01T00:00:00+02:00',
  ],
  ...['2024-05-14T10:00:00', '2024-05-15', '1995-12-24T18:00:00', '2022-12-31T23:59:59'],
] as const
const sides = [0, 480, 720, 1080, 1920, 2160, 3840] as const
/** Moments of 2023 and 2024, one with a fraction of a second. */
const mtimes = [
  0, 1_672_531_199, 1_686_700_800.25, 1_688_169_600, 1_715_600_000, 1_715_731_200.999_9,
] as const

const place = fc.record({
  root: fc.nat(roots.length - 1),
  folder: fc.constantFrom(...folders),
  name: fc.constantFrom(...names),
  mtime: fc.constantFrom(...mtimes),
})

export const madeFilm: fc.Arbitrary<MadeFilm> = fc.record({
  places: fc.array(place, { minLength: 1, maxLength: 3 }),
  size: fc.constantFrom(0, 1, 999_999, 500_000_000, 1_500_000_000, 2_147_483_648, 70_000_000_000),
  duration: fc.constantFrom(0, 0.04, 29.97, 90, 120, 120.001, 5400, 86_400),
  width: fc.constantFrom(...sides),
  height: fc.constantFrom(...sides),
  codec: fc.constantFrom(...codecs),
  hdr: fc.boolean(),
  recordedAt: fc.constantFrom(...dates),
  audio: fc.boolean(),
  chapters: fc.boolean(),
  subtitles: fc.constantFrom('none', 'text', 'pictures', 'cues'),
  tags: fc.array(fc.record({ name: fc.constantFrom(...tagNames), start: fc.constantFrom(null, 0, 3) }), {
    maxLength: 4,
  }),
  rating: fc.constantFrom(null, 0, 1, 2, 3, 4, 5),
})

const factsOf = (film: MadeFilm): VideoFacts => ({
  ...someFacts(film.duration),
  width: film.width,
  height: film.height,
  codec: film.codec,
  hdr: film.hdr ? 'pq' : null,
  recordedAt: film.recordedAt,
  audio: film.audio ? [{ index: 1, codec: 'aac', channels: 2, language: null }] : [],
  chapters: film.chapters ? [{ start: 0, end: 1, title: 'One' }] : [],
  subtitles:
    film.subtitles === 'text' || film.subtitles === 'pictures'
      ? [{ index: 2, codec: 'subrip', language: null, title: null, isText: film.subtitles === 'text' }]
      : [],
})

const pathOf = ({ root, folder, name }: MadeFilm['places'][number]): string =>
  [roots[root] ?? '', folder, name].filter((part) => part !== '').join('/')

/** Puts the films into the store under v0, v1 …; a place that two of them want goes to the later one. Answers their paths. */
export const putMadeFilms = (
  store: Store,
  films: readonly MadeFilm[],
): ReadonlyMap<string, readonly string[]> => {
  const ids = roots.map((path) => store.folders.add({ path, bytes: null }, 0).id)
  const owner = new Map<string, string>()
  for (const [i, film] of films.entries()) {
    const videoId = `v${i}`
    for (const where of film.places) {
      const path = pathOf(where)
      const before = store.locations.videoAt(path)
      const seen = { path: { path, bytes: null }, size: film.size, mtime: where.mtime, videoId }
      store.locations.identified(ids[where.root] ?? 0, 1, seen, i)
      owner.set(path, videoId)
      if (before !== null) store.filterRows.refresh([before])
    }
    const lines = [{ start: 0, end: 1, text: 'hello' }]
    store.facts.put(
      videoId,
      1,
      factsOf(film),
      film.subtitles === 'cues' ? [{ name: 'own', language: null, lines }] : [],
    )
    store.filterRows.refresh([videoId])
    for (const { name, start } of film.tags)
      store.tags.add({ videoId, start, end: start === null ? null : start + 1 }, [name], 0)
    store.ratings.set(videoId, film.rating, 0)
  }
  return new Map(
    films.map(
      (_, i) => [`v${i}`, [...owner].filter(([, id]) => id === `v${i}`).map(([path]) => path)] as const,
    ),
  )
}

/** The film as filters must see it, at these paths of its own; null where it lies nowhere. */
export const seenByFilters = (
  film: MadeFilm,
  paths: readonly string[],
  isOnline: (path: string) => boolean,
): FilterableVideo | null => {
  if (paths.length === 0) return null
  // The last time that a path was given holds, as it does in the store.
  const mtimeAt = new Map(film.places.map((one) => [pathOf(one), one.mtime]))
  const oldest = Math.min(...paths.map((path) => mtimeAt.get(path) ?? Infinity))
  return {
    ...film,
    paths,
    created: film.recordedAt ?? new Date(oldest * 1000).toISOString(),
    online: paths.some(isOnline),
    hasAudio: film.audio,
    hasChapters: film.chapters,
    hasSubtitles: film.subtitles === 'text' || film.subtitles === 'cues',
    tags: film.tags.map(({ name }) => name),
  }
}

const sign = fc.constantFrom('', '>', '>=', '<', '<=', '=')
const pieceOf = (text: string): fc.Arbitrary<string> =>
  fc
    .tuple(fc.nat(text.length), fc.nat(text.length))
    .map(([a, b]) => text.slice(Math.min(a, b), Math.max(a, b)))
const somePath = fc.constantFrom(
  ...folders,
  ...names,
  'films',
  '/Filme',
  'nowhere',
  'BEACH',
  'holidays 2023',
  'nord',
)
const date = fc.constantFrom(
  ...[
    '2023',
    '2023-06',
    '2023-06-14',
    '14.6.2023',
    '2024',
    'yesterday',
    'heute',
    'last summer',
    'june',
    'may 2024',
    '1995',
  ],
)

/** One filter as people write it; some of them are wrong. */
const written: fc.Arbitrary<string> = fc.oneof(
  fc.oneof(somePath, somePath.chain(pieceOf)).map((text) => `in:${quoteValue(text)}`),
  fc
    .oneof(somePath, somePath.chain(pieceOf), fc.constantFrom('*', 'img*mov', '*.mp4', '%', '_', '\\'))
    .map((text) => `name:${quoteValue(text)}`),
  fc.constantFrom(...tagNames, 'FAMILY', 'family  trip', 'nothing').map((text) => `tag:${quoteValue(text)}`),
  fc.tuple(sign, fc.nat(5)).map(([by, stars]) => `rating:${by}${stars}`),
  fc.tuple(fc.constantFrom('after', 'before', 'on'), date).map(([name, day]) => `${name}:${quoteValue(day)}`),
  fc.tuple(date, date).map(([from, to]) => `on:${quoteValue(`${from}..${to}`)}`),
  fc
    .tuple(fc.constantFrom('longer', 'shorter'), fc.constantFrom('0s', '30s', '2m', '1h30', '24h'))
    .map((two) => two.join(':')),
  fc
    .tuple(sign, fc.constantFrom('480', '1080', '4k', 'hd', '1920x1080'))
    .map(([by, size]) => `res:${by}${size}`),
  fc.tuple(sign, fc.constantFrom('1b', '500MB', '1.5GB', '2GiB')).map(([by, size]) => `size:${by}${size}`),
  fc.constantFrom(...codecs, 'H265', 'nothing').map((codec) => `codec:${codec}`),
  fc.constantFrom('portrait', 'landscape', 'square', 'online', 'offline', 'hdr').map((word) => `is:${word}`),
  fc.constantFrom('subtitles', 'audio', 'chapters').map((word) => `has:${word}`),
)

/** A query of a few filters, with and without a minus. */
export const filterQuery: fc.Arbitrary<string> = fc
  .array(
    fc.tuple(fc.constantFrom('', '', '-'), written).map(([minus, filter]) => minus + filter),
    {
      minLength: 1,
      maxLength: 4,
    },
  )
  .map((filters) => filters.join(' '))
