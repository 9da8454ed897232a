import { describe, expect, it } from 'vitest'
import { editDistance, nearestWord } from '../../src-main/domain/edit-distance.ts'
import { matchesFilters, type FilterableVideo } from '../../src-main/domain/filter-match.ts'
import { readDate, startOfDate, type QueryDate } from '../../src-main/domain/query-dates.ts'
import { readDuration, readPictureSize } from '../../src-main/domain/query-values.ts'
import { parseQuery } from '../../src-main/domain/query.ts'
import { seededRandom } from '../../src-main/domain/seeded-random.ts'

/** A query in short: terms as text, "exact", -minus, ^weight; filters name operator value; errors by code. */
const short = (text: string): string => {
  const { terms, filters, errors } = parseQuery(text)
  const value = (of: (typeof filters)[number]['value']): string =>
    of.kind === 'text'
      ? of.text
      : of.kind === 'number'
        ? String(of.number)
        : JSON.stringify(Object.values(of.date).slice(1))
  return [
    ...terms.map(
      ({ kind, text: words, weight, negative, step }) =>
        `${step > 0 ? `${step}:` : ''}${negative ? '-' : ''}${kind === 'exact' ? `"${words}"` : words}${weight === 1 ? '' : `^${weight}`}`,
    ),
    ...filters.map(
      (filter) => `[${filter.negative ? '-' : ''}${filter.name}${filter.operator}${value(filter.value)}]`,
    ),
    ...errors.map((error) => `!${error.code}${error.suggestion === '' ? '' : `(${error.suggestion})`}`),
  ].join(' | ')
}

