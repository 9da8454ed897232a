import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applyCompletion, completionAt, completionsFor } from '../../src-main/domain/query-completion.ts'
import { parsedForPeople } from '../../src-main/domain/parsed-query.ts'
import { parseQuery, type Query } from '../../src-main/domain/query.ts'
import type { Span } from '../../src-main/domain/query-tokens.ts'

/** What queries are made of, and what breaks parsers. */
const pieces = [
  ...[
    'dog',
    'on a beach',
    'then',
    'THEN',
    '->',
    '→',
    '-->',
    '-',
    '--',
    '−',
    '–',
    '—',
    '^',
    '^2',
    '^0',
    '^99',
    '^^',
  ],
  ...[
    '"',
    '“',
    '”',
    '„',
    '«',
    '»',
    "'",
    '"a b"',
    '“x”',
    ':',
    '::',
    '://',
    'in:',
    'in:"',
    '-in:',
    'in:Holidays',
  ],
  ...['res:>=', 'res:4k', 'tag:<3', 'rating:', 'on:2023..', 'size:>1', 'foo:', 'größe:', 'ordner:x', 'like:'],
  ...['like:a.mp4@3', 'like:"a b.mp4@1:02"^2', '12:30', 'http://', ' ', '  ', '\t', '\n', '\u00a0', '\u3000'],
  ...[
    '🐶',
    '👨‍👩‍👧',
    '\ud83d',
    '\udc36',
    '\u200b',
    '\u0308',
    '\0',
    '=',
    '<',
    '>',
    '≥',
    '\\',
    'é',
    'e\u0301',
    '(',
    ')',
  ],
  ...[
    'SELECT * FROM t;',
    'NEAR(',
    'AND',
    'OR',
    '*',
    '%',
    '__proto__:',
    'constructor:x',
    '𝔘',
    'ß',
    'İ',
    '\u202e',
  ],
] as const

const anyText = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.array(fc.constantFrom(...pieces), { maxLength: 24 }).map((list) => list.join('')),
  },
  {
    weight: 1,
    arbitrary: fc.array(fc.constantFrom(...pieces), { maxLength: 24 }).map((list) => list.join(' ')),
  },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 80 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 200 }) },
  {
    weight: 1,
    arbitrary: fc.array(fc.nat(0xffff), { maxLength: 60 }).map((codes) => String.fromCharCode(...codes)),
  },
)

const partsOf = ({ terms, likes, filters, errors, sequence }: Query): readonly Span[] =>
  [...terms, ...likes, ...filters, ...errors, ...sequence].toSorted((a, b) => a.start - b.start)

/** What a query means, without the places. */
const meaning = (query: Query): unknown => {
  const bare = ({ start: _start, end: _end, ...rest }: Span & object): object => rest
  return {
    terms: query.terms.map(bare),
    likes: query.likes.map(bare),
    filters: query.filters.map(bare),
    errors: query.errors.map(bare),
    steps: query.sequence.length,
  }
}

const runs = { numRuns: 2000, seed: 6 }

