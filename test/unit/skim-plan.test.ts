import { describe, expect, test } from 'vitest'
import type { VideoFacts } from '../../src-preload/contract/video-facts.ts'
import {
  gapLimit,
  gridTimes,
  selectFilter,
  skimGaps,
  skimInterval,
  skimRecipes,
} from '../../src-main/domain/skim-plan.ts'

const facts = (some: Partial<VideoFacts>): VideoFacts => ({
  ...{ duration: 60, startTime: 0, streamIndex: 0, container: 'mp4', codec: 'h264', profile: null },
  ...{ pixelFormat: 'yuv420p', bitDepth: 8, width: 1920, height: 1080, codedWidth: 1920, codedHeight: 1080 },
  ...{
    rotation: 0,
    sampleAspect: 1,
    frameRate: 25,
    hdr: null,
    interlaced: false,
    bitRate: null,
    recordedAt: null,
  },
  ...{ audio: [], subtitles: [], chapters: [] },
  ...some,
})

describe('recipes', () => {
  test.for([
    [{ codec: 'h264' }, true, 'key-frames'],
    [{ codec: 'hevc', container: 'matroska' }, true, 'key-frames'],
    [{ codec: 'mpeg2video', container: 'mpeg' }, true, 'key-frames'],
    [{ codec: 'h264', container: 'mpegts', interlaced: true }, true, 'seek-grid'],
    [{ codec: 'vp9', container: 'webm' }, true, 'key-packets'],
    [{ codec: 'av1' }, true, 'key-packets'],
    [{ codec: 'vp9' }, false, 'key-select'],
    [{ codec: 'av1', rotation: 90 }, true, 'key-select'],
    [{ codec: 'prores', container: 'mov' }, true, 'seek-grid'],
    [{ codec: 'mjpeg', duration: 0 }, true, 'every-frame'],
    [{ codec: 'h264', duration: 2 }, true, 'every-frame'],
    [{ codec: 'h264', container: 'h264' }, true, 'every-frame'],
  ] as const)('%j, packets can be dropped: %s -> %s', ([some, canDrop, first]) => {
    const recipes = skimRecipes(facts(some), canDrop)
    expect(recipes[0]).toBe(first)
    expect(recipes.at(-1)).toBe('every-frame')
    expect(new Set(recipes).size).toBe(recipes.length)
  })
})

test('one frame a second, at most 240', () => {
  expect([10, 240, 7200].map(skimInterval)).toEqual([1, 1, 30])
  expect(gridTimes(7200)).toHaveLength(240)
  expect(gridTimes(3)).toEqual([0, 1, 2])
  expect(gridTimes(0.2)).toEqual([0])
  expect(gridTimes(3.5).at(-1)).toBeLessThan(3.5)
})

test('disorder is shown where frames were skipped, and only there', () => {
  expect(selectFilter(facts({}), 'key-frames')).toContain('lte(t,prev_t)')
  expect(selectFilter(facts({}), 'every-frame')).not.toContain('prev_t)')
  expect(selectFilter(facts({ duration: 0, startTime: -1.5 }), 'every-frame')).toContain('(t-(-1.5))/240')
})

test('gaps before, between and after', () => {
  expect(gapLimit(60)).toBe(11)
  expect(skimGaps([0, 5, 16, 20], 30)).toEqual([])
  expect(skimGaps([12, 20], 30)).toEqual([{ from: 0, to: 12 }])
  expect(skimGaps([0, 11.5], 20)).toEqual([{ from: 0, to: 11.5 }])
  expect(skimGaps([0, 5], 60)).toEqual([{ from: 5, to: Infinity }])
  expect(skimGaps([], 60)).toEqual([{ from: 0, to: Infinity }])
  expect(skimGaps([0, 5], 0)).toEqual([])
  expect(skimGaps([0, 39, 78], 7200)[0]).toEqual({ from: 78, to: Infinity })
})
