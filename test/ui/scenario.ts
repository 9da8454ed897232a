import { parseQuery } from '../../src-main/domain/query.ts'
import type {
  DoctorCheck,
  Folder,
  IgnoredCount,
  IgnoredEntry,
  Model,
  Problem,
  ProviderState,
  Shot,
  SubtitleList,
  TagMark,
  VideoCard,
  VideoDetail,
} from '../../src-preload/contract/nouns.ts'
import type {
  Collection,
  FilterValueCount,
  PastQuery,
  RelevanceCurve,
  SearchAnswer,
} from '../../src-preload/contract/search-nouns.ts'
import type { KinoraError } from '../../src-preload/contract/result.ts'
import type { PageApi } from '../../src-preload/contract/page-api.ts'
import type { EventPayload } from '../../src-preload/contract/schema.ts'
import type { WideMode, WidePictures } from '../../src-preload/contract/wide-pictures.ts'
import { filmShots } from './film-shots.ts'
import { broughtModel, builtInModel, offeredModels, usualProviders } from './model-scenario.ts'
import { filmSeconds, fitted, sceneCount, shapeOf, spriteColumns, spriteRows } from './pictures.ts'

/** What the double's library holds; tests change it while it is served. */
export type Scenario = {
  folders: readonly Folder[]
  videos: readonly VideoCard[]
  problems: readonly Problem[]
  ignored: { readonly counts: readonly IgnoredCount[]; readonly entries: readonly IgnoredEntry[] }
  models: readonly Model[]
  providers: readonly ProviderState[]
  /** So long a speed test takes. */
  testMilliseconds: number
  checks: readonly DoctorCheck[]
  /** So many films answer, with so many moments at most, and a search takes so long (adapt-answer.ts). */
  answering: { readonly films: number; readonly most: number; readonly milliseconds: number }
  progress: EventPayload<PageApi, 'progress'>
  /** Of every film that is analyzed. */
  shots: readonly Shot[]
  /** Of every film. */
  subtitles: SubtitleList
  /** Of every film, for every query. */
  curve: RelevanceCurve
  /** Where the moments of a film begin that is looked at by itself; each is six seconds long. */
  momentStarts: readonly number[]
  marks: ReadonlyMap<string, readonly TagMark[]>
  collections: readonly Collection[]
  pastQueries: readonly PastQuery[]
  coverage: number
  /** How a model that crops sees wide frames. */
  wide: WidePictures
  /** So long it takes to make a frame of a film; null: none can be made. */
  frameMilliseconds: number | null
  /** Every call of the named group fails so. */
  failing: { readonly group: string; readonly error: KinoraError } | null
}

const names = [
  'Beach day',
  'Emma blows out the candles',
  'Hike to the summit',
  'Rainy afternoon in Lisbon',
  'Dog in the snow',
  'Sunday kitchen',
  'Lecture 04 Entropy',
  'Train window',
  'Garden in June',
  'Concert, second encore',
  'First steps',
  'Night market',
]

const idOf = (index: number): string => `v${index.toString(16).padStart(20, '0')}`

export const sceneOf = (videoId: string): number => parseInt(videoId.slice(1), 16) % sceneCount

/** A film of the double; `index` decides all of it. */
export const makeVideo = (index: number): VideoCard => {
  const scene = index % sceneCount
  const shape = shapeOf(scene)
  const tile = fitted(shape, 160)
  const poster = fitted(shape, 640)
  const tiles = spriteColumns * spriteRows
  const year = 2026 - (index % 9)
  const month = String(1 + (index % 12)).padStart(2, '0')
  const name = `${names[index % names.length] ?? ''}${index < names.length ? '' : ` ${String(Math.floor(index / names.length) + 1)}`}`
  const path = `/home/ada/Videos/${year}/${name}.mp4`
  return {
    id: idOf(index),
    path,
    paths: [path],
    online: true,
    size: 40_000_000 + index * 1_234_567,
    duration: filmSeconds,
    start: 0,
    ...shape,
    codec: index % 3 === 0 ? 'hevc' : 'h264',
    rotation: 0,
    hdr: index % 11 === 3 ? 'hlg' : null,
    created: `${year}-${month}-14T10:00:00Z`,
    tags: [],
    rating: null,
    // Analysis comes later: the fourth of four films still waits for it.
    state: index % 4 === 3 ? 'skimmed' : 'analyzed',
    pictures: {
      version: '1',
      poster: { ...poster, time: 4 },
      sprite: {
        columns: spriteColumns,
        rows: spriteRows,
        tileWidth: tile.width,
        tileHeight: tile.height,
        times: Array.from({ length: tiles }, (_, i) => (i * filmSeconds) / tiles),
      },
    },
  }
}

