/** Blocks of this size have an edge or have none: at 256 wide a face in a wide shot is about one. */
const block = 16

/** Mean squared step from pixel to pixel from which a block has an edge: below lie grain, banding and faint haze. */
const edgeEnergy = 16

/** Share of the blocks with an edge that the measure asks: the sharpest tenth, so a soft ground costs nothing. */
const sharpestShare = 0.1

/** Below this share of blocks with an edge there is nothing to judge. */
const leastShare = 0.01

/** Edge widths in pixels (deviation of a Gaussian edge) that stand for 255 and 0. A perfect step has about 0.4. */
const sharpestWidth = 0.4
const octaves = 3

/**
 * The width of the sharpest edges of a gray picture, as a deviation in its own pixels; NaN where there are no edges.
 * Per block: the root of gradient energy over Laplacian energy. For an edge blurred by a Gaussian of deviation s that is
 * s * sqrt(2), whatever its height: so contrast and darkness do not count as blur, which a bare variance of the Laplacian
 * would say. An own measure; its figures stand at `blurredBelow` (shot-flags.ts).
 */
export const edgeWidth = (gray: Uint8Array, width: number, height: number): number => {
  const columns = Math.floor((width - 2) / block)
  const rows = Math.floor((height - 2) / block)
  const widths: number[] = []
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const found = widthInBlock(gray, width, 1 + column * block, 1 + row * block)
      if (found > 0) widths.push(found)
    }
  }
  if (widths.length === 0 || widths.length < leastShare * columns * rows) return NaN
  widths.sort((a, b) => a - b)
  return widths[Math.floor(sharpestShare * widths.length)] ?? NaN
}

/** 0: no edge. */
const widthInBlock = (gray: Uint8Array, stride: number, left: number, top: number): number => {
  let gradient = 0
  let laplacian = 0
  for (let y = top; y < top + block; y++) {
    for (let i = y * stride + left; i < y * stride + left + block; i++) {
      const here = gray[i] ?? 0
      const right = gray[i + 1] ?? 0
      const below = gray[i + stride] ?? 0
      const bendX = 2 * here - (gray[i - 1] ?? 0) - right
      const bendY = 2 * here - (gray[i - stride] ?? 0) - below
      gradient += (right - here) ** 2 + (below - here) ** 2
      laplacian += bendX * bendX + bendY * bendY
    }
  }
  if (gradient < edgeEnergy * block * block) return 0
  return Math.sqrt(gradient / (2 * Math.max(laplacian, 1)))
}

/** 1 (edges 3.2 pixels wide) to 255 (0.4 pixels), 85 steps an octave; 0: no edges, so nothing to judge. */
export const sharpnessByte = (widthOfEdges: number): number => {
  if (Number.isNaN(widthOfEdges)) return 0
  const share = 1 - Math.log2(widthOfEdges / sharpestWidth) / octaves
  return Math.round(Math.min(1, Math.max(1 / 255, share)) * 255)
}
