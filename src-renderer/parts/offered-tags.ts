import type { TagCount } from '../../src-preload/contract/nouns.ts'
import { foldText } from './fold-text.ts'

/** So many fit under a box without being read as a list of all. */
const mostOffered = 8

/** Known tags for what was typed so far: those that begin so before those that hold it, else the most used. */
export const offeredTags = (
  known: readonly TagCount[],
  typed: string,
  taken: readonly string[],
): readonly TagCount[] => {
  const part = foldText(typed.trim())
  const names = new Set(taken.map(foldText))
  const place = (tag: string): number => foldText(tag).indexOf(part)
  return known
    .filter(({ tag }) => place(tag) !== -1 && !names.has(foldText(tag)))
    .toSorted(
      (a, b) =>
        Number(place(a.tag) > 0) - Number(place(b.tag) > 0) ||
        b.videos - a.videos ||
        (a.tag < b.tag ? -1 : 1),
    )
    .slice(0, mostOffered)
}
