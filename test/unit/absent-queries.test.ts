import { describe, expect, it } from 'vitest'
import { askedQueries } from '../bench/absent-queries.ts'
import { separationOf } from '../bench/separation.ts'

const photo = (captions: readonly string[], classes: readonly string[] = []) => ({
  ...{ file: '', captions, classes },
  vectors: [],
})

describe('the rule for what is not in a library', () => {
  const photos = [
    photo(['A man riding a horse on the beach', 'Two horses near the sea'], ['horse', 'person']),
    photo(['A man holding a frisbee', 'A man on the beach', 'The horses of a farm'], ['frisbee', 'person']),
    photo(['A table with plates'], ['dining table']),
    photo(['some pizza on a tray, a table and chairs'], ['pizza', 'dining table']),
  ]
  const asked = (library: readonly number[]): readonly string[] =>
    askedQueries(photos, library)
      .filter(({ present }) => !present)
      .map((one) => photos[one.photo]?.captions[one.caption] ?? '')

  it('asks for all that is there', () => {
    const present = askedQueries(photos, [0, 2]).filter((one) => one.present)
    expect(present.map((one) => [one.photo, one.caption])).toEqual([[0, 0], [0, 1], [2, 0]]) // prettier-ignore
  })

  it('leaves out what may be there: most words, or a kind of thing, known from one photograph', () => {
    // "beach" is all that "A man on the beach" is about, and horses are outlined in the first.
    expect(asked([0])).toEqual([
      'A man holding a frisbee',
      'A table with plates',
      'some pizza on a tray, a table and chairs',
    ])
    // A table is outlined in both photographs of the dishes.
    expect(asked([2])).not.toContain('some pizza on a tray, a table and chairs')
  })
})

describe('the separation of two kinds of queries', () => {
  const queries = (scores: readonly (readonly [number, boolean])[]) =>
    scores.map(([score, present], i) => ({ score, present, photo: i % 5 }))

  it('is the share of pairs in the right order, equals by half', () => {
    const { auroc } = separationOf(queries([[3, true], [2, false], [2, true], [1, false]]), 5) // prettier-ignore
    expect(auroc).toBeCloseTo((1 + 1 + 0.5 + 1) / 4)
    const perfect = separationOf(queries([[2, true], [2, true], [1, false]]), 5) // prettier-ignore
    expect(perfect).toMatchObject({ auroc: 1, fpr95: 0 })
  })

  it('counts the absent ones that pass where 95 of 100 present ones do', () => {
    const present = Array.from({ length: 100 }, (_, i) => [i, true] as const)
    const absent = Array.from({ length: 10 }, (_, i) => [i, false] as const)
    // 95 of the present ones have 5 or more: so have five of the absent ones.
    expect(separationOf(queries([...present, ...absent]), 5).fpr95).toBeCloseTo(0.5)
  })

  it('lies within its own interval', () => {
    const mixed = Array.from({ length: 200 }, (_, i) => [(i * 37) % 101, i % 3 === 0] as const)
    const { auroc, aurocWithin, fpr95, fpr95Within } = separationOf(queries(mixed), 5)
    expect(aurocWithin[0]).toBeLessThanOrEqual(auroc)
    expect(aurocWithin[1]).toBeGreaterThanOrEqual(auroc)
    expect(fpr95Within[0]).toBeLessThanOrEqual(fpr95)
    expect(fpr95Within[1]).toBeGreaterThanOrEqual(fpr95)
  })
})
