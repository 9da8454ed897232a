import * as v from 'valibot'
import { fail, ok, type Result } from '../../src-preload/contract/result.ts'
import type {
  AudioStream,
  FileChapter,
  SubtitleStream,
  VideoFacts,
} from '../../src-preload/contract/video-facts.ts'
import { bitDepthOf, hdrOf, ratioOf, rotationOf, shownSize } from './picture-facts.ts'
import { probeAnswer, type ProbeAnswer, type ProbeStream } from './probe-answer.ts'
import { recordingDate } from './recording-date.ts'

/** What ffprobe calls a film but is a picture, a list of other files, or text. */
const notFilms = /_pipe$|^(image2|hls|dash|concat|concatf|tty|ffmetadata|webvtt|srt|ass|lrc|rawvideo)\b/

/** Subtitle codecs that ffmpeg can turn into text. */
const textCodecs: ReadonlySet<string> = new Set([
  ...['subrip', 'srt', 'ass', 'ssa', 'mov_text', 'webvtt', 'text', 'subviewer', 'subviewer1', 'microdvd'],
  ...['jacosub', 'mpl2', 'sami', 'realtext', 'stl', 'pjs', 'vplayer'],
])

/** Sample entries of protected streams: Common Encryption, iTunes. ffprobe often shows the codec's own instead. */
const protectedTags: ReadonlySet<string | undefined> = new Set(['encv', 'enca', 'drmi', 'drms'])

const isKnown = (text: string | undefined): text is string => text !== undefined && text !== 'unknown'

const area = ({ width, height }: ProbeStream): number => (width ?? 0) * (height ?? 0)

/** The film among the video streams: never cover art; what can be decoded, then the default one, then the largest. */
const chooseVideo = (streams: readonly ProbeStream[]): ProbeStream | undefined => {
  const flag = (on: boolean): number => (on ? 1 : 0)
  return streams
    .filter(({ codec_type, disposition }) => codec_type === 'video' && disposition['attached_pic'] !== 1)
    .sort(
      (a, b) =>
        flag(isKnown(b.codec_name)) - flag(isKnown(a.codec_name)) ||
        (b.disposition['default'] ?? 0) - (a.disposition['default'] ?? 0) ||
        area(b) - area(a) ||
        a.index - b.index,
    )[0]
}

const isEncrypted = ({ packets }: ProbeAnswer, stream: ProbeStream): boolean =>
  protectedTags.has(stream.codec_tag_string) ||
  packets.some(
    ({ stream_index, side_data_list }) =>
      stream_index === stream.index &&
      side_data_list.some((data) => data.side_data_type === 'Encryption info'),
  )

const tagOf = (tags: ProbeStream['tags'], key: string): string | undefined =>
  Object.entries(tags).find(([name]) => name.toLowerCase() === key)?.[1]

const languageOf = ({ tags }: ProbeStream): string | null => {
  const language = tagOf(tags, 'language')?.trim() ?? ''
  return language === '' || language === 'und' ? null : language
}

/** ffprobe's own precision: differences of its times keep no dust of floating point. */
const microseconds = (seconds: number): number => Math.round(seconds * 1e6) / 1e6

/**
 * Seconds from the film's own zero to the last end of its picture and sound. Subtitles do not make a film longer. Where
 * streams have no length the container's holds; ffmpeg's Matroska counts it from 0 and not from the first frame.
 */
const durationOf = ({ format, streams }: ProbeAnswer, video: ProbeStream): number => {
  const startTime = format.start_time ?? 0
  if (video.duration !== null && video.duration > 0) {
    const ends = streams
      .filter(({ codec_type, index }) => codec_type === 'audio' || index === video.index)
      .map(({ start_time, duration }) => (duration === null ? 0 : (start_time ?? startTime) + duration))
    return microseconds(Math.max(...ends) - startTime)
  }
  const fromZero =
    format.format_name.startsWith('matroska') && tagOf(format.tags, 'encoder')?.startsWith('Lavf') === true
  const length = (format.duration ?? 0) - (fromZero ? startTime : 0)
  return length > 0 ? microseconds(length) : 0
}

const chaptersOf = ({ format, chapters }: ProbeAnswer, duration: number): readonly FileChapter[] =>
  chapters
    .map(({ start_time, end_time, tags }) => {
      const within = (time: number): number =>
        Math.min(
          Math.max(microseconds(time - (format.start_time ?? 0)), 0),
          duration > 0 ? duration : Infinity,
        )
      const start = within(start_time ?? 0)
      return { start, end: within(end_time ?? Infinity), title: tagOf(tags, 'title')?.trim() ?? '' }
    })
    .filter(({ start, end }) => end > start && Number.isFinite(end))
    .sort((a, b) => a.start - b.start)

