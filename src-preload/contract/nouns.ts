import type { Poster, Sprite } from './picture-set.ts'
import type { ErrorCode } from './result.ts'
import type { StageName } from './stage-names.ts'
import type { AudioStream, FileChapter, PathRef, SubtitleStream, VideoFacts } from './video-facts.ts'

/** A watched folder. `videos` counts the films in it; a folder is offline while its drive is away. */
export type Folder = {
  readonly id: number
  readonly path: string
  readonly pathBytes?: string
  readonly videos: number
  readonly online: boolean
  /** How changes are noticed while somebody watches; null while nobody does. */
  readonly watching: 'events' | 'polling' | null
}

/** One film as lists show it. Times in seconds, sizes in bytes. */
export type Video = {
  readonly id: string
  readonly path: string
  readonly pathBytes?: string
  /** Every present location, the first of them `path`. */
  readonly paths: readonly string[]
  readonly online: boolean
  readonly size: number
  readonly duration: number
  /** PTS of the film's own zero in the container. */
  readonly start: number
  readonly width: number
  readonly height: number
  readonly codec: string
  readonly rotation: 0 | 90 | 180 | 270
  readonly hdr: 'pq' | 'hlg' | null
  /** Recording date (ISO 8601), else the file's modification time. */
  readonly created: string
  readonly tags: readonly string[]
  /** 0..5; null where nobody has rated it. */
  readonly rating: number | null
  /** The last stage that is done for the current model. */
  readonly state: StageName
}

/** Poster and sprite: immutable pictures; `version` changes with their content and goes into their address. */
export type VideoPictures = {
  readonly version: string
  readonly poster: Poster
  readonly sprite: Sprite
}

/** A video as the grid shows it; `pictures` null until it is skimmed. */
export type VideoCard = Video & { readonly pictures: VideoPictures | null }

/** A piece of a sorted list. `total` counts the whole list. */
export type VideoPage = { readonly total: number; readonly videos: readonly VideoCard[] }

/** Everything about one video. */
export type VideoDetail = VideoCard & {
  readonly container: string
  readonly frameRate: number | null
  readonly audio: readonly AudioStream[]
  readonly subtitles: readonly SubtitleStream[]
  readonly chapters: readonly FileChapter[]
  readonly marks: readonly TagMark[]
  readonly problems: readonly Problem[]
}

/** A tag on a film, or on a stretch of it (seconds); `start` and `end` null: the whole film. */
export type TagMark = { readonly tag: string; readonly start: number | null; readonly end: number | null }

/** A tag of the library and how many visible films bear it. */
export type TagCount = { readonly tag: string; readonly videos: number }

/** A subtitle of a film: one of its own streams, or a file beside it. */
export type SubtitleTrack = {
  readonly id: number
  readonly source: 'embedded' | 'sidecar'
  /** The file's name, the stream's title or its codec. */
  readonly name: string
  readonly language: string | null
  readonly lines: number
  /** Whether its lines come in the order of the pictures; `wrong`: it is probably another film's. `unknown`: nobody can tell. */
  readonly fit: 'unknown' | 'fits' | 'wrong'
}

/** One line of a subtitle. Seconds from the film's own start; `track` is the id of its subtitle. */
export type SubtitleLine = {
  readonly track: number
  readonly start: number
  readonly end: number
  readonly text: string
}

export type SubtitleList = {
  readonly tracks: readonly SubtitleTrack[]
  /** Of all tracks, in order of time. */
  readonly lines: readonly SubtitleLine[]
}

/** How a shot begins. */
export type Transition = 'start' | 'cut' | 'dissolve' | 'fade'

export type ShotFlag = 'still' | 'black' | 'blurred' | 'text-slide'

/** Where the picture as a whole moves to (the camera the other way), or null where it does not. */
export type MotionDirection = 'left' | 'right' | 'up' | 'down'

