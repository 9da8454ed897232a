/** A line of a subtitle in time. Seconds. */
export type TimedLine = { readonly start: number; readonly end: number; readonly text: string }

/**
 * Lines that belong together: those from index `from` to `to` (not included). `lead`: the first of the lines before it
 * that are still fresh when it begins, `from` where there are none.
 */
export type Passage = { readonly lead: number; readonly from: number; readonly to: number }

/** Seconds: methods.md row 28. */
const shortest = 10
const longest = 20
/** Where nobody speaks for so long, a passage of `shortest` seconds may end; after `silence` it does, however short. */
const pause = 0.7
const silence = 5
/** So many seconds of lines before a passage are read with it: a sentence may have begun there. */
const leadSeconds = 5
/** Effects of karaoke are thousands of lines in seconds. */
const mostLines = 40
const mostLead = 8

const endsSentence = (text: string): boolean => /[.!?…。！？]["”»)\]]?\s*$/.test(text)

/** True where a passage of the lines [from, at) is over before line `at`. */
const isOver = (lines: readonly TimedLine[], from: number, at: number): boolean => {
  const [first, last, next] = [lines[from], lines[at - 1], lines[at]]
  if (first === undefined || last === undefined || next === undefined) return true
  const gap = next.start - last.end
  if (at - from >= mostLines || gap >= silence || next.end - first.start > longest) return true
  return last.end - first.start >= shortest && (gap >= pause || endsSentence(last.text))
}

/**
 * Lines in order of time as passages of 10 to 20 s that end at pauses and ends of sentences (methods.md row 28). Every
 * line is in just one; a line longer than 20 s is one by itself.
 */
export const passagesOf = (lines: readonly TimedLine[]): readonly Passage[] => {
  const passages: Passage[] = []
  for (let from = 0; from < lines.length;) {
    let to = from + 1
    while (to < lines.length && !isOver(lines, from, to)) to += 1
    const begins = lines[from]?.start ?? 0
    let lead = from
    while (lead > 0 && from - lead < mostLead && (lines[lead - 1]?.end ?? -Infinity) > begins - leadSeconds) {
      if ((lines[lead - 1]?.start ?? -Infinity) < begins - longest) break
      lead -= 1
    }
    passages.push({ lead, from, to })
    from = to
  }
  return passages
}
