import { expect, test } from '@playwright/test'
import { bytes, clock, clockRange, filmName, folderOf, resolution } from '../../src-renderer/parts/format.ts'
import { engineOffset } from '../../src-renderer/parts/film-clock.ts'
import { nearestTime, nearestWithin } from '../../src-renderer/parts/nearest-time.ts'
import { queryMode, replaceSpan } from '../../src-renderer/state/query-mode.ts'
import { gridStep } from '../../src-renderer/views/grid-step.ts'
import { neighbourHit } from '../../src-renderer/views/player/neighbour-hit.ts'
import { shotMarks } from '../../src-renderer/views/player/shot-marks.ts'
import { neighbourShot, shotAt } from '../../src-renderer/views/player/shot-steps.ts'
import { filmShots, manyShots } from './film-shots.ts'

test('times, names and sizes as people read them', () => {
  expect([0, 59.9, 75, 3675].map(clock)).toEqual(['0:00', '0:59', '1:15', '1:01:15'])
  expect([clockRange(12, 18.4), clockRange(3.1, 3.9)]).toEqual(['0:12–0:18', '0:03'])
  expect(['/a/b.c/Film one.mp4', 'C:\\Videos\\x.MOV', 'plain'].map(filmName)).toEqual([
    'Film one',
    'x',
    'plain',
  ])
  expect(folderOf('/a/b/c.mp4')).toBe('/a/b')
  expect(bytes(44_000_000, 'en')).toBe('44 MB')
  expect([resolution(3840, 2160), resolution(1080, 1920), resolution(640, 360)]).toEqual(['4K', '1080p', ''])
})

test('the nearest picture of a sprite', () => {
  const times = [0, 2, 4, 9]
  expect([-1, 0.9, 1.1, 6, 7, 100].map((seconds) => nearestTime(times, seconds))).toEqual([0, 0, 1, 2, 3, 3])
  expect(nearestTime([], 3)).toBe(0)
  // A picture of the moment itself comes before a nearer one of what is beside it.
  const insides = [
    { seconds: 3.9, start: 3.5, end: 7 },
    { seconds: 6.5, start: 5.5, end: 6.9 },
    { seconds: 4.2, start: 4.1, end: 4.3 },
    // The one at the moment's end is of the next shot.
    { seconds: 5.5, start: 3, end: 6 },
  ]
  expect(insides.map(({ seconds, ...inside }) => nearestWithin([0, 3, 6, 7], seconds, inside))).toEqual([
    2, 2, 1, 1,
  ])
  expect(nearestWithin([], 3, { start: 2, end: 4 })).toBe(0)
})

test('arrow keys in a grid keep their column and stay inside', () => {
  const step = (key: string, index: number): number | null => gridStep(key, index, 10, 4, 8)
  expect([step('ArrowDown', 1), step('ArrowUp', 5), step('ArrowUp', 2), step('ArrowLeft', 0)]).toEqual([
    5, 1, 2, 0,
  ])
  // The last row has two videos: down from above the gap goes to the last one, from the last row nowhere.
  expect([step('ArrowDown', 7), step('ArrowDown', 9), step('End', 0), step('PageDown', 5)]).toEqual([
    9, 9, 9, 9,
  ])
  expect(step('x', 3)).toBeNull()
})

test('next and previous hit go around', () => {
  const hits = [10, 20, 30].map((peak) => ({
    videoId: 'v',
    path: '',
    start: peak - 2,
    end: peak + 2,
    peak,
    score: 1,
    confidence: 1,
    reasons: [],
    chapter: null,
  }))
  const go = (time: number, direction: 1 | -1): number | undefined =>
    neighbourHit(hits, time, direction)?.peak
  expect([go(10, 1), go(30, 1), go(10, -1), go(25, -1), go(0, 1)]).toEqual([20, 10, 30, 20, 10])
  expect(neighbourHit([], 3, 1)).toBeNull()
})

test('next and previous shot, and where one is', () => {
  expect([-1, 0, 4.99, 5, 4.9995, 39, 100].map((time) => shotAt(filmShots, time))).toEqual([
    0, 0, 0, 1, 1, 7, 7,
  ])
  expect(shotAt([], 3)).toBe(-1)
  const go = (time: number, direction: 1 | -1, rate = 1): number =>
    neighbourShot(filmShots, time, direction, rate)
  expect([go(0, 1), go(5, 1), go(34, 1), go(36, 1)]).toEqual([1, 2, 7, -1])
  // A second in, back means the shot's own start; at twice the speed the second is two seconds of film.
  expect([go(11.1, -1), go(10.9, -1), go(11.1, -1, 2), go(12.1, -1, 2), go(11.1, -1, 0.5)]).toEqual([
    2, 1, 1, 2, 2,
  ])
  expect([go(0.5, -1), go(3, -1)]).toEqual([0, 0])
  expect([neighbourShot([], 3, 1, 1), neighbourShot([], 3, -1, 1)]).toEqual([-1, -1])
})

test('shot marks: where they belong when there is room, the telling ones when there is not', () => {
  expect(shotMarks(filmShots, 40, 800)).toEqual([
    { x: 100, kind: 'cut' },
    { x: 200, kind: 'cut' },
    { x: 300, kind: 'gradual' },
    { x: 400, kind: 'cut' },
    { x: 500, kind: 'cut' },
    { x: 600, kind: 'gradual' },
    { x: 700, kind: 'cut' },
  ])
  const many = shotMarks(manyShots, 40, 900)
  const gaps = many.slice(1).map(({ x }, i) => x - (many[i]?.x ?? 0))
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(5)
  expect(many.length).toBeGreaterThan(100)
  expect(many.filter(({ kind }) => kind === 'gradual')).toHaveLength(37)
  expect([shotMarks(filmShots, 40, 0), shotMarks(filmShots, 0, 800), shotMarks([], 40, 800)]).toEqual([
    [],
    [],
    [],
  ])
})

test('the engine counts from the container, or from zero where a host makes the stream anew', () => {
  const film = { start: 8.333, duration: 0.4 }
  expect([engineOffset(film, 8.7), engineOffset(film, 0.4), engineOffset(film, Infinity)]).toEqual([
    8.333, 0, 8.333,
  ])
  expect(engineOffset({ start: -0.1, duration: 4 }, 4)).toBe(0)
})

test('a query shows the library, videos or moments, and loses a part without a scar', () => {
  expect(['', 'is:offline', 'dog is:offline', 'durration:2m'].map(queryMode)).toEqual([
    'everything',
    'videos',
    'moments',
    'everything',
  ])
  expect(replaceSpan('dog  in:Beach cat', 5, 13, '')).toBe('dog cat')
  expect(replaceSpan('durration:2m', 0, 12, 'longer:2m')).toBe('longer:2m')
})
