/** What people read of numbers. All times in seconds, sizes in bytes. */

const two = (value: number): string => String(value).padStart(2, '0')

/** 75 -> 1:15, 3675 -> 1:01:15. */
export const clock = (seconds: number): string => {
  const whole = Math.max(0, Math.floor(seconds))
  const hours = Math.floor(whole / 3600)
  const minutes = Math.floor(whole / 60) % 60
  return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`
}

/** Like `clock`, with the tenth: for the player, where a second is long. */
export const fineClock = (seconds: number): string =>
  `${clock(seconds)}.${Math.floor((Math.max(0, seconds) % 1) * 10)}`

/** 0:12–0:18; one time where both are the same second. */
export const clockRange = (start: number, end: number): string =>
  clock(start) === clock(end) ? clock(start) : `${clock(start)}–${clock(end)}`

/** The last part of a path, of any system. */
export const fileName = (path: string): string => path.split(/[/\\]/).findLast((part) => part !== '') ?? path

/** A film's name without its ending. */
export const filmName = (path: string): string => fileName(path).replace(/\.[^.]{1,5}$/, '')

/** What stands before the last part. */
export const folderOf = (path: string): string =>
  path.slice(0, Math.max(0, path.length - fileName(path).length - 1))

export const bytes = (size: number, language: string): string => {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const
  const step = Math.min(units.length - 1, size < 1 ? 0 : Math.floor(Math.log10(size) / 3))
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit: units[step],
    unitDisplay: 'short',
    maximumFractionDigits: step < 3 ? 0 : 1,
  }).format(size / 1000 ** step)
}

/** Making a formatter takes a hundred times as long as using it, and every tile uses one. */
const dayFormats = new Map<string, Intl.DateTimeFormat>()

const dayFormat = (language: string): Intl.DateTimeFormat => {
  const known = dayFormats.get(language)
  if (known !== undefined) return known
  const format = new Intl.DateTimeFormat(language, { dateStyle: 'medium' })
  dayFormats.set(language, format)
  return format
}

export const day = (iso: string, language: string): string => {
  const date = new Date(iso)
  return Number.isNaN(date.getTime()) ? '' : dayFormat(language).format(date)
}

/** 4K, 1080p, 720p: what the short side is called; empty for small films, where it says nothing. */
export const resolution = (width: number, height: number): string => {
  const short = Math.min(width, height)
  if (short >= 2100) return '4K'
  if (short >= 1400) return '1440p'
  if (short >= 1060) return '1080p'
  return short >= 700 ? '720p' : ''
}

/** 0.634 -> 63 %; never more than there is. */
export const percent = (share: number, language: string): string =>
  new Intl.NumberFormat(language, { style: 'percent' }).format(Math.floor(share * 100) / 100)

/** 42.3 -> 42, 7.26 -> 7.3: a tenth counts while the number is small. */
export const roughly = (value: number, language: string): string =>
  new Intl.NumberFormat(language, { maximumFractionDigits: value < 10 ? 1 : 0 }).format(value)