describe('the query', () => {
  it.each([
    // words
    ['dog on a beach', 'dog on a beach'],
    ['  dog   on\ta\nbeach ', 'dog on a beach'],
    ['Größe  ändern', 'Größe ändern'],
    ['犬 と 海', '犬 と 海'],
    ['🐶🏖️', '🐶🏖️'],
    ['well-known e-mail', 'well-known e-mail'],
    ["don't stop", "don't stop"],
    ['a 5" nail', 'a 5" nail'],
    ['', ''],
    ['   ', ''],
    // exact
    ['"happy birthday"', '"happy birthday"'],
    ['“happy birthday”', '"happy birthday"'],
    ['„alles Gute“ Kuchen', '"alles Gute" | Kuchen'],
    ['« bon voyage »', '"bon voyage"'],
    ['cake "happy birthday" candles', 'cake | "happy birthday" | candles'],
    ['"cake"candles', '"cake" | candles'],
    ['"in:Holidays -x"', '"in:Holidays -x"'],
    ['"abc', 'abc | !open-quote'],
    ['say "abc def', 'say | abc def | !open-quote'],
    ['""', '!empty-quote'],
    ['"  "', '!empty-quote'],
    // minus
    ['beach -people', 'beach | -people'],
    ['beach -"two people"', 'beach | -"two people"'],
    ['beach -people walking', 'beach | -people | walking'],
    ['--people', '-people'],
    ['-', '!lone-minus'],
    ['apple - fruit', 'apple | fruit | !lone-minus'],
    ['apple -', 'apple | !lone-minus'],
    // weights
    ['sunset^2 city', 'sunset^2 | city'],
    ['sunset^0.5 city', 'sunset^0.5 | city'],
    ['-people^2', '-people^2'],
    ['"red car"^3', '"red car"^3'],
    ['sunset^0', '!bad-weight(-sunset)'],
    ['sunset^-1', '!bad-weight(-sunset)'],
    ['sunset^99', '!bad-weight(sunset^10)'],
    ['^_^ x^y', '^_^ x^y'],
    // sequences
    ['opens the door then sits down', 'opens the door | 1:sits down | !not-yet'],
    ['door -> sofa → bed', 'door | 1:sofa | 2:bed | !not-yet | !not-yet'],
    ['then', 'then'],
    ['back then', 'back then'],
    ['then he left', 'then he left'],
    ['"now then again"', '"now then again"'],
    ['door ->', 'door | !lone-then'],
    // what is no filter
    ['12:30', '12:30'],
    ['at 12:30:15 sharp', 'at 12:30:15 sharp'],
    ['http://example.org/a', 'http://example.org/a'],
    ['C:\\Videos\\x.mp4', 'C:\\Videos\\x.mp4'],
    ['std::vector', 'std::vector'],
    ['lol:) :-) :smile:', 'lol:) :-) :smile:'],
    ['Lecture: entropy', 'Lecture: entropy'],
    ['16:9', '16:9'],
    // filters
    ['in:Holidays', '[in=Holidays]'],
    ['IN:Holidays', '[in=Holidays]'],
    ['in:"My Holidays" dog', 'dog | [in=My Holidays]'],
    ['in:„Meine Ferien“', '[in=Meine Ferien]'],
    ['-in:Trash', '[-in=Trash]'],
    ['dog in:Holidays beach', 'dog | beach | [in=Holidays]'],
    ['tag:family', '[tag=family]'],
    ['tag:<3', '[tag=<3]'],
    ['name:c++', '[name=c++]'],
    ['rating:>=4', '[rating>=4]'],
    ['rating:4+', '[rating>=4]'],
    ['rating:≤2', '[rating<=2]'],
    ['rating:3', '[rating=3]'],
    ['rating:7', '!bad-value(rating:5)'],
    ['longer:2m', '[longer>120]'],
    ['longer:>2m', '[longer>120]'],
    ['shorter:1h30', '[shorter<5400]'],
    ['longer:<2m', '!bad-value(longer:2m)'],
    ['longer:soon', '!bad-value'],
    ['after:2023-06', '[after>=[2023,6,null]]'],
    ['before:14.06.2023', '[before<[2023,6,14]]'],
    ['after:yesterday', '[after>=["day",1]]'],
    ['after:"last summer"', '[after>=["summer",1]]'],
    ['after:2023-02-30', '!bad-value'],
    ['after:06/07/2023', '!bad-value(after:2023-07-06)'],
    ['res:>=1080', '[res>=1080]'],
    ['res:1080p', '[res=1080]'],
    ['res:4k', '[res>=2160]'],
    ['res:<hd', '[res<720]'],
    ['res:1920x1080', '[res=1080]'],
    ['codec:HEVC', '[codec=hevc]'],
    ['codec:h.265', '[codec=hevc]'],
    ['has:subtitles', '[has=subtitles]'],
    ['is:portrait', '[is=portrait]'],
    ['is:potrait', '!bad-value(is:portrait)'],
    ['is:purple', '!bad-value'],
    ['in:', '!bad-value'],
    ['res:>=', '!bad-value'],
    ['in:"My Hol', 'Hol | !open-quote(in:"My")'],
    // unknown filters
    ['longr:2m', '!unknown-filter(longer:2m)'],
    ['folder:Holidays', '!unknown-filter(in:Holidays)'],
    ['-folder:"My Trash"', '!unknown-filter(-in:"My Trash")'],
    ['durration: 2m', '2m | !unknown-filter(longer:)'],
    ['foo:bar', '!unknown-filter("foo:bar")'],
    ['größe:4k', '!unknown-filter("größe:4k")'],
    ['constructor:x __proto__:x', '__proto__:x | !unknown-filter("constructor:x")'],
    [
      'dog in:Holidays tag:family rating:>=4 after:2023-06 longer:2m res:>=1080 codec:hevc has:subtitles is:portrait is:offline',
      'dog | [in=Holidays] | [tag=family] | [rating>=4] | [after>=[2023,6,null]] | [longer>120] | [res>=1080] | [codec=hevc] | [has=subtitles] | [is=portrait] | [is=offline]',
    ],
  ])('reads %s', (text, expected) => {
    expect(short(text)).toBe(expected)
  })

  it('says where everything stands', () => {
    const text = 'red car -"two people"^2 longer:"1h 30m" foo:bar'
    const { terms, filters, errors } = parseQuery(text)
    expect([...terms, ...filters, ...errors].map(({ start, end }) => text.slice(start, end))).toEqual([
      'red car',
      '-"two people"^2',
      'longer:"1h 30m"',
      'foo:bar',
    ])
    expect(filters[0]).toMatchObject({ text: 'longer:"1h 30m"', value: { kind: 'number', number: 5400 } })
  })

  it('gives suggestions that are right when taken', () => {
    for (const text of [
      'longr:2m',
      'folder:"My Trash"',
      'foo:bar',
      'rating:7',
      'is:potrait',
      'x^99',
      'longer:<2m',
    ]) {
      const [error] = parseQuery(text).errors
      expect(
        parseQuery(text.slice(0, error!.start) + error!.suggestion + text.slice(error!.end)).errors,
      ).toEqual([])
    }
  })
})

