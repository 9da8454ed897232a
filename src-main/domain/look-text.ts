/** Luma levels that a stroke differs from its ground at least, and that the ground may differ on its other side. */
const strokeHeight = 28
const groundSlack = 14

/** Pixels, at a width of 256: the widest stroke (a stem of letters a quarter of the picture high) and gap in a word. */
const widestStroke = 12
const widestGap = 12

/** Luma range within which a cell of 8 x 8 pixels is flat. */
const cell = 8
const flatRange = 12

/** Stroke pixels in a cell from which they explain what goes on in it, and strokes in a row that make it a row of text. */
const strokePixels = 6
const rowStrokes = 4

const ramp = (value: number, from: number, to: number): number =>
  Math.min(1, Math.max(0, (value - from) / (to - from)))

/**
 * How much a gray picture looks like a slide, a page or a title card, 0 to 1. Text is strokes: thin runs along a row
 * after which the very luma of the ground comes back, close together, in rows with emptier rows between; all else is
 * flat ground (it may be a gradient). A photograph has busy places whose ground does not come back. An own measure,
 * for pictures about 256 wide; the bounds are from the table at `slideFrom` (shot-flags.ts).
 */
export const textLikeness = (gray: Uint8Array, width: number, height: number): number => {
  const strokes = new Uint8Array(width * height)
  const perRow = new Uint16Array(height)
  for (let y = 0; y < height; y++) perRow[y] = markStrokes(gray, y * width, width, strokes)
  const { flat, explained } = cellShares(gray, strokes, width, height)
  const textRows = perRow.filter((count) => count >= rowStrokes).length
  const strokedRows = perRow.filter((count) => count > 0).length
  if (textRows === 0) return 0
  // Lines of text have a rhythm that branches and bricks have not; on an almost empty picture a lone word needs none.
  const inLines = Math.max(ramp(rhythm(perRow), 0.08, 0.16), ramp(flat, 0.78, 0.86))
  // A row has many strokes or none: lamps and stars have a few in most rows.
  const gathered = ramp(textRows / strokedRows, 0.4, 0.65)
  return (
    ramp(explained, 0.5, 0.9) * ramp(flat, 0.1, 0.35) * ramp(textRows / height, 0, 0.08) * inLines * gathered
  )
}

/** Marks the strokes of the row that begins at `start`; answers how many stand close to another one. */
const markStrokes = (gray: Uint8Array, start: number, width: number, strokes: Uint8Array): number => {
  let close = 0
  let lastEnd = -Infinity
  let lastCounted = true
  let x = 0
  while (x < width - 2) {
    const i = start + x
    const end = strokeEnd(gray, i, Math.min(widestStroke, width - 1 - x))
    if (end === 0) {
      x++
      continue
    }
    strokes.fill(1, i, i + end + 1)
    const near = x - lastEnd <= widestGap
    if (near) close += lastCounted ? 1 : 2
    lastCounted = near
    lastEnd = x + end
    x += end
  }
  return close
}

/** Pixels after `i` at which the ground is back, at most `widest`; 0: no stroke begins at `i`. */
const strokeEnd = (gray: Uint8Array, i: number, widest: number): number => {
  const ground = gray[i] ?? 0
  const leaves =
    Math.abs((gray[i + 1] ?? 0) - ground) >= strokeHeight ||
    Math.abs((gray[i + 2] ?? 0) - ground) >= strokeHeight
  if (!leaves) return 0
  for (let end = 2; end <= widest; end++)
    if (Math.abs((gray[i + end] ?? 0) - ground) <= groundSlack) return end
  return 0
}

/** Share of cells that are flat, and of the others those that strokes explain. */
const cellShares = (
  gray: Uint8Array,
  strokes: Uint8Array,
  width: number,
  height: number,
): { readonly flat: number; readonly explained: number } => {
  let flat = 0
  let busy = 0
  let explained = 0
  for (let top = 0; top + cell <= height; top += cell) {
    for (let left = 0; left + cell <= width; left += cell) {
      let low = 255
      let high = 0
      let stroked = 0
      for (let y = top; y < top + cell; y++) {
        for (let i = y * width + left; i < y * width + left + cell; i++) {
          const luma = gray[i] ?? 0
          if (luma < low) low = luma
          if (luma > high) high = luma
          stroked += strokes[i] ?? 0
        }
      }
      if (high - low <= flatRange) flat++
      else {
        busy++
        if (stroked >= strokePixels) explained++
      }
    }
  }
  const cells = flat + busy
  return { flat: cells > 0 ? flat / cells : 0, explained: busy > 0 ? explained / busy : 0 }
}

/**
 * How much the strokes change from row to row beyond chance, of how many there are; rows are averaged over three. Stars
 * and lamps scattered over a night have counts that differ by chance (Poisson: 1.13 * sqrt(mean) between two rows).
 */
const rhythm = (perRow: Uint16Array): number => {
  let change = 0
  let all = 0
  for (let y = 1; y + 2 < perRow.length; y++) {
    const three = (perRow[y - 1] ?? 0) + (perRow[y] ?? 0) + (perRow[y + 1] ?? 0)
    const step = Math.abs((perRow[y + 2] ?? 0) - (perRow[y - 1] ?? 0))
    change += Math.max(0, step - 1.13 * Math.sqrt(three / 3))
    all += three
  }
  return all > 0 ? change / all : 0
}
