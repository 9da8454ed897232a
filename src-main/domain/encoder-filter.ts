import type { ModelManifest } from '../../src-preload/contract/model-manifest.ts'

type Size = { readonly width: number; readonly height: number }

/** Without these swscale rounds coarsely and takes each chroma sample for its whole neighbourhood. */
const exact = 'accurate_rnd+full_chroma_int+full_chroma_inp'

/** Python's `round`: halves go to the even number; torchvision's centre crop is rounded so. */
const roundHalfEven = (value: number): number => {
  const floor = Math.floor(value)
  if (value - floor !== 0.5) return Math.round(value)
  return floor % 2 === 0 ? floor : floor + 1
}

/** The size that covers `image`: one side fits, the other is `int(size * long / short)` as torchvision computes it. */
const covering = (image: Size, shown: Size): Size =>
  shown.width * image.height >= shown.height * image.width
    ? {
        width: Math.max(image.width, Math.floor((image.height * shown.width) / shown.height)),
        height: image.height,
      }
    : {
        width: image.width,
        height: Math.max(image.height, Math.floor((image.width * shown.height) / shown.width)),
      }

/**
 * The ffmpeg filter that does to a frame of `shown` size (as displayed, square pixels) what the model's own
 * preprocessing does before its normalization: rgb24 pictures of exactly `image.width` x `image.height`. Resizing is
 * antialiased as in Pillow. For inputs that are not square "shortest side" means the side that must grow most.
 */
export const encoderFilter = (
  image: Pick<ModelManifest['image'], 'width' | 'height' | 'resize' | 'interpolation'>,
  shown: Size,
): string => {
  // No param0 and param1: ffmpeg cuts them to integers, and bicubic's default is 0.22 levels from Pillow's (measured).
  const scale = (size: Size): string =>
    `scale=${size.width}:${size.height}:flags=${image.interpolation}+${exact},format=rgb24`
  if (image.resize === 'stretch') return scale(image)
  const size = covering(image, shown)
  const left = roundHalfEven((size.width - image.width) / 2)
  const top = roundHalfEven((size.height - image.height) / 2)
  const crop = `,crop=${image.width}:${image.height}:${left}:${top}`
  return size.width === image.width && size.height === image.height ? scale(size) : scale(size) + crop
}
