import { tinySize } from './tiny-picture.ts'

/** How far the picture as a whole moves, in tiny pixels per second: x to the right, y down. */
export type PictureShift = { readonly x: number; readonly y: number }

const { width, height } = tinySize
/** A slow pan moves less than a pixel from frame to frame: it is measured over this many seconds. */
const lag = 0.2
/** Above so many pixels too much of the picture is another: a shorter time is tried. */
const farthest = 6
/** Farthest shift that is looked for, in pixels: more than a third of the picture has nothing left to compare. */
const reachX = 16
const reachY = 9
/** A shift explains the change when it leaves less than this share of it. */
const explained = 0.6
/** Mean difference per pixel under which nothing moves: grain and coding noise stay below. */
const stillness = 1.5
/** Pixels under which a shift is none. */
const smallest = 0.35
/** Share of pixels that must change, and by how much each: a ball before a plain wall moves, and the picture does not. */
const changedShare = 0.3
const changedBy = 3
/** A measure in each such part of a second of the film's clock: more would tell little, and cost as much again. */
const perSecond = 12

type Kept = { readonly time: number; readonly luma: Uint8Array }

const withoutMean = (profile: Float32Array, lines: number): Float32Array => {
  let sum = 0
  for (const value of profile) sum += value
  const mean = sum / profile.length
  for (let i = 0; i < profile.length; i += 1) profile[i] = ((profile[i] ?? 0) - mean) / lines
  return profile
}
/** Mean luma of the columns, of the rows from `top` to `bottom` only; less their mean. */
const columnsOf = (luma: Uint8Array, top: number, bottom: number): Float32Array => {
  const columns = new Float32Array(width)
  for (let y = top, at = top * width; y < bottom; y += 1)
    for (let x = 0; x < width; x += 1, at += 1) columns[x] = (columns[x] ?? 0) + (luma[at] ?? 0)
  return withoutMean(columns, bottom - top)
}
/** The same of the rows. */
const rowsOf = (luma: Uint8Array, left: number, right: number): Float32Array => {
  const rows = new Float32Array(height)
  for (let y = 0; y < height; y += 1) {
    let sum = 0
    for (let at = y * width + left; at < y * width + right; at += 1) sum += luma[at] ?? 0
    rows[y] = sum
  }
  return withoutMean(rows, right - left)
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

/** Of a line of `length` pixels, what both pictures show: from where to where in the older one, and in the newer one. */
const overlap = (shift: number, length: number): readonly [number, number, number, number] => {
  const whole = Math.round(shift)
  return [
    Math.max(0, -whole),
    Math.min(length, length - whole),
    Math.max(0, whole),
    Math.min(length, length + whole),
  ]
}

/** Both shifts: the smaller one is measured again where both pictures show the same, which the larger one tells. */
const shiftOf = (older: Uint8Array, newer: Uint8Array): readonly [number, number] => {
  const x = bestShift(columnsOf(older, 0, height), columnsOf(newer, 0, height), reachX)
  const y = bestShift(rowsOf(older, 0, width), rowsOf(newer, 0, width), reachY)
  if (Math.abs(x) >= Math.abs(y)) {
    const [from, to, newFrom, newTo] = overlap(x, width)
    return [x, bestShift(rowsOf(older, from, to), rowsOf(newer, newFrom, newTo), reachY)]
  }
  const [from, to, newFrom, newTo] = overlap(y, height)
  return [bestShift(columnsOf(older, from, to), columnsOf(newer, newFrom, newTo), reachX), y]
}

/** Mean absolute difference when the newer picture is moved back by whole pixels. */
const difference = (older: Uint8Array, newer: Uint8Array, x: number, y: number): number => {
  const [left, right, newLeft] = overlap(x, width)
  const [top, bottom, newTop] = overlap(y, height)
  let sum = 0
  for (let row = 0; row < bottom - top; row += 1) {
    let from = (top + row) * width + left
    let to = (newTop + row) * width + newLeft
    for (let i = left; i < right; i += 1, from += 1, to += 1)
      sum += Math.abs((older[from] ?? 0) - (newer[to] ?? 0))
  }
  return sum / ((right - left) * (bottom - top))
}

const isWidespread = (older: Uint8Array, newer: Uint8Array): boolean => {
  let changed = 0
  for (let i = 0; i < older.length; i += 1)
    if (Math.abs((older[i] ?? 0) - (newer[i] ?? 0)) > changedBy) changed += 1
  return changed >= changedShare * older.length
}

const between = (older: Kept, newer: Kept): PictureShift | null => {
  const seconds = newer.time - older.time
  const before = difference(older.luma, newer.luma, 0, 0)
  if (seconds <= 0 || before < stillness || !isWidespread(older.luma, newer.luma)) return null
  const [x, y] = shiftOf(older.luma, newer.luma)
  if (Math.abs(x) < smallest && Math.abs(y) < smallest) return null
  // Half a pixel cannot be moved back by whole ones: such a shift is believed.
  const isWhole = Math.round(x) !== 0 || Math.round(y) !== 0
  if (isWhole && difference(older.luma, newer.luma, x, y) > explained * before) return null
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
    const frame: Kept = { time, luma: luma.slice() }
    kept.push(frame)
    // From the newest frame that is at least the lag old.
    let first = 0
    while (first + 1 < kept.length && (kept[first + 1]?.time ?? time) <= time - lag) first += 1
    kept = kept.slice(first)
    const oldest = kept[0]
    const previous = kept[kept.length - 2]
    if (oldest === undefined || previous === undefined) return null
    const far = between(oldest, frame)
    const isFar = far === null || Math.max(Math.abs(far.x), Math.abs(far.y)) * (time - oldest.time) > farthest
    shift = isFar ? (between(previous, frame) ?? far) : far
    return shift
  }
}
