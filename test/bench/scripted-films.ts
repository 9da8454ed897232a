import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { seededRandom } from '../../src-main/domain/seeded-random.ts'
import type { Footage } from './scripted-footage.ts'

/** Seconds from the film's start; a cut has `from` = `to` = the time of the new shot's first frame. */
export type TrueBoundary = {
  readonly kind: 'cut' | 'dissolve' | 'fade' | 'wipe'
  readonly from: number
  readonly to: number
}

/** Something inside a shot that is no boundary. */
export type Disturbance = {
  readonly kind: 'flash' | 'dark-flash' | 'fast-pan' | 'light' | 'passer-by'
  readonly from: number
  readonly to: number
  /** Of a pan: widths and heights of the picture; of light: the gain afterwards; of others: strength, 0 to 1. */
  readonly x: number
  readonly y: number
}

/** One shot: what is filmed, and how the camera moves over it. Lengths in widths or heights of the footage. */
export type ScriptedShot = {
  readonly footage: Footage
  /** Second of the footage at the shot's first frame. */
  readonly offset: number
  /** The film's seconds in which the shot can be seen, transitions included. */
  readonly from: number
  readonly to: number
  readonly x: number
  readonly y: number
  /** Part of the footage that is seen, and how it grows (a second). */
  readonly zoom: number
  readonly zoomRate: number
  readonly panX: number
  readonly panY: number
  readonly shake: number
  readonly phase: number
  readonly mirrored: boolean
  readonly gain: number
  readonly lift: number
  readonly saturation: number
  readonly disturbances: readonly Disturbance[]
}

export type ScriptedFilm = {
  readonly seed: number
  readonly rate: number
  readonly frames: number
  readonly shots: readonly ScriptedShot[]
  /** Boundary i lies between shots i and i + 1. */
  readonly boundaries: readonly TrueBoundary[]
  readonly noise: number
  /** Black bars: share of the height above and below, and of the width left and right. */
  readonly bars: { readonly x: number; readonly y: number }
  readonly logo: boolean
}

/** Lengths of real shots and gradual transitions in seconds (ClipShots counts frames; most of its videos have 25 a second). */
export type Lengths = { readonly shots: readonly number[]; readonly gradual: readonly number[] }

type Annotations = Readonly<Record<string, { readonly transitions: readonly (readonly [number, number])[] }>>

export const clipShotsLengths = (shared: string): Lengths => {
  const annotated = (name: string): readonly (readonly (readonly [number, number])[])[] =>
    Object.values(
      JSON.parse(readFileSync(join(shared, 'benchmarks', 'clipshots', name), 'utf8')) as Annotations,
    ).map(({ transitions }) => transitions)
  const test = annotated('test.json')
  return {
    shots: test.flatMap((film) => film.slice(1).map(([from], i) => (from - film[i]![1]) / 25)),
    gradual: [...test, ...annotated('only_gradual.json')].flatMap((film) =>
      film.filter(([from, to]) => to - from > 1).map(([from, to]) => (to - from) / 25),
    ),
  }
}

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value))

