import { describe, expect, it } from 'vitest'
import { genericQueries } from '../../src-main/domain/generic-queries.ts'

/** What a text is about: its words without endings and without those that say nothing. */
const little = new Set(
  'a an the of in on at to and or is are with for from by his her its over into'.split(' '),
)
const about = (text: string): ReadonlySet<string> =>
  new Set(
    text
      .toLowerCase()
      .split(/[^a-z0-9]+/)
      .filter((word) => word !== '' && !little.has(word))
      .map((word) => word.replace(/(ing|es|s)$/, '')),
  )
const shared = (a: ReadonlySet<string>, b: ReadonlySet<string>): number => {
  const both = [...a].filter((word) => b.has(word)).length
  return both / (a.size + b.size - both)
}

describe('the bank of generic queries', () => {
  it('is as large as methods.md wants it, and each text as long as people type', () => {
    expect(genericQueries.length).toBeGreaterThanOrEqual(500)
    expect(genericQueries.length).toBeLessThanOrEqual(1000)
    const odd = genericQueries.filter((text) => !/^[A-Za-z0-9][A-Za-z0-9 -]*$/.test(text) || text.length > 80)
    expect(odd).toEqual([])
    const words = genericQueries.map((text) => text.split(' ').length)
    expect(Math.max(...words)).toBeLessThanOrEqual(16)
    // Names of things, phrases and whole sentences, for people ask in all three ways.
    const among = (least: number, most: number): number =>
      words.filter((count) => count >= least && count <= most).length
    expect(among(1, 2)).toBeGreaterThan(100)
    expect(among(3, 7)).toBeGreaterThan(400)
    expect(among(8, 16)).toBeGreaterThan(60)
  })

  it('says nothing twice', () => {
    expect(new Set(genericQueries.map((text) => text.toLowerCase())).size).toBe(genericQueries.length)
    const sets = genericQueries.map(about)
    expect(sets.filter((set) => set.size === 0)).toEqual([])
    const alike = sets.flatMap((set, i) =>
      sets.slice(0, i).flatMap((other, j) =>
        // A single word may come again in a phrase.
        shared(set, other) > 0.5 ? [`${genericQueries[i]} | ${genericQueries[j]}`] : [],
      ),
    )
    expect(alike).toEqual([])
  })
})
