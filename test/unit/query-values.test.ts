import { describe, expect, it } from 'vitest'
import { editDistance, nearestWord } from '../../src-main/domain/edit-distance.ts'
import { readDate, readDateSpan } from '../../src-main/domain/query-date-reader.ts'
import { startOfDate, stretchOf, stretchOfSpan } from '../../src-main/domain/query-dates.ts'
import type { QueryDate } from '../../src-main/domain/query-dates.ts'
import { readDuration, readFileSize, readPictureSize } from '../../src-main/domain/query-values.ts'

describe('values', () => {
  it.each([
    ['90', 90], ['90s', 90], ['90 sec', 90], ['2m', 120], ['2min', 120], ['2 minutes', 120], ['1h', 3600], ['1h30', 5400],
    ['1h30m', 5400], ['1h 30min', 5400], ['1m30', 90], ['1:30', 90], ['1:02:03', 3723], ['1.5h', 5400], ['1,5h', 5400], ['.5m', 30], ['2 Std', 7200],
    ['1:30 h', 5400], ['2:30 min', 150], ['1 Std. 30 Min.', 5400], ['2 Stunden und 5 Minuten', 7500], ['90 Sekunden', 90], ['1 h and 5 min', 3900],
  ] as const)('%s is %d s', (text, seconds) => { expect(readDuration(text)).toBe(seconds) }) // prettier-ignore

  it.each(['', 'x', '1x', '1m1h', '1s30', '1:75', '-5', '1e5', '2m2m', 'h'])('%s is no duration', (text) => {
    expect(readDuration(text)).toHaveProperty('message')
  })

  it.each([
    ['1080', 1080], ['1080p', 1080], ['1920x1080', 1080], ['1080x1920', 1080], ['3840×2160', 2160], ['4K', 2160], ['hd', 720], ['full hd', 1080], ['8k', 4320],
  ] as const)('%s is %d lines', (text, pixels) => { expect(readPictureSize(text)).toMatchObject({ pixels }) }) // prettier-ignore

  it.each([
    ['500MB', 500e6], ['500 mb', 500e6], ['1.5GB', 1.5e9], ['1,5 GB', 1.5e9], ['700k', 700e3], ['2g', 2e9], ['1TB', 1e12], ['2 GiB', 2 * 1024 ** 3],
    ['1 KiB', 1024], ['300 bytes', 300], ['300b', 300], ['.5GB', 5e8], ['2 Gigabyte', 2e9], ['20 megabytes', 20e6], ['1.500 MB', 1.5e9], ['1,500,000 kB', 1.5e9],
  ] as const)('%s is %d bytes', (text, bytes) => { expect(readFileSize(text)).toBe(bytes) }) // prettier-ignore

  it.each(['', 'MB', '500', '-5MB', '5 XB', '1.2.3 MB', '5MBB', `${'9'.repeat(400)}TB`])(
    '%s is no size',
    (text) => {
      expect(readFileSize(text)).toHaveProperty('message')
    },
  )

  const now = new Date(2024, 4, 15, 12, 30) // a Wednesday
  it.each([
    ['2023', new Date(2023, 0, 1)],
    ['2023-06', new Date(2023, 5, 1)],
    ['2023/6/14', new Date(2023, 5, 14)],
    ['2023.06.14', new Date(2023, 5, 14)],
    ['14.6.2023', new Date(2023, 5, 14)],
    ['14/06/2023', new Date(2023, 5, 14)],
    ['06/14/2023', new Date(2023, 5, 14)],
    ['5/5/2023', new Date(2023, 4, 5)],
    ['2024-02-29', new Date(2024, 1, 29)],
    ['June 2023', new Date(2023, 5, 1)],
    ['jun-2023', new Date(2023, 5, 1)],
    ['März 2023', new Date(2023, 2, 1)],
    ['today', new Date(2024, 4, 15)],
    ['Yesterday', new Date(2024, 4, 14)],
    ['this week', new Date(2024, 4, 13)],
    ['last week', new Date(2024, 4, 6)],
    ['last-month', new Date(2024, 3, 1)],
    ['this year', new Date(2024, 0, 1)],
    ['last year', new Date(2023, 0, 1)],
    ['last summer', new Date(2023, 5, 1)],
    ['last winter', new Date(2023, 11, 1)],
    ['last spring', new Date(2023, 2, 1)],
    ['20230614', new Date(2023, 5, 14)],
    ['6/2023', new Date(2023, 5, 1)],
    ['06.2023', new Date(2023, 5, 1)],
    ['14.6.23', new Date(2023, 5, 14)],
    ['14.6.', new Date(2023, 5, 14)],
    ['1.5.', new Date(2024, 4, 1)],
    ['14 June 2023', new Date(2023, 5, 14)],
    ['June 14, 2023', new Date(2023, 5, 14)],
    ['the 14th of June 2023', new Date(2023, 5, 14)],
    ['14. Juni 2023', new Date(2023, 5, 14)],
    ['im Juni 2023', new Date(2023, 5, 1)],
    ['sept. 2023', new Date(2023, 8, 1)],
    ['Ma\u0308rz 2023', new Date(2023, 2, 1)],
    ['24. Dezember', new Date(2023, 11, 24)],
    ['June', new Date(2023, 5, 1)],
    ['may', new Date(2024, 4, 1)],
    ['last may', new Date(2023, 4, 1)],
    ['29 February', new Date(2024, 1, 29)],
    ['summer 2022', new Date(2022, 5, 1)],
    ['Winter 2022', new Date(2022, 11, 1)],
    ['summer', new Date(2023, 5, 1)],
    ['spring', new Date(2024, 2, 1)],
    ['this summer', new Date(2024, 5, 1)],
    ['letzten Sommer', new Date(2023, 5, 1)],
    ['letzter Winter', new Date(2023, 11, 1)],
    ['dieses Frühjahr', new Date(2024, 2, 1)],
    ['heute', new Date(2024, 4, 15)],
    ['gestern', new Date(2024, 4, 14)],
    ['vorgestern', new Date(2024, 4, 13)],
    ['diese Woche', new Date(2024, 4, 13)],
    ['letzte Woche', new Date(2024, 4, 6)],
    ['letzten Monat', new Date(2024, 3, 1)],
    ['voriges Jahr', new Date(2023, 0, 1)],
    ['3 days ago', new Date(2024, 4, 12)],
    ['vor 3 Tagen', new Date(2024, 4, 12)],
    ['vor einer Woche', new Date(2024, 4, 6)],
    ['two months ago', new Date(2024, 2, 1)],
    ['vor 2 Jahren', new Date(2022, 0, 1)],
    ['Monday', new Date(2024, 4, 13)],
    ['Wednesday', new Date(2024, 4, 15)],
    ['last wednesday', new Date(2024, 4, 8)],
    ['letzten Freitag', new Date(2024, 4, 10)],
    ['last weekend', new Date(2024, 4, 11)],
    ['dieses Wochenende', new Date(2024, 4, 18)],
  ])('%s begins at %s', (text, start) => {
    expect(startOfDate(readDate(text) as QueryDate, now)).toEqual(start)
  })

  it.each([
    '',
    '23',
    '2023-13',
    '2023-02-29',
    '31.06.2023',
    '99999',
    'someday',
    'constructor',
    '0001',
    '1/2/2023',
    'junk 2023',
    '31. Juni',
    'June 99',
    'last 2023',
    'last this week',
    'ago 3',
    '3 weekends ago',
    'monday 2023',
    'week',
    'summer 20',
    '2023 2024',
    '14.13.',
  ])('%s is no date', (text) => expect(readDate(text)).toHaveProperty('message'))

  it.each([
    ['2023', '2023-01-01', '2024-01-01'],
    ['2023-06', '2023-06-01', '2023-07-01'],
    ['2023-06-14', '2023-06-14', '2023-06-15'],
    ['2023-12-31', '2023-12-31', '2024-01-01'],
    ['2023-06..2023-08', '2023-06-01', '2023-09-01'],
    ['2023-06 .. 2023-08-03', '2023-06-01', '2023-08-04'],
    ['2023-06…2023', '2023-06-01', '2024-01-01'],
    ['14.6.2023 – 16.6.2023', '2023-06-14', '2023-06-17'],
    ['14.6.2023 bis 16.6.2023', '2023-06-14', '2023-06-17'],
    ['2019-2021', '2019-01-01', '2022-01-01'],
    ['2020..', '2020-01-01', null],
    ['2020..*', '2020-01-01', null],
    ['..2020', null, '2021-01-01'],
    ['1990s', '1990-01-01', '2000-01-01'],
    ['90er', 'none', 'none'],
    ['1990er', '1990-01-01', '2000-01-01'],
    ['yesterday', '2024-05-14', '2024-05-15'],
    ['last week', '2024-05-06', '2024-05-13'],
    ['letztes Wochenende', '2024-05-11', '2024-05-13'],
    ['last month', '2024-04-01', '2024-05-01'],
    ['summer 2023', '2023-06-01', '2023-09-01'],
    ['winter 2023', '2023-12-01', '2024-03-01'],
    ['last winter', '2023-12-01', '2024-03-01'],
    ['december', '2023-12-01', '2024-01-01'],
    ['june to august 2023', '2023-06-01', '2023-09-01'],
    ['dezember bis februar 2023', '2022-12-01', '2023-03-01'],
    ['june to august', '2023-06-01', '2023-09-01'],
    ['november to february', '2023-11-01', '2024-03-01'],
    ['last week to yesterday', '2024-05-06', '2024-05-15'],
    ['last 3 days', '2024-05-12', '2024-05-16'],
    ['letzte 2 Wochen', '2024-05-01', '2024-05-16'],
    ['last 2 months', '2024-03-01', '2024-05-16'],
    ['2023-08..2023-06', 'none', 'none'],
    ['..', 'none', 'none'],
    ['2023..2024..2025', 'none', 'none'],
    ['2023..soon', 'none', 'none'],
    ['1/2/2023..2024', 'none', 'none'],
  ])('%s lasts from %s until %s', (text, start, end) => {
    const read = readDateSpan(text)
    const shown = (date: Date | null): string | null =>
      date === null
        ? null
        : new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 10)
    const span = 'message' in read ? null : stretchOfSpan(read, now)
    expect([span === null ? 'none' : shown(span.start), span === null ? 'none' : shown(span.end)]).toEqual([
      start,
      end,
    ])
  })

  it('finds the next 29 February in years without one, and seasons around their beginning', () => {
    const at = (year: number, month: number, day: number): Date => new Date(year, month - 1, day)
    const begins = (text: string, moment: Date): Date => startOfDate(readDate(text) as QueryDate, moment)
    expect(begins('29 February', at(2023, 8, 1))).toEqual(at(2020, 2, 29))
    expect(begins('winter', at(2024, 1, 15))).toEqual(at(2023, 12, 1))
    expect(begins('last winter', at(2024, 1, 15))).toEqual(at(2022, 12, 1))
    expect(begins('last winter', at(2024, 3, 1))).toEqual(at(2023, 12, 1))
    expect(begins('last month', at(2024, 1, 31))).toEqual(at(2023, 12, 1))
    expect(begins('monday', at(2024, 5, 19))).toEqual(at(2024, 5, 13))
    expect(stretchOf(readDate('this week') as QueryDate, at(2024, 5, 19)).end).toEqual(at(2024, 5, 20))
  })

  it('measures typing errors', () => {
    expect(editDistance('longer', 'longer')).toBe(0)
    expect(editDistance('longre', 'longer')).toBe(1)
    expect(editDistance('lnger', 'longer')).toBe(1)
    expect(editDistance('', 'abc')).toBe(3)
    expect(editDistance('kitten', 'sitting')).toBe(3)
    expect(nearestWord('shrter', ['longer', 'shorter'])).toBe('shorter')
    expect(nearestWord('purple', ['longer', 'shorter'])).toBeNull()
  })
})
