/** A day, month or year as written; `month` 1..12. */
export type CalendarDate = {
  readonly kind: 'calendar'
  readonly year: number
  readonly month: number | null
  readonly day: number | null
}

/** So many units before the one that is now: yesterday is `day` 1, last month `month` 1, this year `year` 0. */
export type RelativeDate = {
  readonly kind: 'relative'
  readonly unit: 'day' | 'week' | 'month' | 'year' | 'spring' | 'summer' | 'autumn' | 'winter'
  readonly back: number
}

export type QueryDate = CalendarDate | RelativeDate

/** What could not be read, and what may have been meant ('' where nobody can tell). */
export type Misread = { readonly message: string; readonly suggestion: string }

/** The first three letters in English and German; both languages are complete from the start (product.md). */
const months = new Map(
  'jan feb mar apr may jun jul aug sep oct nov dec'
    .split(' ')
    .map((name, i) => [name, i + 1] as const)
    .concat([
      ['mär', 3],
      ['mai', 5],
      ['okt', 10],
      ['dez', 12],
    ]),
)

const relative: Readonly<Record<string, RelativeDate>> = {
  today: { kind: 'relative', unit: 'day', back: 0 },
  yesterday: { kind: 'relative', unit: 'day', back: 1 },
}

/** First month of each season in the north; a season is three months from there. */
const seasons = { spring: 3, summer: 6, autumn: 9, winter: 12 } as const

/** Films are younger than the cinema, and a year has four digits here. */
const firstYear = 1880
const lastYear = 2199

const pad = (value: number): string => String(value).padStart(2, '0')

const calendar = (year: number, month: number | null, day: number | null): CalendarDate | Misread => {
  const date = { kind: 'calendar', year, month, day } as const
  const exists =
    year >= firstYear &&
    year <= lastYear &&
    (month === null || (month >= 1 && month <= 12)) &&
    (month === null || day === null || (day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate()))
  return exists ? date : { message: 'There is no such day', suggestion: '' }
}

/** 14/06/2023 can only be one day; 06/07/2023 is two, so it is asked back. */
const slashed = (first: number, second: number, year: number): CalendarDate | Misread => {
  if (second > 12) return calendar(year, first, second)
  if (first > 12 || first === second) return calendar(year, second, first)
  return {
    message: `Day and month could be either way round; write ${year}-${pad(second)}-${pad(first)} or ${year}-${pad(first)}-${pad(second)}`,
    suggestion: `${year}-${pad(second)}-${pad(first)}`,
  }
}

/**
 * A date as people write it: 2023, 2023-06, 2023-06-14 (also with / or .), 14.06.2023, 14/06/2023, june 2023,
 * today, yesterday, this or last week, month, year, and spring, summer, autumn, winter of the northern half.
 */
export const readDate = (written: string): QueryDate | Misread => {
  const text = written
    .normalize('NFC')
    .trim()
    .toLowerCase()
    .replace(/[\s_]+/g, ' ')
  const iso = /^(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?$/.exec(text)
  if (iso) return calendar(Number(iso[1]), iso[2] ? Number(iso[2]) : null, iso[3] ? Number(iso[3]) : null)
  const dotted = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(text)
  if (dotted) return calendar(Number(dotted[3]), Number(dotted[2]), Number(dotted[1]))
  const sliced = /^(\d{1,2})[/-](\d{1,2})[/-](\d{4})$/.exec(text)
  if (sliced) return slashed(Number(sliced[1]), Number(sliced[2]), Number(sliced[3]))
  const monthYear = /^(\p{L}{3,10})[ .-]?(\d{4})$/u.exec(text)
  const month = months.get(monthYear?.[1]?.slice(0, 3) ?? '')
  if (monthYear && month) return calendar(Number(monthYear[2]), month, null)
  const ago = /^(this|last) ?-?(week|month|year|spring|summer|autumn|fall|winter)$/.exec(text)
  if (ago) {
    const unit = ago[2] === 'fall' ? 'autumn' : (ago[2] as RelativeDate['unit'])
    return { kind: 'relative', unit, back: ago[1] === 'last' ? 1 : 0 }
  }
  return (
    relative[Object.hasOwn(relative, text) ? text : ''] ?? {
      message: `“${written}” is not a date; write 2023, 2023-06, 2023-06-14 or yesterday`,
      suggestion: '',
    }
  )
}

/** The latest such season that is over at `now` (`back` 1), or the one of this year (`back` 0): its first month. */
const seasonStart = (unit: keyof typeof seasons, back: number, now: Date): Date => {
  const start = new Date(now.getFullYear(), seasons[unit] - 1, 1)
  const over = (): boolean => new Date(start.getFullYear(), start.getMonth() + 3, 1) <= now
  while (back > 0 && !over()) start.setFullYear(start.getFullYear() - 1)
  return start
}

/** The first moment of `date` in the zone of `now`'s machine. */
export const startOfDate = (date: QueryDate, now: Date): Date => {
  if (date.kind === 'calendar') return new Date(date.year, (date.month ?? 1) - 1, date.day ?? 1)
  const [year, month, day] = [now.getFullYear(), now.getMonth(), now.getDate()]
  switch (date.unit) {
    case 'day':
      return new Date(year, month, day - date.back)
    case 'week':
      // Weeks begin on Monday (ISO 8601).
      return new Date(year, month, day - ((now.getDay() + 6) % 7) - 7 * date.back)
    case 'month':
      return new Date(year, month - date.back, 1)
    case 'year':
      return new Date(year - date.back, 0, 1)
    case 'spring':
    case 'summer':
    case 'autumn':
    case 'winter':
      return seasonStart(date.unit, date.back, now)
  }
}

/** An ISO 8601 date as an instant; one without a zone (or without a time) is meant in the machine's own. Null if it is none. */
export const instantOf = (iso: string): Date | null => {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(iso) ? `${iso}T00:00` : iso
  const instant = new Date(day)
  return Number.isNaN(instant.getTime()) ? null : instant
}
