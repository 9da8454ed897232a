import { colourDifference } from './frame-signature.ts'
import type { SeenFrame, ShotSpan } from './sampling-shots.ts'

/** Chooses the frames of one shot, round by round. */
export type ShotRefiner = {
  /** The candidates to embed next, rising; none: the shot is done. What it asked for before must be embedded. */
  readonly next: () => readonly number[]
  /** Everything asked for so far, rising. */
  readonly chosen: () => readonly number[]
}

/** Changed by the sampling bench only. */
export const refining = {
  tolerance: 0.15,
  both: 0.309,
  colourPower: 0.35,
  vectorPower: 0.7,
  colourFloor: 0.5,
  vectorFloor: 0.009,
  alone: 0.0208,
  aloneWeight: 0.5,
  trust: 3,
  aloneTrust: 1,
  longest: 8,
  longestStill: 30,
  stillColours: 1.5,
  many: 2.5,
}

/** What lies between two embedded candidates. */
type Stretch = {
  /** How far the picture that is furthest from both ends is from the nearer of them, in mean levels of colour, and which. */
  readonly colours: number
  readonly furthest: number
  /** Where the pictures turn from looking like the one end to looking like the other. */
  readonly middle: number
}

const stretchOf = (candidates: readonly SeenFrame[], left: number, right: number): Stretch | null => {
  const one = candidates[left]?.signature
  const other = candidates[right]?.signature
  if (one === undefined || other === undefined || right - left < 2) return null
  const centre = (left + right) / 2
  // Not too near an end: each frame then makes both parts shorter by a quarter at least.
  const room = (right - left) / 4
  let colours = 0
  let furthest = left + 1
  let middle = Math.round(centre)
  let least = Infinity
  for (let i = left + 1; i < right; i += 1) {
    const signature = candidates[i]?.signature
    if (signature === undefined) continue
    const toOne = colourDifference(signature, one)
    const toOther = colourDifference(signature, other)
    const nearer = Math.min(toOne, toOther)
    if (nearer > colours) {
      colours = nearer
      furthest = i
    }
    const uneven = Math.abs(toOne - toOther)
    if (Math.abs(i - centre) > room || uneven > least) continue
    if (uneven === least && Math.abs(i - centre) >= Math.abs(middle - centre)) continue
    least = uneven
    middle = i
  }
  return { colours, furthest, middle }
}

/** What was foretold of frames against what they turned out to be, as a factor for what is foretold next. */
const createCorrection = (trust: number): { readonly learn: (told: number, real: number) => void; readonly factor: () => number } => {
  let errors = 0
  let checked = 0
  return {
    learn: (told, real) => {
      errors += Math.log((real + refining.vectorFloor) / (told + refining.vectorFloor))
      checked += 1
    },
    factor: () => Math.exp(errors / (trust + checked)),
  }
}

/** `distance`: 1 - cosine of two embedded candidates. `dense`: every second candidate, without looking. */
export const createShotRefiner = (
  candidates: readonly SeenFrame[],
  { first, last }: ShotSpan,
  medianNearest: number,
  distance: (a: number, b: number) => number,
  dense: boolean,
): ShotRefiner => {
  let chosen: readonly number[] = []
  let begun = false
  const byBoth = createCorrection(refining.trust)
  const byColours = createCorrection(refining.aloneTrust)
  let forecasts: readonly { readonly index: number; readonly left: number; readonly right: number; readonly both: number }[] = []

  const seconds = (left: number, right: number): number =>
    (candidates[right]?.time ?? 0) - (candidates[left]?.time ?? 0)
  const colours = (a: number, b: number): number => {
    const one = candidates[a]?.signature
    const other = candidates[b]?.signature
    return one === undefined || other === undefined ? 0 : colourDifference(one, other)
  }

  /** The shot's ends, and so many between them that no stretch is too long for what it shows. */
  const beginning = (): readonly number[] => {
    if (last - first < 2) return [last]
    const anchors = [first]
    const split = (left: number, right: number): void => {
      const stretch = stretchOf(candidates, left, right)
      if (stretch === null) return
      const still = stretch.colours <= refining.stillColours
      if (seconds(left, right) <= (still ? refining.longestStill : refining.longest)) return
      const middle = (left + right) >> 1
      split(left, middle)
      anchors.push(middle)
      split(middle, right)
    }
    split(first, last)
    return [...anchors, last]
  }

  const learn = (): void => {
    for (const { index, left, right, both } of forecasts) {
      const real = Math.min(distance(left, index), distance(index, right)) / medianNearest
      byBoth.learn(both, real)
      byColours.learn(refining.alone * Math.min(colours(left, index), colours(index, right)), real)
    }
  }

  const further = (): readonly number[] => {
    learn()
    const told: (typeof forecasts)[number][] = []
    for (let i = 1; i < chosen.length; i += 1) {
      const left = chosen[i - 1] ?? 0
      const right = chosen[i] ?? 0
      const stretch = stretchOf(candidates, left, right)
      if (stretch === null) continue
      const apart = Math.max(0, distance(left, right)) / medianNearest
      const both =
        refining.both *
        (stretch.colours + refining.colourFloor) ** refining.colourPower *
        (apart + refining.vectorFloor) ** refining.vectorPower
      const need = both * byBoth.factor()
      const needAlone = refining.aloneWeight * refining.alone * stretch.colours * byColours.factor()
      if (Math.max(need, needAlone) <= refining.tolerance) continue
      const index = need > refining.tolerance ? stretch.middle : stretch.furthest
      told.push({ index, left, right, both })
      if (need <= refining.many * refining.tolerance || right - left < 4) continue
      for (const [from, to] of [[left, index], [index, right]] as const) {
        const part = stretchOf(candidates, from, to)
        if (part !== null) told.push({ index: part.middle, left, right, both })
      }
    }
    forecasts = told
    return told.map(({ index }) => index).sort((a, b) => a - b)
  }

  const next = (): readonly number[] => {
    if (!dense) return begun ? further() : beginning()
    return begun ? [] : Array.from({ length: ((last - first) >> 1) + 1 }, (_, i) => first + 2 * i)
  }

  return {
    next: () => {
      const found = next()
      begun = true
      chosen = [...chosen, ...found].sort((a, b) => a - b)
      return found
    },
    chosen: () => chosen,
  }
}
