/** Where a film lies. `bytes` is the real name where it is not UTF-8; `path` then shows it with replacement signs. */
export type PathRef = { readonly path: string; readonly bytes: Uint8Array | null }

/** A stretch of the film that its own container names. Seconds from the film's own start. */
export type FileChapter = { readonly start: number; readonly end: number; readonly title: string }

export type AudioStream = {
  readonly index: number
  readonly codec: string
  readonly channels: number
  readonly language: string | null
}

export type SubtitleStream = {
  readonly index: number
  readonly codec: string
  readonly language: string | null
  readonly title: string | null
  /** False for pictures of text (PGS, VobSub), which cannot be searched. */
  readonly isText: boolean
}

/** What stage `probed` knows of a film. Times in seconds, sizes in bytes, lengths in pixels. */
export type VideoFacts = {
  /** Length of the film; 0 when the container does not say and no frame was counted. */
  readonly duration: number
  /** PTS of the film's own zero: every other time in Kinora is PTS minus this. */
  readonly startTime: number
  /** Index of the video stream among all streams; never cover art. */
  readonly streamIndex: number
  readonly container: string
  readonly codec: string
  readonly profile: string | null
  readonly pixelFormat: string
  readonly bitDepth: number
  /** As shown: after sample aspect ratio and rotation. */
  readonly width: number
  readonly height: number
  readonly codedWidth: number
  readonly codedHeight: number
  /** Clockwise turn that shows the film upright. */
  readonly rotation: 0 | 90 | 180 | 270
  readonly sampleAspect: number
  /** Average frames a second, or null where the container does not say. */
  readonly frameRate: number | null
  readonly hdr: 'pq' | 'hlg' | null
  readonly interlaced: boolean
  readonly bitRate: number | null
  /** When it was recorded, ISO 8601, from the container's own tags; null where none is credible. */
  readonly recordedAt: string | null
  readonly audio: readonly AudioStream[]
  readonly subtitles: readonly SubtitleStream[]
  readonly chapters: readonly FileChapter[]
}

/** One line of a subtitle: text without markup. Seconds from the film's own start. */
export type Cue = { readonly start: number; readonly end: number; readonly text: string }

/** A text stream of a film: `name` is its title or codec, `lines` come in order of time. */
export type EmbeddedSubtitle = {
  readonly name: string
  readonly language: string | null
  readonly lines: readonly Cue[]
}

/** A subtitle file beside a film, as a look at its folder sees it. Bytes, seconds since 1970 with fractions. */
export type SidecarFile = {
  readonly film: PathRef
  readonly path: PathRef
  /** As its name says. */
  readonly language: string | null
  /** Null where it is there but cannot be looked at. */
  readonly facts: { readonly size: number; readonly mtime: number } | null
}
