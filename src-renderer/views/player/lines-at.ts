import type { SubtitleLine } from '../../../src-preload/contract/nouns.ts'

/** Clocks round: a player that was sent to a line's start stands in that line. */
const rounding = 1e-3

/** Index of the line that began last at `time` seconds, -1 before the first. `lines` by their start. */
export const lineBefore = (lines: readonly Pick<SubtitleLine, 'start'>[], time: number): number => {
  let low = 0
  let high = lines.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((lines[middle]?.start ?? Infinity) <= time + rounding) low = middle + 1
    else high = middle
  }
  return low - 1
}

/** The latest end of all lines up to each: tells how far back lines can still be spoken. */
export const latestEnds = (lines: readonly SubtitleLine[]): readonly number[] => {
  let latest = 0
  return lines.map(({ end }) => (latest = Math.max(latest, end)))
}

/** Indices of the lines that are spoken at `time`, by their start. `ends` as `latestEnds` has them. */
export const linesAt = (
  lines: readonly SubtitleLine[],
  ends: readonly number[],
  time: number,
): readonly number[] => {
  const found: number[] = []
  for (let i = lineBefore(lines, time); i >= 0 && (ends[i] ?? 0) > time; i -= 1) {
    if ((lines[i]?.end ?? 0) > time) found.unshift(i)
  }
  return found
}
