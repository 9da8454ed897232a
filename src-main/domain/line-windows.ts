import { phraseAt } from './word-match.ts'
import type { QualityReader, TextWords, WantedWords } from './word-match.ts'

/** Lines [from, to) of a passage that answer; `share` of what is wanted is there, `score` orders, both 0..1. */
export type LineWindow = {
  readonly from: number
  readonly to: number
  readonly share: number
  readonly score: number
}

/** What is said in one line is meant together; each line more counts so much less. */
const perLine = 0.9
/** A line that says little else is a better answer, where all else is equal. */
const coverageShare = 0.1

const scoreOf = (share: number, lines: number, found: number, words: number): number =>
  share * perLine ** (lines - 1) * (1 - coverageShare + (coverageShare * found) / Math.max(found, words, 1))

/** The lines that answer a description best, the first of equals; null where none of the words is there. */
export const bestWindow = (
  lines: readonly TextWords[],
  wanted: WantedWords,
  read: QualityReader,
): LineWindow | null => {
  const qualities = lines.map(read)
  const count = wanted.words.length
  const together = new Float64Array(count)
  let best: LineWindow | null = null
  for (let from = 0; from < lines.length; from += 1) {
    together.fill(0)
    let [words, found, sum] = [0, 0, 0]
    for (let to = from + 1; to <= lines.length; to += 1) {
      // Even if everything were there now, so many lines would not be better.
      if (best !== null && perLine ** (to - from - 1) <= best.score) break
      const own = qualities[to - 1] ?? []
      const before = sum
      words += lines[to - 1]?.words.length ?? 0
      for (let i = 0; i < count; i += 1) {
        const [quality, known] = [own[i] ?? 0, together[i] ?? 0]
        if (quality <= known) continue
        together[i] = quality
        sum += (quality - known) * (wanted.words[i]?.weight ?? 0)
        if (known === 0) found += 1
      }
      // A line that has nothing begins no answer, and ends none.
      if (sum === 0) break
      if (sum === before) continue
      const share = sum / wanted.total
      const score = scoreOf(share, to - from, found, words)
      if (best === null || score > best.score) best = { from, to, share, score }
    }
  }
  return best
}

/** Every place where the words of `phrase` follow each other, also from one line to the next; none overlaps another. */
export const phraseWindows = (
  lines: readonly TextWords[],
  phrase: readonly string[],
): readonly LineWindow[] => {
  const lineOf = lines.flatMap(({ words }, line) => words.map(() => line))
  const words = lines.flatMap((line) => line.words)
  const found: LineWindow[] = []
  if (phrase.length === 0) return found
  for (let at = phraseAt(words, phrase); at >= 0; at = phraseAt(words, phrase, at + phrase.length)) {
    const from = lineOf[at] ?? 0
    const to = (lineOf[at + phrase.length - 1] ?? from) + 1
    // Twice in one line is one answer.
    if (from < (found.at(-1)?.to ?? 0)) continue
    const length = lines.slice(from, to).reduce((sum, line) => sum + line.words.length, 0)
    found.push({ from, to, share: 1, score: scoreOf(1, to - from, phrase.length, length) })
  }
  return found
}
