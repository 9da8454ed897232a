/** A day, month or year as written; `month` 1..12. */
export type CalendarDate = {
  readonly kind: 'calendar'
  readonly year: number
  readonly month: number | null
  readonly day: number | null
}

export type Season = 'spring' | 'summer' | 'autumn' | 'winter'

/** Three months of a year; a winter begins in December of its year. */
export type SeasonDate = { readonly kind: 'season'; readonly season: Season; readonly year: number }

/** So many units before the one that is now: yesterday is `day` 1, last month `month` 1, this year `year` 0. */
export type RelativeDate = {
  readonly kind: 'relative'
  readonly unit: 'day' | 'week' | 'weekend' | 'month' | 'year' | Season
  readonly back: number
}

/** The latest one that has begun, or (`over`) that is over: June, 24 December, Monday (`weekday` 1; Sunday is 0). */
export type RecurringDate = {
  readonly kind: 'recurring'
  readonly of:
    | { readonly month: number; readonly day: number | null }
    | { readonly weekday: number }
    | { readonly season: Season }
  readonly over: boolean
}

export type QueryDate = CalendarDate | SeasonDate | RelativeDate | RecurringDate

/** From the beginning of one date to the end of another; null: without an end on that side. */
export type DateSpan = { readonly from: QueryDate | null; readonly to: QueryDate | null }

/** The first moment of a date, and the first one behind it. */
export type Stretch = { readonly start: Date; readonly end: Date }

/** First month of each season in the north; a season is three months from there. */
const seasons: Readonly<Record<Season, number>> = { spring: 3, summer: 6, autumn: 9, winter: 12 }

const monthsFrom = (year: number, month: number, count: number): Stretch => ({
  start: new Date(year, month - 1, 1),
  end: new Date(year, month - 1 + count, 1),
})
const daysFrom = (year: number, month: number, day: number, count = 1): Stretch => ({
  start: new Date(year, month - 1, day),
  end: new Date(year, month - 1, day + count),
})
const seasonOf = (season: Season, year: number): Stretch => monthsFrom(year, seasons[season], 3)

const calendarStretch = ({ year, month, day }: CalendarDate): Stretch => {
  if (month === null) return monthsFrom(year, 1, 12)
  return day === null ? monthsFrom(year, month, 1) : daysFrom(year, month, day)
}

/** The latest of `stretch(year)`, from the year of `now` back, that has begun or is over. Null: 29 February of odd years. */
const latest = (now: Date, over: boolean, stretch: (year: number) => Stretch | null): Stretch => {
  const year = now.getFullYear()
  for (let back = 0; ; back += 1) {
    const found = stretch(year - back)
    if (found !== null && (over ? found.end <= now : found.start <= now)) return found
  }
}

const recurringStretch = ({ of, over }: RecurringDate, now: Date): Stretch => {
  if ('season' in of) return latest(now, over, (year) => seasonOf(of.season, year))
  if ('weekday' in of) {
    const back = (now.getDay() - of.weekday + 7) % 7
    const days = back === 0 && over ? 7 : back
    return daysFrom(now.getFullYear(), now.getMonth() + 1, now.getDate() - days)
  }
  const { month, day } = of
  return latest(now, over, (year) => {
    const found = calendarStretch({ kind: 'calendar', year, month, day })
    return found.start.getMonth() === month - 1 ? found : null
  })
}

const relativeStretch = ({ unit, back }: RelativeDate, now: Date): Stretch => {
  const [year, month, day] = [now.getFullYear(), now.getMonth() + 1, now.getDate()]
  // Weeks begin on Monday (ISO 8601).
  const monday = day - ((now.getDay() + 6) % 7) - 7 * back
  switch (unit) {
    case 'day':
      return daysFrom(year, month, day - back)
    case 'week':
      return daysFrom(year, month, monday, 7)
    case 'weekend':
      return daysFrom(year, month, monday + 5, 2)
    case 'month':
      return monthsFrom(year, month - back, 1)
    case 'year':
      return monthsFrom(year - back, 1, 12)
    case 'spring':
    case 'summer':
    case 'autumn':
    case 'winter':
      return back === 0 ? seasonOf(unit, year) : latest(now, true, (of) => seasonOf(unit, of - back + 1))
  }
}

/** What a date means at `now`, in the zone of its machine. */
export const stretchOf = (date: QueryDate, now: Date): Stretch => {
  switch (date.kind) {
    case 'calendar':
      return calendarStretch(date)
    case 'season':
      return seasonOf(date.season, date.year)
    case 'relative':
      return relativeStretch(date, now)
    case 'recurring':
      return recurringStretch(date, now)
  }
}

/** The first moment of `date` in the zone of `now`'s machine. */
export const startOfDate = (date: QueryDate, now: Date): Date => stretchOf(date, now).start

/** What a span means at `now`; null: no end on that side. "June to August" ends in the first August behind that June. */
export const stretchOfSpan = (
  { from, to }: DateSpan,
  now: Date,
): { readonly start: Date | null; readonly end: Date | null } => {
  const start = from === null ? null : stretchOf(from, now).start
  if (to === null) return { start, end: null }
  if (start === null || from === to || to.kind !== 'recurring' || !('month' in to.of))
    return { start, end: stretchOf(to, now).end }
  const { month, day } = to.of
  const endIn = (year: number): Date => calendarStretch({ kind: 'calendar', year, month, day }).end
  const same = endIn(start.getFullYear())
  return { start, end: same > start ? same : endIn(start.getFullYear() + 1) }
}

/**
 * An ISO 8601 date as an instant; one without a zone (or without a time: then its first moment) is meant in the machine's
 * own. Null if it is none.
 */
export const instantOf = (iso: string): Date | null => {
  const [, year, month = '1', day = '1'] = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(iso) ?? []
  const instant = year === undefined ? new Date(iso) : new Date(Number(year), Number(month) - 1, Number(day))
  return Number.isNaN(instant.getTime()) ? null : instant
}
