import { createFrameMeter } from '../../src-main/domain/frame-measure.ts'
import { tinySize } from '../../src-main/domain/tiny-picture.ts'
import type { ShotBoundary } from '../../src-main/domain/film-tracks.ts'
import { createShotDetector } from '../../src-main/domain/shot-boundaries.ts'
import { sharedFolder } from '../shared-folder.ts'
import { decodeTiny, encodeFilm, onItsSide, sceneCuts, type TinyFilm, withGaps } from './encoded-films.ts'
import { clipShotsLengths, type ScriptedFilm, scriptFilm, type TrueBoundary } from './scripted-films.ts'
import { loadFootage } from './scripted-footage.ts'
import { areaAverage, createFrameDrawer } from './scripted-frames.ts'
import {
  f1,
  matchBoundaries,
  newScores,
  newTally,
  scoreFilm,
  type ShotScores,
  type Tally,
} from './shot-scores.ts'

/**
 * The detector was tuned on the first, which `KINORA_TUNE=1` shows; figures are reported on the second only, whose
 * films have no footage in common with them. `KINORA_SHOTS_FILMS` takes fewer of them.
 */
const seeds = { tuning: [0, 99], report: [1000, 1099] } as const
/** Films that go through a real encoder, and their seconds. */
const encodedFilms = 8
const encodedSeconds = 40
const drawn = { width: 96, height: 54 }

export type ShotRow = { readonly what: string; readonly [figure: string]: string | number }

const rounded = (value: number): number => Math.round(value * 10_000) / 10_000

const tinyFilm = (film: ScriptedFilm): TinyFilm => {
  const { draw } = createFrameDrawer(film, drawn)
  const frames = Array.from({ length: film.frames }, (_, i) => i)
  return {
    times: frames.map((i) => i / film.rate),
    pictures: frames.map((i) => areaAverage(draw(i), drawn, tinySize)),
  }
}

const cost = { frames: 0, microseconds: 0 }

/** The boundaries of a film, by meter and detector alone, whose CPU time is added up. */
const detect = ({ times, pictures }: TinyFilm, end: number): readonly ShotBoundary[] => {
  const before = process.cpuUsage().user
  const meter = createFrameMeter()
  const detector = createShotDetector()
  const found: ShotBoundary[] = []
  times.forEach((time, i) => {
    const picture = pictures[i]!
    found.push(...detector.push(meter(time, picture), picture))
  })
  found.push(...detector.finish(end))
  cost.frames += times.length
  cost.microseconds += process.cpuUsage().user - before
  return found
}

const disturbancesOf = (film: ScriptedFilm): ScriptedFilm['shots'][number]['disturbances'] =>
  film.shots.flatMap((shot) => shot.disturbances)

const tallyRow = (what: string, tally: Tally): ShotRow => ({
  what,
  f1: rounded(f1(tally)),
  found: tally.found,
  wrong: tally.wrong,
  missed: tally.missed,
  meanOffset: rounded(tally.offset / Math.max(1, tally.found)),
})

const scoreRows = (where: string, scores: ShotScores): readonly ShotRow[] => [
  ...scores.cuts.map((tally, frames) => tallyRow(`${where}: cuts, tolerance ${frames}`, tally)),
  tallyRow(`${where}: dissolves`, scores.dissolves),
  tallyRow(`${where}: fades`, scores.fades),
  tallyRow(`${where}: any boundary`, scores.any),
  ...Object.entries(scores.disturbances).map(([kind, count]) => ({
    ...{ what: `${where}: false cuts at ${kind}`, wrong: scores.falseAt[kind] ?? 0, of: count },
  })),
]

/** Where the film's boundaries lie when only these frames are left: a cut is the first frame of the new shot. */
const shiftedTruth = (
  boundaries: readonly TrueBoundary[],
  times: readonly number[],
): readonly TrueBoundary[] =>
  boundaries.map((one) => {
    if (one.kind !== 'cut') return one
    const first = times.find((time) => time > one.from - 0.002) ?? one.from
    return { ...one, from: first, to: first }
  })

