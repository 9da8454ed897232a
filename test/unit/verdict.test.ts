import { describe, expect, it } from 'vitest'
import {
  absoluteThresholds,
  calibratedThresholds,
  type Calibration,
} from '../../src-main/domain/calibration.ts'
import { familyThresholds, verdictOf } from '../../src-main/domain/confidence.ts'
import { distinctVectors } from '../../src-main/domain/distinct-vectors.ts'
import { dot, normalise, packHalf, unpackHalf } from '../../src-main/domain/embedding.ts'
import { chanceAmong, chanceOf, scoreAtChance } from '../../src-main/domain/chance.ts'
import { createHubMeter, hubCorrected } from '../../src-main/domain/hubness.ts'
import {
  asTextCosine,
  cosineAt,
  pictureThresholds,
  standardScore,
} from '../../src-main/domain/score-scale.ts'
import { seededRandom } from '../../src-main/domain/seeded-random.ts'
import { createTextBackgroundMeter } from '../../src-main/domain/text-background.ts'
import { judgeAnswer, judgeFilters, judgeOf } from '../../src-main/domain/verdict.ts'

const measured: Calibration = {
  frames: 400,
  films: 20,
  medianNearest: 0.04,
  library: 400,
  background: { mean: 0.2, sd: 0.02, p95: 0.24, within: 0.016 },
  typical: 0.25,
  pictures: null,
}
/** 0.244 and 0.27 by the background alone. */
const absolute = absoluteThresholds({ mean: 0.2, sd: 0.02, p95: 0.24 })
const family = familyThresholds.clip
const seen = (best: number | null) => ({ best, unknown: 'none', written: false }) as const

describe('chance', () => {
  it('is what the best of many normal scores does', () => {
    const random = seededRandom(1)
    const normal = (): number => Math.sqrt(-2 * Math.log(random() || 1e-9)) * Math.cos(2 * Math.PI * random())
    for (const count of [50, 400]) {
      const best = Array.from({ length: 1500 }, () => {
        let most = -Infinity
        for (let i = 0; i < count; i += 1) most = Math.max(most, 0.2 + 0.016 * normal())
        return most
      }).sort((a, b) => a - b)
      const chance = chanceAmong(count, 0.2, 0.016)
      // The law holds for very many; of some hundred the middle and the tail are right within a fifth of a deviation.
      expect(Math.abs(scoreAtChance(0.5, chance) - (best[750] ?? NaN))).toBeLessThan(0.2 * 0.016)
      expect(Math.abs(scoreAtChance(0.05, chance) - (best[1425] ?? NaN))).toBeLessThan(0.2 * 0.016)
    }
  })

  it('goes from scores to chances and back', () => {
    const chance = { location: 0.28, scale: 0.015 }
    for (const share of [0.01, 0.05, 0.5, 0.9, 0.99])
      expect(chanceOf(scoreAtChance(share, chance), chance)).toBeCloseTo(share, 6)
    expect([1, 1.1].map((score) => chanceOf(score, { location: 1, scale: 0 }))).toEqual([1, 0])
    for (const count of [0, 1, 2, 3]) expect(Number.isFinite(chanceAmong(count, 0, 1).location)).toBe(true)
  })
})

describe('the background of texts', () => {
  it('is the mean, spread and hubness of corrected cosines, whatever comes between', () => {
    const random = seededRandom(5)
    const unit = (): Float32Array => {
      const vector = Float32Array.from({ length: 8 }, () => random() - 0.5)
      normalise(vector)
      return vector
    }
    const frames = Array.from({ length: 30 }, unit)
    const texts = Array.from({ length: 40 }, unit)
    const meter = createTextBackgroundMeter(frames)
    expect(createTextBackgroundMeter(frames).finish()).toBeNull()
    for (const text of texts) meter.add(text)
    const hubs = createHubMeter(frames.length)
    for (const text of texts) hubs.add(frames.map((frame) => dot(text, frame)))
    const each = hubs.hubness()
    const typical = each.reduce((a, b) => a + b, 0) / each.length
    const all = texts.flatMap((text) =>
      frames.map((frame, i) => hubCorrected(dot(text, frame), each[i] ?? 0, typical)),
    )
    const found = meter.finish()
    expect(found?.typical).toBeCloseTo(typical, 5)
    expect(found?.background.mean).toBeCloseTo(all.reduce((a, b) => a + b, 0) / all.length, 5)
    expect(found?.background.p95).toBeCloseTo(
      all.toSorted((a, b) => a - b)[Math.floor(0.95 * (all.length - 1))] ?? NaN,
      5,
    )
  })

  it('counts texts of the same words once, and those without a known word not at all', () => {
    const dog = Float32Array.of(0.6, 0.8)
    const rounded = unpackHalf(packHalf(dog))
    const cat = Float32Array.of(0.8, 0.6)
    expect(distinctVectors([dog, new Float32Array(2), rounded, cat])).toEqual([dog, cat])
  })
})

