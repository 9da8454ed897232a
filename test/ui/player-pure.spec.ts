import { expect, test } from '@playwright/test'
import { foldText } from '../../src-renderer/parts/fold-text.ts'
import { languageName, sameLanguage } from '../../src-renderer/parts/language-name.ts'
import { markedText } from '../../src-renderer/parts/marked-text.ts'
import { offeredTags } from '../../src-renderer/parts/offered-tags.ts'
import { rowStep } from '../../src-renderer/parts/roving-rows.ts'
import { rangeOf, useRange } from '../../src-renderer/state/film-range.ts'
import { bestTimes, curveArea, curveLine, curvePoints } from '../../src-renderer/views/player/curve-path.ts'
import {
  chapterSubject,
  frameSubject,
  momentSubject,
  tagTargets,
} from '../../src-renderer/views/player/film-subject.ts'
import { latestEnds, lineBefore, linesAt } from '../../src-renderer/views/player/lines-at.ts'
import { foundMarks, wordMarks, wordsOfQuery } from '../../src-renderer/views/player/line-words.ts'
import { rankTracks } from '../../src-renderer/views/player/subtitle-tracks.ts'
import { filmShots } from './film-shots.ts'
import { longCurve } from './player-scenario.ts'
import { curveOf } from './scenario.ts'

test('a curve has a point a value where there is room, and the best of each column where there is not', () => {
  const short = curvePoints({ step: 2, values: [0.1, 0.9, 0.4] }, 6, 600)
  expect(short).toEqual([
    { x: 100, y: 0.1 },
    { x: 300, y: 0.9 },
    { x: 500, y: 0.4 },
  ])
  const long = longCurve()
  const many = curvePoints(long, 10_800, 900)
  expect(many.length).toBeLessThanOrEqual(450)
  expect(Math.max(...many.map(({ y }) => y))).toBe(Math.max(...long.values))
  // Values that are none, or outside, do no harm.
  expect(curvePoints({ step: 1, values: [2, -1] }, 2, 100).map(({ y }) => y)).toEqual([1, 0])
  expect([
    curvePoints({ step: 1, values: [] }, 9, 100),
    curvePoints({ step: 1, values: [1] }, 0, 100),
  ]).toEqual([[], []])
})

test('the line through a curve never swings over its points', () => {
  const points = curvePoints(curveOf(), 40, 800)
  const line = curveLine(points, 800, 30)
  const pieces = [...line.matchAll(/C(\S+) (\S+) (\S+) (\S+) (\S+) (\S+?)(?=C|L|$)/g)].map((piece) =>
    piece.slice(1).map(Number),
  )
  expect(pieces).toHaveLength(points.length - 1)
  pieces.forEach(([, firstY = 0, , secondY = 0, , endY = 0], i) => {
    const startY = 30 - (points[i]?.y ?? 0) * 30
    const [low, high] = [Math.min(startY, endY) - 0.06, Math.max(startY, endY) + 0.06]
    for (const y of [firstY, secondY]) {
      expect(y).toBeGreaterThanOrEqual(low)
      expect(y).toBeLessThanOrEqual(high)
    }
  })
  expect(curveArea(line, 30)).toBe(`${line}V30H0Z`)
  expect([curveLine([], 800, 30), curveArea('', 30)]).toEqual(['', ''])
})

test('the best times stand apart, the best first, and nothing half as good is among them', () => {
  expect(
    bestTimes({ step: 1, values: [0, 0.9, 0.2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0.5, 1, 0.5, 0.2] }, 3),
  ).toEqual([13.5, 1.5])
  // Two tops within ten seconds are one place; a plateau is one, too.
  expect(bestTimes({ step: 1, values: [0, 1, 0.3, 0.9, 0.9, 0.1] }, 3)).toEqual([1.5])
  expect(
    bestTimes({ step: 1, values: [0.1, 0.4, 0.1, ...Array.from({ length: 20 }, () => 0), 1, 0] }, 3),
  ).toEqual([23.5])
  expect([bestTimes({ step: 1, values: [] }, 3), bestTimes({ step: 1, values: [0, 0] }, 3)]).toEqual([[], []])
  expect(bestTimes(longCurve(), 3)).toHaveLength(3)
})

test('tracks: what fits before what nobody can tell and what does not, then the languages of the person', () => {
  const track = (id: number, fit: 'fits' | 'unknown' | 'wrong', language: string | null, lines = 9) => ({
    ...{ id, fit, language, lines, source: 'sidecar' as const, name: '' },
  })
  const tracks = [
    track(1, 'wrong', 'de'),
    track(2, 'unknown', 'de'),
    track(3, 'fits', null),
    track(4, 'fits', 'eng'),
    track(5, 'fits', 'ger', 3),
    track(6, 'fits', 'de-AT', 80),
  ]
  const order = (languages: readonly string[]): readonly number[] =>
    rankTracks(tracks, languages).map(({ id }) => id)
  expect(order(['de-DE', 'en'])).toEqual([6, 5, 4, 3, 2, 1])
  expect(order(['en-GB'])).toEqual([4, 6, 3, 5, 2, 1])
  expect([sameLanguage('deu', 'de-CH'), sameLanguage('eng', 'de'), sameLanguage('??', '??')]).toEqual([
    true,
    false,
    false,
  ])
  expect([
    languageName('ger', 'en'),
    languageName('eng', 'de'),
    languageName('und', 'en'),
    languageName('x?', 'en'),
  ]).toEqual(['German', 'Englisch', '', 'x?'])
})

