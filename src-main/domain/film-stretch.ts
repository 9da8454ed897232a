import type { Misread } from './query-misread.ts'
import { readDuration } from './query-values.ts'

/** A film (an id or a path), whole or from `start` to `end`; seconds, null: not said. */
export type FilmStretch = {
  readonly video: string
  readonly start: number | null
  readonly end: number | null
}

/** The last @ before a number (cli.md); a name may have others: me@home.mp4. */
const stretch = /^(.+)@(\d[\d.,:]*)(?:-(\d[\d.,:]*))?$/s

const readTime = (written: string): number | Misread => {
  const seconds = readDuration(written)
  return typeof seconds === 'number' ? seconds : { message: `“${written}” is no time`, suggestion: '' }
}

/** Reads VIDEO[@START[-END]]: times as seconds or as 1:02:03. */
export const readFilmStretch = (written: string): FilmStretch | Misread => {
  const [, video, from, to] = stretch.exec(written) ?? []
  if (video === undefined || from === undefined) return { video: written, start: null, end: null }
  const start = readTime(from)
  if (typeof start !== 'number') return start
  const end = to === undefined ? null : readTime(to)
  if (end !== null && typeof end !== 'number') return end
  return { video, start, end }
}