describe('any text', () => {
  const pieces = [
    'dog', 'then', '->', '→', '-', '--', '"', '“', '”', '„', '«', '»', '^', '^2', '^^', ':', '::', 'in:', 'in:"', 'res:>=', 'foo:',
    '12:30', 'http://', ' ', '  ', '\t', '\u00a0', '\u3000', '🐶', '👨‍👩‍👧', '\ud83d', '\u200b', '\0', '=', '<', '>', '≥', '\\', "'", 'é', 'e\u0301', '(', ')', '\n',
  ] // prettier-ignore

  it('never throws, and every character belongs to something or is white space', () => {
    const random = seededRandom(6)
    for (let round = 0; round < 3000; round += 1) {
      const count = Math.floor(random() * 14)
      const text = Array.from({ length: count }, () => pieces[Math.floor(random() * pieces.length)]).join('')
      const query = parseQuery(text)
      const covered = new Uint8Array(text.length)
      const parts = [...query.terms, ...query.filters, ...query.errors, ...query.sequence]
      for (const { start, end } of parts) {
        expect(start).toBeLessThan(end)
        covered.fill(1, start, end)
      }
      const bare = text.split('').filter((character, i) => covered[i] === 0 && !/\s/.test(character)) // prettier-ignore
      expect({ text, bare }).toEqual({ text, bare: [] })
      const owned = [...query.terms, ...query.filters].toSorted((a, b) => a.start - b.start)
      for (const [i, part] of owned.slice(1).entries())
        expect(part.start).toBeGreaterThanOrEqual(owned[i]!.end)
      for (const term of query.terms) expect(term.text.trim()).not.toBe('')
    }
  })

  it.each([
    ['words', 'dog '.repeat(2500)],
    ['one word', 'x'.repeat(10_000)],
    ['quotation marks', '"'.repeat(9999)],
    ['opening marks', '“ '.repeat(5000)],
    ['minuses', '-'.repeat(10_000)],
    ['filters', 'in:a '.repeat(2000)],
    ['unknown filters', 'abcdefgh:a '.repeat(900)],
    ['a long name', `${'y'.repeat(9990)}:x`],
    ['colons', ':'.repeat(10_000)],
    ['carets', '^'.repeat(10_000)],
    ['values', `in:${'>'.repeat(9000)}`],
  ])('reads 10,000 characters of %s quickly', (_, text) => {
    const before = performance.now()
    parseQuery(text)
    expect(performance.now() - before).toBeLessThan(2000)
  })
})

describe('values', () => {
  it.each([
    ['90', 90], ['90s', 90], ['90 sec', 90], ['2m', 120], ['2min', 120], ['2 minutes', 120], ['1h', 3600], ['1h30', 5400],
    ['1h30m', 5400], ['1h 30min', 5400], ['1m30', 90], ['1:30', 90], ['1:02:03', 3723], ['1.5h', 5400], ['1,5h', 5400], ['.5m', 30], ['2 Std', 7200],
  ] as const)('%s is %d s', (text, seconds) => { expect(readDuration(text)).toBe(seconds) }) // prettier-ignore

  it.each(['', 'x', '1x', '1m1h', '1s30', '1:75', '-5', '1e5', '2m2m', 'h'])('%s is no duration', (text) => {
    expect(readDuration(text)).toHaveProperty('message')
  })

  it.each([
    ['1080', 1080], ['1080p', 1080], ['1920x1080', 1080], ['1080x1920', 1080], ['3840×2160', 2160], ['4K', 2160], ['hd', 720], ['full hd', 1080], ['8k', 4320],
  ] as const)('%s is %d lines', (text, pixels) => { expect(readPictureSize(text)).toMatchObject({ pixels }) }) // prettier-ignore

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
  ])('%s is no date', (text) => expect(readDate(text)).toHaveProperty('message'))

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

