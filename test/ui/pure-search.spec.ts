import { expect, test } from '@playwright/test'
import type { Moment, SearchAnswer } from '../../src-preload/contract/search-nouns.ts'
import { appendPart, replaceSpan } from '../../src-renderer/state/query-mode.ts'
import { isUnfinished, queryParts, reweighed, turned } from '../../src-renderer/state/query-parts.ts'
import { goesOn, isSameMoment } from '../../src-renderer/state/same-answer.ts'
import { keyParts, pressedShortcut } from '../../src-renderer/state/shortcuts.ts'
import { shownCollection } from '../../src-renderer/state/shown-collection.ts'
import { suggestionsFor } from '../../src-renderer/state/suggestions.ts'
import { withMore } from '../../src-renderer/views/group-moments.ts'

const film = `v${'0'.repeat(19)}7`

test('a part is replaced where it stands; quotations keep their white space', () => {
  const text = 'dog  "a  b" in:x  cat'
  expect(replaceSpan(text, 12, 16, '')).toBe('dog  "a  b" cat')
  expect(replaceSpan(text, 0, 3, 'wolf')).toBe('wolf "a  b" in:x  cat')
  expect(replaceSpan(text, 18, 21, '')).toBe('dog  "a  b" in:x')
  expect([appendPart('', 'x'), appendPart('a ', 'x')]).toEqual(['x', 'a x'])
})

