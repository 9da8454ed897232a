import { matchesFilters } from '../../src-main/domain/filter-match.ts'
import type { FilterableVideo } from '../../src-main/domain/filter-match.ts'
import { parseQuery } from '../../src-main/domain/query.ts'
import { seededRandom } from '../../src-main/domain/seeded-random.ts'
import type { Store } from '../../src-main/catalog/store.ts'
import type { KnownVideo } from '../../src-main/catalog/videos.ts'
import { someFacts, temporaryStore } from '../catalog/temporary-store.ts'

export type FilterRow = {
  readonly what: string
  /** Films that pass. */
  readonly films: number
  /** Processor time of an answer, in milliseconds, the best of several: with SQL, and by reading every film. */
  readonly milliseconds: number
  readonly readingAll: number
  readonly times: number
  /** Both let through the same films. */
  readonly agrees: boolean
}

const films = 100_000
const now = new Date(2024, 4, 15, 12)
const words = [
  'Holidays',
  'Beach',
  'Birthday',
  'Lecture',
  'Wedding',
  'Garden',
  'Ski',
  'Drone',
  'Family',
  'School',
]
const sizes = [
  [1920, 1080],
  [3840, 2160],
  [1280, 720],
  [1080, 1920],
] as const

const queries: readonly string[] = [
  ...[
    'longer:9m',
    'longer:2m',
    'shorter:30s',
    'after:2020',
    'before:2010',
    'on:2015-06',
    'res:4k',
    'size:>3.9GB',
  ],
  ...[
    'codec:av1',
    'is:portrait',
    'has:subtitles',
    'has:audio',
    'is:offline',
    '-is:offline',
    'tag:tag7',
    '-tag:tag7',
  ],
  ...['rating:>=4', 'rating:<2', 'in:Beach', 'in:"2015/Beach 3"', 'name:IMG_0042', 'name:42', 'name:img'],
  ...['in:Beach longer:9m rating:5', 'is:portrait after:2020 codec:hevc longer:2m -tag:tag3'],
]

/** Films in some 8,000 folders, one in a hundred on a drive that is away; tags and ratings on a fifth of them. */
const fill = (store: Store): void => {
  const random = seededRandom(6)
  const below = (count: number): number => Math.floor(random() * count)
  const pick = <T>(list: readonly T[]): T => list[below(list.length)]!
  const [here, away] = ['/media/films', '/media/archive'].map(
    (path) => store.folders.add({ path, bytes: null }, 0).id,
  )
  store.folders.setOnline(away!, false)
  const idOf = (i: number): string => `v${i.toString(16).padStart(20, '0')}`
  store.database.transaction(() => {
    for (let i = 0; i < films; i += 1) {
      const isAway = i % 100 === 0
      const folder = `${2005 + below(20)}/${pick(words)} ${1 + below(12)}/${pick(['', '', 'raw/', 'drone/'])}`
      const name = `IMG_${String(i).padStart(6, '0')}.${pick(['mp4', 'MOV'])}`
      const path = { path: `${isAway ? '/media/archive' : '/media/films'}/${folder}${name}`, bytes: null }
      const seen = { path, size: below(4e9), mtime: 1.1e9 + below(6e8), videoId: idOf(i) }
      store.locations.identified(isAway ? away! : here!, 1, seen, i)
    }
    for (let i = 0; i < films * 0.3; i += 1)
      store.tags.add({ videoId: idOf(below(films)), start: null, end: null }, [`tag${below(200)}`], 0)
    for (let i = 0; i < films * 0.2; i += 1) store.ratings.set(idOf(below(films)), below(6), 0)
  })()
  store.database.transaction(() => {
    for (let i = 0; i < films; i += 1) {
      const [width, height] = pick(sizes)
      const text = { index: 2, codec: 'subrip', language: null, title: null, isText: true }
      store.facts.put(
        idOf(i),
        1,
        {
          ...{ ...someFacts(random() * 600), width, height, codec: pick(['h264', 'h264', 'hevc', 'av1']) },
          recordedAt: random() < 0.7 ? new Date(1.1e12 + random() * 6e11).toISOString() : null,
          audio: [{ index: 1, codec: 'aac', channels: 2, language: null }],
          subtitles: random() < 0.02 ? [text] : [],
        },
        [],
      )
    }
  })()
}

const asFiltersSee = ({ video, facts }: KnownVideo): FilterableVideo => ({
  ...{
    paths: video.paths,
    duration: facts.duration,
    size: video.size,
    width: facts.width,
    height: facts.height,
  },
  ...{ codec: facts.codec, hdr: facts.hdr !== null, created: video.created, online: video.online },
  ...{ hasAudio: facts.audio.length > 0, hasSubtitles: facts.subtitles.length > 0, hasChapters: false },
  ...{ tags: video.tags, rating: video.rating },
})

/** Milliseconds of processor time that `act` takes: other processes of the machine do not count. */
const cost = (act: () => void): number => {
  const before = process.cpuUsage()
  act()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}
const round = (value: number): number => Math.round(value * 10) / 10

/** `kinora bench filters`: what a filter costs in a library of 100,000 films, beside reading and comparing every film. */
export const run = (): Promise<{ readonly name: 'filters'; readonly rows: readonly FilterRow[] }> => {
  const library = temporaryStore()
  try {
    const { store, database } = library
    fill(store)
    store.filterRows.refreshMissing()
    let known: readonly KnownVideo[] = []
    const reading = cost(() => (known = store.videos.visible('palette')))
    // Something is written between two answers, so that none is remembered.
    const write = database.prepare("INSERT OR REPLACE INTO setting (key, value) VALUES ('bench', '')")
    const rows = queries.map((what): FilterRow => {
      const { filters } = parseQuery(what)
      let passing: ReadonlySet<string> = new Set()
      const costs = Array.from({ length: 7 }, () => {
        write.run()
        return cost(() => (passing = store.filters.passing(filters, now) ?? new Set()))
      })
      let matching: readonly KnownVideo[] = []
      const comparing = cost(() => {
        matching = known.filter((one) => matchesFilters(filters, asFiltersSee(one), now))
      })
      const milliseconds = Math.min(...costs)
      const agrees = matching.length === passing.size && matching.every(({ video }) => passing.has(video.id))
      const times = Math.round((reading + comparing) / Math.max(milliseconds, 0.05))
      return {
        ...{ what, films: passing.size, milliseconds: round(milliseconds) },
        ...{ readingAll: round(reading + comparing), times, agrees },
      }
    })
    return Promise.resolve({ name: 'filters', rows })
  } finally {
    library.dispose()
  }
}
