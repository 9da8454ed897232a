import { describe, expect, it } from 'vitest'
import { tinySize } from '../../src-main/domain/tiny-picture.ts'
import { seededRandom } from '../../src-main/domain/seeded-random.ts'
import {
  black,
  everyFrame,
  frame,
  grained,
  held,
  kindsOf,
  type Picture,
  shotsOf,
  white,
} from '../tiny-films.ts'
import { mixed, tinyScene } from '../tiny-scenes.ts'

const [meadow, street, kitchen, harbour] = [tinyScene(1), tinyScene(2), tinyScene(3), tinyScene(4)]

/** Three shots: a cut at 3 s and one at 7 s. */
const threeShots: Picture = (time) =>
  grained(held(time < 3 ? meadow : time < 7 ? street : kitchen, time), time)

describe('cuts', () => {
  it('are found at the first frame of the new shot', () => {
    expect(kindsOf(shotsOf(threeShots, everyFrame(10)))).toEqual([
      ['cut', 3],
      ['cut', 7],
    ])
  })

  it('have no length', () => {
    const [cut] = shotsOf(threeShots, everyFrame(5))
    expect(cut).toEqual({ time: 3, from: 3, to: 3, kind: 'cut' })
  })

  it('are found between two moving shots', () => {
    const picture: Picture = (time) => (time < 3 ? meadow(time * 20, 0) : street(0, time * 12))
    expect(kindsOf(shotsOf(picture, everyFrame(6)))).toEqual([['cut', 3]])
  })

  it('are found in a film with black at its sides', () => {
    const picture: Picture = (time) => {
      const rgb = threeShots(time)
      for (let at = 0; at < rgb.length; at += 3) {
        const x = (at / 3) % tinySize.width
        if (x < 15 || x >= 33) rgb.fill(0, at, at + 3)
      }
      return rgb
    }
    expect(kindsOf(shotsOf(picture, everyFrame(10)))).toEqual([
      ['cut', 3],
      ['cut', 7],
    ])
  })

  it('are not closer than the shortest shot, nor to the ends of the film', () => {
    const scenes = [meadow, street, kitchen, harbour]
    const picture: Picture = (time) => (scenes[Math.floor(time / 0.28) % 4] ?? meadow)()
    const times = shotsOf(picture, everyFrame(8)).map(({ time }) => time)
    expect(times.length).toBeGreaterThan(0)
    for (const [i, time] of [...times, 8].entries()) expect(time - (times[i - 1] ?? 0)).toBeGreaterThan(0.599)
  })
})

describe('films whose frames come when they like', () => {
  const wild = ((): readonly number[] => {
    const random = seededRandom(5)
    const times = [0]
    while ((times.at(-1) ?? 0) < 10)
      times.push((times.at(-1) ?? 0) + (random() < 0.2 ? 0.3 : 0.01) + 0.05 * random())
    return times
  })()

  it('have their cuts at the first frame after', () => {
    const [first, second] = [wild.find((time) => time >= 3), wild.find((time) => time >= 7)]
    expect(shotsOf(threeShots, wild).map(({ kind, time }) => [kind, time])).toEqual([
      ['cut', first],
      ['cut', second],
    ])
  })

  it.each([[5], [12], [120]])('have them at %d frames a second too', (fps) => {
    const times = Array.from({ length: 10 * fps }, (_, i) => i / fps)
    const found = shotsOf(threeShots, times, 10).map(({ time }) => time)
    expect(found).toEqual([times.find((time) => time >= 3), times.find((time) => time >= 7)])
  })

  it('may stand still for long, as a recorded screen does', () => {
    const times = [...everyFrame(1), 5, 5.04, 20, 20.04, 20.08, 30]
    const picture: Picture = (time) => (time < 20 ? meadow() : street())
    expect(kindsOf(shotsOf(picture, times, 40))).toEqual([['cut', 20]])
  })
})

describe('what is no boundary', () => {
  const one: Picture = (time) => grained(held(meadow, time), time)

  it.each([
    ['a flash of one frame', 1, white],
    ['a flash of two frames', 2, white],
    ['a flash of four frames', 4, white],
    ['a black frame', 1, black],
    ['a frame of something else', 1, street()],
  ] as const)('%s', (_, frames, what) => {
    const picture: Picture = (time) => (time > 3.99 && time < 4 + (frames - 0.5) * frame ? what : one(time))
    expect(shotsOf(picture, everyFrame(8))).toEqual([])
  })

  it.each([
    ['a slow pan', 6],
    ['a pan', 40],
    ['a fast pan', 160],
    ['a whip pan', 400],
  ])('%s (%d pixels a second)', (_, speed) => {
    const eased = (time: number): number => {
      const part = Math.min(1, Math.max(0, (time - 4) / 0.4))
      return part * part * (3 - 2 * part) * 0.4
    }
    const all: Picture = (time) => grained(meadow(time * speed, 0), time)
    const some: Picture = (time) => grained(meadow(eased(time) * speed, 0), time)
    expect(shotsOf(speed > 100 ? some : all, everyFrame(8))).toEqual([])
  })

  it.each([
    ['light that is switched on', 0.02],
    ['the sun coming out', 0.8],
  ])('%s', (_, seconds) => {
    const picture: Picture = (time) =>
      grained(held(meadow, time, 0.6 + 0.45 * Math.min(1, Math.max(0, (time - 4) / seconds))), time)
    expect(shotsOf(picture, everyFrame(8))).toEqual([])
  })

  it('a still photograph, a black film, a film of one frame, and none', () => {
    expect(shotsOf(() => meadow(), everyFrame(8))).toEqual([])
    expect(shotsOf(() => black, everyFrame(8))).toEqual([])
    expect(shotsOf(() => meadow(), [0])).toEqual([])
    expect(shotsOf(() => meadow(), [], 0)).toEqual([])
  })
})

describe('a run that begins in the middle', () => {
  /** A minute of cuts, dissolves, fades and flashes of all kinds. */
  const film: Picture = (time) => {
    const scenes = Array.from({ length: 20 }, (_, i) => tinyScene(100 + i))
    const shot = Math.floor(time / 3.2)
    const within = time - shot * 3.2
    const now = held(scenes[shot] ?? meadow, time)
    const before = held(scenes[shot - 1] ?? meadow, time)
    if (shot % 3 === 1 && within < 0.8) return mixed(before, now, within / 0.8)
    if (shot % 3 === 2 && within < 1.2)
      return mixed(within < 0.6 ? before : now, black, Math.min(1, 3 * Math.min(within, 1.2 - within)))
    return within > 2 && within < 2.05 ? white : now
  }

  it('comes to the same decisions after four seconds', () => {
    const times = everyFrame(48)
    const pictures = new Map(times.map((time) => [time, film(time)]))
    const seen: Picture = (time) => pictures.get(time) ?? black
    const whole = shotsOf(seen, times)
    expect(whole.length).toBeGreaterThan(10)
    expect(new Set(whole.map(({ kind }) => kind))).toEqual(new Set(['cut', 'dissolve', 'fade']))
    for (const start of [0.52, 5, 9.64, 13.8, 21.24, 30.04, 33.32])
      expect(shotsOf(seen, everyFrame(48, start)).filter(({ time }) => time >= start + 4)).toEqual(
        whole.filter(({ time }) => time >= start + 4),
      )
  })
})
