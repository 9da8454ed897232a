import { describe, expect, it } from 'vitest'
import { black, everyFrame, grained, held, kindsOf, type Picture, shotsOf } from '../tiny-films.ts'
import { mixed, tinyScene } from '../tiny-scenes.ts'

const [meadow, street, kitchen] = [tinyScene(1), tinyScene(2), tinyScene(3)]

describe('dissolves', () => {
  const dissolve =
    (from: number, to: number): Picture =>
    (time) =>
      grained(
        mixed(held(meadow, time), held(street, time), Math.min(1, Math.max(0, (time - from) / (to - from)))),
        time,
      )

  it.each([[0.3], [0.6], [1], [2]])('of %d s are found in their middle', (seconds) => {
    const found = shotsOf(dissolve(4, 4 + seconds), everyFrame(10))
    expect(found.map(({ kind }) => kind)).toEqual(['dissolve'])
    expect(Math.abs((found[0]?.time ?? 0) - 4 - seconds / 2)).toBeLessThan(0.1)
    expect(Math.abs((found[0]?.from ?? 0) - 4)).toBeLessThan(0.2)
    expect(Math.abs((found[0]?.to ?? 0) - 4 - seconds)).toBeLessThan(0.2)
  })

  it('are told from a cut beside them', () => {
    const picture: Picture = (time) => (time < 6.5 ? dissolve(4, 5)(time) : held(kitchen, time))
    expect(shotsOf(picture, everyFrame(10)).map(({ kind }) => kind)).toEqual(['dissolve', 'cut'])
  })
})

describe('fades', () => {
  /** Out from 4 s, black from 5 s for `dark` seconds, in for one second. */
  const fading =
    (dark: number): Picture =>
    (time) =>
      time < 5 + dark / 2
        ? held(meadow, time, Math.min(1, Math.max(0, 5 - time)))
        : held(street, time, Math.min(1, Math.max(0, time - 5 - dark)))

  it('have their boundary in the middle of the black', () => {
    const found = shotsOf(fading(0.6), everyFrame(10))
    expect(found.map(({ kind }) => kind)).toEqual(['fade'])
    expect(Math.abs((found[0]?.time ?? 0) - 5.3)).toBeLessThan(0.08)
    expect(Math.abs((found[0]?.from ?? 0) - 4)).toBeLessThan(0.3)
    expect(Math.abs((found[0]?.to ?? 0) - 6.6)).toBeLessThan(0.3)
  })

  it('leave a shot of its own where the black lasts', () => {
    const found = shotsOf(fading(4), everyFrame(14))
    expect(found.map(({ kind }) => kind)).toEqual(['fade', 'fade'])
    expect(Math.abs((found[0]?.time ?? 0) - 5)).toBeLessThan(0.15)
    expect(Math.abs((found[1]?.time ?? 0) - 9)).toBeLessThan(0.15)
  })

  it('are no boundary at the ends of the film', () => {
    const picture: Picture = (time) =>
      held(meadow, time, Math.min(1, Math.max(0, time - 1), Math.max(0, 7 - time)))
    expect(shotsOf(picture, everyFrame(8))).toEqual([])
  })

  it('may be hard: a second of black between two shots is one boundary', () => {
    const picture: Picture = (time) => (time < 4 ? held(meadow, time) : time < 5 ? black : held(street, time))
    expect(kindsOf(shotsOf(picture, everyFrame(9)))).toEqual([['fade', 4.5]])
  })

  it('are not mistaken for a night scene', () => {
    const night = meadow(0, 0, 0.02)
    for (let i = 0; i < 60; i += 1) night.fill(200, 3000 + i * 3, 3000 + i * 3 + 2)
    const picture: Picture = (time) =>
      time < 3 ? held(street, time) : time < 6 ? night : held(kitchen, time)
    expect(kindsOf(shotsOf(picture, everyFrame(9)))).toEqual([
      ['cut', 3],
      ['cut', 6],
    ])
  })
})
