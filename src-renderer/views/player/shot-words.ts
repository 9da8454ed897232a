import type { TFunction } from 'i18next'
import type { Shot } from '../../../src-preload/contract/nouns.ts'
import { clockRange } from '../../parts/format.ts'

/** What is said of a shot: its number, when it is, and what is special about it. Empty where there is none. */
export const shotWords = (t: TFunction, shots: readonly Shot[], index: number): readonly string[] => {
  const shot = shots[index]
  if (shot === undefined) return []
  return [
    t('shot.numberOf', { number: index + 1, total: shots.length }),
    clockRange(shot.start, shot.end),
    ...shot.flags.map((flag) => t(`shot.flag.${flag}`)),
  ]
}