export const makeVideos = (count: number): readonly VideoCard[] =>
  Array.from({ length: count }, (_, i) => makeVideo(i))

/** A film that waits for its pictures, one on an absent drive, and the rest. */
export const mixedVideos = (count: number): readonly VideoCard[] =>
  makeVideos(count).map((video, index) => {
    if (index === 7) return { ...video, online: false }
    return index === 10 ? { ...video, state: 'probed', pictures: null } : video
  })

export const detailOf = (video: VideoCard, scenario: Scenario): VideoDetail => ({
  ...video,
  container: 'mov,mp4',
  frameRate: 25,
  audio: [{ index: 1, codec: 'aac', channels: 2, language: 'eng' }],
  subtitles: [{ index: 2, codec: 'subrip', language: 'deu', title: null, isText: true }],
  chapters: [
    { start: 0, end: 12, title: 'Setting off' },
    { start: 12, end: 27, title: 'By the water' },
    { start: 27, end: filmSeconds, title: 'The way home' },
  ],
  marks: scenario.marks.get(video.id) ?? [],
  problems: [],
})

/** A bump at each of the three moments that a film has. */
export const curveOf = (): RelevanceCurve => ({
  step: 1,
  values: Array.from({ length: filmSeconds }, (_, second) =>
    [8.5, 19.5, 30.5].reduce((most, peak) => Math.max(most, Math.exp(-(((second - peak) / 3) ** 2))), 0.06),
  ),
})

/** Values that a filter can have. */
export const valuesOf = (scenario: Scenario, name: string, prefix: string): readonly FilterValueCount[] => {
  const values =
    name === 'in'
      ? ['2026', '2025', '2024', 'Videos']
      : name === 'tag'
        ? scenario.videos.flatMap(({ tags }) => tags)
        : name === 'codec'
          ? ['h264', 'hevc']
          : []
  return [...new Set(values)]
    .filter((value) => value.toLowerCase().startsWith(prefix.toLowerCase()))
    .map((value) => ({ value, count: 7 }))
}

/** Moments for any query: `nothing` finds weak ones, `"nothing` none at all, `unsure` may be it; six films answer, the first with three moments. */
export const answerFor = (scenario: Scenario, query: string, inside: string | undefined): SearchAnswer => {
  const kind = query.includes('nothing') ? 'none' : query.includes('unsure') ? 'weak' : 'good'
  const films = scenario.videos
    .filter(({ id, pictures }) => pictures !== null && (inside === undefined || id === inside))
    .slice(0, 9)
  const counts = [3, 1, 2, 1, 1, 3, 1, 1, 2]
  const words = parseQuery(query)
    .terms.filter(({ negative }) => !negative)
    .map(({ text }) => text)
    .join(' ')
  const moments = films.flatMap((video, film) =>
    scenario.momentStarts.slice(0, inside === undefined ? (counts[film] ?? 1) : undefined).map((begin, i) => {
      const start = begin + (film % 3)
      const good = Math.max(0.12, 0.97 - 0.09 * film - 0.14 * i)
      return {
        videoId: video.id,
        path: video.path,
        start,
        end: start + 6,
        peak: start + 2.5,
        score: good,
        confidence: kind === 'good' ? good : kind === 'weak' ? 0.4 : 0.1,
        reasons: [
          film % 4 === 1
            ? ({ kind: 'said', text: `and there was ${words} everywhere` } as const)
            : ({ kind: film % 4 === 3 ? 'named' : 'looks-like', text: words } as const),
          // Beside the film, its first moment is an answer for three reasons.
          ...(inside !== undefined && i === 0
            ? ([
                { kind: 'said', text: `Look, ${words}!` },
                { kind: 'tagged', text: 'holiday' },
              ] as const)
            : []),
        ],
        chapter: null,
      }
    }),
  )
  return {
    query,
    model: scenario.models.find(({ current }) => current)?.id ?? '',
    parsed: { terms: [], likes: [], filters: [], errors: [] },
    verdict: kind,
    grounds: kind === 'good' ? ['stands-out', 'looks-right'] : ['nothing-stands-out', 'too-weak'],
    coverage: scenario.coverage,
    unknown: query.includes('xyzzy') ? ['xyzzy'] : [],
    moments: query.includes('"nothing') ? [] : moments.toSorted((a, b) => b.score - a.score),
  }
}

