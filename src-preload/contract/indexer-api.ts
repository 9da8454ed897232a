import * as v from 'valibot'
import { errorCodes } from './result.ts'
import { bytes, none, pathRef, videoFacts } from './arguments.ts'
import { call, defineApi, event } from './schema.ts'
import { trackKinds } from './nouns.ts'
import type { Pace, ProviderState } from './nouns.ts'
import type { PathRef, VideoFacts } from './video-facts.ts'
import { frameSights } from './wide-pictures.ts'
import type { WideMode } from './wide-pictures.ts'

/** A folder or a part of one to look through. */
export type ScanTask = {
  readonly kind: 'scan'
  readonly id: number
  readonly folderId: number
  readonly root: PathRef
  /** The part to look at: the root itself or a folder below it. */
  readonly path: PathRef
  /** False: only the folder's own entries, not those of the folders in it. */
  readonly deep: boolean
  readonly minimumBytes: number
}

/** Find out what a file is. */
export type ProbeTask = {
  readonly kind: 'probe'
  readonly id: number
  readonly videoId: string
  readonly path: PathRef
}

/** Read a subtitle file beside a film. */
export type SidecarTask = {
  readonly kind: 'sidecar'
  readonly id: number
  readonly videoId: string
  readonly path: PathRef
  /** As the file's name says. */
  readonly language: string | null
  /** Length of the film in seconds, 0 where it is not known: what is said later is not of this film. */
  readonly duration: number
}

/** A model whose vectors are missing, by what its pictures are to be computed, how many a run, and what it is to see of wide frames. */
export type TaskModel = {
  readonly id: string
  readonly directory: string
  readonly use: { readonly provider: ProviderState['provider']; readonly batch: number }
  readonly wide: WideMode
}

/** One decode of key frames for every missing skim job of a video. */
export type SkimTask = {
  readonly kind: 'skim'
  readonly id: number
  readonly videoId: string
  readonly path: PathRef
  readonly facts: VideoFacts
  /** Stage version of the pictures to make, or null where they are there. */
  readonly pictures: number | null
  /** Folders of the models whose vectors are missing. */
  readonly models: readonly TaskModel[]
}

/** One decode of every frame for every missing analysis job of a video, from where the last committed part ended. */
export type AnalyzeTask = {
  readonly kind: 'analyze'
  readonly id: number
  readonly videoId: string
  readonly path: PathRef
  readonly facts: VideoFacts
  /** Folders of the models whose fine vectors are missing. */
  readonly models: readonly TaskModel[]
  /** Where the last part that was committed ended: seconds from the film's start, 0 where none was. */
  readonly from: number
}

export type Task = ScanTask | ProbeTask | SidecarTask | SkimTask | AnalyzeTask

/** A watched root for the watcher. */
export type WatchedFolder = { readonly id: number; readonly root: PathRef }

/** What an indexer is told when it starts. */
export type IndexerBriefing = {
  readonly library: string
  readonly pictureDirectory: string
  readonly ffmpegPath: string | null
  /** False: films are decoded in software whatever the machine has. */
  readonly hardwareDecoding: boolean
  /** Folder of a shot model (TransNetV2) that finds the cuts, or null: the built-in detector does. */
  readonly shotModel: string | null
  readonly pace: Pace
}

const id = v.pipe(v.number(), v.integer(), v.minValue(0))
const seconds = v.number()
const pixels = v.pipe(v.number(), v.integer(), v.minValue(0))
const problem = v.strictObject({ code: v.picklist(errorCodes), message: v.string(), advice: v.string() })

const language = v.nullable(v.string())
const lines = v.array(v.strictObject({ start: seconds, end: seconds, text: v.string() }))

/** What the model has seen of the frames. */
const seen = v.optional(v.picklist(frameSights), 'centre')

const pictures = v.strictObject({
  poster: v.strictObject({ file: v.string(), width: pixels, height: pixels, time: seconds }),
  sprite: v.strictObject({
    file: v.string(),
    columns: pixels,
    rows: pixels,
    tileWidth: pixels,
    tileHeight: pixels,
    times: v.array(seconds),
  }),
})

/** What an analysis has found out about one part of a film, [from, to) in seconds. */
const analysisPart = v.strictObject({
  from: seconds,
  to: seconds,
  /** The film ends here: everything is published. */
  last: v.boolean(),
  /** Shot boundaries in the part, rising; a gradual one lasts from `from` to `to`, and `time` is its middle. */
  boundaries: v.array(
    v.strictObject({
      time: seconds,
      from: seconds,
      to: seconds,
      kind: v.picklist(['cut', 'dissolve', 'fade']),
    }),
  ),
  /** Curves (domain/film-tracks.ts): `rate` values a second, `size` bytes each, the first at the film's second `from`. */
  tracks: v.array(
    v.strictObject({ kind: v.picklist(trackKinds), rate: v.number(), size: pixels, values: bytes }),
  ),
  /** Per model: the frames worth a vector, the second from which each one stands for the film, and their vectors (f16). */
  vectors: v.array(
    v.strictObject({
      model: v.string(),
      dimensions: pixels,
      times: v.array(seconds),
      starts: v.array(seconds),
      vectors: bytes,
      pictures: pixels,
      seen,
    }),
  ),
})

