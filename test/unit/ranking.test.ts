import { describe, expect, it } from 'vitest'
import { confidenceOf, familyThresholds, verdictOf } from '../../src-main/domain/confidence.ts'
import type { Moment } from '../../src-main/domain/moments.ts'
import { fuseHits, reciprocalRanks, type SourceHit } from '../../src-main/domain/rank-fusion.ts'
import { rankMoments, rankVideos, videoScore } from '../../src-main/domain/ranking.ts'
import type { ScoreSamples } from '../../src-main/domain/score-samples.ts'

const film = (scores: readonly number[], step = 2, duration = scores.length * step): ScoreSamples => ({
  times: Float64Array.from(scores, (_, i) => i * step),
  scores: Float32Array.from(scores),
  duration,
})

const moment = (start: number, end: number, score: number): Moment => ({
  start,
  end,
  peak: start,
  score,
  strength: score,
  clear: true,
})

describe('the score of a film', () => {
  it('is the mean of its five best', () => {
    const scores = [...Array<number>(40).fill(0.1), 0.5, 0.4, 0.3, 0.2, 0.2]
    expect(videoScore(film(scores))).toBeCloseTo(0.32)
  })

  it('prefers five good frames to one lucky one', () => {
    const lucky = film([...Array<number>(40).fill(0.15), 0.34])
    const steady = film([...Array<number>(36).fill(0.15), ...Array<number>(5).fill(0.3)])
    expect(videoScore(steady)!).toBeGreaterThan(videoScore(lucky)!)
  })

  it('counts the tiles of one frame, and frames within a second, once', () => {
    const tiles: ScoreSamples = {
      times: Float64Array.of(0, 10, 10, 10, 10, 10, 10.4, 20, 30, 40, 50),
      scores: Float32Array.of(0.1, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.1, 0.1, 0.1, 0.1),
      duration: 60,
    }
    expect(videoScore(tiles)).toBeCloseTo((0.5 + 4 * 0.1) / 5)
  })

  it('mixes in the mean of a film under 30 s', () => {
    const scores = [0.4, 0.4, 0.4, 0.4, 0.4, 0, 0, 0, 0, 0]
    expect(videoScore(film(scores, 2, 20))).toBeCloseTo((0.4 + 0.2) / 2)
    expect(videoScore(film(scores, 3, 30))).toBeCloseTo(0.4)
    expect(videoScore(film(scores, 2, 0))).toBeCloseTo(0.4)
  })

  it('takes one sample, none, and what is not a number', () => {
    expect(videoScore(film([0.3]))).toBeCloseTo(0.3)
    expect(videoScore(film([]))).toBeNull()
    expect(videoScore(film([NaN, NaN]))).toBeNull()
    expect(videoScore(film([NaN, 0.2], 2, 100))).toBeCloseTo(0.2)
  })
})

describe('the order of an answer', () => {
  it('ranks films by score, equals by id', () => {
    const videos = [
      { videoId: 'b', score: 1 },
      { videoId: 'c', score: 2 },
      { videoId: 'a', score: 1 },
    ]
    expect(rankVideos(videos).map((video) => video.videoId)).toEqual(['c', 'a', 'b'])
    const numbered = [
      { videoId: 10, score: 1 },
      { videoId: 9, score: 1 },
    ]
    expect(rankVideos(numbered).map((video) => video.videoId)).toEqual([9, 10])
  })

  it('keeps at most so many of a film, and a limit in all', () => {
    const moments = [moment(0, 5, 0.4), moment(10, 15, 0.3), moment(20, 25, 0.2)]
    const videos = [
      { videoId: 'a', moments },
      { videoId: 'b', moments },
    ]
    const two = rankMoments(videos, { perVideo: 2 })
    expect(two.map(({ videoId, start }) => [videoId, start])).toEqual([
      ['a', 0],
      ['b', 0],
      ['a', 10],
      ['b', 10],
    ])
    expect(rankMoments(videos, { limit: 3 })).toHaveLength(3)
  })

  it("keeps a film's own order and never rises", () => {
    const ranked = rankMoments([
      { videoId: 'a', moments: [moment(0, 20, 0.3), moment(50, 52, 0.5)] },
      { videoId: 'b', moments: [moment(0, 9, 0.4)] },
    ])
    expect(ranked.map(({ videoId, start, score }) => [videoId, start, score])).toEqual([
      ['b', 0, 0.4],
      ['a', 0, 0.3],
      ['a', 50, 0.3],
    ])
  })

  it('leaves out a moment inside a better one of the same film, never of another (trap 17)', () => {
    const nested = [moment(0, 60, 0.4), moment(10, 20, 0.39), moment(70, 80, 0.2)]
    const ranked = rankMoments([
      { videoId: 'a', moments: nested },
      { videoId: 'b', moments: [moment(10, 20, 0.1)] },
    ])
    expect(ranked.map(({ videoId, start }) => [videoId, start])).toEqual([
      ['a', 0],
      ['a', 70],
      ['b', 10],
    ])
  })

  it('does not depend on the order in which films come', () => {
    const videos = ['d', 'a', 'c', 'b'].map((videoId) => ({
      videoId,
      moments: [moment(1, 2, 0.2), moment(5, 6, 0.2)],
    }))
    expect(rankMoments(videos.toReversed())).toEqual(rankMoments(videos))
  })
})

