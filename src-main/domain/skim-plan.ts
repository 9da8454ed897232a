import type { VideoFacts } from '../../src-preload/contract/video-facts.ts'

/**
 * How the frames of a skim are got, see ffmpeg.md "Key frames only". `key-frames`: the decoder skips the others;
 * `key-packets`: the others never reach the decoder; `key-select`: all are decoded, key frames are kept;
 * `seek-grid`: one seek a picture; `every-frame`: all are decoded, thinned by time.
 */
export type SkimRecipe = 'key-frames' | 'key-packets' | 'key-select' | 'seek-grid' | 'every-frame'

/** Codecs without prediction between frames: every frame is a key frame, so nothing would be skipped. */
const intraOnly = new Set([
  ...[
    'mjpeg',
    'mjpegb',
    'prores',
    'dnxhd',
    'rawvideo',
    'png',
    'apng',
    'jpeg2000',
    'jpegls',
    'huffyuv',
    'ffvhuff',
    'ffv1',
  ],
  ...[
    'dvvideo',
    'cfhd',
    'v210',
    'v410',
    'r210',
    'utvideo',
    'magicyuv',
    'hap',
    'qtrle',
    'tiff',
    'bmp',
    'targa',
    'hqx',
    'vc3',
  ],
])

/** Elementary streams carry no times: with frames left out, ffmpeg's guesses are off by seconds (measured, H.264 in .h264). */
const timeless = new Set([
  'h264',
  'hevc',
  'm4v',
  'mpegvideo',
  'vc1',
  'obu',
  'h263',
  'h261',
  'cavsvideo',
  'dirac',
])

const isMp4 = (container: string): boolean => /\b(mov|mp4|m4v|3gp|3g2|mj2|quicktime)\b/.test(container)

/** Whether `-discard nokey` holds: in MP4 and MOV only, where it halves what is read from disk (ffmpeg.md). */
export const discardsOnDisk = (facts: Pick<VideoFacts, 'container'>): boolean => isMp4(facts.container)

const firstRecipe = (facts: VideoFacts, canDropPackets: boolean): SkimRecipe => {
  if (intraOnly.has(facts.codec)) return 'seek-grid'
  if (timeless.has(facts.container)) return 'every-frame'
  if (facts.codec === 'vp9' || facts.codec === 'av1') {
    // The pipe between the two processes carries no display matrix.
    return canDropPackets && facts.rotation === 0 ? 'key-packets' : 'key-select'
  }
  // A key picture of field-coded H.264 is an I field and a P field, and the decoder would skip the second.
  return facts.codec === 'h264' && facts.interlaced ? 'seek-grid' : 'key-frames'
}

/** So short a film has one key frame, which is often the black that it fades in from. Seconds. */
const shortFilm = 2.5

/**
 * The recipes for a film, best first; the next is tried when what one gave does not verify. `canDropPackets`: ffmpeg
 * is 5.1 or newer. The grid needs a duration to lie on.
 */
export const skimRecipes = (facts: VideoFacts, canDropPackets: boolean): readonly SkimRecipe[] => {
  if (facts.duration > 0 && facts.duration <= shortFilm) return ['every-frame']
  const chain = new Set<SkimRecipe>([firstRecipe(facts, canDropPackets), 'seek-grid', 'every-frame'])
  if (facts.duration <= 0 || timeless.has(facts.container)) chain.delete('seek-grid')
  return [...chain]
}

/** Seconds between the frames of a skim: one a second, at most some 240 a film (ffmpeg.md). */
export const skimInterval = (duration: number): number => Math.max(1, duration / 240)

/** Containers round times to their own ticks, so a key frame a second may seem to be a little less than that apart. */
const tickTolerance = 0.005

/** Where no frame may be missing: twelve seconds of a film without a picture would hide a whole scene. */
const longestGap = 10

/** What an ffmpeg expression calls a frame's time, the time of the last one taken, and "none was taken yet". */
export type ThinningNames = { readonly time: string; readonly last: string; readonly none: string }

/** In the `select` filter. */
export const selectNames: ThinningNames = {
  time: 't',
  last: 'prev_selected_t',
  none: 'isnan(prev_selected_t)',
}

/** In a bitstream filter, where registers 0 and 1 must be kept by hand. */
export const packetNames: ThinningNames = { time: 'pts*tb', last: 'ld(0)', none: 'not(ld(1))' }

/**
 * ffmpeg's expression that is not 0 for frames `skimInterval` apart. Where the duration is unknown the interval grows
 * with the time, so that a long film still gives some hundreds.
 */
export const thinningExpression = (
  facts: Pick<VideoFacts, 'duration' | 'startTime'>,
  names: ThinningNames,
): string => {
  const interval =
    facts.duration > 0
      ? String(skimInterval(facts.duration) - tickTolerance)
      : `max(${1 - tickTolerance},(${names.time}-(${facts.startTime}))/240)`
  return `${names.none}+gte(${names.time}-${names.last},${interval})`
}

/**
 * The `select` filter of a recipe. Of key frames those out of order pass too: they prove that the decoder's times
 * cannot be trusted (H.264 with open GOPs) and must be seen.
 */
export const selectFilter = (
  facts: Pick<VideoFacts, 'duration' | 'startTime'>,
  recipe: SkimRecipe,
): string => {
  const thinned = thinningExpression(facts, selectNames)
  return recipe === 'every-frame' ? `select='${thinned}'` : `select='key*(${thinned}+lte(t,prev_t))'`
}

/** Times to seek to, from 0, one interval apart and inside the film. */
export const gridTimes = (duration: number): readonly number[] => {
  const interval = skimInterval(duration)
  const count = Math.max(1, Math.ceil(duration / interval - 1e-9))
  return Array.from({ length: count }, (_, index) => index * interval)
}

/** A stretch in which a skim has no frame. `to` is Infinity at the end of a film. */
export type SkimGap = { readonly from: number; readonly to: number }

/** Longest distance between two frames of a thinned skim: ten seconds between key frames, and what thinning left out. */
export const gapLimit = (duration: number): number => longestGap + skimInterval(duration)

/**
 * The gaps longer than `gapLimit` in rising `times` (seconds from the film's start), also before the first and after
 * the last. The end is not looked at where the duration is unknown.
 */
export const skimGaps = (times: readonly number[], duration: number): readonly SkimGap[] => {
  const limit = gapLimit(duration)
  const borders = [0, ...times]
  const inside = borders.flatMap((from, index) => {
    const to = borders[index + 1]
    return to !== undefined && to - from > limit ? [{ from, to }] : []
  })
  const last = borders.at(-1) ?? 0
  return duration - last > limit ? [...inside, { from: last, to: Infinity }] : inside
}