export const idle: Scenario['progress'] = {
  running: false,
  scanning: 0,
  jobsLeft: 0,
  jobsDone: 0,
  skimsLeft: 0,
  problems: 0,
  current: [],
  speed: null,
  secondsLeft: null,
  filmLeft: 0,
  pace: 'full',
  runsOn: null,
  paused: false,
}

export const watched = (videos: number): readonly Folder[] => [
  { id: 1, path: '/home/ada/Videos', videos, online: true, watching: 'events' },
  { id: 2, path: '/media/ada/Archive 2019', videos: 318, online: false, watching: null },
]

/** A library of 58 films, of which a model that crops has seen the middle. */
export const widePictures = (mode: WideMode): WidePictures => ({
  mode,
  model: 'concept',
  crops: true,
  choices: [
    { mode: 'crop', pictures: 1, films: 0, seconds: 0, measured: true },
    { mode: 'letterbox', pictures: 1, films: 58, seconds: 610, measured: true },
    { mode: 'views', pictures: 3, films: 58, seconds: 1830, measured: true },
  ],
})

/** A library as people have it after a while. */
export const usualScenario = (count = 60): Scenario => ({
  folders: watched(count),
  videos: mixedVideos(count),
  problems: [
    {
      path: '/home/ada/Videos/2021/IMG_0042.MOV',
      videoId: null,
      stage: 'probed',
      code: 'truncated',
      message: 'moov atom not found',
      advice: '',
      tries: 2,
    },
    {
      path: '/home/ada/Videos/2019/rental.m4v',
      videoId: null,
      stage: 'skimmed',
      code: 'encrypted',
      message: 'drmi track',
      advice: '',
      tries: 1,
    },
    {
      path: '/home/ada/Videos/2018/old camera/MVI_2210.AVI',
      videoId: null,
      stage: 'skimmed',
      code: 'damaged',
      message: '14 of 96 pictures could not be decoded',
      advice: '',
      tries: 1,
    },
  ],
  ignored: {
    counts: [
      { rule: 'not-a-video', count: 4120 },
      { rule: 'cache', count: 2 },
      { rule: 'too-small', count: 17 },
    ],
    entries: [
      { path: '/home/ada/Videos/.thumbnails', rule: 'cache' },
      { path: '/home/ada/Videos/2020/node_modules', rule: 'cache' },
    ],
  },
  models: [builtInModel, broughtModel, ...offeredModels()],
  providers: usualProviders,
  testMilliseconds: 0,
  answering: { films: 9, most: 200, milliseconds: 0 },
  checks: [
    { name: 'ffmpeg', ok: true, detail: '7.1 (path): /usr/bin/ffmpeg', advice: '' },
    { name: 'database', ok: true, detail: 'library.db and derived.db are sound', advice: '' },
    {
      name: 'index',
      ok: false,
      detail: '120 chunks of vectors, 2 index files, 1 damaged',
      advice: 'Restart Kinora: index files are made again.',
    },
  ],
  progress: idle,
  shots: filmShots,
  subtitles: {
    tracks: [
      { id: 1, source: 'sidecar', name: 'Beach day.en.srt', language: 'en', lines: 3, fit: 'fits' },
      { id: 2, source: 'embedded', name: 'subrip', language: 'deu', lines: 1, fit: 'unknown' },
    ],
    lines: [
      { track: 1, start: 2, end: 4, text: 'We are almost there.' },
      { track: 2, start: 2, end: 4, text: 'Wir sind fast da.' },
      { track: 1, start: 12, end: 14.5, text: 'Look at the waves!' },
      { track: 1, start: 27, end: 30, text: 'Happy birthday to you' },
    ],
  },
  curve: curveOf(),
  momentStarts: [6, 17, 28],
  marks: new Map(),
  collections: [{ name: 'By the sea', query: 'waves longer:10s' }],
  pastQueries: [
    { query: 'dog in the snow', at: '2026-11-25T18:00:00.000Z' },
    { query: 'birthday cake after:2025', at: '2026-11-24T08:00:00.000Z' },
  ],
  coverage: 1,
  wide: widePictures('crop'),
  frameMilliseconds: 0,
  failing: null,
})

/** A library with nothing in it. */
export const newScenario = (): Scenario => ({
  ...usualScenario(0),
  folders: [],
  problems: [],
  ignored: { counts: [], entries: [] },
  models: [{ ...builtInModel, coverage: 0 }, ...offeredModels().map((model) => ({ ...model, cost: null }))],
})
