import type { VideoFacts } from '../../src-preload/contract/video-facts.ts'

/** One attempt to get a frame: the second to seek to, coarsely (0: from the film's very beginning), and what keeps the right frame of those that come. */
export type StillTry = { readonly from: number; readonly filters: readonly string[] }

export type StillSeek = {
  /** One after the other, until one gives a picture. */
  readonly tries: readonly StillTry[]
  /** Where none did although nothing is broken: no frame has begun by then, so the next that comes is shown. */
  readonly next: StillTry
}

/**
 * A seek ends at a key frame before its second where the container has an index (MP4, Matroska). In MPEG-TS and PS it
 * ends at any packet, and pictures come from the next key frame on, which may be behind the second: then earlier seeks
 * are tried. Broadcasts have a key frame every 0.5 to 2 s, x264's default is one in 250 frames.
 */
const stepsBack = [0, 2, 10, 40] as const

/** A film's sound may go on behind its last picture: that is then still shown. Seconds. */
const longestTail = 120

/** `fps` counts in milliseconds and rounds to the nearest. Seconds. */
const halfTick = 0.0006

/** After a seek into MPEG-TS or AVI the first pictures may lack what they refer to, and HEVC shows them gray (measured); H.264 knows by itself when it has recovered, mostly at frames that are no key frames. */
const fromKeyFrame = "select='gt(st(0,ld(0)+key),0)'"

/**
 * How to get the frame that is shown at second `at` (from the film's own start): the last that began by then, the last
 * of all behind the end, the first of all before the beginning. All work on the file's own times (`-copyts`, `-noaccurate_seek`) and give one frame a millisecond from the
 * wanted one on: take one. Right to the frame at 26 seconds of each of 16 films (H.264, HEVC, MPEG-2, MPEG-4, VP9, ProRes
 * in MP4, MKV, WebM, TS, PS, AVI, FLV and bare) and 22 of each of 17 (variable rate, late start, open GOP, intra refresh,
 * longer sound), but for one second of an MPEG-PS, 2 frames off (measured, ffmpeg 5.1); the clips of the tests also by
 * the ffmpeg of 2018.
 */
export const stillSeek = (facts: Pick<VideoFacts, 'startTime' | 'codec'>, at: number): StillSeek => {
  const pts = facts.startTime + at
  const shown = [
    // Before `trim`, which rounds to the container's ticks: a frame of 1/25 s in AVI.
    'settb=1/1000000',
    `trim=end=${(pts + halfTick).toFixed(6)}`,
    ...(facts.codec === 'h264' ? [] : [fromKeyFrame]),
    `tpad=stop_mode=clone:stop_duration=${longestTail}`,
    `fps=fps=1000:start_time=${pts.toFixed(6)}:round=near`,
  ]
  const starts = [...new Set(stepsBack.map((back) => Math.max(0, at - back)))]
  return {
    tries: starts.map((from) => ({ from, filters: shown })),
    next: { from: starts.includes(0) ? 0 : at, filters: [] },
  }
}
