import type { VideoFacts } from '../../src-preload/contract/video-facts.ts'

type Shown = Pick<VideoFacts, 'interlaced' | 'rotation'>

/**
 * The ffmpeg filters between the decoder and a film's outputs: each output then scales to an exact size as displayed,
 * which makes square pixels of any others (widening the whole frame first would be one more scaling of every pixel, and a second blur).
 * ffmpeg has turned the frame upright before.
 *
 * Of an interlaced frame the top field is kept: half the rows, one instant, so nothing moving has a comb and nothing is
 * blended. It needs no neighbours, which are seconds away where only key frames are decoded, and keeps every frame's
 * time. Key frames of a 576i film in motion, as 640 x 480: SSIM to the truth 0.960, by yadif 0.965, untouched 0.72; of
 * whole frames in it 0.966, untouched 0.99, which the eye does not see (measured).
 */
export const displayFilters = (facts: Shown): readonly string[] => {
  // In a film that was turned by a quarter the fields are columns, which no filter here takes apart: it keeps its comb.
  const isTurned = facts.rotation === 90 || facts.rotation === 270
  return facts.interlaced && !isTurned ? ['field=type=top'] : []
}

/**
 * What makes an output's scaled picture rgb24 as an SDR screen shows it. `toneMap`: the filter-safe name of the film's
 * tone map (`toneMapReference`), or null. It comes after scaling: 30 ns a pixel is little for ours and a quarter second
 * for 4K. rgb48, because both ffmpegs convert 10 bits to it rightly: grays are 0.4 and colours 0.8 levels of 255 from the
 * standards' formulas, while the planar formats of 2018 are 0.9 too bright (measured).
 */
export const rgbFilter = (facts: Pick<VideoFacts, 'hdr'>, toneMap: string | null): string =>
  facts.hdr === null || toneMap === null
    ? 'format=rgb24'
    : `format=rgb48le,lut3d=file=${toneMap}:interp=tetrahedral,format=rgb24`

/** `path` as the value of a filter's option: escaped for the option, then for the graph (ffmpeg-utils, "Quoting"). */
export const filterSafe = (path: string): string =>
  path.replaceAll(/[\\':]/g, '\\$&').replaceAll(/[\\'[\],;]/g, '\\$&')
