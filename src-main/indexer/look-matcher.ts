import type { StampedFrame } from '../foundation/frame-reader.ts'

/** A frame of the tiny stream. Seconds from the film's start. */
export type TinyFrame = { readonly time: number; readonly rgb: Uint8Array }

/** A look and the same frame of the tiny stream. `pictures`: the look itself, then the models' strips. */
export type MatchedLook = { readonly tiny: TinyFrame; readonly pictures: readonly Uint8Array[] }

export type LookMatcher = {
  readonly addFrame: (frame: TinyFrame) => void
  /** `pts` of the look must count in seconds from the film's start. */
  readonly addLook: (look: StampedFrame) => void
  /** The pairs that are complete, in order. */
  readonly take: () => readonly MatchedLook[]
  /** Second of the newest look that was taken. */
  readonly latest: () => number
}

/** Times of the two streams come from the same stamps; this is less than any distance of frames. */
const sameTime = 1e-4
/** Frames that wait for a look: half a second of a very fast camera. A look that comes later gets a frame beside its own. */
const mostFrames = 1024

/** Puts the two streams of one decode together again, whichever comes first. */
export const createLookMatcher = (): LookMatcher => {
  let frames: TinyFrame[] = []
  let looks: StampedFrame[] = []
  let latest = Number.NEGATIVE_INFINITY
  const match = (look: StampedFrame): MatchedLook | null => {
    const at = frames.findIndex(({ time }) => time >= look.pts - sameTime)
    const tiny = frames[at]
    if (tiny === undefined) return null
    frames = frames.slice(at + 1)
    return { tiny, pictures: look.pictures }
  }
  return {
    addFrame: (frame) => {
      frames.push(frame)
      if (frames.length > mostFrames) frames = frames.slice(-mostFrames / 2)
    },
    addLook: (look) => void looks.push(look),
    take: () => {
      const matched: MatchedLook[] = []
      while (looks.length > 0) {
        const [look] = looks
        const pair = look === undefined ? null : match(look)
        if (pair === null) break
        matched.push(pair)
        latest = look?.pts ?? latest
        looks = looks.slice(1)
      }
      return matched
    },
    latest: () => latest,
  }
}
