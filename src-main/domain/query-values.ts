import type { Misread } from './query-misread.ts'

export type Comparison = '=' | '>' | '>=' | '<' | '<='

const amounts = { h: 3600, m: 60, s: 1 } as const
type Unit = keyof typeof amounts

/** Units by their first letter: h, hr, hour(s), m, min, minute(s), s, sec, second(s), Std, Minuten. */
const units = /^(h|hrs?|hours?|std|stunden?|m|mins?|minutes?|minuten?|s|secs?|seconds?|sek|sekunden?)$/

const unitOf = (word: string): Unit | null => {
  if (!units.test(word)) return null
  return word.startsWith('st') || word.startsWith('h') ? 'h' : word.startsWith('m') ? 'm' : 's'
}

const below: Readonly<Record<Unit, Unit>> = { h: 'm', m: 's', s: 's' }

const noDuration = (written: string): Misread => ({
  message: `“${written}” is not a length of time; write 90s, 2m, 1h30 or 1:30`,
  suggestion: '',
})

/** Seconds of a length of time as people write it: 90, 90s, 2m, 1.5h, 1h30, 1h 30m, 1:30, 1:02:03, 1:30 h, 2 Std. */
export const readDuration = (written: string): number | Misread => {
  const text = written
    .trim()
    .toLowerCase()
    .replace(/(?<=\d),(?=\d)/g, '.')
  const clock = /^(?:(\d{1,3}):)?(\d{1,3}):([0-5]?\d(?:\.\d+)?)$/.exec(text)
  if (clock) return Number(clock[1] ?? 0) * 3600 + Number(clock[2]) * 60 + Number(clock[3])
  const named = /^(\d{1,3}):([0-5]?\d) ?(\p{L}+)\.?$/u.exec(text)
  const unit = unitOf(named?.[3] ?? '')
  if (named && unit) return Number(named[1]) * amounts[unit] + Number(named[2]) * amounts[below[unit]]
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?|\.\d+)\s*(\p{L}*)\.?(?:\s|und|and)*/gu)]
  if (parts.length === 0 || parts.map((part) => part[0]).join('') !== text) return noDuration(written)
  let seconds = 0
  let last: Unit | null = null
  for (const [, amount, word] of parts) {
    // "1h30": the bare number is of the unit below; a bare "90" is seconds.
    const unit: Unit | null = word ? unitOf(word) : last ? below[last] : 's'
    if (unit === null || (last !== null && amounts[unit] >= amounts[last])) return noDuration(written)
    seconds += Number(amount) * amounts[unit]
    last = unit
  }
  return Number.isFinite(seconds) ? seconds : noDuration(written)
}

const sizeUnits = 'bkmgt'

/** Bytes of a file size as people write it: 500 MB, 1.5gb, 1,5 GB, 700k, 2 GiB. A number alone is none. */
export const readFileSize = (written: string): number | Misread => {
  const text = written.trim().toLowerCase()
  const parts =
    /^(\d{1,3}(?:[.,]\d{3})+(?!\d)|\d+(?:[.,]\d+)?|[.,]\d+)\s*(?:(b|bytes?)|([kmgt])(i?b?|ilobytes?|egabytes?|igabytes?|erabytes?))$/.exec(
      text,
    )
  if (parts === null) {
    const suggestion = /^\d+(?:[.,]\d+)?$/.test(text) ? `${text}MB` : ''
    return { message: `“${written}” is not a file size; write 500MB, 1.5GB or 700kB`, suggestion }
  }
  const [, amount = '', , letter = 'b', rest = ''] = parts
  // 1.500 MB and 1,500 MB are fifteen hundred.
  const number = /^\d{1,3}(?:[.,]\d{3})+$/.test(amount)
    ? Number(amount.replace(/[.,]/g, ''))
    : Number(amount.replace(',', '.'))
  const bytes = number * (rest === 'ib' ? 1024 : 1000) ** sizeUnits.indexOf(letter)
  return Number.isFinite(bytes) ? Math.round(bytes) : { message: 'No file is so large', suggestion: '' }
}

/** Named picture sizes by their short side; a name alone means "at least" (so `8k` films are `4k` too). */
const sizes: Readonly<Record<string, number>> = {
  hd: 720,
  fhd: 1080,
  fullhd: 1080,
  '2k': 1080,
  qhd: 1440,
  wqhd: 1440,
  '4k': 2160,
  uhd: 2160,
  '5k': 2880,
  '8k': 4320,
}

/** A picture size as its short side in pixels: 1080, 1080p, 1920x1080, 4k, hd; `named` where a name stood for it. */
export const readPictureSize = (
  written: string,
): { readonly pixels: number; readonly named: boolean } | Misread => {
  const text = written.trim().toLowerCase().replace(/[ -]/g, '')
  const pair = /^(\d{2,5})[x×*](\d{2,5})$/.exec(text)
  if (pair) return { pixels: Math.min(Number(pair[1]), Number(pair[2])), named: false }
  const lines = /^(\d{2,5})(?:p|i|px)?$/.exec(text)
  if (lines) return { pixels: Number(lines[1]), named: false }
  const pixels = Object.hasOwn(sizes, text) ? sizes[text] : undefined
  if (pixels) return { pixels, named: true }
  return { message: `“${written}” is not a picture size; write 1080, 1920x1080, hd or 4k`, suggestion: '' }
}

/** Splits `>=4`, `≤2`, `<3`, `=5`, `4+` into what to compare and with what; null where only the value stands. */
export const readComparison = (
  written: string,
): { readonly operator: Comparison | null; readonly rest: string } => {
  const lead = /^(>=|=>|≥|<=|=<|≤|>|<|=)\s*/.exec(written)
  if (lead) {
    const sign = lead[1] ?? ''
    const both = sign.length > 1 || sign === '≥' || sign === '≤'
    const operator = sign === '=' ? '=' : /[>≥]/.test(sign) ? (both ? '>=' : '>') : both ? '<=' : '<'
    return { operator, rest: written.slice(lead[0].length) }
  }
  if (/\d\p{L}{0,3}\+$/u.test(written)) return { operator: '>=', rest: written.slice(0, -1) }
  return { operator: null, rest: written }
}

/** True where `actual` stands in that relation to `wanted`. */
export const compares = (actual: number, operator: Comparison, wanted: number): boolean => {
  switch (operator) {
    case '=':
      return actual === wanted
    case '>':
      return actual > wanted
    case '>=':
      return actual >= wanted
    case '<':
      return actual < wanted
    case '<=':
      return actual <= wanted
  }
}
