/** A part of a text that is marked: `found` by the person's search in it, or a `word` of the query. */
export type TextMark = { readonly start: number; readonly end: number; readonly kind: 'found' | 'word' }

export type TextPiece = { readonly text: string; readonly kind: TextMark['kind'] | null }

/** Cuts `text` at the borders of `marks`; where marks lie over each other, `found` is seen. */
export const markedText = (text: string, marks: readonly TextMark[]): readonly TextPiece[] => {
  const borders = [...new Set([0, text.length, ...marks.flatMap(({ start, end }) => [start, end])])]
    .filter((at) => at >= 0 && at <= text.length)
    .toSorted((a, b) => a - b)
  return borders.slice(1).map((end, i) => {
    const start = borders[i] ?? 0
    const over = marks.filter((mark) => mark.start <= start && mark.end >= end).map(({ kind }) => kind)
    return {
      text: text.slice(start, end),
      kind: over.includes('found') ? 'found' : (over[0] ?? null),
    }
  })
}
