import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { clausesOf } from '../../src-main/domain/clauses.ts'

/** A model that reads so many words. */
const reads =
  (most: number) =>
  (text: string): boolean =>
    text.trim().split(/\s+/).length <= most

describe('a long description', () => {
  it.each([
    ['a dog', 5, ['a dog']],
    ['A dog runs over sand. It barks at gulls.', 5, ['A dog runs over sand.', 'It barks at gulls.']],
    ['Is it? Yes! It is', 2, ['Is it?', 'Yes!', 'It is']],
    ['a red car, a blue boat, three old men', 3, ['a red car,', 'a blue boat,', 'three old men']],
    ['a dog runs while a cat sleeps', 4, ['a dog runs', 'while a cat sleeps']],
    ['ein Hund rennt und eine Katze schläft', 4, ['ein Hund rennt', 'und eine Katze schläft']],
    ['one two three four five six seven', 3, ['one two three', 'four five six', 'seven']],
    ['  ', 3, []],
    ['', 3, []],
    ['first\n\nsecond line', 2, ['first', 'second line']],
  ] as const)('“%s” by %i words', (text, most, clauses) => {
    expect(clausesOf(text, reads(most))).toEqual(clauses)
  })

  it('keeps a single word that nobody can read', () => {
    expect(clausesOf('abc defghijk', (text) => text.length <= 3)).toEqual(['abc', 'defghijk'])
  })

  it('loses no word and no order, and each clause fits, whatever is written', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 300 }),
        fc.integer({ min: 1, max: 9 }),
        (text, most) => {
          const clauses = clausesOf(text, reads(most))
          const bare = (written: string): string => written.replace(/\s|[–—]/gu, '')
          expect(bare(clauses.join(' '))).toBe(bare(text))
          for (const clause of clauses) expect(reads(most)(clause)).toBe(true)
        },
      ),
      { numRuns: 300, seed: 7 },
    )
  })
})
