import { classifyFfmpegError, ffmpegMessage } from '../domain/ffmpeg-errors.ts'
import { skimGaps, skimRecipes, type SkimRecipe } from '../domain/skim-plan.ts'
import type { FfmpegBinaries } from '../foundation/ffmpeg-binaries.ts'
import { inputUrl } from '../foundation/ffmpeg-input.ts'
import type { FfmpegEnd } from '../foundation/ffmpeg-process.ts'
import { toneMapReference } from '../foundation/tone-map-file.ts'
import { fail, ok, type ErrorCode, type Result } from '../../src-preload/contract/result.ts'
import type { PathRef, VideoFacts } from '../../src-preload/contract/video-facts.ts'
import { gridFrames } from './seek-grid.ts'
import type { FrameOutput, SkimSource } from './frame-outputs.ts'
import { decodeFrames } from './skim-decode.ts'
import { gapHidesFrames, isEncrypted, whyNoFrames } from './skim-doubts.ts'

export type SkimInput = {
  readonly path: PathRef
  readonly facts: VideoFacts
  readonly ffmpeg: FfmpegBinaries
  readonly outputs: readonly FrameOutput[]
  readonly signal: AbortSignal
}

/**
 * A frame: its time in seconds from the film's start and one rgb24 picture an output; the buffers belong to whoever
 * takes them. `restart`: everything so far is void, what follows begins again.
 */
export type SkimEvent =
  | { readonly kind: 'frame'; readonly time: number; readonly pictures: readonly Uint8Array[] }
  | { readonly kind: 'restart'; readonly why: string }

export type SkimSummary = {
  readonly frames: number
  readonly recipe: SkimRecipe
  /** What kept the rest of the film from being seen, or null. */
  readonly partial: string | null
}

type Attempt = { readonly times: readonly number[]; readonly end: FfmpegEnd | null }

/** With these, and when the file cannot even be opened, no other recipe fares better. */
const final = new Set<ErrorCode>([
  ...([
    'cancelled',
    'missing-file',
    'unreadable-file',
    'ffmpeg-missing',
    'truncated',
    'unsupported-codec',
  ] as const),
  ...(['no-video-stream', 'disk-full'] as const),
])

const isFinal = (source: SkimSource, { result, log }: FfmpegEnd): boolean =>
  !result.ok &&
  (final.has(result.error.code) ||
    log.includes(`${source.url}: Invalid data`) ||
    log.includes('Error opening input'))

/** More gaps than this are not looked into one by one: decoding everything says it all. */
const mostDoubts = 4

/** Yields frames while their times rise. `end` is null when they did not, or when what came cannot be right. */
async function* attempt(source: SkimSource, recipe: SkimRecipe): AsyncGenerator<SkimEvent, Attempt> {
  await using frames = recipe === 'seek-grid' ? gridFrames(source) : decodeFrames(source, recipe)
  const times: number[] = []
  while (true) {
    const step = await frames.next()
    if (step.done === true) return { times, end: step.value }
    const time = Math.round((step.value.pts - source.facts.startTime) * 1e6) / 1e6
    if (time <= (times.at(-1) ?? Number.NEGATIVE_INFINITY)) {
      // There is nothing after `every-frame` that could do better.
      if (recipe === 'every-frame') continue
      return { times, end: null }
    }
    times.push(time)
    yield { kind: 'frame', time, pictures: step.value.pictures }
  }
}

/** Why another recipe must be tried, or null when what came is all there is. */
const doubt = async (
  source: SkimSource,
  recipe: SkimRecipe,
  { times, end }: Attempt,
): Promise<string | null> => {
  if (end === null) return 'frames came out of order'
  if (times.length === 0) return 'no frames came'
  if (recipe === 'every-frame') return null
  const gaps = skimGaps(times, source.facts.duration)
  if (gaps.length > mostDoubts) return `${gaps.length} stretches without a frame`
  for (const gap of gaps)
    if (await gapHidesFrames(source, gap)) return `no frame after ${gap.from.toFixed(1)} s`
  return null
}

const summarize = (source: SkimSource, recipe: SkimRecipe, { times, end }: Attempt): SkimSummary => {
  const endsEarly = skimGaps(times, source.facts.duration).some((gap) => gap.to === Number.POSITIVE_INFINITY)
  if (end === null || end.log === '') return { frames: times.length, recipe, partial: null }
  const broken = !end.result.ok || endsEarly || classifyFfmpegError(end.log) === 'truncated'
  return { frames: times.length, recipe, partial: broken ? ffmpegMessage(end.log) : null }
}

/**
 * Frames from all over a film, thinned to one a second and some 240 a film, with the times that players show
 * (ffmpeg.md "Whose time", "Key frames only"). What comes is verified; when it does not hold, the next recipe begins
 * again after a `restart`. A film that gave frames and then broke is a success with `partial`; one that gave none fails
 * with its code. Throws when an output's filter makes pictures of another size than it says.
 */
export async function* skimFrames(input: SkimInput): AsyncGenerator<SkimEvent, Result<SkimSummary>> {
  await using named = await inputUrl(input.path)
  const toneMap = await toneMapReference(input.facts.hdr)
  const source: SkimSource = { ...input, url: named.url, toneMap }
  let last: FfmpegEnd | null = null
  let given = 0
  let why = ''
  for (const recipe of skimRecipes(input.facts, !input.ffmpeg.outdated)) {
    if (given > 0) yield { kind: 'restart', why }
    const tried: Attempt = yield* attempt(source, recipe)
    given = tried.times.length
    last = tried.end ?? last
    if (tried.end !== null && tried.end.log !== '' && (await isEncrypted(source))) break
    if (given === 0 && tried.end !== null && isFinal(source, tried.end)) break
    const doubted = await doubt(source, recipe, tried)
    // Stopped on the way, what the doubts found means nothing.
    if (input.signal.aborted) return fail('cancelled', 'Stopped on request')
    if (doubted === null) return ok(summarize(source, recipe, tried))
    why = doubted
  }
  if (input.signal.aborted) return fail('cancelled', 'Stopped on request')
  return await whyNoFrames(source, input.path, last)
}
