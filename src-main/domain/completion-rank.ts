import { foldAccents } from './fold-accents.ts'

/**
 * How well a value goes on from what somebody has begun to type: 0 where it begins so, 1 where a word in it does, null
 * where neither. Case and accents do not count.
 */
export const completionRank = (value: string, prefix: string): 0 | 1 | null => {
  const wanted = foldAccents(prefix)
  const folded = foldAccents(value)
  if (folded.startsWith(wanted)) return 0
  return folded.split(/[^\p{L}\p{N}]+/u).some((word, i) => i > 0 && word.startsWith(wanted)) ? 1 : null
}
