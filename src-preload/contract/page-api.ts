import * as v from 'valibot'
import type {
  DoctorCheck,
  Folder,
  IgnoredCount,
  IgnoredEntry,
  IndexProgress,
  LibraryChange,
  Model,
  Problem,
  ProviderState,
  ShotList,
  VideoCard,
  VideoDetail,
  VideoPage,
  SubtitleList,
  TagCount,
  TagMark,
  Video,
} from './nouns.ts'
import type {
  Collection,
  FilterValueCount,
  KeptPicture,
  PastQuery,
  RelevanceCurve,
  SearchAnswer,
} from './search-nouns.ts'
import {
  cardIds,
  collectionName,
  fileBytes,
  fileName,
  modelId,
  none,
  query,
  second,
  stars,
  tagNames,
  valuePrefix,
} from './arguments.ts'
import { call, defineApi, event } from './schema.ts'
import { wideModes } from './wide-pictures.ts'
import type { WidePictures } from './wide-pictures.ts'

const videoId = v.pipe(v.string(), v.regex(/^v[0-9a-f]{20}$/, 'a video id'))
const place = v.pipe(v.string(), v.minLength(1), v.maxLength(64))
const whole = v.pipe(v.number(), v.integer(), v.minValue(0))
/** Pages make pictures small before they send them: a socket takes no message over 1 MB (web/page-sockets.ts). */
const picture = fileBytes(900_000)
const tagging = v.strictObject({
  id: videoId,
  start: v.optional(second),
  end: v.optional(second),
  tags: tagNames,
})

/** What kind of host the page lives in. */
export type HostInfo = {
  readonly kind: 'desktop' | 'browser'
  readonly version: string
  /** Put before `poster/ID`, `sprite/ID` and `film/ID`; ends with a slash. */
  readonly mediaBase: string
  readonly platform: 'mac' | 'windows' | 'linux'
}

/** A folder of the host's disks as the page may see it: a name and an opaque id, never a path to send back. */
export type BrowsedFolder = { readonly place: string; readonly name: string; readonly watched: boolean }

export type BrowsedPlace = {
  readonly place: string
  /** For people to read. */
  readonly path: string
  readonly parent: string | null
  readonly folders: readonly BrowsedFolder[]
  /** Films seen in the folder itself, at most 1,000 entries looked at. */
  readonly films: number
}

/**
 * What the page may ask of its host: everything by id, so that no path ever comes from a page. The host answers
 * the `host` and `indexing` groups itself and passes the rest on to the library.
 */
export const pageApi = defineApi({
  calls: {
    host: {
      about: call(none).returns<HostInfo>(),
      /** Desktop: the system's own dialog; answers the folders, unchanged when it was cancelled. */
      chooseFolder: call(none).returns<readonly Folder[]>(),
      /** Browser: the folders of the machine that serves, from its allowed roots (`place` null) down. */
      browse: call(v.strictObject({ place: v.nullable(place) })).returns<BrowsedPlace>(),
      /** Browser: watches a browsed folder. */
      addBrowsed: call(v.strictObject({ place })).returns<readonly Folder[]>(),
    },
    indexing: {
      progress: call(none).returns<IndexProgress & { readonly paused: boolean }>(),
      pause: call(none).returns<null>(),
      resume: call(none).returns<null>(),
    },
    folders: {
      list: call(none).returns<readonly Folder[]>(),
      remove: call(v.strictObject({ id: whole })).returns<readonly Folder[]>(),
      ignored: call(none).returns<{
        readonly counts: readonly IgnoredCount[]
        readonly entries: readonly IgnoredEntry[]
      }>(),
    },
    videos: {
      page: call(
        v.strictObject({
          filter: v.optional(query, ''),
          sort: v.optional(v.picklist(['name', 'created', 'added', 'duration']), 'created'),
          offset: whole,
          limit: v.pipe(whole, v.minValue(1), v.maxValue(500)),
        }),
      ).returns<VideoPage>(),
      get: call(v.strictObject({ id: videoId })).returns<VideoDetail>(),
      cards: call(v.strictObject({ ids: cardIds(videoId) })).returns<readonly VideoCard[]>(),
      shots: call(v.strictObject({ id: videoId })).returns<ShotList>(),
      subtitles: call(v.strictObject({ id: videoId })).returns<SubtitleList>(),
      rate: call(v.strictObject({ id: videoId, rating: v.nullable(stars) })).returns<Video>(),
    },
    search: {
      moments: call(
        v.strictObject({
          query,
          limit: v.optional(v.pipe(whole, v.minValue(1), v.maxValue(200)), 60),
          in: v.optional(videoId),
        }),
      ).returns<SearchAnswer>(),
      prepare: call(none).returns<null>(),
      curve: call(v.strictObject({ query, id: videoId })).returns<RelevanceCurve>(),
      values: call(
        v.strictObject({
          name: v.string(),
          prefix: valuePrefix,
          limit: v.optional(v.pipe(whole, v.minValue(1), v.maxValue(100)), 20),
        }),
      ).returns<readonly FilterValueCount[]>(),
      /** A picture that was dropped or pasted into the window; its id stands in the query as `like:ID`. */
      keepPicture: call(v.strictObject({ bytes: picture, name: fileName })).returns<KeptPicture>(),
    },
    history: {
      list: call(
        v.strictObject({ limit: v.optional(v.pipe(whole, v.minValue(1), v.maxValue(200)), 50) }),
      ).returns<readonly PastQuery[]>(),
      add: call(v.strictObject({ query })).returns<null>(),
      forget: call(v.strictObject({ query: v.nullable(query) })).returns<null>(),
    },
    collections: {
      list: call(none).returns<readonly Collection[]>(),
      save: call(v.strictObject({ name: collectionName, query })).returns<readonly Collection[]>(),
      rename: call(v.strictObject({ name: collectionName, to: collectionName })).returns<
        readonly Collection[]
      >(),
      delete: call(v.strictObject({ name: collectionName })).returns<readonly Collection[]>(),
    },
    tags: {
      list: call(none).returns<readonly TagCount[]>(),
      add: call(tagging).returns<readonly TagMark[]>(),
      remove: call(tagging).returns<readonly TagMark[]>(),
    },
    models: {
      list: call(none).returns<readonly Model[]>(),
      /** Begins a download; its progress is in the list, and in `models` changes. */
      get: call(v.strictObject({ id: modelId })).returns<readonly Model[]>(),
      cancelGet: call(v.strictObject({ id: modelId })).returns<readonly Model[]>(),
      use: call(v.strictObject({ id: modelId, now: v.optional(v.boolean()) })).returns<readonly Model[]>(),
      remove: call(v.strictObject({ id: modelId })).returns<readonly Model[]>(),
      dropVectors: call(v.strictObject({ id: modelId })).returns<readonly Model[]>(),
      test: call(v.strictObject({ id: modelId })).returns<readonly ProviderState[]>(),
      providers: call(none).returns<readonly ProviderState[]>(),
    },
    settings: {
      /** How wide frames are seen, and what each way would cost. */
      widePictures: call(none).returns<WidePictures>(),
      setWidePictures: call(v.strictObject({ mode: v.picklist(wideModes) })).returns<WidePictures>(),
    },
    problems: {
      list: call(none).returns<readonly Problem[]>(),
      retry: call(none).returns<{ readonly retried: number }>(),
    },
    doctor: { run: call(none).returns<readonly DoctorCheck[]>() },
  },
  events: {
    progress: event<IndexProgress & { readonly paused: boolean }>(),
    change: event<LibraryChange>(),
  },
})

export type PageApi = typeof pageApi