/** What one camera showed without a break. Seconds from the film's own start. */
export type Shot = {
  readonly start: number
  readonly end: number
  readonly transition: Transition
  /** Share of change from frame to frame, 0 (a photograph) to 1. */
  readonly motion: number
  readonly direction: MotionDirection | null
  readonly flags: readonly ShotFlag[]
}

/** The shots of a film; `analyzed` false: nobody has looked yet, and there are none. */
export type ShotList = { readonly analyzed: boolean; readonly shots: readonly Shot[] }

/** The curves that an analysis leaves (domain/film-tracks.ts has their units). */
export const trackKinds = [
  'motion',
  'direction',
  'luma',
  'sharpness',
  'text',
  'signature',
  'loudness',
  'onset',
] as const
export type TrackKind = (typeof trackKinds)[number]

/** How hard the indexer works: on battery slowly, not at all while somebody works and wants it so. */
export type Pace = 'full' | 'slow' | 'paused'

/** Where a host finds what it shows of a video; for hosts only, never for the page. */
export type MediaPlaces = {
  readonly film: PathRef | null
  readonly container: string
  /** Absolute paths; null until it is skimmed. */
  readonly poster: string | null
  readonly sprite: string | null
}

/** What a host makes a picture of a film's second from; for hosts only, never for the page. */
export type FrameSource = {
  /** Null while no location of it is there. */
  readonly film: PathRef | null
  /** Of the film as it was indexed: a file of another size is another film by now. */
  readonly size: number
  readonly facts: VideoFacts
  /** The ffmpeg that a person chose, or null. */
  readonly ffmpegPath: string | null
}

/** What could not be indexed, and why. */
export type Problem = {
  readonly path: string
  readonly pathBytes?: string
  readonly videoId: string | null
  readonly stage: StageName
  readonly code: ErrorCode
  readonly message: string
  readonly advice: string
  readonly tries: number
}

/** Something in a folder that Kinora does not look at, and by which rule. */
export type IgnoredEntry = { readonly path: string; readonly rule: string }

/** How many entries one rule left out. */
export type IgnoredCount = { readonly rule: string; readonly count: number }

/** How far the download of a model is. Bytes, bytes a second, seconds. */
export type ModelDownload = {
  readonly bytes: number
  readonly total: number
  readonly speed: number | null
  readonly secondsLeft: number | null
}

/** What using a model would cost this library: the films that still lack its vectors. */
export type ModelCost = {
  readonly films: number
  /** Seconds of work at the speed that was measured here, or guessed from the model's relative time; null: nobody can say. */
  readonly seconds: number | null
  readonly measured: boolean
  /** Bytes of vectors that will come to the library. */
  readonly bytes: number
}

/** A pair of encoders (`kind` pair), or a detector of cuts (shots). */
export type Model = {
  readonly id: string
  readonly kind: 'pair' | 'shots'
  readonly name: string
  readonly licence: string
  /** What the licence means, in plain words (English, German); null where only its name is known. */
  readonly licenceWords: { readonly en: string; readonly de: string } | null
  /** False: research only; a person who brings such a model is told so. */
  readonly commercialUse: boolean
  readonly state: 'ready' | 'available' | 'downloading' | 'broken'
  /** It answers searches. */
  readonly current: boolean
  /** It will, as soon as it has seen enough films; until then the current one answers. */
  readonly next: boolean
  /** On disk, or to download. */
  readonly bytes: number
  readonly dimensions: number
  readonly description: string
  readonly goodAt: { readonly en: string; readonly de: string } | null
  readonly languages: readonly string[]
  /** Share of the visible films that have its vectors. */
  readonly coverage: number
  readonly cost: ModelCost | null
  /** Quantised files against the full-precision ones (methods.md 3); null where nothing is quantised. */
  readonly parity: 'passed' | 'failed' | 'unverified' | null
  /** Where it runs and how fast; null until it was measured. */
  readonly runsOn: { readonly provider: string; readonly picturesPerSecond: number } | null
  readonly download: ModelDownload | null
  /** Why its last download ended early; null where none did. */
  readonly downloadError: {
    readonly code: ErrorCode
    readonly message: string
    readonly advice: string
  } | null
}

