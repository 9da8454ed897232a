import { expect, test } from 'vitest'
import type { FileCue } from '../../src-main/domain/cue-text.ts'
import { withoutRepeats } from '../../src-main/domain/repeated-lines.ts'

const cues = (...all: readonly (readonly [number, number, string])[]): readonly FileCue[] =>
  all.map(([start, end, text]) => ({ start, end, text }))

test.each<readonly [string, readonly FileCue[], readonly FileCue[]]>([
  ['nothing', [], []],
  [
    'order of time, whatever the order of the file',
    cues([5, 6, 'b'], [1, 2, 'a']),
    cues([1, 2, 'a'], [5, 6, 'b']),
  ],
  [
    'captions that roll up three lines',
    cues([0, 1, 'a'], [1, 2, 'a\nb'], [2, 3, 'a\nb\nc'], [3, 4, 'b\nc\nd']),
    cues([0, 1, 'a'], [1, 2, 'b'], [2, 3, 'c'], [3, 4, 'd']),
  ],
  [
    'captions that grow word by word',
    cues([0, 1, 'Hello'], [1, 2, 'Hello world'], [2, 3, 'Hello world, how']),
    cues([0, 3, 'Hello world, how']),
  ],
  [
    'another word that begins alike',
    cues([0, 1, 'No'], [1, 2, 'Nothing']),
    cues([0, 1, 'No'], [1, 2, 'Nothing']),
  ],
  [
    'the layers and frames of an effect',
    cues([0, 3, 'Kara'], [0, 0.04, 'Kara'], [0.04, 0.08, 'Kara'], [1, 2, 'sign'], [2, 4, 'Kara']),
    cues([0, 4, 'Kara'], [1, 2, 'sign']),
  ],
  ['what is said twice', cues([0, 1, 'No!'], [1.5, 2, 'No!']), cues([0, 1, 'No!'], [1.5, 2, 'No!'])],
  [
    'people who speak at once',
    cues([0, 4, 'one'], [1, 3, 'another']),
    cues([0, 4, 'one'], [1, 3, 'another']),
  ],
])('%s', (_name, given, kept) => expect(withoutRepeats(given)).toEqual(kept))

test('loses no line of a thousand that roll up two by two', () => {
  const rolling = Array.from({ length: 1000 }, (_, i) => ({
    start: i,
    end: i + 1,
    text: i === 0 ? 'line 0' : `line ${i - 1}\nline ${i}`,
  }))
  expect(withoutRepeats(rolling).map(({ text }) => text)).toEqual(rolling.map((_, i) => `line ${i}`))
})