describe('any text', () => {
  it('never throws; every character belongs to exactly one part or is white space', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const query = parseQuery(text)
        const parts = partsOf(query)
        let at = 0
        for (const { start, end } of parts) {
          expect(text.slice(at, start).trim()).toBe('')
          expect(end).toBeGreaterThan(start)
          expect(start).toBeGreaterThanOrEqual(at)
          at = end
        }
        expect(text.slice(at).trim()).toBe('')
        for (const { text: words, weight } of query.terms) {
          expect(words.trim()).not.toBe('')
          expect(weight > 0 && weight <= 10).toBe(true)
        }
      }),
      runs,
    )
  })

  it('means the same when it is put together again from its parts', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const query = parseQuery(text)
        const again = partsOf(query)
          .map(({ start, end }) => text.slice(start, end))
          .join(' ')
        expect(meaning(parseQuery(again))).toEqual(meaning(query))
      }),
      runs,
    )
  })

  it('has something to look for in each step of a sequence, and one step more than there are marks', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { terms, likes, sequence } = parseQuery(text)
        const wanted = [...terms, ...likes].filter(({ negative }) => !negative)
        if (sequence.length > 0)
          expect([...new Set(wanted.map(({ step }) => step))].toSorted((a, b) => a - b)).toEqual(
            Array.from({ length: sequence.length + 1 }, (_, i) => i),
          )
        expect([...terms, ...likes].every(({ step }) => step <= sequence.length)).toBe(true)
      }),
      runs,
    )
  })

  it('becomes chips, and completions at every caret, that replace what is there', () => {
    fc.assert(
      fc.property(anyText, fc.nat(), (text, place) => {
        const people = parsedForPeople(parseQuery(text))
        expect(people.filters.length).toBe(parseQuery(text).filters.length)
        const caret = place % (text.length + 1)
        const completion = completionAt(text, caret)
        if (completion === null) return
        const { start, end } = completion.span
        expect(start).toBeLessThanOrEqual(caret)
        expect(end).toBeGreaterThanOrEqual(caret)
        expect(end).toBeLessThanOrEqual(text.length)
        for (const { value } of completionsFor(completion)) {
          const applied = applyCompletion(text, completion.span, value)
          expect(applied.text.startsWith(text.slice(0, start))).toBe(true)
          expect(applied.caret).toBeLessThanOrEqual(applied.text.length)
        }
      }),
      runs,
    )
  })
})

/** Texts that take long where a parser looks at the same letters again and again. */
const longTexts: readonly (readonly [string, (length: number) => string])[] = [
  ['words', (n) => 'dog '.repeat(n / 4)],
  ['one word', (n) => 'x'.repeat(n)],
  ['quotation marks', (n) => '"'.repeat(n - 1)],
  ['opening marks', (n) => '“ '.repeat(n / 2)],
  ['marks of two kinds', (n) => '« „'.repeat(n / 3)],
  ['minuses', (n) => '-'.repeat(n)],
  ['lone minuses', (n) => '- '.repeat(n / 2)],
  ['arrows', (n) => '->'.repeat(n / 2)],
  ['then', (n) => 'a then '.repeat(n / 7)],
  ['filters', (n) => 'in:a '.repeat(n / 5)],
  ['filters with an open mark', (n) => 'in:"a '.repeat(n / 6)],
  ['unknown filters', (n) => 'abcdefgh:a '.repeat(n / 11)],
  ['stray values', (n) => 'in: a '.repeat(n / 6)],
  ['a long name', (n) => `${'y'.repeat(n - 3)}:x`],
  ['colons', (n) => ':'.repeat(n)],
  ['carets', (n) => '^'.repeat(n)],
  ['weights', (n) => '^1'.repeat(n / 2)],
  ['likes', (n) => 'like:a@1 '.repeat(n / 9)],
  ['a like', (n) => `like:${'@1'.repeat(n / 2)}`],
  ['signs', (n) => `in:${'>'.repeat(n)}`],
  ['a length of time', (n) => `longer:${'1h'.repeat(n / 2)}`],
  ['a size', (n) => `size:${'1.000'.repeat(n / 5)}`],
  ['a date', (n) => `on:${'14.'.repeat(n / 3)}`],
  ['a date of words', (n) => `on:"${'juni '.repeat(n / 5)}"`],
]

describe('a long text', () => {
  const short = 2000
  const times = 20
  const cost = (text: string, count: number): number => {
    const before = performance.now()
    for (let i = 0; i < count; i += 1) parseQuery(text)
    return performance.now() - before
  }

  it.each(longTexts)('of %s takes no longer than the same length in short ones', (_, make) => {
    const [small, large] = [make(short), make(short * times)]
    // A ratio, not a clock: both sides read as many letters, and of each the quickest of several turns counts, for a
    // machine that pauses pauses either. A parser that looks at every letter again for every letter takes 20 times as long.
    let [inPieces, atOnce] = [Infinity, Infinity]
    for (let turn = 0; turn < 12 && (turn < 3 || atOnce > inPieces * 5); turn += 1) {
      inPieces = Math.min(inPieces, cost(small, times))
      atOnce = Math.min(atOnce, cost(large, 1))
    }
    expect(atOnce / inPieces).toBeLessThan(5)
  })
})
