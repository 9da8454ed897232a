import type { VideoFacts } from '../../src-preload/contract/video-facts.ts'
import type { ProbeStream } from './probe-answer.ts'

type Rotation = VideoFacts['rotation']

/** The nearest quarter of a clockwise turn. */
const quarter = (degrees: number): Rotation => {
  const turns = ((Math.round(degrees / 90) % 4) + 4) % 4
  return turns === 0 ? 0 : turns === 1 ? 90 : turns === 2 ? 180 : 270
}

/** ffprobe calls a matrix that mirrors left and right a turn by 180: its first number is negative, its fifth is not. */
const isMirrored = (matrix: string): boolean => {
  const rows = [...matrix.matchAll(/:\s*(-?\d+)\s+(-?\d+)\s+(-?\d+)/g)]
  return Number(rows[0]?.[1]) < 0 && Number(rows[1]?.[2]) > 0
}

/**
 * The clockwise turn that shows the film upright. ffprobe's display matrix counts counter-clockwise, the `rotate` tag of
 * ffprobe before 5 clockwise; where both are there they say the same.
 */
export const rotationOf = (stream: ProbeStream): Rotation => {
  for (const { rotation, displaymatrix } of stream.side_data_list) {
    if (rotation === null) continue
    return displaymatrix !== undefined && isMirrored(displaymatrix) ? 0 : quarter(-rotation)
  }
  const tag = Number(stream.tags['rotate'] ?? stream.tags['ROTATE'])
  return Number.isFinite(tag) ? quarter(tag) : 0
}

/** A ratio such as "30000/1001" or "8:9"; null for "0/0", "0:1" and what is no ratio. */
export const ratioOf = (text: string | undefined): number | null => {
  const [over = NaN, under = NaN] = (text ?? '').split(/[:/]/).map(Number)
  const ratio = over / under
  return Number.isFinite(ratio) && ratio > 0 ? ratio : null
}

/** Bits a sample, from the pixel format's name (the raw sample's bits are missing for HEVC and VP9). */
export const bitDepthOf = (stream: ProbeStream): number => {
  const format = stream.pix_fmt ?? ''
  const named = /(?:p|gray|x|gbrap?|y2|xv36|p0|p2|p4|v30x?)(9|10|12|14|16)(?:le|be|msble)?$/.exec(format)?.[1]
  if (named !== undefined) return Number(named)
  if (/^(rgb|bgr|rgba|bgra|ya|ayuv)(48|64|16)(le|be)$/.test(format)) return 16
  if (/^x2(rgb|bgr)10/.test(format)) return 10
  return stream.bits_per_raw_sample !== null && stream.bits_per_raw_sample > 8
    ? stream.bits_per_raw_sample
    : 8
}

/** The transfer of high dynamic range, or null. Dolby Vision without a named transfer is PQ underneath. */
export const hdrOf = (stream: ProbeStream): VideoFacts['hdr'] => {
  if (stream.color_transfer === 'smpte2084') return 'pq'
  if (stream.color_transfer === 'arib-std-b67') return 'hlg'
  const dolby = stream.side_data_list.some(
    ({ side_data_type }) => side_data_type === 'DOVI configuration record',
  )
  return dolby && stream.color_transfer === undefined ? 'pq' : null
}

/** Size as shown, in pixels of the decoded height (or width, where turned): after sample aspect ratio and rotation. */
export const shownSize = (
  width: number,
  height: number,
  sampleAspect: number,
  rotation: Rotation,
): { readonly width: number; readonly height: number } => {
  const wide = Math.max(1, Math.round(width * sampleAspect))
  return rotation === 90 || rotation === 270 ? { width: height, height: wide } : { width: wide, height }
}
