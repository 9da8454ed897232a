import type { BoundaryCandidate } from './boundary-choice.ts'
import type { FrameMeasure } from './frame-measure.ts'

/** Mean luma under which a picture is black (methods.md a-1), unless more than this share of it is lit: a night scene. A logo takes less. */
const darkest = 12
const litShare = 0.012
/** Seconds of black that make a fade; above `blackShot` the black is a shot of its own, and its ends are boundaries. */
const shortest = 0.3
const blackShot = 2
/** The picture goes on fading while its mean luma changes by `slope` in `step` seconds, at most for `longestRamp`. */
const step = 0.1
const slope = 2
const longestRamp = 1
/** The end of a black shot is a fade only when it takes this long: else it is a cut, and the cut watch sees it. */
const shortestRamp = 0.15

type Black = {
  readonly since: number
  /** Where the picture began to go dark; null: it was black when the watch began. */
  readonly from: number | null
}
/** A fade whose picture still comes up; `black`: seconds. */
type Rising = { readonly time: number; readonly from: number; readonly black: number; readonly lit: number }

/** Mean luma of the last seconds. */
const createLevels = (): {
  readonly push: (time: number, luma: number) => void
  readonly at: (time: number) => number | null
} => {
  let levels: { readonly time: number; readonly luma: number }[] = []
  return {
    push: (time, luma) => {
      levels.push({ time, luma })
      if (levels.length > 64 && (levels[32]?.time ?? time) < time - longestRamp - 2 * step)
        levels = levels.slice(32)
    },
    at: (time) => levels.findLast((level) => level.time <= time)?.luma ?? null,
  }
}

/** Finds fades through black, and short black between two shots, from mean luma alone. */
export const createFadeWatch = (): {
  readonly push: (measure: FrameMeasure) => readonly BoundaryCandidate[]
  readonly finish: (end: number) => readonly BoundaryCandidate[]
} => {
  const levels = createLevels()
  let black: Black | null = null
  let rising: Rising | null = null

  /** Where the picture began to go dark that is black at `end`; null where nothing is known of before. */
  const rampStart = (end: number): number | null => {
    if (levels.at(end) === null) return null
    let start = end
    for (let luma = 0; end - start < longestRamp; start -= step) {
      const before = levels.at(start - step)
      if (before === null || before < luma + slope) break
      luma = before
    }
    return start
  }
  const fade = (time: number, from: number, to: number, strength: number): BoundaryCandidate => ({
    boundary: { time, from, to, kind: 'fade' },
    strength,
  })
  const risen = ({ time, from, black: lasted, lit }: Rising, end: number): readonly BoundaryCandidate[] => {
    rising = null
    const isEnd = lasted > blackShot
    return isEnd && end - lit < shortestRamp ? [] : [fade(time, from, end, lasted)]
  }
  /** The black has become a shot: its beginning is a boundary where the picture faded. */
  const darkened = ({ since, from }: Black): readonly BoundaryCandidate[] =>
    from !== null && since - from >= shortestRamp ? [fade(since, from, since, blackShot)] : []
  const lightened = ({ since, from }: Black, time: number): void => {
    const lasted = time - since
    if (lasted > blackShot) rising = { time, from: time, black: lasted, lit: time }
    else if (from !== null && lasted >= shortest)
      rising = { time: (since + time) / 2, from, black: lasted, lit: time }
  }

  let told = false
  return {
    push: ({ time, luma, lit }) => {
      const found: BoundaryCandidate[] = []
      const isBlack = luma < darkest && lit < litShare
      if (rising !== null) {
        const since = time - rising.lit
        const flat = since >= step && luma < (levels.at(time - step) ?? 0) + slope
        if (isBlack || flat || since >= longestRamp)
          found.push(...risen(rising, Math.max(rising.lit, time - step)))
      }
      if (isBlack) {
        if (black === null) told = false
        black ??= { since: time, from: rampStart(time) }
        if (!told && time - black.since > blackShot) {
          told = true
          found.push(...darkened(black))
        }
      } else if (black !== null) {
        if (!told && time - black.since > blackShot) found.push(...darkened(black))
        lightened(black, time)
        black = null
      }
      levels.push(time, luma)
      return found
    },
    finish: (end) => (rising === null ? [] : risen(rising, end)),
  }
}