test('every part of a query is a chip, in the order in which it is written', () => {
  const text = `opens then "sits  down" -people^2 in:Films like:${film}@3 durration:2m`
  const parts = queryParts(text)
  expect(parts.map(({ kind }) => kind)).toEqual(['term', 'then', 'term', 'term', 'filter', 'like', 'error'])
  expect(parts.map(({ start, end }) => text.slice(start, end))).toEqual(text.match(/"[^"]*"|\S+/g))
})

test('weights go up and down where they can be written, and a minus comes and goes', () => {
  const step = (text: string, direction: 1 | -1): string | null => {
    const [part] = queryParts(text)
    return part === undefined ? null : reweighed(text, part, direction)
  }
  expect(step('sunset', 1)).toBe('sunset^1.5')
  expect(step('sunset^2', -1)).toBe('sunset^1.5')
  expect(step('sunset^1.5', -1)).toBe('sunset')
  expect(step('sunset^10', 1)).toBeNull()
  expect(step('sunset^0.25', -1)).toBeNull()
  expect(step('"a  b"', 1)).toBe('"a  b"^1.5')
  expect(step('-"a  b"^2', 1)).toBe('-"a  b"^3')
  expect(step(`like:${film}@3`, 1)).toBe(`like:${film}@3^1.5`)
  expect(step(`-like:${film}@3^2`, -1)).toBe(`-like:${film}@3^1.5`)
  expect(step('like:"old tape.avi@3"', 1)).toBe('like:"old tape.avi@3^1.5"')
  // Behind several words it would belong to the last alone.
  expect(step('dog on a beach', 1)).toBeNull()
  expect(step('in:Films', 1)).toBeNull()
  const turn = (text: string): string | null => {
    const [part] = queryParts(text)
    return part === undefined ? null : turned(text, part)
  }
  expect([turn('people'), turn('-people'), turn('in:x'), turn('-in:x'), turn('dog on a beach')]).toEqual([
    '-people',
    'people',
    '-in:x',
    'in:x',
    null,
  ])
})

test('every weight that a key writes is read back as that weight', () => {
  for (const start of [
    'sunset',
    '-sunset',
    '"a  b"',
    `like:${film}@3`,
    `-like:${film}@3`,
    'like:"old tape.avi@3"',
  ]) {
    let text: string | null = start
    let last = 1
    while (text !== null) {
      const [part, ...others] = queryParts(text)
      expect(others).toEqual([])
      if (part?.kind !== 'term' && part?.kind !== 'like')
        throw new Error(`${text} is no words and no picture`)
      const { weight } = part.kind === 'term' ? part.term : part.like
      expect(weight).toBeGreaterThanOrEqual(last)
      last = weight
      text = reweighed(text, part, 1)
    }
    expect(last).toBe(10)
  }
})

test('only what is being written just now is unfinished', () => {
  const unfinished = (text: string, caret: number | null): readonly boolean[] =>
    queryParts(text)
      .filter(({ kind }) => kind === 'error')
      .map((part) => isUnfinished(text, part, caret))
  expect(unfinished('dog longer:', 11)).toEqual([true])
  expect(unfinished('dog longer:', 3)).toEqual([false])
  expect(unfinished('dog longer:', null)).toEqual([false])
  expect(unfinished('dog "happy bi', 13)).toEqual([true])
  expect(unfinished('dog "happy bi', 2)).toEqual([false])
  expect(unfinished('longer:soon', 11)).toEqual([false])
  expect(unfinished('longer: snow', 7)).toEqual([true])
})

test('the list offers what fits the text and the caret', () => {
  const at = (text: string, caret = text.length, values: readonly string[] = []): readonly string[] =>
    suggestionsFor({
      text,
      caret,
      past: ['dog', 'dog in the snow', 'cake'].map((query) => ({ query, at: '' })),
      collections: [{ name: 'Dogs and others', query: 'dog' }],
      values: values.map((value) => ({ value, count: 2 })),
      language: 'en',
    }).flatMap(({ kind, suggestions }) => suggestions.map(({ id }) => `${kind} ${id}`))
  expect(at('').slice(0, 5)).toEqual([
    'recent recent-dog',
    'recent recent-dog in the snow',
    'recent recent-cake',
    'recent forget-all',
    'collections collection-Dogs and others',
  ])
  expect(at('').at(5)).toMatch(/^filters choice-in:/)
  // The text itself is no news.
  expect(at('dog')).toEqual(['recent recent-dog in the snow', 'collections collection-Dogs and others'])
  expect(at('dog', 1)).toEqual([])
  expect(at('black lon')).toEqual(['filters choice-longer:'])
  expect(at('black l')).toEqual([])
  expect(at('in:', 3, ['2024', '2025'])).toEqual(['values choice-2024', 'values choice-2025'])
  expect(at('is:hd')).toEqual(['values choice-hdr'])
})

const moment = (videoId: string, start: number): Moment => ({
  videoId,
  path: '',
  start,
  end: start + 1,
  peak: start,
  score: 1,
  confidence: 1,
  reasons: [],
  chapter: null,
})

test('a renewed answer may only grow at its end unseen', () => {
  const answer = (moments: readonly Moment[], verdict: SearchAnswer['verdict'] = 'good'): SearchAnswer => ({
    query: 'x',
    model: '',
    parsed: { terms: [], likes: [], filters: [], errors: [] },
    verdict,
    grounds: [],
    coverage: 1,
    moments,
    unknown: [],
  })
  const [a, b, c] = [moment('a', 1), moment('b', 1), moment('c', 1)]
  expect(goesOn(answer([a, b]), answer([a, b, c]))).toBe(true)
  expect(goesOn(answer([a, b]), answer([b, a]))).toBe(false)
  expect(goesOn(answer([a, b]), answer([a]))).toBe(false)
  expect(goesOn(answer([a, b]), answer([a, b], 'weak'))).toBe(false)
})

test('moments that share half of the shorter one are the same', () => {
  const long = { ...moment('a', 0), end: 10 }
  expect(isSameMoment(long, { ...moment('a', 4), end: 6 })).toBe(true)
  expect(isSameMoment(long, { ...moment('a', 8), end: 14 })).toBe(false)
  expect(isSameMoment(long, { ...moment('a', 8), end: 12 })).toBe(true)
  expect(isSameMoment(long, { ...moment('b', 4), end: 6 })).toBe(false)
  expect(isSameMoment(moment('a', 3), moment('a', 3))).toBe(true)
})

test('what a film was asked for more stands behind its last moment', () => {
  const [a, b, a2, more] = [moment('a', 1), moment('b', 1), moment('a', 5), moment('a', 9)]
  expect(withMore([a, b, a2, b], new Map([['a', [more]]]))).toEqual([a, b, a2, more, b])
  expect(withMore([a, b], new Map())).toEqual([a, b])
})

test('an opened collection is shown while something of it is left in the box', () => {
  const sea = { name: 'Sea', query: 'waves longer:10s' }
  const all = [sea, { name: 'Dogs', query: 'dog' }]
  expect(shownCollection('waves longer:10s', 'Sea', all)).toEqual({ collection: sea, isChanged: false })
  expect(shownCollection('gulls longer:10s ', 'Sea', all)).toEqual({ collection: sea, isChanged: true })
  expect(shownCollection('gulls', 'Sea', all)).toBeNull()
  expect(shownCollection('dog', 'Sea', all)?.collection.name).toBe('Dogs')
  expect(shownCollection(' ', 'Sea', all)).toBeNull()
})

test('a plus is a key of its own, and Alt makes another', () => {
  expect([keyParts('+'), keyParts('Mod+k')]).toEqual([['+'], ['Mod', 'k']])
  const press = (key: string, more: Partial<KeyboardEvent> = {}): KeyboardEvent =>
    ({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...more }) as KeyboardEvent
  expect(pressedShortcut(press('+', { shiftKey: true }), 'answers')).toBe('moreLikeThis')
  expect(pressedShortcut(press('ArrowDown'), 'box')).toBeNull()
  expect(pressedShortcut(press('ArrowDown', { altKey: true }), 'box')).toBe('suggest')
  expect(pressedShortcut(press('Delete'), 'box')).toBeNull()
  expect(pressedShortcut(press('Delete', { shiftKey: true }), 'box')).toBe('forget')
})