describe('fusion of ranks', () => {
  it('adds 1 / (60 + rank)', () => {
    const scores = reciprocalRanks([{ keys: ['a', 'b', 'a'] }, { keys: ['b'], weight: 2 }])
    expect(scores.get('a')).toBeCloseTo(1 / 61)
    expect(scores.get('b')).toBeCloseTo(1 / 62 + 2 / 61)
  })

  const hit = (videoId: string, start: number | null, end: number | null, text = ''): SourceHit<string> => ({
    videoId,
    start,
    end,
    text,
  })
  const looks = { kind: 'looks like', hits: [hit('a', 10, 20), hit('b', 10, 20), hit('b', 200, 220)] }

  it('keeps the order of a single source', () => {
    expect(fuseHits([looks]).map(({ videoId, start }) => [videoId, start])).toEqual([
      ['a', 10],
      ['b', 10],
      ['b', 200],
    ])
  })

  it('lifts what two sources say, and tells why', () => {
    const fused = fuseHits([looks, { kind: 'said', hits: [hit('b', 205, 207, 'happy birthday')] }])
    expect(fused[0]).toMatchObject({ videoId: 'b', start: 200, end: 220 })
    expect(fused[0]!.reasons).toEqual([
      { kind: 'looks like', index: 2, text: '' },
      { kind: 'said', index: 0, text: 'happy birthday' },
    ])
    expect(fused[0]!.fused).toBeCloseTo(1 / 63 + 1 / 61)
  })

  it('joins a line spoken within 15 s, not one further off', () => {
    const near = fuseHits([looks, { kind: 'said', hits: [hit('a', 33, 34)] }])
    expect(near).toHaveLength(3)
    const far = fuseHits([looks, { kind: 'said', hits: [hit('a', 36, 37)] }])
    expect(far.map(({ videoId, start }) => [videoId, start])).toContainEqual(['a', 36])
  })

  it('lets a name speak for every moment of its film, or for the whole film', () => {
    const fused = fuseHits([
      looks,
      { kind: 'named', hits: [hit('b', null, null, 'b.mp4'), hit('z', null, null, 'z.mp4')] },
    ])
    expect(fused.filter(({ reasons }) => reasons.some((reason) => reason.kind === 'named'))).toHaveLength(3)
    expect(fused.find(({ videoId }) => videoId === 'z')).toMatchObject({ start: null, end: null })
  })

  it('counts a source once a stretch, and breaks ties by film and start', () => {
    const said = { kind: 'said', hits: [hit('a', 12, 13), hit('a', 14, 15)] }
    expect(fuseHits([looks, said]).find(({ videoId }) => videoId === 'a')!.reasons).toHaveLength(2)
    const tied = fuseHits([
      { kind: 'x', hits: [hit('b', 5, 6)] },
      { kind: 'y', hits: [hit('a', 5, 6)] },
    ])
    expect(tied.map(({ videoId }) => videoId)).toEqual(['a', 'b'])
  })
})

describe('confidence', () => {
  it.each(Object.entries(familyThresholds))(
    'of %s rises, is half between the thresholds, and chooses words',
    (_, at) => {
      expect(confidenceOf((at.weak + at.good) / 2, at)).toBeCloseTo(0.5)
      expect(confidenceOf(at.good, at)).toBeCloseTo(0.8)
      expect(confidenceOf(at.weak, at)).toBeCloseTo(0.2)
      let last = -1
      for (let score = at.weak - 0.1; score < at.good + 0.1; score += 0.005) {
        const confidence = confidenceOf(score, at)
        expect(confidence).toBeGreaterThan(last)
        expect(confidence).toBeLessThanOrEqual(1)
        last = confidence
      }
      expect(verdictOf(at.good, at)).toBe('good')
      expect(verdictOf(at.weak, at)).toBe('weak')
      expect(verdictOf(at.weak - 0.001, at)).toBe('none')
    },
  )

  it('survives equal or swapped thresholds and nonsense', () => {
    expect(confidenceOf(NaN, familyThresholds.clip)).toBe(0)
    expect(verdictOf(NaN, familyThresholds.clip)).toBe('none')
    expect(confidenceOf(0.3, { weak: 0.25, good: 0.25 })).toBe(1)
    expect(confidenceOf(0.3, { weak: 0.28, good: 0.25 })).toBeGreaterThan(0.5)
    expect(confidenceOf(-1, { weak: 0.25, good: 0.25 })).toBe(0)
  })
})
