import type { RelevanceCurve } from '../../src-preload/contract/search-nouns.ts'
import type { TagMark } from '../../src-preload/contract/nouns.ts'
import { usualScenario } from './scenario.ts'
import type { Scenario } from './scenario.ts'

const longSeconds = 3 * 3600

/** The double's films said to be three hours long: what is drawn of them, not what plays. */
export const longFilm = (scenario: Scenario): Scenario => ({
  ...scenario,
  videos: scenario.videos.map((video) => ({ ...video, duration: longSeconds })),
  momentStarts: [6, 1897, 4197, 4257, 7774, 9947],
})

/** A value a second for three hours, as a model gives them: a restless ground, slow waves and some short tops. */
export const longCurve = (): RelevanceCurve => {
  let state = 42
  const random = (): number => {
    // Numerical Recipes' linear congruential generator: the same noise each time.
    state = (state * 1664525 + 1013904223) % 2 ** 32
    return state / 2 ** 32
  }
  const tops = [9, 1900, 4200, 4260, 7777, 9950]
  return {
    step: 1,
    values: Array.from({ length: longSeconds }, (_, second) => {
      const ground = 0.1 + 0.06 * Math.sin(second / 700) + 0.09 * random()
      const top = tops.reduce((most, at) => Math.max(most, Math.exp(-(((second - at) / 14) ** 2))), 0)
      return Math.min(1, ground + 0.8 * top)
    }),
  }
}

const marks: readonly TagMark[] = [
  { tag: 'beach', start: null, end: null },
  { tag: 'summer holiday', start: null, end: null },
  { tag: 'dog', start: 7, end: 11 },
  { tag: 'Emma', start: 19.5, end: 22 },
  { tag: 'dog', start: 30, end: 36.4 },
]

/** The first film bears tags and others do; nobody has rated it. */
export const taggedScenario = (): Scenario => {
  const scenario = usualScenario()
  const [first] = scenario.videos
  if (first === undefined) return scenario
  const tagsOf = (index: number): readonly string[] =>
    index === 0
      ? ['beach', 'dog', 'Emma', 'summer holiday']
      : index % 3 === 0
        ? ['birthday', 'beach']
        : ['snow']
  return {
    ...scenario,
    videos: scenario.videos.map((video, index) => ({ ...video, tags: tagsOf(index) })),
    marks: new Map([[first.id, marks]]),
  }
}
