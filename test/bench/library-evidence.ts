import {
  backgroundOf,
  calibratedThresholds,
  medianNearest,
  type Calibration,
} from '../../src-main/domain/calibration.ts'
import { familyThresholds, verdictOf, type Verdict } from '../../src-main/domain/confidence.ts'
import { dot } from '../../src-main/domain/embedding.ts'
import { chanceOf } from '../../src-main/domain/chance.ts'
import { hubCorrected } from '../../src-main/domain/hubness.ts'
import { createTextBackgroundMeter } from '../../src-main/domain/text-background.ts'
import { pictureThresholds, standardScore } from '../../src-main/domain/score-scale.ts'
import { judgeAnswer, judgeOf } from '../../src-main/domain/verdict.ts'
import { fitGumbel } from './gumbel-fit.ts'

/** A library for the bench: frames by scene, and generic texts. */
export type BenchLibrary = {
  readonly frames: readonly Float32Array[]
  /** The scene of each frame. */
  readonly scenes: readonly number[]
  readonly texts: readonly Float32Array[]
}

/** Every way of saying how sure one query's answer is; greater is surer. `verdicts`: of those that give one. */
export type QueryEvidence = {
  readonly cosine: number
  readonly zScore: number
  readonly margin: number
  readonly nullChance: number
  readonly softmax: number
  readonly methods: Verdict
  readonly confidence: number
  readonly verdict: Verdict
}

export type LibraryJudge = {
  readonly calibration: Calibration
  readonly of: (query: Float32Array) => QueryEvidence
  /** The same question asked with a picture: its best cosine in standard scores, and what is said of it. */
  readonly ofPicture: (picture: Float32Array) => { readonly score: number; readonly verdict: Verdict }
}

const greatest = (scores: ArrayLike<number>): number =>
  Array.from(scores).reduce((a, b) => Math.max(a, b), -Infinity)
const mean = (scores: ArrayLike<number>): number =>
  Array.from(scores).reduce((a, b) => a + b, 0) / Math.max(1, scores.length)

/** As many frames as the app samples for what is between frames. */
const sampled = 400

/** 1 - cosine of each frame to the nearest one of another scene. */
const strangers = ({ frames, scenes }: BenchLibrary): readonly number[] =>
  frames
    .slice(0, sampled)
    .map(
      (frame, i) =>
        1 - greatest(frames.filter((_, j) => scenes[j] !== scenes[i]).map((other) => dot(frame, other))),
    )

/** Measured by the app's own functions on all frames, as `catalog/calibrator.ts` does on sampled ones. */
const calibrate = (
  library: BenchLibrary,
): { readonly calibration: Calibration; readonly hubs: Float32Array } => {
  const { frames, scenes, texts } = library
  const meter = createTextBackgroundMeter(frames)
  for (const text of texts) meter.add(text)
  const found = meter.finish()
  if (found === null) throw new Error('a library without frames or texts')
  const { background, hubs, typical } = found
  const pairs = frames
    .slice(0, sampled)
    .flatMap((frame, i) =>
      frames.slice(0, i).flatMap((other, j) => (scenes[i] === scenes[j] ? [] : [dot(frame, other)])),
    )
  const calibration = {
    frames: frames.length,
    films: new Set(scenes).size,
    medianNearest: medianNearest(strangers(library)) ?? NaN,
    library: frames.length,
    background,
    typical,
    pictures: backgroundOf(Float32Array.from(pairs)),
  }
  return { calibration, hubs }
}

/** methods.md 2f: CLIP's logit scale. */
const logitScale = 100

/** `distractors`: texts about nothing in particular, for methods.md's p_soft. */
export const judgeLibrary = (library: BenchLibrary, distractors: readonly Float32Array[]): LibraryJudge => {
  const { frames, scenes, texts } = library
  const { calibration, hubs } = calibrate(library)
  const typical = calibration.typical ?? 0
  const pairs = texts.map((text) => Float32Array.from(frames, (frame) => dot(text, frame)))
  const raw = backgroundOf(Float32Array.from(pairs.flatMap((scores) => [...scores])))
  const rawNull = fitGumbel(pairs.map(greatest))
  if (raw === null || calibratedThresholds(calibration) === null)
    throw new Error('the library is too small to be measured')
  const floor = raw.p95 + calibration.medianNearest
  const judge = judgeOf(calibration, null, familyThresholds.clip)
  const alike = pictureThresholds(calibration, NaN)

  return {
    calibration,
    ofPicture: (picture) => {
      const best = greatest(frames.map((frame) => dot(picture, frame)))
      return { score: standardScore(best, alike), verdict: verdictOf(best, alike) }
    },
    of: (query) => {
      const scores = Float32Array.from(frames, (frame) => dot(query, frame))
      const cosine = greatest(scores)
      const at = scores.indexOf(cosine)
      const average = mean(scores)
      const spread = Math.sqrt(mean(scores.map((score) => (score - average) ** 2)))
      const others = distractors.map((text) => dot(text, frames[at] ?? text))
      const soft = -Math.log(others.reduce((sum, other) => sum + Math.exp(logitScale * (other - cosine)), 0))
      const chance = chanceOf(cosine, rawNull)
      const isSoft = soft >= 0 || cosine >= floor
      const best = greatest(scores.map((score, i) => hubCorrected(score, hubs[i] ?? typical, typical)))
      return {
        cosine,
        zScore: (cosine - average) / spread,
        margin: cosine - greatest(scores.filter((_, i) => scenes[i] !== scenes[at])),
        nullChance: 1 - chance,
        softmax: soft,
        methods: chance <= 0.05 && isSoft ? 'good' : chance <= 0.05 || isSoft ? 'weak' : 'none',
        confidence: judge.confidence(best),
        verdict: judgeAnswer({ best, unknown: 'none', written: false }, judge).verdict,
      }
    },
  }
}
