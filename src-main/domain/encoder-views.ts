import type { ModelManifest } from '../../src-preload/contract/model-manifest.ts'
import type { WideMode } from '../../src-preload/contract/wide-pictures.ts'
import { centreCropOf, coveringSize, encoderFilter, letterboxFilter, scaleFilter } from './encoder-filter.ts'
import type { Size } from './encoder-filter.ts'

export type ImageInput = Pick<ModelManifest['image'], 'width' | 'height' | 'resize' | 'interpolation'>

/** Where a view lies in the strip, in pixels from its upper left. */
export type ViewPlace = { readonly left: number; readonly top: number }

/**
 * How one scaled frame (the strip, rgb24) becomes the pictures that a model sees. The first view is what its own
 * preprocessing makes; the others show what a centre crop leaves out, which is 44 % of a 16:9 frame. `isWhole`: the one
 * view is the whole frame between bars instead.
 */
export type EncoderViews = {
  readonly filter: string
  readonly isWhole: boolean
  readonly strip: Size
  readonly views: readonly [ViewPlace, ...ViewPlace[]]
}

/** A frame that sticks out less than this share of the picture is seen whole enough. */
const leastOverhang = 0.1
/** A ribbon longer than this is not worth its memory: its centre must do. */
const longestStrip = 6

/** The strip of a frame of `shown` size for a model, and its views: one, or centre and both ends (not in a letterbox). */
export const encoderViews = (image: ImageInput, shown: Size, mode: WideMode = 'crop'): EncoderViews => {
  const covering = coveringSize(image, shown)
  const { width, height } = image
  const isRibbon = covering.width > width * longestStrip || covering.height > height * longestStrip
  const right = covering.width - width
  const bottom = covering.height - height
  const isWide = right >= width * leastOverhang
  const isTall = bottom >= height * leastOverhang
  const one = { strip: { width, height }, views: [{ left: 0, top: 0 }] } as const
  if (image.resize !== 'stretch' && mode === 'letterbox' && (isWide || isTall))
    return { filter: letterboxFilter(image, shown), isWhole: true, ...one }
  if (image.resize === 'stretch' || isRibbon)
    return { filter: encoderFilter(image, shown), isWhole: false, ...one }
  const centre = centreCropOf(image, covering)
  const ends: readonly ViewPlace[] = isWide
    ? [
        { left: 0, top: centre.top },
        { left: right, top: centre.top },
      ]
    : isTall
      ? [
          { left: centre.left, top: 0 },
          { left: centre.left, top: bottom },
        ]
      : []
  return { filter: scaleFilter(image, covering), isWhole: false, strip: covering, views: [centre, ...ends] }
}

/** One view of a strip: rgb24 of exactly `picture` size, a copy. */
export const cutView = (rgb: Uint8Array, strip: Size, place: ViewPlace, picture: Size): Uint8Array => {
  if (strip.width === picture.width && strip.height === picture.height) return rgb
  const row = picture.width * 3
  const cut = new Uint8Array(row * picture.height)
  for (let y = 0; y < picture.height; y += 1) {
    const from = ((place.top + y) * strip.width + place.left) * 3
    cut.set(rgb.subarray(from, from + row), y * row)
  }
  return cut
}
