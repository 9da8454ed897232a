import type { Shot } from '../../src-preload/contract/nouns.ts'
import { filmSeconds, sceneSeconds } from './pictures.ts'

/** Shots that begin at `starts`, evenly of kind `cut`, but for those that `special` names by their index. */
const shotsFrom = (
  starts: readonly number[],
  special: Readonly<Record<number, Partial<Shot>>> = {},
): readonly Shot[] =>
  starts.map((start, index) => ({
    start,
    end: starts[index + 1] ?? filmSeconds,
    transition: index === 0 ? 'start' : 'cut',
    motion: 0.1,
    direction: null,
    flags: [],
    ...special[index],
  }))

/** The shots of the double's film as it really is: another photograph every five seconds. */
export const filmShots: readonly Shot[] = shotsFrom(
  Array.from({ length: filmSeconds / sceneSeconds }, (_, i) => i * sceneSeconds),
  {
    1: { flags: ['still'] },
    3: { transition: 'dissolve' },
    6: { transition: 'fade', flags: ['black', 'text-slide'] },
  },
)

/** As a restless film of an hour and a half has them: 1,500, every fortieth begun by a dissolve, and some long takes. */
export const manyShots: readonly Shot[] = shotsFrom(
  Array.from({ length: 1500 }, (_, i) => {
    const share = i / 1500
    // Three takes of a second each stand between the others.
    return share * (filmSeconds - 3) + Math.floor(share * 4) * 1
  }),
  Object.fromEntries(
    Array.from({ length: 37 }, (_, i) => [40 * (i + 1), { transition: 'dissolve' } as const]),
  ),
)