/** What an analysis has cost since its last report. Seconds of wall time, but `decoded`: seconds of film. */
const cost = v.strictObject({
  decoded: seconds,
  /** ffmpeg was waited for. */
  decoding: seconds,
  /** The encoder computed for this film. */
  embedding: seconds,
  /** The film waited for the encoder, or for a person who works. */
  waiting: seconds,
})

/** What the catalog serves to the indexer: the indexer asks for work and reports facts; it holds no truth. */
export const indexerApi = defineApi({
  calls: {
    work: {
      briefing: call(none).returns<IndexerBriefing>(),
      /** The next task of a lane; waits until there is one. Cancel to stop waiting. */
      next: call(v.strictObject({ lane: v.picklist(['scan', 'probe', 'decode']) })).returns<Task>(),
      /** Gives a task back undone (the indexer is going down in order). */
      release: call(v.strictObject({ task: id })).returns<null>(),
      /** The task cannot be done; becomes a problem row. */
      failed: call(v.strictObject({ task: id, error: problem, seconds })).returns<null>(),
      /** `subtitles`: the film's own text streams. */
      probed: call(
        v.strictObject({
          task: id,
          facts: videoFacts,
          subtitles: v.array(v.strictObject({ name: v.string(), language, lines })),
          seconds,
        }),
      ).returns<null>(),
      /** What a subtitle file says; no lines where it says nothing. `language`: its name's, or what the text is plainly in. */
      sidecarRead: call(v.strictObject({ task: id, language, lines, seconds })).returns<null>(),
      skimmed: call(
        v.strictObject({
          task: id,
          pictures: v.nullable(pictures),
          /** Per model: `count` times (seconds) and as many f16 little-endian vectors of the model's length. */
          vectors: v.array(
            v.strictObject({
              model: v.string(),
              dimensions: pixels,
              times: v.array(seconds),
              vectors: bytes,
              /** Pictures that the model looked at: more than the times where frames were seen in several views. */
              pictures: pixels,
              seen,
            }),
          ),
          seconds,
        }),
      ).returns<null>(),
      /** A part of an analysis: kept until the `last` one comes, so that a kill costs one part. The task ends with `last`. */
      analyzed: call(v.strictObject({ task: id, part: analysisPart, cost, seconds })).returns<null>(),
      /** What the work runs on, for people: told when it changes. */
      runsOn: call(v.strictObject({ decoder: v.string(), encoder: v.string() })).returns<null>(),
    },
    scan: {
      /** Files that are there; answers the indices of those whose content is not known yet. */
      files: call(
        v.strictObject({
          task: id,
          files: v.array(v.strictObject({ path: pathRef, size: pixels, mtime: seconds })),
        }),
      ).returns<{ readonly unknown: readonly number[] }>(),
      /** The content of such files, or why it could not be read. */
      identified: call(
        v.strictObject({
          task: id,
          files: v.array(
            v.strictObject({
              path: pathRef,
              size: pixels,
              mtime: seconds,
              content: v.variant('ok', [
                v.strictObject({ ok: v.literal(true), videoId: v.string() }),
                v.strictObject({ ok: v.literal(false), error: problem }),
              ]),
            }),
          ),
        }),
      ).returns<null>(),
      /** Subtitle files beside films that `files` or `identified` has named before. */
      sidecars: call(
        v.strictObject({
          task: id,
          files: v.array(
            v.strictObject({
              film: pathRef,
              path: pathRef,
              language,
              facts: v.nullable(v.strictObject({ size: pixels, mtime: seconds })),
            }),
          ),
        }),
      ).returns<null>(),
      ignored: call(
        v.strictObject({
          task: id,
          entries: v.array(v.strictObject({ path: pathRef, rule: v.string() })),
          counts: v.array(v.strictObject({ rule: v.string(), count: pixels })),
        }),
      ).returns<null>(),
      /** The walk is over. What was not seen below a complete, readable part is gone. */
      done: call(
        v.strictObject({
          task: id,
          complete: v.boolean(),
          online: v.boolean(),
          unreadable: v.array(v.strictObject({ path: pathRef, error: problem })),
          seconds,
        }),
      ).returns<null>(),
    },
    watch: {
      /** What is to be watched now; asked again at each `watched` event. */
      folders: call(none).returns<readonly WatchedFolder[]>(),
      /** How a folder is followed. */
      mode: call(
        v.strictObject({ folderId: id, mode: v.picklist(['events', 'polling']), reason: v.string() }),
      ).returns<null>(),
      /** Hints: these parts of a folder have changed (null: look at everything). */
      changed: call(
        v.strictObject({
          folderId: id,
          folders: v.nullable(v.array(v.strictObject({ path: pathRef, deep: v.boolean() }))),
        }),
      ).returns<null>(),
    },
  },
  events: {
    /** The set of watched folders has changed. */
    watched: event<null>(),
    /** Tasks that are no longer wanted: stop them and give them back. */
    stop: event<{ readonly tasks: readonly number[] }>(),
    /** How hard to work from now on. */
    pace: event<Pace>(),
  },
})

export type IndexerApi = typeof indexerApi