test('the lines at a time: several at once, a long one far back, none in a pause', () => {
  const line = (start: number, end: number) => ({ track: 1, start, end, text: '' })
  const lines = [line(0, 30), line(2, 4), line(3, 6), line(8, 9)]
  const ends = latestEnds(lines)
  const at = (time: number): readonly number[] => linesAt(lines, ends, time)
  expect([at(1), at(3.5), at(5), at(8.5), at(20), at(30)]).toEqual([[0], [0, 1, 2], [0, 2], [0, 3], [0], []])
  expect([lineBefore(lines, -1), lineBefore(lines, 2), lineBefore(lines, 7.9), lineBefore([], 3)]).toEqual([
    -1, 1, 2, -1,
  ])
})

test('words of a query in a line: by their beginnings, without accents, phrases whole', () => {
  expect(wordsOfQuery('the Dog on a beach -people "happy birthday" in:2024')).toEqual([
    'dog',
    'beach',
    'happy birthday',
  ])
  expect(wordsOfQuery('')).toEqual([])
  const folded = foldText('Café, DOGS und Hotdogs am Straßenrand 🐶 dog')
  expect(folded).toHaveLength('Café, DOGS und Hotdogs am Straßenrand 🐶 dog'.length)
  expect(folded.startsWith('cafe, dogs')).toBe(true)
  expect(wordMarks(folded, ['dog']).map(({ start, end }) => folded.slice(start, end))).toEqual([
    'dogs',
    'dog',
  ])
  expect(foundMarks(folded, 'dog')).toHaveLength(3)
  expect(foundMarks(folded, '')).toEqual([])
  expect(
    markedText('a dogged dog', [
      { start: 2, end: 8, kind: 'word' },
      { start: 4, end: 6, kind: 'found' },
    ]),
  ).toEqual([
    { text: 'a ', kind: null },
    { text: 'do', kind: 'word' },
    { text: 'gg', kind: 'found' },
    { text: 'ed', kind: 'word' },
    { text: ' dog', kind: null },
  ])
  expect(markedText('plain', []).map(({ text }) => text)).toEqual(['plain'])
})

test('what a tag goes on: what was marked, what the menu is about, what is around, the whole film', () => {
  const hit = {
    videoId: 'v',
    path: '',
    start: 6,
    end: 12,
    peak: 8.5,
    score: 1,
    confidence: 1,
    reasons: [],
    chapter: null,
  }
  const around = { duration: 40, hits: [hit], shots: filmShots, range: null }
  const kinds = (targets: ReturnType<typeof tagTargets>): readonly string[] => targets.map(({ kind }) => kind)
  expect(tagTargets(frameSubject(8.5), around)).toEqual([
    { kind: 'moment', stretch: { start: 6, end: 12 } },
    { kind: 'shot', stretch: { start: 5, end: 10 } },
    { kind: 'film', stretch: null },
  ])
  expect(kinds(tagTargets(frameSubject(8.5), { ...around, range: { start: 1, end: 2 } }))).toEqual([
    'range',
    'moment',
    'shot',
    'film',
  ])
  expect(kinds(tagTargets(momentSubject(hit), { ...around, range: { start: 1, end: 2 } }))).toEqual([
    'moment',
    'range',
    'film',
  ])
  expect(kinds(tagTargets(chapterSubject({ start: 0, end: 5, title: '' }), around))).toEqual([
    'chapter',
    'film',
  ])
  // Neither moments nor shots: a few seconds, inside the film and never empty.
  const bare = { duration: 40, hits: [], shots: [], range: null }
  expect(tagTargets(frameSubject(39.5), bare)[0]).toEqual({ kind: 'here', stretch: { start: 37.5, end: 40 } })
  expect(tagTargets(frameSubject(0), { ...bare, range: { start: 0, end: 0 } })[0]?.stretch).toEqual({
    start: 0,
    end: 0.1,
  })
})

test('marks: an in mark behind the out mark takes it away, and the other way round', () => {
  const { setFrom, setTo, clear } = useRange.getState()
  const now = (): unknown => rangeOf(useRange.getState(), 40)
  expect(now()).toBeNull()
  setFrom(10)
  expect(now()).toEqual({ start: 10, end: 40 })
  setTo(12)
  expect(now()).toEqual({ start: 10, end: 12 })
  setFrom(20)
  expect(now()).toEqual({ start: 20, end: 40 })
  setTo(5)
  expect(now()).toEqual({ start: 0, end: 5 })
  clear()
  expect(now()).toBeNull()
})

test('known tags: those that begin so, then those that hold it, the most used first, none twice', () => {
  const known = [
    { tag: 'beach', videos: 3 },
    { tag: 'Étretat', videos: 9 },
    { tag: 'the beach', videos: 40 },
    { tag: 'bench', videos: 7 },
  ]
  const offered = (typed: string, taken: readonly string[] = []): readonly string[] =>
    offeredTags(known, typed, taken).map(({ tag }) => tag)
  expect(offered('be')).toEqual(['bench', 'beach', 'the beach'])
  expect(offered(' BEA', ['Beach'])).toEqual(['the beach'])
  expect(offered('et')).toEqual(['Étretat'])
  expect(offered('')).toEqual(['the beach', 'Étretat', 'bench', 'beach'])
})

test('arrow keys in a list stay inside', () => {
  const step = (key: string, at: number): number | null => rowStep(key, at, 20)
  expect([
    step('ArrowDown', 19),
    step('ArrowUp', 0),
    step('PageDown', 3),
    step('PageUp', 3),
    step('End', 0),
  ]).toEqual([19, 0, 11, 0, 19])
  expect(step('x', 3)).toBeNull()
})
