import type { ModelManifest } from '../../src-preload/contract/model-manifest.ts'

/** Pixels. */
export type Size = { readonly width: number; readonly height: number }

/** Without these swscale rounds coarsely and takes each chroma sample for its whole neighbourhood. */
const exact = 'accurate_rnd+full_chroma_int+full_chroma_inp'

/** Python's `round`: halves go to the even number; torchvision's centre crop is rounded so. */
const roundHalfEven = (value: number): number => {
  const floor = Math.floor(value)
  if (value - floor !== 0.5) return Math.round(value)
  return floor % 2 === 0 ? floor : floor + 1
}

/** The size that covers `image`: one side fits, the other is `int(size * long / short)` as torchvision computes it. */
export const coveringSize = (image: Size, shown: Size): Size =>
  shown.width * image.height >= shown.height * image.width
    ? {
        width: Math.max(image.width, Math.floor((image.height * shown.width) / shown.height)),
        height: image.height,
      }
    : {
        width: image.width,
        height: Math.max(image.height, Math.floor((image.width * shown.height) / shown.width)),
      }

type ImageInput = Pick<ModelManifest['image'], 'width' | 'height' | 'resize' | 'interpolation'>

/** Where torchvision's centre crop lies in a picture of `covering` size. */
export const centreCropOf = (
  image: Size,
  covering: Size,
): { readonly left: number; readonly top: number } => ({
  left: roundHalfEven((covering.width - image.width) / 2),
  top: roundHalfEven((covering.height - image.height) / 2),
})

/** The ffmpeg filter that scales to `size` as the manifest asks; antialiased as in Pillow. */
export const scaleFilter = (image: Pick<ImageInput, 'interpolation'>, size: Size): string =>
  // No param0 and param1: ffmpeg cuts them to integers, and bicubic's default is 0.22 levels from Pillow's (measured).
  `scale=${size.width}:${size.height}:flags=${image.interpolation}+${exact},format=rgb24`

/** The size of a frame that fits into `image` whole: one side fits, the other is rounded. */
export const fittingSize = (image: Size, shown: Size): Size =>
  shown.width * image.height >= shown.height * image.width
    ? {
        width: image.width,
        height: Math.max(1, Math.round((image.width * shown.height) / shown.width)),
      }
    : {
        width: Math.max(1, Math.round((image.height * shown.width) / shown.height)),
        height: image.height,
      }

/**
 * The ffmpeg filter that fits a frame into the model's picture whole, with black bars. Black, because it finds more than
 * the model's mean colour or gray: right photograph of 34 first for 260 x captions 0.63, 0.60 and 0.58 (docs/models.md).
 */
export const letterboxFilter = (image: ImageInput, shown: Size): string => {
  const { width, height } = fittingSize(image, shown)
  const left = (image.width - width) >> 1
  const top = (image.height - height) >> 1
  return `${scaleFilter(image, { width, height })},pad=${image.width}:${image.height}:${left}:${top}:black`
}

/**
 * The ffmpeg filter that does to a frame of `shown` size (as displayed, square pixels) what the model's own
 * preprocessing does before its normalization: rgb24 pictures of exactly `image.width` x `image.height`. Resizing is
 * antialiased as in Pillow. For inputs that are not square "shortest side" means the side that must grow most.
 */
export const encoderFilter = (image: ImageInput, shown: Size): string => {
  if (image.resize === 'stretch') return scaleFilter(image, image)
  const size = coveringSize(image, shown)
  const { left, top } = centreCropOf(image, size)
  const crop = `,crop=${image.width}:${image.height}:${left}:${top}`
  const fits = size.width === image.width && size.height === image.height
  return fits ? scaleFilter(image, size) : scaleFilter(image, size) + crop
}