const audioOf = (streams: readonly ProbeStream[]): readonly AudioStream[] =>
  streams
    .filter(({ codec_type }) => codec_type === 'audio')
    .map((stream) => ({
      index: stream.index,
      codec: stream.codec_name ?? 'unknown',
      channels: stream.channels ?? 0,
      language: languageOf(stream),
    }))

const subtitlesOf = (streams: readonly ProbeStream[]): readonly SubtitleStream[] =>
  streams
    .filter(({ codec_type }) => codec_type === 'subtitle')
    .map((stream) => ({
      index: stream.index,
      codec: stream.codec_name ?? 'unknown',
      language: languageOf(stream),
      title: tagOf(stream.tags, 'title')?.trim() ?? null,
      isText: textCodecs.has(stream.codec_name ?? ''),
    }))

/** One word for the container: `mov` and `mp4` are told apart by the brand, else ffprobe's first name. */
const containerOf = ({ format }: ProbeAnswer): string => {
  if (format.format_name.startsWith('mov,'))
    return tagOf(format.tags, 'major_brand')?.trim() === 'qt' ? 'mov' : 'mp4'
  return format.format_name.split(',')[0] ?? format.format_name
}

/** ffprobe's JSON (parsed) as an answer; `ffmpeg-failed` where it is none. */
export const parseProbe = (json: unknown): Result<ProbeAnswer> => {
  const parsed = v.safeParse(probeAnswer, json)
  return parsed.success
    ? ok(parsed.output)
    : fail('ffmpeg-failed', `ffprobe's answer is not understood: ${parsed.issues[0].message}`)
}

/** Why an answer is no film's. */
const refusal = (answer: ProbeAnswer, video: ProbeStream | undefined): Result<never> | null => {
  if (notFilms.test(answer.format.format_name))
    return fail('not-a-video', `It is no film but ${answer.format.format_name}`)
  if (video === undefined) {
    const sound = answer.streams.some(({ codec_type }) => codec_type === 'audio')
    return fail('no-video-stream', sound ? 'It has sound but no picture' : 'It has no picture')
  }
  if (isEncrypted(answer, video))
    return fail('encrypted', 'The picture is encrypted (DRM)', 'Play it in the program it was bought with.')
  if (!isKnown(video.codec_name))
    return fail('unsupported-codec', `No decoder for ${video.codec_tag_string ?? 'its codec'}`, 'Convert it.')
  if (area(video) === 0) return fail('damaged', 'The size of its picture is unknown')
  return null
}

/**
 * The facts of a film from ffprobe's answer. `now` in epoch seconds, for what can be believed of dates. `counted`: its
 * length as counted from its packets, for containers that do not say. Fails with `not-a-video`, `no-video-stream`,
 * `encrypted`, `unsupported-codec`, `damaged`.
 */
export const factsOf = (answer: ProbeAnswer, now: number, counted?: number): Result<VideoFacts> => {
  const { format, streams } = answer
  const video = chooseVideo(streams)
  const refused = refusal(answer, video)
  if (refused !== null || video === undefined) return refused ?? fail('no-video-stream', 'It has no picture')
  const duration = counted === undefined ? durationOf(answer, video) : microseconds(counted)
  const [codedWidth, codedHeight] = [video.width ?? 0, video.height ?? 0]
  const rotation = rotationOf(video)
  const sampleAspect = ratioOf(video.sample_aspect_ratio) ?? 1
  const profile = video.profile === undefined ? null : String(video.profile)
  return ok({
    duration,
    startTime: format.start_time ?? 0,
    streamIndex: video.index,
    container: containerOf(answer),
    codec: video.codec_name ?? 'unknown',
    profile: profile === 'unknown' ? null : profile,
    pixelFormat: video.pix_fmt ?? 'unknown',
    bitDepth: bitDepthOf(video),
    ...shownSize(codedWidth, codedHeight, sampleAspect, rotation),
    codedWidth,
    codedHeight,
    rotation,
    sampleAspect,
    frameRate: ratioOf(video.avg_frame_rate),
    hdr: hdrOf(video),
    interlaced: ['tt', 'bb', 'tb', 'bt'].includes(video.field_order ?? ''),
    bitRate: format.bit_rate,
    recordedAt: recordingDate([format.tags, video.tags], now),
    audio: audioOf(streams),
    subtitles: subtitlesOf(streams),
    chapters: chaptersOf(answer, duration),
  })
}
