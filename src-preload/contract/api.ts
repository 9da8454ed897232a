import * as v from 'valibot'
import type {
  DoctorCheck,
  Folder,
  FrameSource,
  IgnoredCount,
  IgnoredEntry,
  IndexProgress,
  IndexSummary,
  LibraryChange,
  MediaPlaces,
  Model,
  Problem,
  ProviderState,
  Setting,
  ShotList,
  SubtitleList,
  TagCount,
  TagMark,
  Video,
  VideoCard,
  VideoDetail,
  VideoPage,
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
import { stageNames } from './stage-names.ts'
import type { WidePictures } from './wide-pictures.ts'

const path = v.pipe(v.string(), v.minLength(1), v.maxLength(8192))
const paths = v.pipe(v.array(path), v.minLength(1), v.maxLength(1000))
const limit = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1000))
/** A photograph of a phone has 5 to 20 MB. */
const picture = fileBytes(32 * 1024 * 1024)
/** Tags of a film, or of a stretch of it. */
const tagging = v.strictObject({
  id: path,
  start: v.optional(second),
  end: v.optional(second),
  tags: tagNames,
})

/** The library's whole contract: what the page, the terminal and tests may ask of it. */
export const libraryApi = defineApi({
  calls: {
    folders: {
      list: call(none).returns<readonly Folder[]>(),
      /** Watches these folders (absolute paths); answers all folders. */
      add: call(v.strictObject({ paths })).returns<readonly Folder[]>(),
      /** Stops watching; what a person made stays. Answers the folders that remain. */
      remove: call(v.strictObject({ paths })).returns<readonly Folder[]>(),
      /** What the scans left out, by rule, with at most 1,000 examples. */
      ignored: call(none).returns<{
        readonly counts: readonly IgnoredCount[]
        readonly entries: readonly IgnoredEntry[]
      }>(),
    },
    index: {
      /** Scans, then runs every missing job (up to `stage`, for `model`) until none is left. Cancel to stop. */
      run: call(
        v.strictObject({ stage: v.optional(v.picklist(stageNames)), model: v.optional(modelId) }),
      ).returns<IndexSummary>(),
      /** As `run`, then stays and follows the folders until cancelled. */
      follow: call(
        v.strictObject({ stage: v.optional(v.picklist(stageNames)), model: v.optional(modelId) }),
      ).returns<IndexSummary>(),
      progress: call(none).returns<IndexProgress>(),
    },
    videos: {
      /** The visible videos that pass the query's filters. */
      list: call(v.strictObject({ filter: v.optional(query) })).returns<readonly Video[]>(),
      /** A piece of the list, sorted: newest or longest first, names from A. */
      page: call(
        v.strictObject({
          filter: v.optional(query, ''),
          sort: v.optional(v.picklist(['name', 'created', 'added', 'duration']), 'created'),
          offset: v.pipe(v.number(), v.integer(), v.minValue(0)),
          limit,
        }),
      ).returns<VideoPage>(),
      /** All about the video of an id or a path. A person looks at it: its work comes first. Errors: not-found. */
      get: call(v.strictObject({ id: path })).returns<VideoDetail>(),
      /** What lists show of these videos, in the order of their paths; without those that are not visible (any more). */
      cards: call(v.strictObject({ ids: cardIds(path) })).returns<readonly VideoCard[]>(),
      /** The shots of an id or a path; none until it is analyzed. Errors: not-found. */
      shots: call(v.strictObject({ id: path })).returns<ShotList>(),
      /** What is said in it, by its own subtitles and the files beside it. Errors: not-found. */
      subtitles: call(v.strictObject({ id: path })).returns<SubtitleList>(),
      /** 0..5, or null to take it back. Errors: not-found. */
      rate: call(
        v.strictObject({
          id: path,
          rating: v.nullable(stars),
        }),
      ).returns<Video>(),
      /** Where the film and its pictures lie: for hosts. */
      places: call(v.strictObject({ id: path })).returns<MediaPlaces>(),
      /** What its frames are made from: for hosts. Errors: not-found. */
      frameSource: call(v.strictObject({ id: path })).returns<FrameSource>(),
    },
    search: {
      moments: call(
        v.strictObject({
          query,
          limit: v.optional(limit, 20),
          /** An id or a path of the one video to look in. */
          in: v.optional(path),
        }),
      ).returns<SearchAnswer>(),
      /** Somebody is about to ask: what words need is loaded, so that the first answer does not wait for it. Answers at once. */
      prepare: call(none).returns<null>(),
      /** How well each part of one film answers. Errors: not-found. */
      curve: call(v.strictObject({ query, id: path })).returns<RelevanceCurve>(),
      /** The values that a filter can have here and that begin like `prefix`, the most frequent first. */
      values: call(v.strictObject({ name: v.string(), prefix: valuePrefix, limit })).returns<
        readonly FilterValueCount[]
      >(),
      /** Keeps a picture to search with (`like:ID`): a file of this machine, or its bytes. Errors: missing-file, not-a-picture. */
      keepPicture: call(
        v.variant('from', [
          v.strictObject({ from: v.literal('file'), path }),
          v.strictObject({ from: v.literal('bytes'), bytes: picture, name: fileName }),
        ]),
      ).returns<KeptPicture>(),
      /** Where such a picture lies: for hosts. Errors: not-found. */
      picturePlace: call(v.strictObject({ id: path })).returns<{ readonly path: string }>(),
    },
    history: {
      /** The last queries, newest first. */
      list: call(v.strictObject({ limit })).returns<readonly PastQuery[]>(),
      add: call(v.strictObject({ query })).returns<null>(),
      /** Forgets one query, or all (null). */
      forget: call(v.strictObject({ query: v.nullable(query) })).returns<null>(),
    },
    collections: {
      list: call(none).returns<readonly Collection[]>(),
      /** Makes a collection, or gives one of that name another query. */
      save: call(v.strictObject({ name: collectionName, query })).returns<readonly Collection[]>(),
      /** Errors: not-found, already-exists. */
      rename: call(v.strictObject({ name: collectionName, to: collectionName })).returns<
        readonly Collection[]
      >(),
      /** Errors: not-found. */
      delete: call(v.strictObject({ name: collectionName })).returns<readonly Collection[]>(),
    },
    tags: {
      list: call(none).returns<readonly TagCount[]>(),
      /** Answers the film's tags. Errors: not-found, bad-arguments. */
      add: call(tagging).returns<readonly TagMark[]>(),
      /** Takes these tags off the film, or off just this stretch. Errors: not-found, bad-arguments. */
      remove: call(tagging).returns<readonly TagMark[]>(),
    },
    models: {
      list: call(none).returns<readonly Model[]>(),
      /** Makes a folder with a `model.json` known; its files are checked, not copied. `not-allowed` for research-only weights until `licence` says that they are wanted all the same. */
      add: call(v.strictObject({ directory: path, licence: v.optional(v.boolean()) })).returns<
        readonly Model[]
      >(),
      /** Downloads a model of the registry; answers when it is there. Cancel to stop: nothing is left of it. */
      get: call(v.strictObject({ id: modelId })).returns<readonly Model[]>(),
      /** Takes the files of a registry model from a folder that a person filled by hand. */
      sideLoad: call(v.strictObject({ id: modelId, directory: path })).returns<readonly Model[]>(),
      /** Searches with this model: at once where it has seen enough, or with `now`; else as soon as it has, and until then the other answers. */
      use: call(v.strictObject({ id: modelId, now: v.optional(v.boolean()) })).returns<readonly Model[]>(),
      /** Forgets a model, its files where Kinora downloaded them, and its vectors. */
      remove: call(v.strictObject({ id: modelId })).returns<readonly Model[]>(),
      /** Drops only its vectors: going back to it will cost the work again. */
      dropVectors: call(v.strictObject({ id: modelId })).returns<readonly Model[]>(),
      /** Where it could run and how fast, measured now: canary and speed of every provider. */
      test: call(v.strictObject({ id: modelId })).returns<readonly ProviderState[]>(),
      /** The same as known, without measuring. */
      providers: call(none).returns<readonly ProviderState[]>(),
    },
    problems: {
      list: call(none).returns<readonly Problem[]>(),
      /** Forgets the problems so that their jobs are missing again; answers how many. */
      retry: call(none).returns<{ readonly retried: number }>(),
    },
    settings: {
      list: call(none).returns<readonly Setting[]>(),
      /** How wide frames are seen (`wide-pictures`), and what each way would cost. */
      widePictures: call(none).returns<WidePictures>(),
      /** `value` null goes back to the fallback. */
      set: call(
        v.strictObject({ name: v.string(), value: v.nullable(v.pipe(v.string(), v.maxLength(8192))) }),
      ).returns<readonly Setting[]>(),
    },
    doctor: {
      run: call(none).returns<readonly DoctorCheck[]>(),
    },
    service: {
      /** A host that can see it says how the machine is used; holds while that host is connected. */
      presence: call(
        v.strictObject({ onBattery: v.boolean(), idleSeconds: v.nullable(v.number()) }),
      ).returns<null>(),
      /** Says goodbye: `last` when no other host is connected, so that the service ends with this one. */
      leave: call(none).returns<{ readonly last: boolean }>(),
      about: call(none).returns<{
        readonly version: string
        readonly pid: number
        readonly library: string
      }>(),
    },
  },
  events: {
    progress: event<IndexProgress>(),
    change: event<LibraryChange>(),
  },
})

export type LibraryApi = typeof libraryApi
