import { seededRandom } from '../../src-main/domain/seeded-random.ts'
import type { Disturbance, ScriptedFilm, ScriptedShot } from './scripted-films.ts'
import { footageSize } from './scripted-footage.ts'

export type PictureSize = { readonly width: number; readonly height: number }

const noiseLength = 1 << 20
/** Normal noise of deviation 1, made once: a frame reads it from a place of its own. */
const noise = ((): Float32Array => {
  const random = seededRandom(4711)
  return Float32Array.from({ length: noiseLength }, () => {
    let sum = -6
    for (let i = 0; i < 12; i += 1) sum += random()
    return sum
  })
})()

const eased = (part: number): number => {
  const p = Math.min(1, Math.max(0, part))
  return p * p * (3 - 2 * p)
}

const within = (it: Disturbance, time: number): boolean => time >= it.from - 1e-6 && time < it.to - 1e-6

/** Index of the mirrored plane that continues footage beyond its edges. */
const mirror = (at: number, length: number): number => {
  const period = 2 * (length - 1)
  const inside = ((at % period) + period) % period
  return inside < length ? inside : period - inside
}

/** Draws the frames of a scripted film at `size`, which stays the same for all of them. */
export const createFrameDrawer = (
  film: ScriptedFilm,
  size: PictureSize,
): { readonly draw: (index: number) => Uint8Array } => {
  const { width, height } = size
  const length = width * height * 3
  const out = new Uint8Array(length)
  const layers = [new Float32Array(length), new Float32Array(length)] as const
  const columns = { low: new Int32Array(width), high: new Int32Array(width), part: new Float32Array(width) }
  const random = seededRandom(film.seed + 99)

  /** Adds `weight` times what the camera sees at `time`. */
  const expose = (shot: ScriptedShot, time: number, weight: number, into: Float32Array): void => {
    const since = time - shot.from
    let [x, y] = [shot.x + shot.panX * since, shot.y + shot.panY * since]
    for (const { kind, from, to, ...move } of shot.disturbances) {
      if (kind !== 'fast-pan') continue
      x += move.x * eased((time - from) / (to - from))
      y += move.y * eased((time - from) / (to - from))
    }
    if (shot.shake > 0) {
      const t = time + shot.phase
      x += shot.shake * (Math.sin(t * 11) + 0.7 * Math.sin(t * 23.7) + 0.4 * Math.sin(t * 41.3))
      y += shot.shake * (Math.sin(t * 13.1 + 1) + 0.6 * Math.sin(t * 29.3))
    }
    const zoom = Math.max(0.2, shot.zoom + shot.zoomRate * since)
    const { pictures, rate } = shot.footage
    // Footage that is too short runs back and forth.
    const picture =
      pictures[mirror(Math.floor((shot.offset + since) * rate), Math.max(2, pictures.length))] ?? pictures[0]!
    const [fw, fh] = [footageSize.width, footageSize.height]
    for (let i = 0; i < width; i += 1) {
      const at = (shot.mirrored ? width - 1 - i : i) + 0.5
      const u = (x + (at / width - 0.5) * zoom) * fw - 0.5
      const low = Math.floor(u)
      columns.low[i] = mirror(low, fw) * 3
      columns.high[i] = mirror(low + 1, fw) * 3
      columns.part[i] = u - low
    }
    let at = 0
    for (let j = 0; j < height; j += 1) {
      const v = (y + ((j + 0.5) / height - 0.5) * zoom) * fh - 0.5
      const low = Math.floor(v)
      const [above, below] = [mirror(low, fh) * fw * 3, mirror(low + 1, fh) * fw * 3]
      const part = v - low
      for (let i = 0; i < width; i += 1) {
        const [l, h, p] = [columns.low[i]!, columns.high[i]!, columns.part[i]!]
        for (let c = 0; c < 3; c += 1, at += 1) {
          const top = picture[above + l + c]! * (1 - p) + picture[above + h + c]! * p
          const bottom = picture[below + l + c]! * (1 - p) + picture[below + h + c]! * p
          into[at] = into[at]! + weight * (top + (bottom - top) * part)
        }
      }
    }
  }

  const light = (shot: ScriptedShot, time: number): number => {
    let gain = shot.gain
    for (const { kind, from, to, x } of shot.disturbances)
      if (kind === 'light')
        gain *= 1 + (x - 1) * Math.min(1, Math.max(0, (time - from + 1 / film.rate) / (to - from)))
    return gain
  }

  const see = (shot: ScriptedShot, time: number, into: Float32Array): void => {
    into.fill(0)
    const panned = shot.disturbances.some((it) => it.kind === 'fast-pan' && within(it, time))
    const exposures = panned ? 4 : 1
    for (let i = 0; i < exposures; i += 1)
      expose(shot, time + (i * 0.5) / exposures / film.rate, 1 / exposures, into)
    const gain = light(shot, time)
    const flash = shot.disturbances.find((it) => it.kind === 'flash' && within(it, time))?.x ?? 0
    const dark = shot.disturbances.find((it) => it.kind === 'dark-flash' && within(it, time))?.x ?? 0
    const { lift, saturation } = shot
    for (let at = 0; at < length; at += 3) {
      const [r, g, b] = [into[at]!, into[at + 1]!, into[at + 2]!]
      const grey = 0.299 * r + 0.587 * g + 0.114 * b
      for (let c = 0; c < 3; c += 1) {
        const value = Math.min(255, Math.max(0, (grey + (into[at + c]! - grey) * saturation) * gain + lift))
        into[at + c] = (value + (255 - value) * flash) * (1 - dark)
      }
    }
    const passer = shot.disturbances.find((it) => it.kind === 'passer-by' && within(it, time))
    if (passer !== undefined) {
      const centre = ((time - passer.from) / (passer.to - passer.from)) * 1.8 - 0.4
      const half = 0.15 + 0.25 * passer.x
      for (let j = 0, at = 0; j < height; j += 1)
        for (let i = 0; i < width; i += 1, at += 3)
          if (Math.abs(i / width - centre) < half * (0.6 + (0.4 * j) / height))
            for (let c = 0; c < 3; c += 1) into[at + c] = 28 + 14 * c + 12 * Math.sin(i * 0.2 + j * 0.13)
    }
  }

  const draw = (index: number): Uint8Array => {
    const time = index / film.rate
    const [first, second] = film.shots.flatMap((shot, i) =>
      time >= shot.from - 1e-6 && time < shot.to - 1e-6 ? [i] : [],
    )
    const [a, b] = layers
    see(film.shots[first!]!, time, a)
    if (second !== undefined) {
      const { kind, from, to } = film.boundaries[first!]!
      see(film.shots[second]!, time, b)
      const part = (time - from) / (to - from)
      // A fade: down in the first third or so, black, up again; the black lasts at least 0.35 s.
      const black = Math.max(0.4, (to - from) * 0.3)
      const ramp = (to - from - black) / 2
      const dimmed = Math.max(1 - (time - from) / ramp, 1 - (to - time) / ramp, 0)
      const early = time < (from + to) / 2
      for (let i = 0; i < length; i += 1) {
        if (kind === 'dissolve') a[i] = a[i]! + (b[i]! - a[i]!) * part
        else if (kind === 'fade') a[i] = (early ? a[i]! : b[i]!) * dimmed
        else if (((i / 3) % width) / width < part) a[i] = b[i]!
      }
    }
    const offset = Math.floor(random() * (noiseLength - 1))
    // Small pictures are averages of larger ones: their grain is finer.
    const grain = film.noise * Math.min(1, width / 192)
    for (let i = 0; i < length; i += 1)
      out[i] = Math.min(255, Math.max(0, a[i]! + 0.5 + grain * noise[(offset + i) & (noiseLength - 1)]!))
    const [barX, barY] = [Math.round(film.bars.x * width), Math.round(film.bars.y * height)]
    for (let j = 0, at = 0; j < height; j += 1)
      for (let i = 0; i < width; i += 1, at += 3) {
        const [fromX, fromY] = [Math.min(i, width - 1 - i), Math.min(j, height - 1 - j)]
        if (fromX < barX || fromY < barY) out.fill(0, at, at + 3)
        else if (film.logo && j / height < 0.14 && j / height > 0.07 && i / width > 0.85 && i / width < 0.95)
          for (let c = 0; c < 3; c += 1) out[at + c] = 0.4 * out[at + c]! + 0.6 * 235
      }
    return out
  }
  return { draw }
}

/** Averages a picture whose sides are multiples of the small one's, as ffmpeg's `flags=area` does. */
export const areaAverage = (picture: Uint8Array, size: PictureSize, to: PictureSize): Uint8Array => {
  const [stepX, stepY] = [size.width / to.width, size.height / to.height]
  const small = new Uint8Array(to.width * to.height * 3)
  const sums = new Uint32Array(to.width * 3)
  for (let j = 0; j < to.height; j += 1) {
    sums.fill(0)
    for (let y = j * stepY; y < (j + 1) * stepY; y += 1)
      for (let x = 0, at = y * size.width * 3; x < size.width; x += 1, at += 3) {
        const column = Math.floor(x / stepX) * 3
        for (let c = 0; c < 3; c += 1) sums[column + c] = sums[column + c]! + picture[at + c]!
      }
    for (let i = 0; i < sums.length; i += 1)
      small[j * sums.length + i] = Math.round(sums[i]! / (stepX * stepY))
  }
  return small
}