/** One way to compute, and why it is used or not: "why am I on the CPU". */
export type ProviderState = {
  readonly provider: 'cuda' | 'dml' | 'coreml' | 'webgpu' | 'cpu'
  readonly chosen: boolean
  /** The canary: passed, failed, not there, or not asked yet. */
  readonly state: 'passed' | 'failed' | 'absent' | 'unknown'
  readonly picturesPerSecond: number | null
  readonly detail: string
}

/** One stage's part of an index run: jobs that ended, and the seconds spent on them. */
export type StageCount = { readonly done: number; readonly failed: number; readonly seconds: number }

/** What an index run did. */
export type IndexSummary = {
  /** Visible videos of the library. */
  readonly videos: number
  /** Videos for which at least one job was done. */
  readonly indexed: number
  /** Problems of the library now. */
  readonly problems: number
  readonly seconds: number
  /** Length of all films that were skimmed in this run. */
  readonly videoSeconds: number
  readonly framesEmbedded: number
  /** Pictures that models looked at for them: a frame of a film with few frames is seen in up to three views. */
  readonly picturesEmbedded: number
  /** Seconds of film that were decoded whole, and the seconds the work spent decoding, embedding and waiting for the encoder. */
  readonly decodedSeconds: number
  readonly decodeSeconds: number
  readonly embedSeconds: number
  readonly waitSeconds: number
  readonly stages: Readonly<Partial<Record<StageName, StageCount>>>
  readonly ignored: readonly IgnoredCount[]
  readonly cancelled: boolean
}

/** Where an index run stands: a quiet line for people. */
export type IndexProgress = {
  readonly running: boolean
  readonly scanning: number
  readonly jobsLeft: number
  readonly jobsDone: number
  /** Films that wait for their first look. */
  readonly skimsLeft: number
  readonly problems: number
  /** What is being worked on, at most a few paths. */
  readonly current: readonly string[]
  /** Seconds of film analyzed per second, of late; null while nobody can say. */
  readonly speed: number | null
  /** Seconds until everything is analyzed at that speed; null while nobody can say. */
  readonly secondsLeft: number | null
  /** Seconds of film that wait for their analysis. */
  readonly filmLeft: number
  readonly pace: Pace
  /** Such as `vaapi` and `CPU, 2 threads`; null until the work has begun. */
  readonly runsOn: { readonly decoder: string; readonly encoder: string } | null
}

/** Something a person can set. `value` null: not set, `fallback` holds. */
export type Setting = {
  readonly name: string
  readonly value: string | null
  readonly fallback: string
  readonly meaning: string
}

export type DoctorCheck = {
  readonly name: string
  readonly ok: boolean
  readonly detail: string
  readonly advice: string
}

/** What `watch` prints, one a line. */
export type LibraryChange =
  | { readonly kind: 'video-added' | 'video-ready'; readonly videoId: string; readonly path: string }
  | { readonly kind: 'location-found'; readonly videoId: string; readonly path: string }
  | { readonly kind: 'location-gone'; readonly path: string }
  /** A subtitle file beside a film (`path`) was read or is gone: other lines are found. */
  | { readonly kind: 'subtitles'; readonly videoId: string; readonly path: string }
  | { readonly kind: 'problem'; readonly path: string; readonly stage: StageName; readonly code: ErrorCode }
  | {
      readonly kind: 'folder'
      readonly path: string
      readonly online: boolean
      readonly watching: 'events' | 'polling' | null
    }
  /** The list of models, a download or the model that answers has changed. */
  | { readonly kind: 'models' }
  /** Collections were saved, renamed or deleted. */
  | { readonly kind: 'collections' }
  /** Tags or the rating of a film have changed. */
  | { readonly kind: 'marks'; readonly videoId: string }
  | { readonly kind: 'idle'; readonly videos: number; readonly problems: number }
