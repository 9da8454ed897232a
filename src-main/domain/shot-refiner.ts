import { cellDifference, colourDifference, type FrameSignature } from './frame-signature.ts'
import type { SeenFrame, ShotSpan } from './sampling-shots.ts'

/** Chooses the frames of one shot, round by round. */
export type ShotRefiner = {
  /** The candidates to embed next, rising; none: the shot is done. What it asked for before must be embedded. */
  readonly next: () => readonly number[]
  /** Everything asked for so far, rising. */
  readonly chosen: () => readonly number[]
}

/**
 * How far a skipped frame's vector may lie from the nearer of the embedded ones beside it, in median nearest distances.
 * Of 0.1 to 0.4 the smallest that leaves the `report` films of test/bench/sampling.ts under 35 % of all looks.
 */
const tolerance = 0.29

/**
 * The farthest skipped frame lies about as far as `both` * (its difference in colour)^0.35 * (distance of the embedded ones)^0.7:
 * fitted to the logarithms of stretches of the bench's `tuning` films; R2 on the `report` ones 0.85, by colour alone 0.66,
 * by distance alone 0.83. Between these powers and (0.6, 0.5) the bench sees no difference.
 */
const both = 0.309
const colourPower = 0.35
const vectorPower = 0.7
/** Noise: in levels of colour, and in median nearest distances. */
const colourFloor = 0.5
const vectorFloor = 0.009

/** What one level of colour means for itself (the same fit): a thing that comes and goes leaves both ends alike. */
const alone = 0.0208
/** A cell counts like a third of its change everywhere: a small thing is worth a look. */
const cellShare = 3

/** So many forecasts as if they had come true stand against what a shot teaches of itself. */
const trust = 3
const aloneTrust = 1

/** Seconds between two embedded frames: methods.md 2b has 4 for moving shots, and of still ones no border is needed for search. */
const longest = 4
const longestStill = 30
const stillColours = 1.5

/** From so many tolerances on, both halves of a stretch get a frame at once: a round waits for the encoder. */
const hopeless = 2.5
/** Two or three are usual, more than this is noise. */
const mostRounds = 8

/** How different two pictures are, all over or in one place. */
const changeOf = (a: FrameSignature, b: FrameSignature): number =>
  Math.max(colourDifference(a, b), cellDifference(a, b) / cellShare)

/** What lies between two embedded candidates, each picture compared with the nearer of them. */
type Stretch = {
  /** The largest mean difference of colour, and the largest change. */
  readonly colours: number
  readonly change: number
  /** The candidate with that change. */
  readonly furthest: number
  /** Where the pictures turn from looking like the one end to looking like the other, in the middle half. */
  readonly middle: number
}

const stretchOf = (candidates: readonly SeenFrame[], left: number, right: number): Stretch | null => {
  const one = candidates[left]?.signature
  const other = candidates[right]?.signature
  if (one === undefined || other === undefined || right - left < 2) return null
  const centre = (left + right) / 2
  let colours = 0
  let change = 0
  let furthest = left + 1
  let middle = Math.floor(centre)
  let least = Infinity
  for (let i = left + 1; i < right; i += 1) {
    const signature = candidates[i]?.signature
    if (signature === undefined) continue
    const toOne = colourDifference(signature, one)
    const toOther = colourDifference(signature, other)
    colours = Math.max(colours, Math.min(toOne, toOther))
    const changed = Math.min(changeOf(signature, one), changeOf(signature, other))
    if (changed > change) {
      change = changed
      furthest = i
    }
    const uneven = Math.abs(toOne - toOther)
    if (Math.abs(i - centre) > (right - left) / 4 || uneven > least) continue
    if (uneven === least && Math.abs(i - centre) >= Math.abs(middle - centre)) continue
    least = uneven
    middle = i
  }
  return { colours, change, furthest, middle }
}