/** A film of about a minute, the same for the same seed. Shots last 0.8 to 12 s, gradual transitions 0.3 to 2 s. */
export const scriptFilm = (
  seed: number,
  footage: { readonly clips: readonly Footage[]; readonly stills: readonly Footage[] },
  lengths: Lengths,
  seconds = 60,
): ScriptedFilm => {
  const random = seededRandom(seed * 7919 + 13)
  const between = (low: number, high: number): number => low + (high - low) * random()
  const pick = <Of>(items: readonly Of[]): Of => items[Math.floor(random() * items.length)]!
  const chance = (share: number): boolean => random() < share
  const rate = pick([24000 / 1001, 25, 25, 30000 / 1001, 30, 50, 60])
  const onFrame = (time: number): number => Math.round(time * rate) / rate
  const drawn = (from: readonly number[], low: number, high: number): number => {
    for (;;) {
      const length = pick(from)
      if (length >= low && length <= high) return length
    }
  }

  const boundaries: TrueBoundary[] = []
  /** The film's seconds in which a shot is alone. */
  const clear: { from: number; to: number }[] = []
  let time = 0
  while (time < seconds) {
    const start = time
    time = onFrame(time + drawn(lengths.shots, 0.8, 12))
    clear.push({ from: start, to: time })
    // The film ends with a shot, not with a transition.
    if (time >= seconds - 3) break
    const kind = chance(0.66) ? 'cut' : chance(0.6) ? 'dissolve' : chance(0.85) ? 'fade' : 'wipe'
    const from = time
    if (kind === 'fade') time = onFrame(time + drawn(lengths.gradual, 0.3, 1.6) + between(0.35, 0.9))
    else if (kind !== 'cut') time = onFrame(time + drawn(lengths.gradual, 0.3, 2))
    boundaries.push({ kind, from, to: time })
  }

  let last: ScriptedShot | null = null
  const shots = clear.map(({ from, to }, i): ScriptedShot => {
    const begins = boundaries[i - 1]?.from ?? 0
    const ends = boundaries[i]?.to ?? to
    // One cut in eight goes to another camera in the same place: harder than a new scene.
    const again: boolean = last !== null && last.zoom > 0.7 && chance(0.12)
    let chosen = again ? last!.footage : chance(0.7) ? pick(footage.clips) : pick(footage.stills)
    while (!again && chosen === last?.footage)
      chosen = chance(0.7) ? pick(footage.clips) : pick(footage.stills)
    const still = chosen.pictures.length === 1
    const zoom = again ? last!.zoom * between(0.5, 0.65) : between(0.6, 0.95)
    const length = to - from
    const disturbances: Disturbance[] = []
    let free = from + 0.6
    while (free + 0.6 < to && chance(0.3)) {
      const kind = pick([
        'flash',
        'flash',
        'dark-flash',
        'fast-pan',
        'fast-pan',
        'light',
        'passer-by',
      ] as const)
      const lasts =
        kind === 'flash' || kind === 'dark-flash'
          ? pick([1, 1, 2, 3]) / rate
          : kind === 'light'
            ? pick([1 / rate, 0.2, 0.6])
            : between(0.2, 0.6)
      const begin = onFrame(between(free, Math.max(free, Math.min(free + 3, to - 0.6 - lasts))))
      if (begin + lasts + 0.6 > to) break
      const angle = chance(0.8) ? (chance(0.5) ? 0 : Math.PI) : between(0, 2 * Math.PI)
      const strength =
        kind === 'fast-pan'
          ? between(0.35, 1)
          : kind === 'light'
            ? pick([0.55, 0.7, 1.4, 1.8])
            : between(0.5, 1)
      disturbances.push({
        ...{ kind, from: begin, to: begin + lasts },
        x: kind === 'fast-pan' ? Math.cos(angle) * strength : strength,
        y: kind === 'fast-pan' ? Math.sin(angle) * strength * 0.6 : 0,
      })
      free = begin + lasts + 0.6
    }
    const shot = {
      ...{ footage: chosen, offset: still ? 0 : random() * 2, from: begins, to: ends, zoom, disturbances },
      x: again ? clamp(last!.x + (chance(0.5) ? 0.3 : -0.3), 0, 1) : between(0.3, 0.7),
      y: between(0.35, 0.65),
      zoomRate: still || chance(0.25) ? between(-0.06, 0.06) / Math.max(1, length / 4) : 0,
      panX: still || chance(0.25) ? between(-0.12, 0.12) : 0,
      panY: still || chance(0.15) ? between(-0.05, 0.05) : 0,
      shake: chance(0.35) ? between(0.002, 0.012) : 0,
      ...{ phase: random() * 100, mirrored: chance(0.5), gain: between(0.6, 1.15), lift: between(-12, 12) },
      saturation: chance(0.12) ? 0 : between(0.6, 1.3),
    }
    last = shot
    return shot
  })
  return {
    ...{ seed, rate, frames: Math.floor(time * rate), shots, boundaries },
    noise: chance(0.6) ? between(1, 14) : 0,
    bars: { x: chance(0.1) ? between(0.1, 0.34) : 0, y: chance(0.25) ? between(0.06, 0.13) : 0 },
    logo: chance(0.3),
  }
}
