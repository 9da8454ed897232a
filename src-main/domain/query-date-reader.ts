import { dateWordsOf, type DateWord } from './query-date-words.ts'
import type { CalendarDate, DateSpan, QueryDate, RecurringDate } from './query-dates.ts'
import type { Misread } from './query-misread.ts'

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

/** A day or month of no year: the latest. The year 2000 has every day that any year has. */
const recurring = (month: number, day: number | null, over = false): RecurringDate | Misread => {
  const date = calendar(2000, month, day)
  return 'message' in date ? date : { kind: 'recurring', of: { month, day }, over }
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

/** 14.6.23: as people shorten years, films of the last hundred. */
const fullYear = (written: string): number =>
  written.length === 4 ? Number(written) : Number(written) + (Number(written) >= 50 ? 1900 : 2000)

/** Dates of digits alone; null where the text is none. */
const readDigits = (text: string): QueryDate | Misread | null => {
  const iso =
    /^(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?$/.exec(text) ?? /^(\d{4})(\d\d)(\d\d)$/.exec(text)
  if (iso) return calendar(Number(iso[1]), iso[2] ? Number(iso[2]) : null, iso[3] ? Number(iso[3]) : null)
  const dotted = /^(\d{1,2})\. ?(\d{1,2})\. ?(\d{4}|\d{2})$/.exec(text)
  if (dotted) return calendar(fullYear(dotted[3] ?? ''), Number(dotted[2]), Number(dotted[1]))
  const sliced = /^(\d{1,2})[/-](\d{1,2})[/-](\d{4})$/.exec(text)
  if (sliced) return slashed(Number(sliced[1]), Number(sliced[2]), Number(sliced[3]))
  const month = /^(\d{1,2})[./-](\d{4})$/.exec(text)
  if (month) return calendar(Number(month[2]), Number(month[1]), null)
  const day = /^(\d{1,2})\. ?(\d{1,2})\.$/.exec(text)
  return day ? recurring(Number(day[2]), Number(day[1])) : null
}

type NumberWord = Extract<DateWord, { readonly kind: 'number' }>
const isYear = ({ digits, isOrdinal }: NumberWord): boolean => digits === 4 && !isOrdinal

/** 14 June 2023, June 14, June 2023, June; the numbers in the order they were written in. */
const readMonth = (
  month: number,
  numbers: readonly NumberWord[],
  over: boolean,
): QueryDate | Misread | null => {
  const [first, second] = numbers
  if (first === undefined) return recurring(month, null, over)
  if (over || numbers.length > 2) return null
  if (second === undefined)
    return isYear(first) ? calendar(first.value, month, null) : recurring(month, first.value)
  return isYear(second) && !isYear(first) ? calendar(second.value, month, first.value) : null
}

/** Dates of words, in English and German; null where the text is none. */
const readWords = (text: string): QueryDate | Misread | null => {
  const words = dateWordsOf(text)
  if (words === null) return null
  const numbers = words.filter((word) => word.kind === 'number')
  const [word, ...more] = words.filter(({ kind }) => !['number', 'this', 'last', 'ago'].includes(kind))
  const has = (kind: DateWord['kind']): boolean => words.some((one) => one.kind === kind)
  const over = has('last')
  const isAgo = has('ago')
  const [count] = numbers
  if (word === undefined || more.length > 0 || words.length > 4 || (over && has('this'))) return null
  if (isAgo) {
    if (word.kind !== 'unit' || word.unit === 'weekend' || numbers.length !== 1 || words.length !== 3)
      return null
    return { kind: 'relative', unit: word.unit, back: count?.value ?? 0 }
  }
  switch (word.kind) {
    case 'month':
      return readMonth(word.month, numbers, over)
    case 'season':
      if (count !== undefined)
        return numbers.length === 1 && words.length === 2 && isYear(count)
          ? { kind: 'season', season: word.season, year: count.value }
          : null
      if (words.length === 1) return { kind: 'recurring', of: { season: word.season }, over: false }
      return { kind: 'relative', unit: word.season, back: over ? 1 : 0 }
    case 'weekday':
      return count === undefined ? { kind: 'recurring', of: { weekday: word.weekday }, over } : null
    case 'unit':
      return words.length === 2 && (over || has('this'))
        ? { kind: 'relative', unit: word.unit, back: over ? 1 : 0 }
        : null
    case 'day':
      return words.length === 1 ? { kind: 'relative', unit: 'day', back: word.back } : null
    default:
      return null
  }
}

const plain = (written: string): string =>
  written
    .normalize('NFC')
    .trim()
    .toLowerCase()
    .replace(/[\s_]+/g, ' ')

/**
 * A date as people write it: 2023, 2023-06, 2023-06-14 (also with / or .), 14.06.2023, 14.6., 14/06/2023, june 2023,
 * 14. Juni, summer 2023, monday, today, gestern, 3 days ago, vor 2 Wochen, this or last week, weekend, month, year, and
 * spring, summer, autumn, winter of the northern half.
 */
export const readDate = (written: string): QueryDate | Misread => {
  const text = plain(written)
  return (
    readDigits(text) ??
    readWords(text) ?? {
      message: `“${written}” is not a date; write 2023, 2023-06, 2023-06-14 or yesterday`,
      suggestion: '',
    }
  )
}

const spanMark = /\.{2,3}|…| ?– ?| - | to | bis /
const twoYears = /^(\d{4}) ?- ?(\d{4})$/
const decade = /^(?:the )?(\d{3}0)(?:s|er)$/

const sideOf = (text: string): QueryDate | Misread | null => (/^\*?$/.test(text) ? null : readDate(text))

/** "june to august 2023" names the year once. */
const withYearOf = (from: QueryDate | null, to: QueryDate | null): QueryDate | null => {
  if (from?.kind !== 'recurring' || !('month' in from.of) || to?.kind !== 'calendar') return from
  const { month, day } = from.of
  const later = to.month !== null && month > to.month
  return { kind: 'calendar', year: later ? to.year - 1 : to.year, month, day }
}

/** "last 3 days", "letzte 2 Wochen": from then until today. */
const lastFew = (text: string): DateSpan | null => {
  const [last, count, unit, ...more] = dateWordsOf(text) ?? []
  if (last?.kind !== 'last' || count?.kind !== 'number' || unit?.kind !== 'unit' || more.length > 0)
    return null
  const to = { kind: 'relative', unit: 'day', back: 0 } as const
  const back = count.value
  switch (unit.unit) {
    case 'day':
    case 'month':
    case 'year':
      return { from: { kind: 'relative', unit: unit.unit, back }, to }
    case 'week':
      return { from: { kind: 'relative', unit: 'day', back: 7 * back }, to }
    case 'weekend':
      return null
  }
}

/** Year, month and day in one number, for comparing; what was not written is `open`. */
const order = (date: QueryDate | null, open: number): number | null =>
  date?.kind === 'calendar' ? (date.year * 100 + (date.month ?? open)) * 100 + (date.day ?? open) : null

/**
 * One date, or two and everything between: 2023-06..2023-08, 2019–2021, june to august 2023, 2020.., 1990s, last 3 days.
 */
export const readDateSpan = (written: string): DateSpan | Misread => {
  const text = plain(written)
  const few = lastFew(text)
  if (few !== null) return few
  const years = decade.exec(text)
  const sides =
    years === null
      ? (twoYears.exec(text)?.slice(1) ?? text.split(spanMark))
      : [years[1] ?? '', String(Number(years[1]) + 9)]
  if (sides.length === 1) {
    const date = readDate(written)
    return 'message' in date ? date : { from: date, to: date }
  }
  const [from, to] = [sideOf((sides[0] ?? '').trim()), sideOf((sides[1] ?? '').trim())]
  if (sides.length > 2 || (from === null && to === null))
    return { message: `“${written}” is not a span of dates; write 2023-06..2023-08`, suggestion: '' }
  if (from !== null && 'message' in from) return from
  if (to !== null && 'message' in to) return to
  const [first, last] = [order(from, 0), order(to, 99)]
  if (first !== null && last !== null && first > last)
    return { message: 'This span ends before it begins', suggestion: `${sides[1] ?? ''}..${sides[0] ?? ''}` }
  return { from: withYearOf(from, to), to }
}
