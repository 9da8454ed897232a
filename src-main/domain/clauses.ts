/** Where a long description comes apart, the coarsest first: sentences, then clauses, then joined things. */
const breaks: readonly RegExp[] = [
  /(?<=[.!?;…])\s+|\n+/u,
  /(?<=[,:])\s+|\s+[–—]\s+/u,
  /\s+(?=(?:and|while|with|where|who|which|then|und|während|mit|wo|der|die|das)\s)/iu,
]

/** `text` in pieces of as many words as fit, for what has no sign to cut at. */
const byWords = (text: string, fits: (text: string) => boolean): readonly string[] => {
  const pieces: string[] = []
  let piece = ''
  for (const word of text.split(/\s+/)) {
    const longer = piece === '' ? word : `${piece} ${word}`
    if (piece === '' || fits(longer)) piece = longer
    else {
      pieces.push(piece)
      piece = word
    }
  }
  return piece === '' ? pieces : [...pieces, piece]
}

/**
 * A text that a model cannot read at once (`fits` says so) as clauses that it can, in their order; a text that fits is
 * one clause. Cut at sentences, then at commas, then at words that join (English, German), and never put together
 * again: so the order of the sentences changes nothing (methods.md row 5). A single word that does not fit stays whole.
 */
export const clausesOf = (text: string, fits: (text: string) => boolean): readonly string[] => {
  const cut = (part: string, depth: number): readonly string[] => {
    const trimmed = part.trim()
    if (trimmed === '') return []
    if (fits(trimmed)) return [trimmed]
    const sign = breaks[depth]
    return sign === undefined
      ? byWords(trimmed, fits)
      : trimmed.split(sign).flatMap((one) => cut(one, depth + 1))
  }
  return cut(text, 0)
}

/** Of so many clauses of one text each vector counts; more say nothing new, and each costs 20 ms (ffmpeg.md). */
export const mostClauses = 24