describe('thresholds of a measured library', () => {
  it('are where the background ends', () => {
    const thresholds = calibratedThresholds({ ...measured, library: 60 })
    expect(thresholds?.weak).toBeCloseTo(0.244)
    expect(thresholds?.good).toBeCloseTo(0.27)
    expect(calibratedThresholds({ ...measured, frames: 59 })).toBeNull()
    expect(calibratedThresholds({ ...measured, background: null })).toBeNull()
  })

  it('rise with the number of frames, for more come up by chance; a part of the library has fewer', () => {
    const large = calibratedThresholds({ ...measured, library: 1_000_000 })
    const chance = chanceAmong(1_000_000, 0.2, 0.016)
    expect(large?.weak).toBeCloseTo(scoreAtChance(0.5, chance))
    expect(large?.good).toBeCloseTo(scoreAtChance(0.05, chance))
    expect(large?.good).toBeGreaterThan(0.28)
    expect(calibratedThresholds({ ...measured, library: 1_000_000 }, 60)?.good).toBeCloseTo(0.27)
    let last = 0
    for (let frames = 1; frames < 1e7; frames *= 10) {
      const { weak = NaN, good = NaN } = calibratedThresholds(measured, frames) ?? {}
      expect(good).toBeGreaterThan(weak)
      expect(weak).toBeGreaterThanOrEqual(last)
      last = weak
    }
  })
})

