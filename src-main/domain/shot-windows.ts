import { tinySize } from './tiny-picture.ts'

/** What TransNetV2 takes: windows of 100 frames of 48 x 27 rgb24, of which the middle 50 are answered (methods.md a-2). */
export const shotWindow = { frames: 100, ...tinySize, context: 25, stride: 50 } as const
const { frames: windowFrames, context, stride } = shotWindow
export const tinyBytes = shotWindow.width * shotWindow.height * 3

/**
 * Seconds between the moments at which windows begin anew, whatever stood before: the borders of an analysis' parts
 * are such moments, so a run resumed there has the windows of an undisturbed one. A window more in 10 seconds at most.
 */
export const anchorSeconds = 10

/** A frame that lies this little before an anchor belongs to it: time stamps are rounded. */
const hair = 1e-3

/** Input for one run of the model, and the frames that it answers: outputs `context` to `context + times.length`. */
export type ShotWindow = {
  /** 100 frames of `tinyBytes`; the caller's own. */
  readonly rgb: Uint8Array
  readonly times: readonly number[]
  /** Mean of all colours of those frames, 0 to 255. */
  readonly lights: readonly number[]
}

export type ShotWindows = {
  /** A frame in order; `rgb` is copied. The window that has become complete with it, if any. */
  readonly push: (time: number, rgb: Uint8Array) => ShotWindow | null
  /** No frame comes any more: the windows that are left, in order, filled up with the last frame. */
  readonly finish: () => readonly ShotWindow[]
}

/** Power of two above the 100 frames that a window reaches over. */
const kept = 128

type Block = { readonly first: number; readonly end: number }

/**
 * Lays windows over the frames: their answered frames are blocks of at most 50, side by side; a block ends at 50 or
 * where an anchor comes. In front of the first frame and behind the last stand copies of it.
 */
export const createShotWindows = (): ShotWindows => {
  const ring = new Uint8Array(kept * tinyBytes)
  const times = new Float64Array(kept)
  const lights = new Float64Array(kept)
  const pending: Block[] = []
  let count = 0
  let blockStart = 0
  let anchor = NaN

  const windowOf = ({ first, end }: Block): ShotWindow => {
    const rgb = new Uint8Array(windowFrames * tinyBytes)
    for (let place = 0; place < windowFrames; place++) {
      const frame = Math.max(0, Math.min(count - 1, first - context + place)) % kept
      rgb.set(ring.subarray(frame * tinyBytes, (frame + 1) * tinyBytes), place * tinyBytes)
    }
    const own = <T>(value: (frame: number) => T): readonly T[] =>
      Array.from({ length: end - first }, (_, i) => value((first + i) % kept))
    return { rgb, times: own((frame) => times[frame] ?? 0), lights: own((frame) => lights[frame] ?? 0) }
  }
  const close = (): void => {
    if (count > blockStart) pending.push({ first: blockStart, end: count })
    blockStart = count
  }

  return {
    push: (time, rgb) => {
      if (rgb.length !== tinyBytes) throw new RangeError(`${rgb.length} bytes are no 48x27 rgb picture`)
      const own = Math.floor((time + hair) / anchorSeconds)
      if (own !== anchor || count - blockStart === stride) close()
      anchor = own
      const place = count % kept
      ring.set(rgb, place * tinyBytes)
      times[place] = time
      lights[place] = meanOf(rgb)
      count += 1
      const [next] = pending
      // The window's last frame is the 75th from the block's first.
      if (next === undefined || next.first + windowFrames - context > count) return null
      pending.shift()
      return windowOf(next)
    },
    finish: () => {
      close()
      return pending.splice(0).map(windowOf)
    },
  }
}

/** Every fifth byte is enough, and takes its turns through the colours. */
const sampled = 5
const meanOf = (bytes: Uint8Array): number => {
  let sum = 0
  for (let i = 0; i < bytes.length; i += sampled) sum += bytes[i] ?? 0
  return sum / Math.ceil(bytes.length / sampled)
}
