import { join } from 'node:path'
import { expectOk } from '../../src-preload/contract/result.ts'
import { familyThresholds } from '../../src-main/domain/confidence.ts'
import { openModelFolder } from '../../src-main/foundation/model-folder.ts'
import { openTextTower } from '../../src-main/foundation/text-tower.ts'
import type { ModelFolder } from '../../src-main/foundation/model-folder.ts'
import { sharedFolder } from '../shared-folder.ts'
import {
  adaptive,
  decimated,
  everyLook,
  everySecondLook,
  hindsight,
  keyFrames,
  seenFilm,
  type Chooser,
} from './sampling-choices.ts'
import { samplingFilms, type BenchFilm } from './sampling-films.ts'
import { judge, truthOf, type Truth, type Verdict } from './sampling-judge.ts'
import { looksOf } from './sampling-looks.ts'
import { medianNearestOf } from './sampling-unit.ts'
import { everydayWords } from './sampling-words.ts'

/** Shares in percent. `matches`: of the queries for which some look scores at least `weak`. */
export type SamplingRow = {
  readonly what: string
  readonly films: string
  readonly looks: number
  readonly queries: number
  readonly forwards: number
  readonly lossHeld: number
  readonly lossHeldOfMatches: number
  readonly momentHeld: number
  readonly momentHeldOfMatches: number
  readonly amongThreeOfMatches: number
  /** How often the encoder was waited for, a minute. */
  readonly rounds: number
}

/** The figures: forwards <= 35 %, loss held >= 99 %, moment held >= 98 %. */
const lossAllowed = 0.25
const overlapWanted = 0.7

/** Films that show everything once. */
const unrepeated = new Set(['all clips', 'photographs, 6 s'])

type Film = { readonly film: BenchFilm; readonly truth: Truth }

const queriesOf = async (folder: ModelFolder): Promise<readonly Float32Array[]> => {
  const tower = expectOk(await openTextTower(folder, { threads: 2 }), 'the shared model opens')
  const vectors = expectOk(await tower.embedBatch([...new Set(everydayWords)]), 'words are embedded')
  await tower.dispose()
  return vectors.filter((vector) => vector.some((part) => part !== 0))
}

const share = (verdicts: readonly Verdict[], holds: (verdict: Verdict) => boolean): number =>
  Math.round((10_000 * verdicts.filter(holds).length) / Math.max(1, verdicts.length)) / 100

const rowOf = (
  what: string,
  name: string,
  films: readonly Film[],
  choose: Chooser,
  unit: number,
  weak: number,
): SamplingRow => {
  const all: Verdict[] = []
  const matches: Verdict[] = []
  let looks = 0
  let forwards = 0
  let rounds = 0
  let seconds = 0
  for (const { truth } of films) {
    const choice = choose(truth.film)
    looks += truth.film.candidates.length
    seconds += truth.film.looks.duration
    forwards += choice.frames.length
    rounds += choice.rounds
    const verdicts = judge(truth, choice)
    all.push(...verdicts)
    matches.push(...verdicts.filter((_, query) => (truth.best[query] ?? 0) >= weak))
  }
  const isHeld = ({ loss }: Verdict): boolean => loss <= lossAllowed * unit
  return {
    what,
    films: name,
    looks,
    queries: all.length,
    forwards: Math.round((1000 * forwards) / looks) / 10,
    lossHeld: share(all, isHeld),
    lossHeldOfMatches: share(matches, isHeld),
    momentHeld: share(all, ({ overlap }) => overlap >= overlapWanted),
    momentHeldOfMatches: share(matches, ({ overlap }) => overlap >= overlapWanted),
    amongThreeOfMatches: share(matches, ({ overlapOfThree }) => overlapOfThree >= overlapWanted),
    rounds: Math.round((600 * rounds) / seconds) / 10,
  }
}

/**
 * `kinora bench sampling`: what a film's search loses when only some looks get a vector, against two a second. The
 * `report` films share no footage with the `tuning` ones. Half a minute, and three more to make the films and look at
 * them for the first time. No rows without the shared folder.
 */
export const run = async (): Promise<{ readonly name: 'sampling'; readonly rows: readonly object[] }> => {
  const shared = sharedFolder()
  if (shared === null) return { name: 'sampling', rows: [] }
  const directory = join(shared, 'models', 'concept')
  const folder = expectOk(await openModelFolder(directory, { verify: false }), 'the shared model is whole')
  const { weak } = folder.manifest.thresholds ?? familyThresholds[folder.manifest.family]
  const queries = await queriesOf(folder)
  const made = samplingFilms(shared)
  const looks = await looksOf(made, folder)
  const unit = medianNearestOf(looks.filter((_, i) => unrepeated.has(made[i]?.name ?? '')))
  const films = made.flatMap((film, i): readonly Film[] => {
    const seen = looks[i]
    if (seen === undefined) return []
    const whole = seenFilm(seen)
    return [{ film, truth: truthOf(whole, queries, everyLook(whole)) }]
  })
  const choices: readonly (readonly [string, Chooser])[] = [
    ['adaptive', adaptive(unit)],
    ['adaptive, half the unit', adaptive(unit / 2)],
    ['adaptive, dense switch', adaptive(unit, true)],
    ['one a second', everySecondLook],
    ['mpdecimate', decimated],
    ['key frames', keyFrames],
    ['hindsight, 0.06', hindsight(0.06)],
    ['hindsight, 0.04', hindsight(0.04)],
  ]
  const halves = (['tuning', 'report'] as const).map((half) => ({
    half,
    films: films.filter(({ film }) => film.half === half),
  }))
  const rows = choices.flatMap(([what, choose]) =>
    halves.map(({ half, films: some }) => rowOf(what, half, some, choose, unit, weak)),
  )
  const each = films.map((one) =>
    rowOf('adaptive', `${one.film.half}: ${one.film.name}`, [one], adaptive(unit), unit, weak),
  )
  return { name: 'sampling', rows: [{ what: 'median nearest distance', unit }, ...rows, ...each] }
}
