import { ok } from '../../src-preload/contract/result.ts'
import type { Result } from '../../src-preload/contract/result.ts'
import type { VideoFacts } from '../../src-preload/contract/video-facts.ts'
import type { FilmTrack, ShotBoundary } from '../domain/film-tracks.ts'
import { createFrameMeter } from '../domain/frame-measure.ts'
import { signatureOf } from '../domain/frame-signature.ts'
import { measureLook } from '../domain/look-measure.ts'
import { lookSize } from '../domain/look-grid.ts'
import { createSoundMeter } from '../domain/sound-meter.ts'
import { createTrackMeter } from '../domain/track-meter.ts'
import { drop } from '../foundation/drop.ts'
import type { FfmpegEnd } from '../foundation/ffmpeg-process.ts'
import type { StampedFrame } from '../foundation/frame-reader.ts'
import type { AnalysisDecode } from './analysis-decode.ts'
import { createAnalysisWindows } from './analysis-windows.ts'
import { createLookMatcher } from './look-matcher.ts'
import type { MatchedLook } from './look-matcher.ts'
import type { PaceGate } from './pace-gate.ts'
import type { ShotFinder } from './shot-finder.ts'
import { readSound } from './sound-decode.ts'
import type { FineFrame, WindowEmbedder } from './window-embedder.ts'

/** A part is what a kill costs at most; windows fit into it. Seconds of film. */
export const partSeconds = 300
/** After a resume the decoder begins so much earlier: whatever looks back is then as it would have been. */
export const warmUpSeconds = 12
/** A film without length still ends: its last frame is shown for so long. */
const lastFrameSeconds = 0.04
/** Sound that lags so far behind its pictures is no longer waited for. */
const soundPatience = 60

/** What was found out about [from, to) of a film, in seconds; `frames` for each embedder, in their order. */
export type FilmPart = {
  readonly from: number
  readonly to: number
  readonly last: boolean
  readonly boundaries: readonly ShotBoundary[]
  readonly tracks: readonly FilmTrack[]
  readonly frames: readonly (readonly FineFrame[])[]
  /** Wall seconds for which the film waited for the encoder or at the gate, since the part before. */
  readonly waited: number
}

export type FilmAnalysisInput = {
  readonly decode: AnalysisDecode
  readonly facts: VideoFacts
  /** Where the parts that are there already end. */
  readonly from: number
  /** Where the decode begins: `warmUpSeconds` before that at least, or at the film's start. */
  readonly begin: number
  readonly embedders: readonly WindowEmbedder[]
  readonly shots: ShotFinder
  readonly gate: PaceGate
  readonly signal: AbortSignal
  /** Whether what was decoded is the film: false where another way of decoding is to be tried from the last part on. */
  readonly accepts: (end: FfmpegEnd, seen: FramesSeen) => boolean
  /** Is given each part, in order; the analysis goes on when it settles, and ends with its failure. */
  readonly onPart: (part: FilmPart) => Promise<Result<null>>
}

/** How many frames came, and the second of the last one (-Infinity where none came). */
export type FramesSeen = { readonly frames: number; readonly newest: number }

export type AnalyzedFilm = FramesSeen & { readonly end: FfmpegEnd; readonly accepted: boolean }

/** What lies in a film's pipes beside the frames, read as it comes. */
type Side = { readonly over: Promise<void>; readonly isOver: () => boolean }

const reading = (work: Promise<void>): Side => {
  let over = false
  const done = work.finally(() => (over = true))
  return { over: done, isOver: () => over }
}

/**
 * Reads one decode to its end: shots, curves, sound, and the frames worth a vector. Memory is bounded by two windows of
 * looks, whatever the film's length. Answers how the decode ended; where that was not accepted the last part was not given.
 * Errors: those of the models, of `onPart`, cancelled.
 */