describe('the verdict', () => {
  const judge = judgeOf({ ...measured, library: 60 }, null, family)
  const large = judgeOf({ ...measured, library: 1_000_000 }, null, family)

  it('is good, weak or none by the best frame, and says why', () => {
    expect(judgeAnswer(seen(0.28), judge)).toEqual({
      verdict: 'good',
      grounds: ['looks-right', 'stands-out'],
    })
    expect(judgeAnswer(seen(0.265), judge)).toEqual({ verdict: 'weak', grounds: ['too-weak'] })
    expect(judgeAnswer(seen(0.24), judge)).toEqual({ verdict: 'none', grounds: ['too-weak'] })
    expect(judgeAnswer(seen(0.21), judge)).toEqual({
      verdict: 'none',
      grounds: ['too-weak', 'nothing-stands-out'],
    })
    expect(judgeAnswer(seen(null), judge)).toEqual({ verdict: 'none', grounds: ['nothing-stands-out'] })
    expect(judgeAnswer(seen(NaN), judge).verdict).toBe('none')
  })

  it('asks more of an answer among many frames', () => {
    expect(judgeAnswer(seen(0.275), large)).toEqual({ verdict: 'none', grounds: ['nothing-stands-out'] })
    expect(judgeAnswer(seen(0.281), large)).toEqual({ verdict: 'weak', grounds: ['nothing-stands-out'] })
    expect(judgeAnswer(seen(0.3), large).verdict).toBe('good')
    expect(
      judgeAnswer(seen(0.275), judgeOf({ ...measured, library: 1_000_000 }, null, family, 60)).verdict,
    ).toBe('good')
  })

  it('never says good of what lies below the absolute floor, however narrow the library', () => {
    const background = { mean: 0.2, sd: 0.02, p95: 0.24, within: 0.0001 }
    const uniform = judgeOf({ ...measured, background }, null, family)
    for (let best = 0; best < absolute.weak; best += 0.001)
      expect(judgeAnswer(seen(best), uniform).verdict).toBe('none')
  })

  it('never falls with a better score, as confidence never does, and always has a reason', () => {
    const order = ['none', 'weak', 'good']
    for (const one of [judge, large, judgeOf(null, null, family)]) {
      let last = { verdict: 0, confidence: 0 }
      for (let best = 0.15; best < 0.35; best += 0.001) {
        const answer = judgeAnswer(seen(best), one)
        const verdict = order.indexOf(answer.verdict)
        const confidence = one.confidence(best)
        expect(answer.grounds.length).toBeGreaterThan(0)
        expect(verdict).toBeGreaterThanOrEqual(last.verdict)
        expect(confidence).toBeGreaterThan(last.confidence)
        // The words for a moment's confidence and the verdict say the same.
        expect(verdict).toBe(confidence >= 0.8 - 1e-9 ? 2 : confidence >= 0.2 - 1e-9 ? 1 : 0)
        last = { verdict, confidence }
      }
    }
  })

  it('believes words that were found, and misses words that the model does not know', () => {
    expect(judgeAnswer({ best: null, unknown: 'all', written: true }, judge)).toEqual({
      verdict: 'good',
      grounds: ['written', 'unknown-words'],
    })
    expect(judgeAnswer({ best: null, unknown: 'all', written: false }, judge)).toEqual({
      verdict: 'none',
      grounds: ['unknown-words'],
    })
    expect(judgeAnswer({ best: 0.3, unknown: 'some', written: false }, judge)).toEqual({
      verdict: 'weak',
      grounds: ['looks-right', 'stands-out', 'unknown-words'],
    })
    expect(judgeFilters(3)).toEqual({ verdict: 'good', grounds: ['filters-only'] })
    expect(judgeFilters(0)).toEqual({ verdict: 'none', grounds: ['filters-only'] })
  })

  it('falls back on the model, then on its family, and says that nothing was measured', () => {
    const none = judgeOf(null, null, family)
    expect(none.thresholds).toEqual(family)
    expect(judgeAnswer(seen(0.3), none)).toEqual({
      verdict: 'good',
      grounds: ['looks-right', 'uncalibrated'],
    })
    expect(judgeAnswer(seen(0.1), none)).toEqual({ verdict: 'none', grounds: ['too-weak', 'uncalibrated'] })
    const small = judgeOf({ ...measured, frames: 10 }, null, family)
    expect(small.thresholds).toEqual(family)
    const stated = { weak: 0.1, good: 0.2 }
    expect(judgeOf(measured, stated, family).thresholds).toEqual(stated)
    expect(judgeAnswer(seen(0.21), judgeOf(measured, stated, family)).grounds).toContain('uncalibrated')
  })
})

describe('scores of words and pictures on one scale', () => {
  it('means the same at the thresholds of both', () => {
    const pictures = { weak: 0.78, good: 0.89 }
    const words = { weak: 0.24, good: 0.27 }
    expect(standardScore(0.78, pictures)).toBeCloseTo(0)
    expect(standardScore(0.89, pictures)).toBeCloseTo(1)
    expect(asTextCosine(0.89, pictures, words)).toBeCloseTo(0.27)
    expect(asTextCosine(0.78, pictures, words)).toBeCloseTo(0.24)
    expect(cosineAt(standardScore(0.31, words), words)).toBeCloseTo(0.31)
    expect(Number.isFinite(standardScore(1, { weak: 1, good: 1 }))).toBe(true)
  })

  it('takes the measured background of pictures, or what the model is like', () => {
    const thresholds = pictureThresholds({ pictures: { mean: 0.63, sd: 0.1, p95: 0.785 } }, 0.04)
    expect(thresholds.weak).toBe(0.785)
    expect(thresholds.good).toBeCloseTo(0.8925)
    expect(verdictOf(0.95, thresholds)).toBe('good')
    for (const calibration of [null, { pictures: null }]) {
      const { weak, good } = pictureThresholds(calibration, 0.0405)
      expect([weak, good].map((one) => Math.round(one * 1000) / 1000)).toEqual([0.798, 0.899])
    }
  })
})
