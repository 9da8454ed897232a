import type { VerdictGround } from '../../src-preload/contract/search-nouns.ts'
import { absoluteThresholds, calibratedThresholds, chanceInLibrary, chanceLimits } from './calibration.ts'
import type { Calibration } from './calibration.ts'
import { chanceOf, type Chance } from './chance.ts'
import { confidenceOf, verdictOf, type MatchThresholds, type Verdict } from './confidence.ts'

/** How scores of one model in one library are judged. */
export type Judge = {
  /** From where on a score is perhaps a match, and surely one. */
  readonly thresholds: MatchThresholds
  /** The same without what comes up by chance; null where the library was not measured. */
  readonly absolute: MatchThresholds | null
  /** What comes up by chance; null where nobody asks (sequences, pictures) or `absolute` is null. */
  readonly chance: Chance | null
  /** Of one moment's score, 0..1: 0.2 and 0.8 at the thresholds. */
  readonly confidence: (score: number) => number
}

/**
 * `stated`: thresholds that the model brings, which win over measured ones; `family`: those of models like it, for a library
 * that was not measured. `searched`: how many frames are looked at, where it is not the whole library.
 */
export const judgeOf = (
  calibration: Calibration | null,
  stated: MatchThresholds | null,
  family: MatchThresholds,
  searched?: number,
): Judge => {
  const measured =
    stated !== null || calibration === null ? null : calibratedThresholds(calibration, searched)
  const thresholds = measured ?? stated ?? family
  const background = measured === null ? null : (calibration?.background ?? null)
  return {
    thresholds,
    absolute: background === null ? null : absoluteThresholds(background),
    chance: background === null ? null : chanceInLibrary(background, searched ?? calibration?.library ?? 0),
    confidence: (score) => confidenceOf(score, thresholds),
  }
}

/** Judges by thresholds alone; `measured`: they are of this library. */
export const plainJudge = (thresholds: MatchThresholds, measured: boolean): Judge => ({
  thresholds,
  absolute: measured ? thresholds : null,
  chance: null,
  confidence: (score) => confidenceOf(score, thresholds),
})

export type Evidence = {
  /** The best frame's score (corrected where the library is calibrated); null where no picture could be an answer. */
  readonly best: number | null
  /** Wanted words that the model does not know: none, some of several parts, or all, so that no picture was looked at. */
  readonly unknown: 'none' | 'some' | 'all'
  /** The words were really said, or stand in a name. */
  readonly written: boolean
}

export type JudgedAnswer = { readonly verdict: Verdict; readonly grounds: readonly VerdictGround[] }

/** Which measures an answer passed, or which it failed for a better verdict. */
const groundsOf = (best: number, verdict: Verdict, judge: Judge): readonly VerdictGround[] => {
  const { absolute, chance } = judge
  if (absolute === null) return [verdict === 'good' ? 'looks-right' : 'too-weak', 'uncalibrated']
  if (verdict === 'good') return chance === null ? ['looks-right'] : ['looks-right', 'stands-out']
  const missed = verdict === 'weak' ? 'good' : 'weak'
  const isWeak = best < absolute[missed]
  const isUsual = chance !== null && chanceOf(best, chance) > chanceLimits[missed]
  return [...(isWeak ? (['too-weak'] as const) : []), ...(isUsual ? (['nothing-stands-out'] as const) : [])]
}

/**
 * Good, weak or none, and why (methods.md 2f). Words that were found are enough. Pictures are judged by the best frame:
 * the absolute floor comes first, so a library of one topic does not answer everything. A part of the query that the model
 * does not know keeps the answer from being good.
 */
export const judgeAnswer = ({ best, unknown, written }: Evidence, judge: Judge): JudgedAnswer => {
  const missing: readonly VerdictGround[] = unknown === 'none' ? [] : ['unknown-words']
  if (written) return { verdict: 'good', grounds: ['written', ...missing] }
  if (unknown === 'all') return { verdict: 'none', grounds: missing }
  if (best === null || Number.isNaN(best))
    return { verdict: 'none', grounds: ['nothing-stands-out', ...missing] }
  const seen = verdictOf(best, judge.thresholds)
  const verdict = seen === 'good' && unknown === 'some' ? 'weak' : seen
  return { verdict, grounds: [...groundsOf(best, seen, judge), ...missing] }
}

/** Filters alone ask for films: any that they let through are what was asked for. */
export const judgeFilters = (films: number): JudgedAnswer => ({
  verdict: films > 0 ? 'good' : 'none',
  grounds: ['filters-only'],
})