describe('filters hold', () => {
  const now = new Date(2024, 4, 15, 12, 30)
  const video: FilterableVideo = {
    path: '/media/Holidays 2023/Beach/Dog swims.MP4',
    folders: ['D:\\Backup\\Pets'],
    duration: 120,
    width: 1920,
    height: 1080,
    codec: 'hevc',
    hdr: false,
    created: '2023-06-14T10:00:00',
    online: true,
    hasAudio: true,
    hasSubtitles: false,
    hasChapters: true,
    tags: ['Family'],
    rating: 4,
  }
  const matches = (query: string, change: Partial<FilterableVideo> = {}): boolean => {
    const { filters, errors } = parseQuery(query)
    expect(errors).toEqual([])
    expect(filters.length).toBeGreaterThan(0)
    return matchesFilters(filters, { ...video, ...change }, now)
  }

  it.each([
    ['in:beach', true], ['in:Holidays', true], ['in:2023', true], ['in:"holidays 2023/beach"', true], ['in:pets', true], ['in:Holi', false],
    ['in:dog', false], ['in:beach/holidays', false], ['in:/media', true], ['-in:beach', false], ['-in:Trash', true], ['in:backup\\pets', true],
    ['name:dog', true], ['name:"Dog swims"', true], ['name:beach', false], ['name:.mp4', true],
    ['longer:119', true], ['longer:2m', false], ['shorter:2m', false], ['shorter:121s', true],
    ['after:2023', true], ['after:2023-06', true], ['after:2023-06-14', true], ['after:2023-06-15', false], ['before:2023-06-15', true],
    ['before:2023-06-14', false], ['before:2023', false], ['after:2023 before:2024', true], ['after:yesterday', false], ['after:"last year"', true],
    ['res:>=1080', true], ['res:1080', true], ['res:>1080', false], ['res:hd', true], ['res:4k', false], ['res:<4k', true],
    ['codec:h265', true], ['codec:h264', false], ['is:landscape', true], ['is:portrait', false], ['is:square', false], ['is:online', true],
    ['is:offline', false], ['is:hdr', false], ['-is:hdr', true], ['has:audio', true], ['has:subtitles', false], ['has:chapters', true],
    ['tag:family', true], ['tag:fam', false], ['rating:>=4', true], ['rating:5', false], ['rating:<4', false],
    ['in:beach longer:1m is:landscape', true], ['in:beach longer:1h', false],
  ] as const)('%s: %s', (query, expected) => { expect(matches(query)).toBe(expected) }) // prettier-ignore

  it('lets what is not known pass only the negative', () => {
    const unknown = { duration: 0, width: 0, height: 0, created: null, rating: null, tags: [] }
    for (const query of [
      'shorter:10m',
      'longer:0s',
      'res:<4k',
      'is:square',
      'after:1990',
      'before:2100',
      'tag:family',
    ]) {
      expect([query, matches(query, unknown), matches(`-${query}`, unknown)]).toEqual([query, false, true])
    }
    expect(matches('rating:0', unknown)).toBe(true)
    expect(matches('after:2023', { created: 'nonsense' })).toBe(false)
  })

  it('judges pictures as shown', () => {
    expect(matches('is:portrait res:1080', { width: 1080, height: 1920 })).toBe(true)
    expect(matches('is:square', { width: 500, height: 500 })).toBe(true)
  })

  it('takes a date without a time, or with a zone', () => {
    expect(matches('after:2023-06-14', { created: '2023-06-14' })).toBe(true)
    expect(matches('before:2023-06-14', { created: '2023-06-14' })).toBe(false)
    expect(matches('after:2023-06-13', { created: '2023-06-14T10:00:00.000Z' })).toBe(true)
  })
})