const encodedRows = async (films: readonly ScriptedFilm[]): Promise<readonly ShotRow[]> => {
  const scores = newScores()
  const peer = newTally()
  const peerOnCuts = newTally()
  const wall = { ours: 0, peer: 0 }
  let frames = 0
  const special: ShotRow[] = []
  for (const film of films) {
    const file = await encodeFilm(film)
    const end = film.frames / film.rate
    const start = performance.now()
    const found = detect(decodeTiny(file, film.seed), end)
    const middle = performance.now()
    const scenes = sceneCuts(file)
    wall.peer += performance.now() - middle
    wall.ours += middle - start
    frames += film.frames
    scoreFilm(found, film, disturbancesOf(film), scores)
    const truth = film.boundaries.filter(({ kind }) => kind !== 'wipe')
    const cuts = film.boundaries.filter(({ kind }) => kind === 'cut')
    const gradual = film.boundaries.filter(({ kind }) => kind !== 'cut')
    const frame = 1 / film.rate + 0.002
    matchBoundaries(scenes, truth, frame, peer)
    // What it finds within a gradual change is not held against it here.
    matchBoundaries(scenes, cuts, frame, peerOnCuts, gradual)
    if (film === films[0])
      for (const [what, other] of [
        ['encoded with gaps (VFR)', withGaps(file)],
        ['encoded, on its side', onItsSide(file)],
      ] as const) {
        const tiny = decodeTiny(other, film.seed)
        const own = newScores()
        const boundaries = shiftedTruth(film.boundaries, tiny.times)
        scoreFilm(detect(tiny, end), { rate: film.rate, boundaries }, disturbancesOf(film), own)
        special.push(
          tallyRow(`${what}: cuts, tolerance 0`, own.cuts[0]),
          tallyRow(`${what}: any boundary`, own.any),
        )
      }
  }
  const speed = (milliseconds: number): number => Math.round((frames / milliseconds) * 1000)
  return [
    ...scoreRows('encoded', scores),
    { ...tallyRow('encoded: ffmpeg scene > 0.3, cuts, tolerance 1', peerOnCuts) },
    { ...tallyRow('encoded: ffmpeg scene > 0.3, any boundary', peer) },
    ...special,
    { what: 'encoded: decoding and detector', framesPerSecond: speed(wall.ours) },
    { what: 'encoded: decoding and ffmpeg scene', framesPerSecond: speed(wall.peer) },
  ]
}

/** Shot boundaries on scripted films (methods.md 4.2 S1), drawn in memory and through a real encoder. */
export const run = async (): Promise<{ readonly name: string; readonly rows: readonly ShotRow[] }> => {
  const shared = sharedFolder()
  if (shared === null) return { name: 'shots', rows: [] }
  const side = process.env['KINORA_TUNE'] === '1' ? 'tuning' : 'report'
  const footage = loadFootage(shared, side)
  const lengths = clipShotsLengths(shared)
  const [first, last] = seeds[side]
  const count = Math.min(last - first + 1, Number(process.env['KINORA_SHOTS_FILMS'] ?? 100))
  const scores = newScores()
  for (let seed = first; seed < first + count; seed += 1) {
    const film = scriptFilm(seed, footage, lengths)
    scoreFilm(detect(tinyFilm(film), film.frames / film.rate), film, disturbancesOf(film), scores)
  }
  const alone = { ...cost }
  const films = Array.from({ length: Math.min(count, encodedFilms) }, (_, i) =>
    scriptFilm(first + i, footage, lengths, encodedSeconds),
  )
  const perFrame = alone.microseconds / alone.frames
  return {
    name: 'shots',
    rows: [
      ...scoreRows(side, scores),
      ...(await encodedRows(films)),
      {
        what: 'meter and detector alone (CPU)',
        microsecondsPerFrame: rounded(perFrame),
        framesPerSecond: Math.round(1e6 / perFrame),
      },
    ],
  }
}
