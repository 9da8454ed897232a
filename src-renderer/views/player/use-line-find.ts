import { useMemo, useState } from 'react'
import { foldText } from '../../parts/fold-text.ts'

/** A search in the lines of a transcript. */
export type LineFind = {
  readonly text: string
  /** `text` for comparing. */
  readonly folded: string
  /** Indices of the lines that have it. */
  readonly found: readonly number[]
  /** Which of `found` one stands at; -1 before the first step. */
  readonly at: number
  readonly setText: (text: string) => void
  /** To the next or the previous one, around the ends; the first step goes to the one next to line `from`. Answers the line. */
  readonly step: (direction: 1 | -1, from: number) => number | null
}

/** Finds in `folded` lines, as a person types. */
export const useLineFind = (lines: readonly string[]): LineFind => {
  const [text, setText] = useState('')
  const [at, setAt] = useState(-1)
  const folded = foldText(text.trim())
  const found = useMemo(
    () => (folded === '' ? [] : lines.flatMap((line, index) => (line.includes(folded) ? [index] : []))),
    [lines, folded],
  )
  return {
    text,
    folded,
    found,
    at: at < found.length ? at : -1,
    setText: (next) => {
      setText(next)
      setAt(-1)
    },
    step: (direction, from) => {
      if (found.length === 0) return null
      const first =
        direction === 1
          ? found.findIndex((line) => line >= from)
          : found.findLastIndex((line) => line <= from)
      const next =
        at === -1 ? (first === -1 ? (direction === 1 ? 0 : found.length - 1) : first) : at + direction
      const place = (next + found.length) % found.length
      setAt(place)
      return found[place] ?? null
    },
  }
}
