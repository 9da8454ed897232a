import { edgeWidth, sharpnessByte } from './look-sharpness.ts'
import { textLikeness } from './look-text.ts'

/** What one picture says about itself, in the units of the tracks of the same names (film-tracks.ts). */
export type LookMeasure = {
  /** 1 (edges 3.2 pixels wide) to 255 (0.4 pixels: as sharp as pixels are); 0: no edges, so nothing to judge. */
  readonly sharpness: number
  /** 0 to 255: how much it looks like a slide, a page or a title card. */
  readonly text: number
}

/**
 * Measures a gray picture, `width` * `height` bytes, made about 256 wide by area averaging. It must not be an enlarged
 * one: a film of 100 pixels blown up to 256 is blurred. Direction of blur is not told apart: a picture smeared
 * sideways alone counts as sharp by its level edges.
 */
export const measureLook = (gray: Uint8Array, width: number, height: number): LookMeasure => ({
  sharpness: sharpnessByte(edgeWidth(gray, width, height)),
  text: Math.round(textLikeness(gray, width, height) * 255),
})