/** What was foretold of frames against what they turned out to be: a factor for what is foretold next in the shot. */
const createCorrection = (
  disbelief: number,
): { readonly learn: (told: number, real: number) => void; readonly factor: () => number } => {
  let errors = 0
  let checked = 0
  return {
    learn: (told, real) => {
      errors += Math.log((real + vectorFloor) / (told + vectorFloor))
      checked += 1
    },
    factor: () => Math.exp(errors / (disbelief + checked)),
  }
}

/** A frame that was asked for because of what was foretold of its stretch. */
type Forecast = {
  readonly index: number
  readonly left: number
  readonly right: number
  readonly told: number
}

/**
 * A shot's ends are embedded first, then what lies between two embedded frames while a frame further from both than
 * the tolerance is to be feared. Always compared with embedded frames, never with the previous one, so no drift is too
 * slow. `distance`: 1 - cosine of two embedded candidates.
 */
export const createShotRefiner = (
  candidates: readonly SeenFrame[],
  { first, last }: ShotSpan,
  medianNearest: number,
  distance: (a: number, b: number) => number,
): ShotRefiner => {
  let chosen: readonly number[] = []
  let forecasts: readonly Forecast[] = []
  let rounds = 0
  const byBoth = createCorrection(trust)
  const byChange = createCorrection(aloneTrust)

  const change = (a: number, b: number): number => {
    const one = candidates[a]?.signature
    const other = candidates[b]?.signature
    return one === undefined || other === undefined ? 0 : changeOf(one, other)
  }

  /** The shot's ends, and so many between them that no stretch is too long for what it shows. */
  const beginning = (): readonly number[] => {
    if (last - first < 2) return [last]
    const anchors = [first]
    const split = (left: number, right: number): void => {
      const stretch = stretchOf(candidates, left, right)
      if (stretch === null) return
      const seconds = (candidates[right]?.time ?? 0) - (candidates[left]?.time ?? 0)
      if (seconds <= (stretch.colours <= stillColours ? longestStill : longest)) return
      const middle = (left + right) >> 1
      split(left, middle)
      anchors.push(middle)
      split(middle, right)
    }
    split(first, last)
    return [...anchors, last]
  }

  const learn = ({ index, left, right, told }: Forecast): void => {
    const real = Math.min(distance(left, index), distance(index, right)) / medianNearest
    byBoth.learn(told, real)
    byChange.learn(alone * Math.min(change(left, index), change(index, right)), real)
  }

  const between = (left: number, right: number): readonly Forecast[] => {
    const stretch = stretchOf(candidates, left, right)
    if (stretch === null) return []
    const apart = Math.max(0, distance(left, right)) / medianNearest
    const told = both * (stretch.colours + colourFloor) ** colourPower * (apart + vectorFloor) ** vectorPower
    const feared = told * byBoth.factor()
    if (feared <= tolerance) {
      const isSeen = alone * stretch.change * byChange.factor() > tolerance
      return isSeen ? [{ index: stretch.furthest, left, right, told }] : []
    }
    const parts = feared > hopeless * tolerance ? [left, stretch.middle, right] : []
    const halves = parts.slice(1).flatMap((to, i) => stretchOf(candidates, parts[i] ?? left, to) ?? [])
    return [stretch, ...halves].map(({ middle }) => ({ index: middle, left, right, told }))
  }

  const further = (): readonly number[] => {
    for (const forecast of forecasts) learn(forecast)
    forecasts = chosen.slice(1).flatMap((right, i) => between(chosen[i] ?? 0, right))
    return forecasts.map(({ index }) => index).sort((a, b) => a - b)
  }

  return {
    next: () => {
      rounds += 1
      const found = rounds === 1 ? beginning() : rounds <= mostRounds ? further() : []
      chosen = [...chosen, ...found].sort((a, b) => a - b)
      return found
    },
    chosen: () => chosen,
  }
}

/** Every second candidate of a shot, whatever they show. */
export const everySecond = ({ first, last }: ShotSpan): ShotRefiner => {
  const all = Array.from({ length: ((last - first) >> 1) + 1 }, (_, i) => first + 2 * i)
  let isAsked = false
  return {
    next: () => {
      const found = isAsked ? [] : all
      isAsked = true
      return found
    },
    chosen: () => all,
  }
}
