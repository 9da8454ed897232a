import { describe, expect, it } from 'vitest'
import type { Verdict } from '../../src-main/domain/confidence.ts'
import { normalise } from '../../src-main/domain/embedding.ts'
import { seededRandom } from '../../src-main/domain/seeded-random.ts'
import { judgeLibrary } from '../bench/library-evidence.ts'

/**
 * A planted library with a stub model (methods.md S2): a thing is a random direction, a frame shows one thing and a lot else,
 * a text names one thing, and all texts lie a gap away from all frames, as CLIP's do. It tests the judge, not a model.
 */
const random = seededRandom(7)
const dimensions = 128
const gaussian = (): number => Math.sqrt(-2 * Math.log(random() || 1e-9)) * Math.cos(2 * Math.PI * random())
const direction = (): Float32Array => {
  const vector = Float32Array.from({ length: dimensions }, gaussian)
  normalise(vector)
  return vector
}
const sum = (...parts: readonly (readonly [Float32Array, number])[]): Float32Array => {
  const vector = Float32Array.from({ length: dimensions }, (_, i) =>
    parts.reduce((all, [part, weight]) => all + (part[i] ?? 0) * weight, 0),
  )
  normalise(vector)
  return vector
}
const textGap = direction()
const frameGap = direction()
const things = Array.from({ length: 400 }, direction)
const textOf = (thing: number): Float32Array => sum([things[thing] ?? textGap, 1], [textGap, 1.5])
const frameOf = (thing: number, strength = 1): Float32Array =>
  sum([things[thing] ?? frameGap, strength], [frameGap, 1], [direction(), 1])

/** Of the things `from` to `to`, so many shares are said to be good, weak and not there. */
const shares = (frames: readonly Float32Array[], scenes: readonly number[], from: number, to: number) => {
  // Half of the things are in the bank; those that are asked for are not.
  const texts = Array.from({ length: 250 }, (_, i) => textOf(150 + i))
  const judge = judgeLibrary({ frames, scenes, texts }, [])
  const verdicts = Array.from({ length: to - from }, (_, i) => judge.of(textOf(from + i)).verdict)
  const share = (wanted: Verdict): number =>
    verdicts.filter((verdict) => verdict === wanted).length / verdicts.length
  return { good: share('good'), weak: share('weak'), none: share('none') }
}

describe('a library that is asked for what it has and what it has not', () => {
  // Things 0 to 49 and 150 to 199 are in it, in five frames each; 50 to 149 are not.
  const shown = Array.from({ length: 100 }, (_, i) => (i < 50 ? i : i + 100))
  const scenes = shown.flatMap((thing) => Array.from({ length: 5 }, () => thing))
  const frames = scenes.map((thing) => frameOf(thing))

  it('says good of the first and none of the second', () => {
    expect(shares(frames, scenes, 0, 50).good).toBeGreaterThan(0.95)
    const absent = shares(frames, scenes, 50, 150)
    // One of twenty comes as high by chance: that is where sure begins.
    expect(absent.good).toBeLessThan(0.1)
    expect(absent.none).toBeGreaterThan(0.5)
  })

  it('is not fooled by a title card that is near every text', () => {
    // Its cosine with each text is about 0.26; with their own frames texts have 0.32, with others 0 ± 0.06.
    const card = sum([textGap, 0.33], [frameGap, 1])
    const cards = Array.from({ length: 20 }, () => card)
    const withCard = [...frames, ...cards]
    const sides = [...scenes, ...cards.map(() => -1)]
    expect(shares(withCard, sides, 0, 50).good).toBeGreaterThan(0.9)
    expect(shares(withCard, sides, 50, 150).good).toBeLessThan(0.1)
  })

  it('does not answer everything from a library of one topic', () => {
    const uniform = Array.from({ length: 200 }, (_, i) => frameOf(i % 2))
    const sides = uniform.map((_, i) => i)
    expect(shares(uniform, sides, 0, 2).good).toBe(1)
    const absent = shares(uniform, sides, 50, 150)
    expect(absent.good).toBeLessThan(0.1)
    expect(absent.none).toBeGreaterThan(0.5)
  })
})
