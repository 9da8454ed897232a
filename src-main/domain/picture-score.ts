/** What a picture's pixels say about how well it would stand for its film; everything from 0 to 1. */
type PictureFeatures = {
  readonly brightness: number
  readonly contrast: number
  /** Mean absolute Laplacian of the luma. */
  readonly detail: number
  readonly colour: number
}

/** Every second pixel of every second row is enough to tell, at a quarter of the time. */
const step = 2

const measure = (rgb: Uint8Array, width: number, height: number): PictureFeatures => {
  const at = (x: number, y: number): number => {
    const offset = (y * width + x) * 3
    return (
      (0.299 * (rgb[offset] ?? 0) + 0.587 * (rgb[offset + 1] ?? 0) + 0.114 * (rgb[offset + 2] ?? 0)) / 255
    )
  }
  let count = 0
  let sum = 0
  let squares = 0
  let laplacian = 0
  let saturation = 0
  for (let y = 0; y < height; y += step) {
    for (let x = 0; x < width; x += step) {
      const luma = at(x, y)
      const offset = (y * width + x) * 3
      const [red = 0, green = 0, blue = 0] = [rgb[offset], rgb[offset + 1], rgb[offset + 2]]
      saturation += (Math.max(red, green, blue) - Math.min(red, green, blue)) / 255
      count++
      sum += luma
      squares += luma * luma
      const inside = x > 0 && y > 0 && x < width - 1 && y < height - 1
      if (inside) laplacian += Math.abs(4 * luma - at(x - 1, y) - at(x + 1, y) - at(x, y - 1) - at(x, y + 1))
    }
  }
  const brightness = sum / count
  const contrast = Math.sqrt(Math.max(0, squares / count - brightness * brightness))
  return { brightness, contrast, detail: laplacian / count, colour: saturation / count }
}

/** Rises to about 1 where `value` reaches `enough`. */
const saturate = (value: number, enough: number): number => Math.min(1, value / enough)

/**
 * How good an rgb24 picture looks as a poster, 0 (black, white, one colour) to 1; comparable within one film. The
 * factors multiply, so that one fatal fault is enough. The bounds are set by eye: a lit scene has a deviation of luma
 * around 0.2, a sharp one at 640 pixels a mean Laplacian above 0.06.
 */
export const pictureScore = (rgb: Uint8Array, width: number, height: number): number => {
  const { brightness, contrast, detail, colour } = measure(rgb, width, height)
  const exposure = Math.max(0, 1 - ((brightness - 0.48) / 0.48) ** 2)
  return (
    exposure *
    saturate(contrast, 0.2) *
    (0.2 + 0.8 * saturate(detail, 0.06)) *
    (0.8 + 0.2 * saturate(colour, 0.3))
  )
}