export const analyzeFilm = async (input: FilmAnalysisInput): Promise<Result<AnalyzedFilm>> => {
  const { decode, facts, from, begin, embedders, shots, gate, signal } = input
  const measure = createFrameMeter()
  const tracks = createTrackMeter(from)
  const sound = createSoundMeter(from, begin)
  const windows = createAnalysisWindows(from, embedders)
  const matcher = createLookMatcher()
  const { width, height } = lookSize(facts)
  const filmTime = (pts: number): number => Math.round((pts - facts.startTime) * 1e6) / 1e6

  const looksRead = reading(
    (async () => {
      for await (const look of decode.looks) matcher.addLook({ ...look, pts: filmTime(look.pts) })
    })(),
  )
  const soundRead = reading(
    decode.sound === null
      ? Promise.resolve()
      : readSound(decode.sound, sound.push, facts.duration > 0 ? facts.duration - begin : undefined),
  )

  let found: ShotBoundary[] = []
  let partStart = from
  let newest = Number.NEGATIVE_INFINITY
  let frames = 0
  let waited = 0
  const waiting = async <T>(work: Promise<T>): Promise<T> => {
    const start = performance.now()
    const value = await work
    waited += (performance.now() - start) / 1000
    return value
  }

  const takeLook = ({ tiny, pictures }: MatchedLook): void => {
    const [look, ...strips] = pictures
    if (look === undefined || tiny.time < from) return
    const signature = signatureOf(tiny.rgb)
    tracks.addLook(tiny.time, measureLook(look, width, height), signature.hash)
    windows.add({ time: tiny.time, signature }, strips)
  }
  const takeFrame = async ({ pts, pictures }: StampedFrame): Promise<Result<null>> => {
    const [rgb] = pictures
    const time = filmTime(pts)
    // Times must rise: a frame that comes twice, or lies before the film's beginning, is not shown either.
    if (rgb === undefined || time <= newest || time < 0) return ok(null)
    newest = time
    frames += 1
    const measured = measure(time, rgb)
    tracks.addFrame(measured)
    const boundaries = await shots.push(measured, rgb)
    if (!boundaries.ok) return boundaries
    found.push(...boundaries.value)
    matcher.addFrame({ time, rgb })
    for (const look of matcher.take()) takeLook(look)
    return ok(null)
  }
  const cuts = (): readonly number[] => found.map(({ time }) => time)
  const report = async (
    to: number,
    last: boolean,
    all: readonly (readonly FineFrame[])[],
  ): Promise<Result<null>> => {
    const boundaries = found.filter(({ time }) => time > 0 && time >= partStart && time < to)
    found = found.filter(({ time }) => time >= to)
    const part = {
      from: partStart,
      to,
      last,
      boundaries,
      tracks: [...tracks.take(to), ...sound.take(to)],
      frames: all,
      waited,
    }
    partStart = to
    waited = 0
    return input.onPart(part)
  }
  /** No boundary and no look before `second` can come any more. */
  const isSettled = (second: number): boolean =>
    shots.settled() >= second && (looksRead.isOver() || matcher.latest() >= second)
  const soundReaches = (to: number): boolean =>
    soundRead.isOver() || sound.until() >= to || newest > to + soundPatience

  /** Hands windows and parts over as soon as nothing can change in them any more. */
  const handOver = async (): Promise<Result<null>> => {
    while (isSettled(windows.end()) && windows.end() <= partStart + partSeconds) {
      const closed = await waiting(windows.close(cuts()))
      if (!closed.ok) return closed
    }
    const partEnd = partStart + partSeconds
    const isWhole = windows.end() > partEnd && windows.isIdle() && soundReaches(partEnd)
    return isWhole ? report(partEnd, false, windows.take()) : ok(null)
  }

  for await (const frame of decode.frames) {
    await waiting(gate.pass(signal))
    const taken = await takeFrame(frame)
    const handed = taken.ok ? await handOver() : taken
    if (!handed.ok) {
      drop(Promise.allSettled([looksRead.over, soundRead.over]))
      return handed
    }
  }
  await Promise.all([looksRead.over, soundRead.over])
  for (const look of matcher.take()) takeLook(look)
  const ended = await decode.ended
  if (!input.accepts(ended, { frames, newest })) {
    await windows.idle()
    return ok({ frames, newest, end: ended, accepted: false })
  }

  const end = Math.max(facts.duration, newest + lastFrameSeconds)
  const rest = await shots.finish(end)
  if (!rest.ok) return rest
  found.push(...rest.value)
  for (;;) {
    const partEnd = partStart + partSeconds
    if (windows.end() > partEnd && partEnd < end) {
      const idle = await waiting(windows.idle())
      const reported = idle.ok ? await report(partEnd, false, windows.take()) : idle
      if (!reported.ok) return reported
    }
    if (windows.end() >= end) break
    const closed = await waiting(windows.close(cuts()))
    if (!closed.ok) return closed
  }
  const closed = await waiting(windows.close(cuts(), end))
  const idle = closed.ok ? await waiting(windows.idle()) : closed
  if (!idle.ok) return idle
  const refined: (readonly FineFrame[])[] = []
  for (const [i, chosen] of windows.take().entries()) {
    const better = await waiting(embedders[i]?.refine(chosen) ?? Promise.resolve(ok(chosen)))
    if (!better.ok) return better
    refined.push(better.value)
  }
  const reported = await report(end, true, refined)
  return reported.ok ? ok({ frames, newest, end: ended, accepted: true }) : reported
}
