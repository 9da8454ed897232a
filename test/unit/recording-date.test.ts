import { expect, test } from 'vitest'
import { recordingDate } from '../../src-main/domain/recording-date.ts'

const now = Date.UTC(2026, 10, 20) / 1000

test.each([
  [{ creation_time: '2018-03-07T15:21:21.000000Z' }, '2018-03-07T15:21:21Z'],
  [{ creation_time: '2018-03-07 15:21:21' }, '2018-03-07T15:21:21'],
  [{ creation_time: '1904-01-01T00:00:00.000000Z' }, null],
  [{ creation_time: '1970-01-01T00:00:00.000000Z' }, null],
  [{ creation_time: '1980-01-01T00:00:00.000000Z' }, null],
  [{ creation_time: '2036-02-07T06:28:16Z' }, null],
  [{ creation_time: '2026-11-20T23:00:00Z' }, '2026-11-20T23:00:00Z'],
  [{ creation_time: 'yesterday' }, null],
  [{ creation_time: '2019-02-31T00:00:00Z' }, null],
  [{ DATE: '2019' }, '2019'],
  [{ date: '2019-07' }, '2019-07'],
  [{ date: '20190704' }, '2019-07-04'],
  [{ date: '1970' }, null],
  [{ date: '1915-05-01' }, '1915-05-01'],
  [{ date: '2019:07:04 10:11:12' }, '2019-07-04T10:11:12'],
  [{ creation_time: 'Mon Mar 10 15:04:43 2003' }, '2003-03-10T15:04:43'],
  [{ IDIT: 'Mon Mar 10 15:04:43 2003' }, '2003-03-10T15:04:43'],
  [{}, null],
])('%j is %s', (tags, date) => expect(recordingDate([tags as Record<string, string>], now)).toBe(date))

test("a phone's own date, with its zone, comes before the container's clock", () => {
  const tags = {
    creation_time: '2023-06-01T10:00:00.000000Z',
    'com.apple.quicktime.creationdate': '2023-06-01T12:00:00+0200',
  }
  expect(recordingDate([tags], now)).toBe('2023-06-01T12:00:00+02:00')
})

test('an incredible date gives way to the next', () => {
  expect(
    recordingDate(
      [{ creation_time: '1904-01-01T00:00:00Z' }, { creation_time: '2020-02-29T01:02:03Z' }],
      now,
    ),
  ).toBe('2020-02-29T01:02:03Z')
})
