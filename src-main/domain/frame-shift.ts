/** How far the picture as a whole has moved, in tiny pixels per second: x to the right, y down. */
export type PictureShift = { readonly x: number; readonly y: number }

/** The tiny picture's size (frame-measure.ts, which builds on this file). */
const width = 48
const height = 27
/** A slow pan moves less than a pixel from frame to frame: it is measured over this many seconds. */
const lag = 0.2
/** Farthest shift that is looked for, in pixels: more than a third of the picture has nothing left to compare. */
const reachX = 16
const reachY = 9
/** A shift explains the picture when it leaves less than this share of the difference (scripted pans, test/bench/shots.ts). */
const explained = 0.6
/** Mean difference per pixel under which nothing moves: grain and coding noise stay below. */
const stillness = 1.5
/** Pixels under which a shift is none. */
const smallest = 0.35
/** A measure in each such part of a second: more would tell nothing new, and cost as much again. */
const perSecond = 12

type Kept = {
  readonly time: number
  readonly luma: Uint8Array
  readonly columns: Float32Array
  readonly rows: Float32Array
}

/** Sums of the columns and rows without their mean, as mean luma. */
const profiles = (luma: Uint8Array, columns: Float32Array, rows: Float32Array): void => {
  columns.fill(0)
  let total = 0
  for (let y = 0, at = 0; y < height; y += 1) {
    let row = 0
    for (let x = 0; x < width; x += 1, at += 1) {
      const value = luma[at] ?? 0
      row += value
      columns[x] = (columns[x] ?? 0) + value
    }
    rows[y] = row / width
    total += row
  }
  const mean = total / (width * height)
  for (let x = 0; x < width; x += 1) columns[x] = (columns[x] ?? 0) / height - mean
  for (let y = 0; y < height; y += 1) rows[y] = (rows[y] ?? 0) - mean
}

/** Mean square difference of two profiles when the newer one is moved back by `shift`. */
const misfit = (older: Float32Array, newer: Float32Array, shift: number): number => {
  const from = Math.max(0, -shift)
  const to = Math.min(older.length, older.length - shift)
  let sum = 0
  for (let i = from; i < to; i += 1) {
    const difference = (older[i] ?? 0) - (newer[i + shift] ?? 0)
    sum += difference * difference
  }
  return sum / (to - from)
}

/** The shift that fits best, between pixels by a parabola through the neighbours. */
const bestShift = (older: Float32Array, newer: Float32Array, reach: number): number => {
  let best = 0
  let least = misfit(older, newer, 0)
  for (let shift = 1; shift <= reach; shift += 1)
    for (const signed of [-shift, shift]) {
      const value = misfit(older, newer, signed)
      if (value < least) [best, least] = [signed, value]
    }
  if (Math.abs(best) >= reach) return best
  const [below, above] = [misfit(older, newer, best - 1), misfit(older, newer, best + 1)]
  const curvature = below + above - 2 * least
  return curvature <= 0 ? best : best + (below - above) / (2 * curvature)
}

/** Mean absolute difference when the newer picture is moved back by whole pixels. */
const difference = (older: Uint8Array, newer: Uint8Array, x: number, y: number): number => {
  const [left, right] = [Math.max(0, -x), Math.min(width, width - x)]
  const [top, bottom] = [Math.max(0, -y), Math.min(height, height - y)]
  let sum = 0
  for (let row = top; row < bottom; row += 1) {
    let from = row * width + left
    let to = (row + y) * width + left + x
    for (let i = left; i < right; i += 1, from += 1, to += 1)
      sum += Math.abs((older[from] ?? 0) - (newer[to] ?? 0))
  }
  return sum / ((right - left) * (bottom - top))
}

const between = (older: Kept, newer: Kept): PictureShift | null => {
  const seconds = newer.time - older.time
  const before = difference(older.luma, newer.luma, 0, 0)
  if (before < stillness || seconds <= 0) return null
  const x = bestShift(older.columns, newer.columns, reachX)
  const y = bestShift(older.rows, newer.rows, reachY)
  if (Math.abs(x) < smallest && Math.abs(y) < smallest) return null
  // Half a pixel cannot be moved back by whole ones: what is left of it counts as explained.
  const [wholeX, wholeY] = [Math.round(x), Math.round(y)]
  if (wholeX !== 0 || wholeY !== 0) {
    const after = difference(older.luma, newer.luma, wholeX, wholeY)
    if (after > explained * before) return null
  }
  return { x: x / seconds, y: y / seconds }
}

/**
 * Measures the coherent shift of 48 x 27 luma pictures (pans): null where the picture does not move as a whole. `luma`
 * is only read during the call.
 */
export const createShiftMeter = (): ((time: number, luma: Uint8Array) => PictureShift | null) => {
  let kept: Kept[] = []
  let cell = Number.NEGATIVE_INFINITY
  let shift: PictureShift | null = null
  return (time, luma) => {
    if (Math.floor(time * perSecond) === cell) return shift
    cell = Math.floor(time * perSecond)
    const frame: Kept = {
      ...{ time, luma: luma.slice() },
      columns: new Float32Array(width),
      rows: new Float32Array(height),
    }
    profiles(frame.luma, frame.columns, frame.rows)
    kept.push(frame)
    // The newest frame that is at least the lag old, and those after it.
    let first = 0
    while (first + 1 < kept.length && (kept[first + 1]?.time ?? time) <= time - lag) first += 1
    if (first > 0) kept = kept.slice(first)
    const [oldest, previous] = [kept[0], kept[kept.length - 2]]
    if (oldest === undefined || previous === undefined) return null
    shift = between(oldest, frame) ?? between(previous, frame)
    return shift
  }
}
