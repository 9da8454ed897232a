import { describe, expect, it } from 'vitest'
import {
  motionByte,
  speedByte,
  type FilmTrack,
  type ShotBoundary,
} from '../../src-main/domain/film-tracks.ts'
import { shotsOf } from '../../src-main/domain/shots.ts'

type Scene = { readonly motion?: number; readonly x?: number; readonly y?: number } & Partial<
  Readonly<Record<'luma' | 'sharpness' | 'text', number>>
>
/** Whole-film tracks from a scene for each cell of half a second. */
const tracksOf = (cells: readonly Scene[]): readonly FilmTrack[] => {
  const track = (kind: FilmTrack['kind'], size: number, values: readonly number[]): FilmTrack => ({
    kind,
    rate: 2,
    size,
    values: Uint8Array.from(values),
  })
  const one = (kind: 'luma' | 'sharpness' | 'text', usual: number): FilmTrack =>
    track(
      kind,
      1,
      cells.map((cell) => cell[kind] ?? usual),
    )
  return [
    track(
      'motion',
      1,
      cells.map(({ motion = 2 }) => motionByte(motion)),
    ),
    track(
      'direction',
      2,
      cells.flatMap(({ x = 0, y = 0 }) => [speedByte(x), speedByte(y)]),
    ),
    one('luma', 110),
    one('sharpness', 230),
    one('text', 0),
  ]
}
const times = <T>(count: number, value: T): readonly T[] => Array.from({ length: count }, () => value)
const cut = (time: number): ShotBoundary => ({ time, from: time, to: time, kind: 'cut' })
const gradual = (from: number, to: number, kind: 'dissolve' | 'fade' = 'dissolve'): ShotBoundary => ({
  time: (from + to) / 2,
  from,
  to,
  kind,
})

describe('shots', () => {
  it('have no gaps, and begin as their boundaries say', () => {
    const shots = shotsOf([cut(2), gradual(4, 5), gradual(6, 7, 'fade')], tracksOf(times(20, {})), 9.7)
    expect(shots.map(({ start, end, transition }) => [start, end, transition])).toEqual([
      [0, 2, 'start'],
      [2, 4.5, 'cut'],
      [4.5, 6.5, 'dissolve'],
      [6.5, 9.7, 'fade'],
    ])
    for (const { motion, direction, flags } of shots) {
      expect(motion).toBeCloseTo(Math.sqrt(2 / 64), 2)
      expect(direction).toBeNull()
      expect(flags).toEqual([])
    }
  })

  it('pass over boundaries at the ends, outside, twice or in disorder', () => {
    const boundaries = [cut(5), cut(0), cut(3), cut(3), cut(10), cut(12)]
    expect(shotsOf(boundaries, tracksOf(times(20, {})), 10).map(({ start }) => start)).toEqual([0, 3, 5])
    expect(shotsOf([], [], 4)).toEqual([
      { start: 0, end: 4, transition: 'start', motion: 0, direction: null, flags: [] },
    ])
    expect(shotsOf([cut(1)], [], 0)).toEqual([])
  })

  it('tell a photograph, black, a blurred picture and a slide', () => {
    const cells = [
      ...times(6, { motion: 0.01 }),
      ...times(6, { luma: 3, sharpness: 0, motion: 0 }),
      ...times(6, { sharpness: 120 }),
      ...times(6, { text: 250, motion: 0, luma: 12, sharpness: 250 }),
      ...times(6, {}),
    ]
    const shots = shotsOf([3, 6, 9, 12].map(cut), tracksOf(cells), 15)
    expect(shots.map(({ flags }) => flags)).toEqual([
      ['still'],
      ['black'],
      ['blurred'],
      ['still', 'text-slide'],
      [],
    ])
  })

  it('forgive a blurred or blank moment, and do not call a flat picture blurred', () => {
    const mixed = [...times(3, { sharpness: 100 }), ...times(5, {})]
    const flat = [...times(6, { sharpness: 0, luma: 180 }), ...times(2, { sharpness: 100 })]
    const shaken = [...times(7, { motion: 0 }), { motion: 3 }]
    const shots = shotsOf([4, 8].map(cut), tracksOf([...mixed, ...flat, ...shaken]), 12)
    expect(shots.map(({ flags }) => flags)).toEqual([[], [], []])
  })

  it('are not black with white words on the black', () => {
    const [credits] = shotsOf([], tracksOf(times(8, { luma: 5, sharpness: 240, text: 220, motion: 1 })), 4)
    expect(credits?.flags).toEqual(['text-slide'])
  })

  it('know where the picture moves to, when it does so most of the time', () => {
    const pan = (x: number, y: number): readonly Scene[] => times(6, { x, y })
    const cells = [
      ...pan(-6, 1),
      ...pan(5, 0),
      ...pan(0, -4),
      ...pan(1, 8),
      ...pan(5, 5),
      ...[...pan(6, 0).slice(3), ...pan(-6, 0).slice(3)],
      ...[...pan(6, 0).slice(2), ...times(2, {})],
      ...pan(0.5, 0),
    ]
    const shots = shotsOf([3, 6, 9, 12, 15, 18, 21].map(cut), tracksOf(cells), 24)
    expect(shots.map(({ direction }) => direction)).toEqual([
      'left',
      'right',
      'up',
      'down',
      null,
      null,
      'right',
      null,
    ])
  })

  it('are not spoiled by the gradual changes beside them', () => {
    const wild = { motion: 9, sharpness: 90, x: 20 }
    const photo = { motion: 0 }
    // a dissolve [0.7, 2.2), a photograph in [2.2, 3.6), a dissolve [3.6, 4.9)
    const cells = [photo, ...times(4, wild), photo, photo, ...times(3, wild), photo, photo]
    const shots = shotsOf([gradual(0.7, 2.2), gradual(3.6, 4.9)], tracksOf(cells), 6)
    expect(shots.map(({ flags, motion }) => [flags, motion])).toEqual([
      [['still'], 0],
      [['still'], 0],
      [['still'], 0],
    ])
  })

  it('shorter than a cell are told by the cell that has most of them', () => {
    const cells = [...times(4, {}), { motion: 0, x: 9 }, ...times(3, {})]
    const shots = shotsOf([cut(1.9), cut(2.3)], tracksOf(cells), 4)
    expect(shots[1]).toEqual({
      start: 1.9,
      end: 2.3,
      transition: 'cut',
      motion: 0,
      direction: null,
      flags: ['still'],
    })
    expect(shots[0]?.flags).toEqual([])
    expect(shotsOf([gradual(1, 2), gradual(2, 3)], tracksOf(cells), 4)).toHaveLength(3)
  })

  it('count what is left of the last cell', () => {
    const cells = [...times(4, {}), { motion: 0 }]
    expect(shotsOf([cut(2)], tracksOf(cells), 2.2)[1]?.flags).toEqual(['still'])
  })
})
